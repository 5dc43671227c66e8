"""Kind words: kept as they come, and posted to the group in the evening, with the name of who is praised."""

from collections.abc import Iterable, Iterator

from flows.draft import Draft, is_trial
from flows.effects import Post, Praise, PraisePosted, SetTimer
from flows.events import Message, TimerFired, TimerKind
from flows.phrases import capitalised

_QUOTED = 300  # characters of one message
_POST_MOST = 3500  # characters of one post, so that it stays under Telegram's 4096


def keep_praise(draft: Draft, message: Message) -> None:
    """Kind words go to the evening post of the branch."""
    if is_trial(draft.care):
        return
    visit, customer = draft.care.visit, draft.care.customer
    branch = draft.facts.content.business.branch(visit.branch_id if visit else None)
    master = visit.master if visit else ""
    draft.do(Praise(branch.id, customer.id, message.text, master, customer.name))
    draft.record("praise", message_id=message.message_id)


def praise_timer(draft: Draft, branch_id: str) -> SetTimer:
    """The evening post of the branch's day in which kind words came; after it, of the next day."""
    branch = draft.facts.content.business.branch(branch_id)
    evening = draft.this_evening(branch)
    day = evening.astimezone(branch.zone).date()
    key = f"{TimerKind.PRAISE}:{branch_id}:{day.isoformat()}"
    return SetTimer(key, TimerKind.PRAISE, evening, branch_id=branch_id)


def post_praise(draft: Draft, timer: TimerFired) -> None:
    """The evening post; what does not fit into one message goes into the next."""
    chat, kept = draft.facts.staff_chats.of_branch(timer.branch_id), draft.facts.praise_lines
    if not kept:
        return
    if chat is None:
        draft.do(praise_timer(draft, timer.branch_id))  # they wait for a group, evening by evening
        return
    posts: list[tuple[str, int]] = []
    for number, lines in enumerate(_posts([_line(draft, *each) for each in kept])):
        key = f"{timer.key}:{number}"
        values = draft.words(praise_lines="\n".join(lines))
        draft.do(Post(chat.chat_id, "staff.praise", values, key=key))
        posts.append((key, len(lines)))
    draft.do(PraisePosted(timer.branch_id, tuple(posts)))


def post_of(draft: Draft, kept: Iterable[tuple[str, str, str]]) -> str:
    """What is left of a post when somebody's words are taken out: (master, words, guest) each."""
    return "\n".join(_line(draft, *each) for each in kept)


def _line(draft: Draft, master: str, words: str, guest: str) -> str:
    short = words if len(words) <= _QUOTED else words[: _QUOTED - 1].rstrip() + "…"
    return draft.words().phrase(
        "phrase.praise" if master else "phrase.praise_nameless",
        master=master,
        words=short.rstrip("."),
        guest=guest or capitalised(draft.facts.content.catalogue.words.get("guest", "")),
    )


def _posts(lines: list[str]) -> Iterator[list[str]]:
    post: list[str] = []
    for line in lines:
        if post and sum(map(len, post)) + len(post) + len(line) > _POST_MOST:
            yield post
            post = []
        post.append(line)
    yield post
