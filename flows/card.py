"""What a case's card shows right now: its text. One message, edited as the case changes."""

from collections.abc import Iterator
from typing import Protocol

from flows import guest_notes, story
from flows.book import OfferKind
from flows.case import Case, Menu, Outcome
from flows.checks import YES
from flows.draft import Draft, is_trial
from flows.history import history_line
from flows.limits import visit_is_known
from flows.people import Gift, GiftState
from flows.promises import held_gift
from flows.refund_times import ARRIVED, legal_until, refund_of
from flows.replies import STILL_TRIED
from flows.room import cut, shown_units, units
from flows.texts import Markup

# Room on the card, in UTF-16 units. Whatever is written, the whole stays below Telegram's 4096: each part has
# a share of its own, and the story, which is heard in full elsewhere, takes what is left.
_CARD_MOST = 4000
_NOTES_MOST = 600
_NOTE_MOST = 300
_COMMENT_MOST = 200
_NAME_MOST = 64
_QUOTES_MOST = 5
_NAMES = ("guest", "service", "master")


_CLOSED = {
    Outcome.FINAL: "staff.card.closed_final",
    Outcome.NOT_CONFIRMED: "staff.card.closed_unproven",
}


class Line(Protocol):
    """Renders one line of the card."""

    def __call__(self, key: str, **more: object) -> str: ...


def card_text(draft: Draft) -> str:
    """The card as Telegram HTML."""
    told = _story(draft)
    whole = _rendered(draft, told)
    too_much = shown_units(whole) - _CARD_MOST
    whole = whole if too_much <= 0 else _rendered(draft, cut(told, units(told) - too_much))
    return _marked(draft, whole)


def _marked(draft: Draft, text: str) -> str:
    """The first line says when an owner plays."""
    mark = draft.facts.content.book.texts.render("try.mark")
    return f"{mark}\n{text}" if is_trial(draft.care) else text


def card_in_short(draft: Draft) -> str:
    """Instead of a card that Telegram refuses: whose it is, so that its buttons and replies to it still work."""
    return draft.facts.content.book.texts.render("staff.card.short", draft.words(**_names(draft)))


def _rendered(draft: Draft, told: str) -> str:
    values = draft.words(
        card_lines=Markup("\n".join(_lines(draft))),
        story=told,
        sev_mark="❗ " if draft.case.severity > 1 else "",
        files_count=draft.case.files or "",
        reply_by=draft.case.reply_by or "",
        **_names(draft),
    )
    return draft.facts.content.book.texts.render("staff.card", values)


def _names(draft: Draft) -> dict[str, str]:
    """Names as others have spelt them, whatever the length."""
    words = draft.words()
    return {name: cut(str(words[name]), _NAME_MOST) for name in _NAMES}


def group_line(draft: Draft) -> str:
    """What the group sees of a case that is the manager's."""
    line = draft.facts.content.book.texts.render("staff.card.at_manager", draft.words())
    return _marked(draft, line)


def _story(draft: Draft) -> str:
    case, texts = draft.case, draft.facts.content.book.texts
    if not case.story and not case.files:
        return texts.plain("staff.card.writing")
    return _with_quotes(draft, cut(story.told(case.story), story.ON_CARD))


def _with_quotes(draft: Draft, told: str) -> str:
    """Above an entry that answers words of staff stands which; of the last few, as far as the story is shown."""
    case, texts = draft.case, draft.facts.content.book.texts
    answering = [at for at, origin in enumerate(case.origins) if origin.answers][-_QUOTES_MOST:]
    for at in reversed(answering):
        start = len(story.told((*case.story[:at], "")))
        if start >= len(told):
            continue
        above = texts.plain("staff.card.answers", {"quoted": case.origins[at].answers})
        told = f"{told[:start]}{above}\n{told[start:]}"
    return told


def _lines(draft: Draft) -> Iterator[str]:  # noqa: PLR0912 - one branch for each line
    """The lines under the story, those that have something to say."""
    case, texts = draft.case, draft.facts.content.book.texts

    def line(key: str, **more: object) -> str:
        return texts.render(key, draft.words(**_names(draft), **more))

    if draft.language_differs:
        yield line("staff.card.language")
    if story.is_longer(case.story):
        yield line("staff.card.more_below")
    if case.edited_at is not None:
        yield line("staff.card.edited", wrote_at=case.edited_at)
    if case.unshown:
        yield line("staff.card.unshown", unshown=case.unshown)
    if case.not_shown:
        yield line("staff.card.not_shown")
    if earlier := history_line(draft):
        yield line("staff.card.history", history_line=earlier)
    if noted := guest_notes.listed(draft):
        yield line("staff.card.guest_notes", guest_notes=noted)
    if case.is_open:
        yield from _open_lines(draft, line)
    if case.check_result and (
        case.check_result == YES or not case.is_open
    ):  # else in "opened again"
        word = draft.words().phrase(f"phrase.check.{case.check_result}")
        yield line(
            "staff.card.check",
            check_at=case.check_at or draft.moment,
            check_result=word,
            check_comment=cut(case.check_comment.rstrip("."), _COMMENT_MOST),
        )
    for gift in gifts_of_case(draft):
        if gift.kind is OfferKind.REFUND:
            yield from _refund_line(draft, gift, line)
            continue
        if gift.state in (GiftState.GIVEN, GiftState.REDEEMED, GiftState.REVOKED):
            yield line("staff.card.given", gift=gift, given_at=gift.given_at)
        if gift.state is GiftState.OFFERED:
            yield line("staff.card.offered", gift=gift, given_at=gift.given_at)
        if gift.ended_at is not None:
            yield line("staff.card.voucher", gift=gift)
    for note, author in _notes(case):
        yield line("staff.card.note", note=note, agent_name=author)
    if not case.is_open:
        closed = _CLOSED.get(case.outcome, "staff.card.closed_done")
        if case.menu is Menu.CAUSE:
            closed = "staff.card.closed"
        yield line(closed, closed_by=case.closed_by, closed_at=case.closed_at, cause=case.cause)


def _open_lines(draft: Draft, line: Line) -> Iterator[str]:  # noqa: PLR0912 - one branch for each line
    case = draft.case
    if case.visit_id is None or not visit_is_known(draft):
        yield line("staff.card.visit_asked" if case.visit_asked_at else "staff.card.no_visit")
    if case.reopened_at is not None:
        yield line(
            "staff.card.reopened",
            reopened_at=case.reopened_at,
            check_comment=cut(case.check_comment.rstrip("."), _COMMENT_MOST),
        )
    elif case.owner_id is not None and case.taken_at is not None:
        yield line("staff.card.taken")
    if case.handed_to is not None and case.handed_to == case.owner_id:
        why, by = case.handed_why, case.handed_by
        yield line("staff.card.handed", handed_at=case.handed_at, handed_by=by, reason=why)
    if case.urgent:
        yield line("staff.card.urgent")
    if case.angry_at is not None:
        yield line("staff.card.angry")
    if case.call_asked_at is not None:
        yield line("staff.card.call")
    yield from _money_lines(draft, line)
    for promise in case.promises:
        if promise.reminded:
            yield line("staff.card.promise", promise=promise.words, promise_when=promise.due)
    if case.asked_offer:
        yield line("staff.card.asked")
    if case.approval:
        yield line("staff.card.approved", approval_result=_phrase(draft, case.approval))
    if case.failure:
        reason = _phrase(draft, case.failure)
        yield line("staff.card.not_delivered", failed_at=case.failed_at, fail_reason=reason)
    if case.answered_at is not None and case.answered_by:
        yield line("staff.card.sent")
    if _nearly_late(draft, case):
        yield line("staff.card.waiting")
    if case.failure == STILL_TRIED:
        return  # what is held has begun to leave: no seconds are counted any more
    if (held := held_gift(draft)) is not None:
        undo = round(draft.facts.content.catalogue.rules.undo.total_seconds())
        yield line("staff.card.sending", gift=held, hold_s=undo)
    elif any(not reply.waits for reply in case.held):
        yield line("staff.reply_hold")
    elif case.held:
        yield line("staff.card.lint_waits", agent_name=case.held[-1].by)


def _money_lines(draft: Draft, line: Line) -> Iterator[str]:
    """What the customer wants, or misses."""
    case, currency = draft.case, draft.facts.content.catalogue.currency
    if case.money_missing:
        missing = draft.words().phrases.money(case.money_missing, currency)
        yield line("staff.card.refund_missing", refund_sum=missing)
    if case.refund_asked_at is not None and refund_of(draft) is None:
        until = legal_until(draft)
        yield line("staff.card.refund", refund_asked_on=case.refund_asked_at, legal_until=until)


def _refund_line(draft: Draft, gift: Gift, line: Line) -> Iterator[str]:
    """What was promised, or sent, and whether it has come."""
    if gift.state is GiftState.GIVEN:
        yield line("staff.card.refund_promised", gift=gift, given_at=gift.given_at)
    elif gift.state is GiftState.REDEEMED:
        came = (
            "staff.card.refund_arrived" if gift.ended_why == ARRIVED else "staff.card.refund_sent"
        )
        yield line(came, gift=gift)


def _notes(case: Case) -> list[tuple[str, str]]:
    """The newest notes there is room for, in their order; all of them stand in the group as they were written."""
    shown: list[tuple[str, str]] = []
    left = _NOTES_MOST
    for note, author in reversed(case.notes):
        short = cut(note, _NOTE_MOST)
        left -= units(short)
        if left < 0:
            break
        shown.insert(0, (short, cut(author, _NAME_MOST)))
    return shown


def _phrase(draft: Draft, key: str) -> str:
    return draft.facts.content.book.texts.phrases.get(key, "")


def _nearly_late(draft: Draft, case: Case) -> bool:
    return case.reply_by is not None and case.reply_by - draft.moment <= draft.timing.waiting_notice


def gifts_of_case(draft: Draft) -> list[Gift]:
    """What was given, offered or taken back in this case, in whatever opening."""
    return [gift for gift in draft.facts.gifts if gift.case_id == draft.case.id]
