"""Values for the slots of texts, worked out only when a text asks for them. Words come from content alone."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from flows.book import Branch, Offer, OfferKind, Topic
from flows.case import Care
from flows.facts import Facts
from flows.people import Gift, Person
from flows.phrases import Phrases, capitalised
from flows.texts import Markup

_SLOT = re.compile(r"\{(\w+)\}")
_QUOTED = 200  # characters of a story that are quoted in a private word


class Wording(Mapping[str, object]):
    """What may stand in a text said now, about this customer and case.

    `more` overrides by name; a datetime in it is shown as that slot is. Special names in `more` say whom or
    what the text is about: `agent` (Person), `gift` (Gift), `offer` (Offer), `alerted` (people).
    """

    __slots__ = ("care", "facts", "moment", "more", "phrases")

    def __init__(
        self, care: Care, facts: Facts, moment: datetime, more: Mapping[str, object]
    ) -> None:
        self.care = care
        self.facts = facts
        self.moment = moment
        self.more = more
        self.phrases = Phrases(
            facts.content.book.texts.phrases, self.branch.hours.zone, facts.content.business.locale
        )

    @property
    def branch(self) -> Branch:
        """The branch that the case, or the visit, is about."""
        case, visit = self.care.case, self.care.visit
        branch_id = case.branch_id if case else visit.branch_id if visit else None
        return self.facts.content.business.branch(branch_id)

    @property
    def topic(self) -> Topic:
        """The topic of the case; `other` without one."""
        return self.facts.content.catalogue.topic(self.care.case.topic if self.care.case else None)

    def phrase(self, key: str, **values: object) -> str:
        """A phrase of the content with its slots filled; "" when there is none."""
        phrase = self.facts.content.book.texts.phrases.get(key, "")
        return _SLOT.sub(lambda slot: str(values.get(slot[1], "")), phrase)

    def __getitem__(self, name: str) -> object:
        if name in self.more:
            value = self.more[name]
            return _SHOWN[name](self, value) if isinstance(value, datetime) else value
        return _VALUES[name](self)

    def get(self, name: str, default: object = None) -> object:
        """The value, or `default` for a name that means nothing."""
        return self[name] if name in self.more or name in _VALUES else default

    def __iter__(self) -> Iterator[str]:
        return iter({**_VALUES, **self.more})

    def __len__(self) -> int:
        return len({**_VALUES, **self.more})


# ---- moments ----------------------------------------------------------------------------------


def _clock(w: Wording, at: datetime) -> str:
    return w.phrases.clock(at)


def _clock_of(w: Wording, at: datetime | None) -> str:
    return "" if at is None else w.phrases.clock(at)


def _until(w: Wording, at: datetime) -> str:
    return w.phrases.reply_by(at, w.moment)


def _date(w: Wording, at: datetime) -> str:
    return w.phrases.day(w.phrases.today(at), w.moment)


_SHOWN: dict[str, Callable[[Wording, datetime], str]] = {
    "reply_by": _until,
    "next_update_by": _until,
    "late_since": _clock,
    "seen_at": _clock,
    "taken_at": _clock,
    "given_at": _clock,
    "closed_at": _clock,
    "failed_at": _clock,
    "alerted_at": _clock,
    "wrote_at": _clock,
    "check_at": _date,
    "refund_asked_on": _date,
    "legal_until": _date,
    "reopened_at": lambda w, at: w.phrases.moment(at, w.moment),
}

# ---- the customer and the visit ---------------------------------------------------------------


def _hello(w: Wording) -> str:
    name = w.care.customer.name
    return w.phrase("phrase.hello", name=name) if name else w.phrase("phrase.hello_nameless")


def _name_before_sentence(w: Wording) -> str:
    name = w.care.customer.name
    return w.phrase("phrase.name_c", name=name) if name else ""


def _guest(w: Wording) -> str:
    return w.care.customer.name or capitalised(w.facts.content.catalogue.words.get("guest", ""))


def _service(w: Wording) -> str:
    """Inside a sentence, so with a small letter; abbreviations stay."""
    service = w.care.visit.service if w.care.visit else ""
    return service if service[1:2].isupper() else service[:1].lower() + service[1:]


def _visit_when(w: Wording) -> str:
    visit = w.care.visit
    return w.phrases.visit_when(visit.ended_at, w.moment) if visit else ""


def _privacy_line(w: Wording) -> object:
    if w.care.customer.told_privacy:
        return ""
    return Markup(w.facts.content.book.texts.render("privacy.line"))


def _reply_by(w: Wording) -> str:
    case = w.care.case or w.facts.open_case
    return _until(w, case.reply_by) if case and case.reply_by else ""


# ---- people -----------------------------------------------------------------------------------


def _agent(w: Wording) -> Person | None:
    agent = w.more.get("agent")
    if isinstance(agent, Person):
        return agent
    return w.facts.person_by_id(w.care.case.owner_id if w.care.case else None)


def _manager(w: Wording) -> Person | None:
    owner = w.facts.person_by_id(w.care.case.owner_id if w.care.case else None)
    rank = w.facts.content.catalogue.rank
    if owner is not None and rank(owner.role) > 0:
        return owner
    return w.facts.senior_to(0)


def _role(w: Wording, person: Person | None) -> str:
    if person is None:
        return ""
    role = w.facts.content.catalogue.role(person.role)
    return person.title or (role.title if role else "")


def _manager_name(w: Wording) -> str:
    """The manager's name; with nobody known, the title of the role: it is a true answer to "who"."""
    manager = _manager(w)
    return manager.name if manager else _title(w, 1)


def _title(w: Wording, rank: int) -> str:
    roles = w.facts.content.catalogue.roles
    return roles[min(rank, len(roles) - 1)].title if roles else ""


def _caller(w: Wording) -> str:
    owner = w.facts.person_by_id(w.care.case.owner_id if w.care.case else None)
    if owner is None:
        return _title(w, 0)
    return w.phrase("phrase.signed", name=owner.name, role=_role(w, owner))


def _alerted_to(w: Wording) -> str:
    alerted = w.more.get("alerted")
    people = [p for p in alerted if isinstance(p, Person)] if isinstance(alerted, tuple) else []
    catalogue = w.facts.content.catalogue
    ranks = {catalogue.rank(person.role) for person in people}
    if ranks == {len(catalogue.roles) - 1}:
        return w.phrase("phrase.alerted.owner")
    duty, manager = 0 in ranks, any(rank > 0 for rank in ranks)
    key = {(True, True): "duty_and_manager", (True, False): "duty", (False, True): "manager"}
    return w.phrase(f"phrase.alerted.{key.get((duty, manager), 'staff')}")


# ---- the case ---------------------------------------------------------------------------------


def _category(w: Wording) -> str:
    case = w.care.case
    return w.topic.title if case and case.topic else w.phrase("phrase.no_topic")


def _topic_short(w: Wording) -> str:
    """What the group may know of a case that is the manager's: of an emergency only that it is one."""
    case = w.care.case
    if case is not None and case.emergency:
        return w.phrase(f"phrase.topic.{case.path}")
    return w.topic.title.lower()


def _quote(w: Wording) -> str:
    story = " ".join(w.care.case.story) if w.care.case else ""
    short = story if len(story) <= _QUOTED else story[: _QUOTED - 1].rstrip() + "…"
    return short.rstrip(".")


def _wish(w: Wording) -> str:
    case = w.care.case
    if case is None or not case.wish:
        return ""
    return w.facts.content.book.texts.label(f"wish.{case.wish}", w.facts.content.catalogue.words)


def _status_human(w: Wording) -> str:
    case = w.care.case
    return w.phrase("phrase.status_received", date=_date(w, case.opened_at)) if case else ""


def _phone_masked(w: Wording) -> str:
    phone = w.care.customer.phone
    return f"{phone[:2]} {phone[2:3]}•• •••-••-{phone[-2:]}" if len(phone) > 6 else ""


# ---- offers -----------------------------------------------------------------------------------


def _offer(w: Wording) -> Offer | None:
    offer = w.more.get("offer")
    if isinstance(offer, Offer):
        return offer
    gift = _gift(w)
    if gift is not None:
        return w.facts.content.catalogue.offer(gift.offer_id)
    case = w.care.case
    return w.facts.content.catalogue.offer(case.asked_offer) if case and case.asked_offer else None


def _gift(w: Wording) -> Gift | None:
    gift = w.more.get("gift")
    return gift if isinstance(gift, Gift) else None


def _given_at(w: Wording) -> str:
    """When the gift was given; without one, when the customer was answered."""
    gift, case = _gift(w), w.care.case
    return _clock_of(w, gift.given_at if gift else case.answered_at if case else None)


def _offer_title(w: Wording) -> str:
    gift, offer = _gift(w), _offer(w)
    return gift.title if gift else offer.title if offer else ""


def _offer_price(w: Wording) -> str:
    offer = _offer(w)
    if offer is None or offer.retail is None:
        return ""
    word = offer.price_word or w.phrase("phrase.price_word")
    return w.phrase("phrase.price", word=word, price=_money(w, offer.retail))


def _offer_terms(w: Wording) -> str:
    offer = _offer(w)
    if offer is None or offer.kind is not OfferKind.GIFT:
        return ""
    return offer.terms or w.phrase("phrase.no_terms")


def _offer_until(w: Wording) -> str:
    gift = _gift(w)
    return _date(w, gift.valid_until) if gift and gift.valid_until else ""


def _money(w: Wording, minor: int) -> str:
    return w.phrases.money(minor, w.facts.content.catalogue.currency)


def offer_label(w: Wording, offer: Offer) -> tuple[str, dict[str, object]]:
    """Key and values of an offer's button: a gift with its price, a fix without."""
    if offer.kind is not OfferKind.GIFT:
        return "fix", {"button": offer.button}
    price = _money(w, offer.retail) if offer.retail is not None else ""
    return "gift", {"button": offer.button, "price": price}


def _word(name: str) -> Callable[[Wording], object]:
    return lambda w: w.facts.content.catalogue.words.get(name, "")


def _minutes(w: Wording, delta: timedelta) -> str:
    return w.phrases.duration(delta)


def _review_links(w: Wording) -> str:
    pages = w.facts.content.business.review_pages
    return ", ".join(pages.values())


def _hold_seconds(w: Wording) -> int:
    return round(w.facts.content.business.timing.reply_hold.total_seconds())


_VALUES: dict[str, Callable[[Wording], object]] = {
    # the customer and the visit
    "hello": _hello,
    "name_c": _name_before_sentence,
    "guest": _guest,
    "phone": lambda w: w.care.customer.phone,
    "phone_masked": _phone_masked,
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
    "brand": lambda w: w.facts.content.business.brand,
    "branch": lambda w: w.branch.name if len(w.facts.content.business.branches) > 1 else "",
    "hours": lambda w: w.phrases.hours(w.branch.hours),
    "phone_public": lambda w: w.branch.phone or w.facts.content.business.phone,
    "phone_duty": lambda w: w.facts.content.business.phone_duty,
    "retention": lambda w: w.phrases.counted("days", w.facts.content.business.retention_days),
    "privacy_url": lambda w: w.facts.content.business.privacy_url,
    "consent_url": lambda w: w.facts.content.business.consent_url,
    "legal_contact": lambda w: w.facts.content.business.legal_contact,
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
    "health_wait": lambda w: _minutes(w, w.facts.content.business.timing.health_reply),
    "hold_s": _hold_seconds,
    # the case
    "case_no": lambda w: w.care.case.id if w.care.case else "",
    "category": _category,
    "sorry_for": lambda w: w.topic.sorry_for,
    "about": lambda w: w.topic.about,
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
    "given_at": _given_at,
    "taken_at": lambda w: _clock_of(w, w.care.case.taken_at if w.care.case else None),
    "closed_at": lambda w: _clock_of(w, w.care.case.closed_at if w.care.case else None),
    "closed_by": lambda w: w.care.case.closed_by if w.care.case else "",
    "answered_by": lambda w: w.care.case.answered_by if w.care.case else "",
    "status_human": _status_human,
    # offers
    "offer_title": _offer_title,
    "offer_price": _offer_price,
    "offer_terms": _offer_terms,
    "offer_until": _offer_until,
    "offer_code": lambda w: gift.code if (gift := _gift(w)) else "",
    "offer_cost": lambda w: _money(w, offer.cost) if (offer := _offer(w)) else "",
    "given_by": lambda w: gift.given_by_name if (gift := _gift(w)) else "",
}
