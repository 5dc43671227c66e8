"""Reads gifts.yaml: topics, causes, the words of the trade. Offers and roles: compile_offers.py."""

from types import MappingProxyType

from flows.book import Catalogue, Cause, Path, Topic, WordList
from flows.case import SEVERE
from flows.compile_limits import compile_roles, compile_rules, least_worth
from flows.compile_offers import Trade, compile_offers
from flows.compile_words import compile_words
from flows.reading import Place

TITLE_MOST = 30
NO_TOPIC = "other"

REQUIRED = ["currency", "words", "topics", "offers", "causes", "roles", "health_words"]
WORD_LISTS = (
    "health_words",
    "danger_words",
    "unhappy_words",
    "kind_words",
    "greeting_words",
    "yes_words",
    "no_words",
    "fine_words",
    "rude_words",
    "angry_words",
    "threat_words",
    "lawyer_words",
    "review_words",
)
OPTIONAL = ["rules", "handing", *(key for key in WORD_LISTS if key not in REQUIRED)]
TRADE_WORDS = [
    "place",
    "guest",
    "to_guest",
    "with_guests",
    "to_team",
    "visit_ask",
    "how",
    "wish_fix",
]
_CURRENCY_LETTERS = 3


def compile_catalogue(place: Place) -> Catalogue:
    """The catalogue; problems are noted at their places."""
    fields = place.fields(REQUIRED, OPTIONAL)
    currency = _currency(fields["currency"])
    topics = _topics(fields["topics"])
    roles = compile_roles(fields["roles"], currency)
    trade = Trade(
        currency=currency,
        roles=roles,
        topics=tuple(topic.id for topic in topics),
        least_value_to_cost=least_worth(fields),
    )
    return Catalogue(
        currency=currency,
        words=MappingProxyType(_trade_words(fields["words"])),
        topics=topics,
        offers=compile_offers(fields["offers"], trade),
        causes=_causes(fields["causes"]),
        handing=fields.read("handing", _causes, ()),
        roles=roles,
        rules=compile_rules(fields, currency, [role.id for role in roles]),
        **{key: fields.read(key, compile_words, WordList()) for key in WORD_LISTS},
    )


def _refuse_repeats(places: list[Place]) -> None:
    """Note every `id` that an earlier entry of the list has already."""
    seen: set[object] = set()
    for place in places:
        name = place.value.get("id") if isinstance(place.value, dict) else None
        if not isinstance(name, str):
            continue
        if name in seen:
            place.problem("id.twice", id=name)
        seen.add(name)


def _currency(place: Place) -> str:
    currency = place.text()
    if len(currency) != _CURRENCY_LETTERS or not (currency.isascii() and currency.isupper()):
        place.problem("type.currency", value=place.shown(), allowed="RUB, KZT, EUR …")
        return "RUB"
    return currency


def _trade_words(place: Place) -> dict[str, str]:
    fields = place.fields(TRADE_WORDS)
    return {word: fields[word].text() for word in TRADE_WORDS}


def _topics(place: Place) -> tuple[Topic, ...]:
    places = place.items()
    topics = tuple(map(_topic, places))
    _refuse_repeats(places)
    if isinstance(place.value, list) and all(topic.id != NO_TOPIC for topic in topics):
        place.problem("topics.no_other", id=NO_TOPIC)
    return topics


def _topic(place: Place) -> Topic:
    fields = place.fields(("id", "title", "sev", "sorry_for", "about"), ("path",))
    severity, path = fields["sev"].whole(1, 3), fields.read("path", _path, Path.ORDINARY)
    grave = severity >= SEVERE and path is Path.ORDINARY
    return Topic(
        id=fields["id"].id(),
        title=fields["title"].text(TITLE_MOST),
        severity=severity,
        sorry_for=read_phrase(fields["sorry_for"]),
        about=read_phrase(fields["about"]),
        path=Path.MANAGER if grave else path,
    )


def read_phrase(place: Place) -> str:
    """A phrase that stands inside a sentence."""
    phrase = place.text()
    if phrase.rstrip().endswith((".", "!", "?")):
        place.problem("topics.full_stop")
    return phrase.strip()


def _path(place: Place) -> Path:
    return Path(place.one_of([path.value for path in Path], "unknown.path"))


def _causes(place: Place) -> tuple[Cause, ...]:
    places = place.items()
    _refuse_repeats(places)
    causes = []
    for at in places:
        fields = at.fields(("id", "title"))
        causes.append(Cause(fields["id"].id(), fields["title"].text(TITLE_MOST)))
    return tuple(causes)
