"""What is wrong after a crash run, by kind; every count must be 0. Judged from outside, on a settled stage."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.sandbox.views import CallView, ChatView, MessageView
from handlers.buttons import CaseButton
from tests.crash.peek import Peek
from tests.crash.people import Crowd
from tests.crash.verdict_workbench import workbench_wrongs

_STORY_SHOWN: Final = 60  # messages that a card keeps word for word
_LOST_FOR_ALL_WE_KNOW: Final = ("drop_after", "garbage")


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything outside the bot: what the customers and staff see, and the sandbox's log."""

    chats: dict[int, ChatView]
    calls: Sequence[CallView]


async def seen(crowd: Crowd) -> Seen:
    control = crowd.stage.control
    ids = [*(c.id for c in crowd.customers), *crowd.shift, crowd.owner, crowd.group]
    return Seen({chat: await control.chat(chat) for chat in ids}, await control.calls())


def wrong(crowd: Crowd, there: Seen) -> dict[str, int]:
    """Kind to count."""
    return {
        **_customers_words(crowd, there),
        **_replies(crowd, there),
        **_gifts(crowd.stage.peek, there),
        **workbench_wrongs(crowd, there.chats),
        **_time(crowd, there),
        "messages marked and never sent": sum(
            max(marked - made, 0) for made, marked in _made_and_marked(crowd, there)
        ),
        **_left_over(crowd.stage.peek),
    }


# ---- what customers wrote ---------------------------------------------------------------------


def _customers_words(crowd: Crowd, there: Seen) -> dict[str, int]:
    """Each message is part of exactly one case, in the order it was written, and the card has its words."""
    heard: dict[int, list[int]] = defaultdict(list)
    by_case: dict[int, list[str]] = defaultdict(list)
    words = {c.id: c.said for c in crowd.customers}
    for who, case, message in crowd.stage.peek.heard():
        heard[who].append(message)
        by_case[case].append(words[who].get(message, "?"))
    lost = doubled = disordered = 0
    for customer in crowd.customers:
        taken = heard[customer.id]
        lost += len(set(customer.said) - set(taken))
        doubled += len(taken) - len(set(taken))
        disordered += sum(a > b for a, b in pairwise(taken))
    stories = crowd.stage.peek.stories()
    shown = {m.id: m.text for m in there.chats[crowd.group].messages}
    old = sum(
        bool(stories[card.case_id])
        and stories[card.case_id][-1] not in shown.get(card.message_id, "")
        for card in crowd.stage.peek.cards()
    )
    differ = sum(stories[case] != told[:_STORY_SHOWN] for case, told in by_case.items())
    return {
        "customers' messages lost": lost,
        "taken in twice": doubled,
        "out of order": disordered,
        "cases that tell another story": differ,
        "cards that show an old state": old,
    }


# ---- what staff wrote -------------------------------------------------------------------------


def _replies(crowd: Crowd, there: Seen) -> dict[str, int]:
    """Each reply has arrived, first in the order in which it was written; or its author was told that it did not."""
    relayed, stopped = crowd.stage.peek.relayed(), crowd.stage.peek.stopped()
    told = {m.reply_to for m in there.chats[crowd.group].messages if m.from_bot}
    lost = sum(r.message_id not in relayed | told for r in crowd.replies)
    disordered = 0
    of: dict[int, list[str]] = defaultdict(list)
    for reply in sorted(crowd.replies, key=lambda r: r.message_id):
        if reply.message_id in relayed - stopped:
            of[reply.customer].append(reply.text)
    for customer, texts in of.items():
        heard = [m.text for m in there.chats[customer].messages if m.from_bot]
        places = [_first(heard, text) for text in texts]
        arrived = [place for place in places if place is not None]
        lost += len(places) - len(arrived)
        disordered += sum(a > b for a, b in pairwise(arrived))
    return {"replies lost": lost, "replies out of order": disordered}


def _first(heard: Sequence[str], text: str) -> int | None:
    return next((at for at, told in enumerate(heard) if told.startswith(text)), None)


# ---- gifts ------------------------------------------------------------------------------------


def _gifts(peek: Peek, there: Seen) -> dict[str, int]:
    """One gift for a visit, whatever was tapped; its letter has arrived, and no other code was told."""
    double = """
    SELECT count(*) FROM (SELECT 1 FROM gifts
    WHERE state NOT IN ('taken_back', 'revoked') AND {0} IS NOT NULL
    GROUP BY {0}, {1} HAVING count(*) > 1)
    """
    given = peek.rows(
        "SELECT customers.tg_id, code, state FROM gifts JOIN customers ON customers.id = customer_id"
    )
    untold = sum(
        not any(code in m.text for m in there.chats[who].messages if m.from_bot)
        for who, code, _ in given
    )
    return {
        "double gifts": peek.number(double.format("visit_id", "kind"))
        + peek.number(double.format("case_id", "opening, kind")),
        "letters lost": untold,
        "gifts still held": sum(state == "held" for *_, state in given),
    }


# ---- time -------------------------------------------------------------------------------------


def _time(crowd: Crowd, there: Seen) -> dict[str, int]:
    """Something stands behind every open case; each closing was asked about, once."""
    peek = crowd.stage.peek
    unwatched = """
    SELECT count(*) FROM cases WHERE closed_at IS NULL AND NOT EXISTS
    (SELECT 1 FROM timers WHERE timers.case_id = cases.id AND timers.state = 'pending')
    """
    late = "SELECT count(*) FROM timers WHERE state = 'pending' AND due_at <= :now"
    asked: Counter[int] = Counter()
    twice = 0
    for case, kind in peek.rows(
        "SELECT case_id, kind FROM journal WHERE kind IN ('closed', 'check_asked') ORDER BY id"
    ):
        asked[case] = 0 if kind == "closed" else asked[case] + 1
        twice += asked[case] > 1
    never = "SELECT count(*) FROM timers WHERE kind = 'check' AND state = 'pending'"
    return {
        "open cases without a timer": peek.number(unwatched),
        "timers overdue": peek.number(late, now=crowd.stage.quiet_ms),
        "checks asked twice": twice,
        "checks that never came": peek.number(never)
        + sum(1 for case in crowd.closed_last if asked[case] != 1),
    }


def _left_over(peek: Peek) -> dict[str, int]:
    """Nothing was put aside: no fault of the network is a reason for that."""
    sql = "SELECT (SELECT count(*) FROM {}) + (SELECT count(*) FROM {}) + (SELECT count(*) FROM {})"
    tables = [f"{name} WHERE state = 'parked'" for name in ("inbox", "outbox", "timers")]
    return {"rows parked": peek.number(sql.format(*tables))}


# ---- repeats ----------------------------------------------------------------------------------


def repeats(crowd: Crowd, there: Seen) -> int:
    """Messages of the bot beyond those it has marked as sent, and cards beyond the one that is known."""
    more = sum(max(made - marked, 0) for made, marked in _made_and_marked(crowd, there))
    known = {card.message_id for card in crowd.stage.peek.cards()}
    standing = {m.id for m in there.chats[crowd.group].messages if m.from_bot and _is_card(m)}
    return more + len(standing - known)


def _is_card(message: MessageView) -> bool:
    data = (button.data or "" for row in message.buttons for button in row)
    return any(
        each.startswith(f"{CaseButton.__prefix__}{CaseButton.__separator__}") for each in data
    )


def _made_and_marked(crowd: Crowd, there: Seen) -> Iterator[tuple[int, int]]:
    """For each private chat: messages that came to be, and those that are marked as sent."""
    made = Counter(
        int(call.params["chat_id"])
        for call in there.calls
        if call.applied and call.method.startswith("send")
    )
    marked = Counter(crowd.stage.sent.values())
    yield from ((made[chat], marked[chat]) for chat in there.chats if chat > 0)


def answers_lost(there: Seen) -> int:
    """Messages that arrived while the bot could not learn of it, by a fault."""
    return sum(
        call.applied
        and call.method.startswith("send")
        and call.outcome.startswith(_LOST_FOR_ALL_WE_KNOW)
        for call in there.calls
    )
