"""Every value that a text may name, by the name of its slot. Words come from content alone."""

from collections.abc import Callable
from datetime import timedelta

from flows.languages import language_name
from flows.moments import clock_of, date_of, until
from flows.offer_values import (
    gift_of,
    given_at,
    money,
    offer_of,
    offer_price,
    offer_terms,
    offer_title,
    offer_until,
)
from flows.people import Person
from flows.phrases import capitalised
from flows.refund_values import REFUND_VALUES
from flows.situation import Situation
from flows.subjects import impartial
from flows.texts import Markup
from flows.voucher_values import for_anybody, for_staff, given_on, revoked_because

_SUMMED_UP = 1500  # characters of a story that is read back to its author
_QUOTED = 200  # characters of a story that are quoted in a private word


# ---- the customer and the visit ---------------------------------------------------------------


def _hello(w: Situation) -> str:
    name = w.care.customer.name
    return w.phrase("phrase.hello", name=name) if name else w.phrase("phrase.hello_nameless")


def _name_before_sentence(w: Situation) -> str:
    name = w.care.customer.name
    return w.phrase("phrase.name_c", name=name) if name else ""


def _guest(w: Situation) -> str:
    return w.care.customer.name or capitalised(w.content.catalogue.words.get("guest", ""))


def _service(w: Situation) -> str:
    """Inside a sentence, so with a small letter; abbreviations stay."""
    service = w.care.visit.service if w.care.visit else ""
    return service if service[1:2].isupper() else service[:1].lower() + service[1:]


def _visit_when(w: Situation) -> str:
    visit = w.care.visit
    return w.phrases.visit_when(visit.ended_at, w.moment) if visit else ""


def _language(w: Situation) -> str:
    """As whoever reads the text calls it."""
    code = w.care.customer.language
    return language_name(code or w.facts.content.business.locale, w.content.business.locale)


def _privacy_line(w: Situation) -> object:
    if w.care.customer.told_privacy:
        return ""
    return Markup(w.content.book.texts.render("privacy.line"))


def _reply_by(w: Situation) -> str:
    case = w.care.case or w.facts.open_case
    return until(w, case.reply_by) if case and case.reply_by else ""


# ---- people -----------------------------------------------------------------------------------


def _agent(w: Situation) -> Person | None:
    agent = w.more.get("agent")
    if isinstance(agent, Person):
        return agent
    return w.facts.person_by_id(w.care.case.owner_id if w.care.case else None)


def _manager(w: Situation) -> Person | None:
    said = w.more.get("manager")
    if isinstance(said, Person):
        return said
    owner = w.facts.person_by_id(w.care.case.owner_id if w.care.case else None)
    rank = w.content.catalogue.rank
    if owner is not None and rank(owner.role) > 0:
        return owner
    return impartial(w.care, w.facts).senior_to(0)


def _role(w: Situation, person: Person | None) -> str:
    if person is None:
        return ""
    known = w.facts.content.catalogue.role(person.role)
    role = w.content.catalogue.role(person.role)
    if role is not None and known is not None and role.title != known.title:
        return role.title  # the signature that the person chose is in another language
    return person.title or (role.title if role else "")


def _manager_name(w: Situation) -> str:
    """The manager's name; with nobody known, the title of the role: it is a true answer to "who"."""
    manager = _manager(w)
    return manager.name if manager else _title(w, 1)


def _title(w: Situation, rank: int) -> str:
    roles = w.content.catalogue.roles
    return roles[min(rank, len(roles) - 1)].title if roles else ""


def _caller(w: Situation) -> str:
    owner = w.facts.person_by_id(w.care.case.owner_id if w.care.case else None)
    if owner is None:
        return _title(w, 0)
    return w.phrase("phrase.signed", name=owner.name, role=_role(w, owner))


def _alerted_to(w: Situation) -> str:
    alerted = w.more.get("alerted")
    people = [p for p in alerted if isinstance(p, Person)] if isinstance(alerted, tuple) else []
    catalogue = w.content.catalogue
    ranks = {catalogue.rank(person.role) for person in people}
    if ranks == {len(catalogue.roles) - 1}:
        return w.phrase("phrase.alerted.owner")
    duty, manager = 0 in ranks, any(rank > 0 for rank in ranks)
    key = {(True, True): "duty_and_manager", (True, False): "duty", (False, True): "manager"}
    return w.phrase(f"phrase.alerted.{key.get((duty, manager), 'staff')}")


# ---- the case ---------------------------------------------------------------------------------


def _category(w: Situation) -> str:
    case = w.care.case
    return w.topic.title if case and case.topic else w.phrase("phrase.no_topic")


def _topic_short(w: Situation) -> str:
    """What the group may know of a case that is the manager's: of an emergency only that it is one."""
    case = w.care.case
    if case is not None and case.emergency:
        return w.phrase(f"phrase.topic.{case.path}")
    return w.topic.title.lower()


def _quote(w: Situation) -> str:
    story = " ".join(w.care.case.story) if w.care.case else ""
    short = story if len(story) <= _QUOTED else story[: _QUOTED - 1].rstrip() + "…"
    return short.rstrip(".")


def _summary(w: Situation) -> str:
    """What the customer has told so far, as one text to look over."""
    story = "\n".join(w.care.case.story) if w.care.case else ""
    return story if len(story) <= _SUMMED_UP else story[: _SUMMED_UP - 1].rstrip() + "…"


def _wish(w: Situation) -> str:
    case = w.care.case
    if case is None or not case.wish:
        return ""
    return w.content.book.texts.label(f"wish.{case.wish}", w.content.catalogue.words)


def _status_human(w: Situation) -> str:
    case = w.care.case
    return w.phrase("phrase.status_received", date=date_of(w, case.opened_at)) if case else ""


def _phone_masked(w: Situation) -> str:
    phone = w.care.customer.phone
    return f"{phone[:2]} {phone[2:3]}•• •••-••-{phone[-2:]}" if len(phone) > 6 else ""


def _word(name: str) -> Callable[[Situation], object]:
    return lambda w: w.content.catalogue.words.get(name, "")


def _minutes(w: Situation, delta: timedelta) -> str:
    return w.phrases.duration(delta)


def _review_links(w: Situation) -> str:
    pages = w.content.business.review_pages
    return ", ".join(pages.values())


def _hold_seconds(w: Situation) -> int:
    return round(w.content.business.timing.reply_hold.total_seconds())


VALUES: dict[str, Callable[[Situation], object]] = {
    # the customer and the visit
    "hello": _hello,
    "name_c": _name_before_sentence,
    "guest": _guest,
    "phone": lambda w: w.care.customer.phone,
    "phone_masked": _phone_masked,
    "language": _language,
    "questions": lambda w: w.phrase(
        "phrase.questions.on" if w.care.customer.questions else "phrase.questions.off"
    ),
    "call_consent": lambda w: w.phrase(
        "phrase.call_allowed" if w.care.customer.phone else "phrase.call_not_agreed"
    ),
    "privacy_line": _privacy_line,
    "visits_count": lambda w: w.facts.visits_count or "",
    "visit_when": _visit_when,
    "visit_when_cap": lambda w: capitalised(_visit_when(w)),
    "service": _service,
    "master": lambda w: w.care.visit.master if w.care.visit else "",
    "order_no": lambda w: "",
    # the business
    "brand": lambda w: w.content.business.brand,
    "branch": lambda w: w.branch.name if len(w.content.business.branches) > 1 else "",
    "hours": lambda w: w.phrases.hours(w.branch.hours),
    "phone_public": lambda w: w.branch.phone or w.content.business.phone,
    "phone_duty": lambda w: w.content.business.phone_duty,
    "retention": lambda w: w.phrases.counted("days", w.content.business.retention_days),
    "privacy_url": lambda w: w.content.business.privacy_url,
    "consent_url": lambda w: w.content.business.consent_url,
    "legal_contact": lambda w: w.content.business.legal_contact,
    "review_links": _review_links,
    "bot_link": lambda w: f"https://t.me/{w.facts.bot_username}",
    **{
        name: _word(name)
        for name in ("place", "to_guest", "with_guests", "to_team", "visit_ask", "wish_fix")
    },
    "offer_how": _word("how"),
    # people
    "agent_name": lambda w: agent.name if (agent := _agent(w)) else "",
    "agent_role": lambda w: _role(w, _agent(w)),
    "manager_name": _manager_name,
    "manager_role": lambda w: _role(w, _manager(w)),
    "admin_title": lambda w: _title(w, 0),
    "manager_title": lambda w: _title(w, 1),
    "caller": _caller,
    "alerted_to": _alerted_to,
    "alerted_at": lambda w: w.phrases.clock(w.moment),
    "health_wait": lambda w: _minutes(w, w.content.business.timing.health_reply),
    "hold_s": _hold_seconds,
    # the case
    "case_no": lambda w: w.care.case.id if w.care.case else "",
    "category": _category,
    "sorry_for": lambda w: w.topic.sorry_for,
    "about": lambda w: w.topic.about,
    "summary": _summary,
    "wish": _wish,
    "score": lambda w: w.care.case.score or "" if w.care.case else "",
    "story": _quote,
    "topic_short": _topic_short,
    "reply_by": _reply_by,
    "call_by": _reply_by,
    "next_update_by": _reply_by,
    "wrote_at": lambda w: w.phrases.clock(w.care.case.opened_at) if w.care.case else "",
    "wrote_when_cap": lambda w: (
        w.phrases.wrote_when_cap(w.care.case.opened_at, w.moment) if w.care.case else ""
    ),
    "given_at": given_at,
    "taken_at": lambda w: clock_of(w, w.care.case.taken_at if w.care.case else None),
    "closed_at": lambda w: clock_of(w, w.care.case.closed_at if w.care.case else None),
    "closed_by": lambda w: w.care.case.closed_by if w.care.case else "",
    "answered_by": lambda w: w.care.case.answered_by if w.care.case else "",
    "status_human": _status_human,
    # offers
    "offer_title": offer_title,
    "offer_price": offer_price,
    "offer_terms": offer_terms,
    "offer_until": offer_until,
    **REFUND_VALUES,
    "offer_code": lambda w: gift.code if (gift := gift_of(w)) else "",
    "offer_cost": lambda w: money(w, offer.cost) if (offer := offer_of(w)) else "",
    "given_on": lambda w: given_on(w, gift_of(w)),
    "voucher_state": lambda w: for_staff(w, gift_of(w)),
    "voucher_state_public": lambda w: for_anybody(w, gift_of(w)),
    "revoke_reason": lambda w: revoked_because(w, gift_of(w)),
    "given_by": lambda w: gift.given_by_name if (gift := gift_of(w)) else "",
}
