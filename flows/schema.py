"""JSON Schemas of the owner's files, for editors that complete and underline; the judge is the compiler.

Which keys there are is read from the compiler's own tables; here stands only what kind of value each of them takes.
A key without a kind is an error when the schema is made, so that neither list can run away from the other.
"""

from collections.abc import Iterable, Mapping

from flows.book import ManagerLetter, Path
from flows.compile_asking import MOST_TIMES
from flows.compile_business import MOST_TOPICS, TIMING
from flows.compile_business import OPTIONAL as BUSINESS_OPTIONAL
from flows.compile_business import REQUIRED as BUSINESS_REQUIRED
from flows.compile_catalogue import OPTIONAL as CATALOGUE_OPTIONAL
from flows.compile_catalogue import REQUIRED as CATALOGUE_REQUIRED
from flows.compile_catalogue import TITLE_MOST, TRADE_WORDS, WORD_LISTS
from flows.compile_conditions import AUDIENCE, IN_TALK, OPTIONS
from flows.compile_limits import FEW_DAYS, LIMITS, LONGEST_DAYS, MOST_AMOUNT, RULES
from flows.compile_notice import FEWEST as FEWEST_CASES
from flows.compile_notice import MOST as MOST_CASES
from flows.compile_notice import NOTICE
from flows.compile_offers import ANY_TOPIC, BUTTON_WITH_PRICE_MOST, ON_SITE
from flows.compile_offers import OPTIONAL as OFFER_OPTIONAL
from flows.compile_offers import REQUIRED as OFFER_REQUIRED
from flows.compile_ready import SECTION_MOST
from flows.compile_steps import STEP
from flows.compile_tone import HINT_MOST, LISTS, MOST_LENGTH, MOST_LINES, PHRASES
from flows.compile_tone import OPTIONAL as TONE_OPTIONAL
from flows.compile_translation import OFFER as OFFER_WORDS
from flows.compile_translation import PARTS
from flows.compile_translation import ROLE as ROLE_WORDS
from flows.compile_translation import TOPIC as TOPIC_WORDS
from flows.flow import CaseAction, Medium, Trigger
from flows.tone import Known, Lint, Rule

Schema = Mapping[str, object]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string", "minLength": 1}
_MAYBE_EMPTY: Schema = {"type": ["string", "null"]}
_FLAG: Schema = {"type": "boolean"}
_ID: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,15}$"}
_SPAN: Schema = {"type": "string", "pattern": r"^(\d+(\.\d+)?(ms|s|m|h|d))+$"}
_CLOCK: Schema = {"type": "string", "pattern": r"^([01]?\d|2[0-3]):[0-5]\d$"}
_ADDRESS: Schema = {"type": "string", "pattern": r"^https?://"}
_AMOUNT: Schema = {"type": "number", "minimum": 0, "maximum": MOST_AMOUNT}
_LIMIT: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": MOST_AMOUNT}
_MARKS: Schema = {"type": ["string", "integer"]}


def _whole(most: int) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most}


def _list_of(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _one_of(words: Iterable[str]) -> Schema:
    return {"enum": [str(word) for word in words]}


def _either(*kinds: Schema) -> Schema:
    return {"anyOf": list(kinds)}


def _keys(of: Schema, names: Schema = _TEXT) -> Schema:
    """Keys of the owner's own choice."""
    return {"type": "object", "additionalProperties": of, "propertyNames": names}


def _known(kinds: Mapping[str, Schema], required: Iterable[str], optional: Iterable[str]) -> Schema:
    """Exactly these keys, each of its kind. KeyError for one whose kind is not said."""
    required, optional = list(required), list(optional)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": {key: kinds[key] for key in (*required, *optional)},
    }


_WORDS = _either(_TEXT, _list_of(_TEXT))
_WORD_LIST = _known(
    dict.fromkeys(("stems", "phrases", "signs"), _list_of(_TEXT)), (), ("stems", "phrases", "signs")
)

# ---- business.yaml ----------------------------------------------------------------------------

_HOURS = _either(_TEXT, _keys(_TEXT))
_BRANCH = {
    "name": _TEXT,
    "hours": _HOURS,
    "phone": _TEXT,
    "time_zone": _TEXT,
    "holidays": _keys(_TEXT),
    "quiet_hours": _TEXT,
    "closed": _FLAG,
}
_SPANS_AND_MORE: dict[str, Schema] = {
    **dict.fromkeys(TIMING, _SPAN),
    "health_alerts": _list_of(_SPAN),
    "health_alerts_most": _whole(1000),
    "praise_post": _CLOCK,
    "ask_window": _TEXT,
    "ask_morning": _CLOCK,
}
_CASES: Schema = {"type": "integer", "minimum": FEWEST_CASES, "maximum": MOST_CASES}
_NOTICE: dict[str, Schema] = {
    **dict.fromkeys(NOTICE, _SPAN),
    "customer_cases": _CASES,
    "situation_cases": _CASES,
    "prevention_severity": {"enum": [1, 2, 3]},
}
_NAMES = {"brand": _TEXT, "branches": _keys(_TEXT)}
_BUSINESS: dict[str, Schema] = {
    "brand": _TEXT,
    "phone": _TEXT,
    "phone_duty": _TEXT,
    "time_zone": _TEXT,
    "locale": {"type": "string", "pattern": "^[a-z]{2,3}(-[a-z0-9]{2,4})?$"},
    "branches": _keys(
        _known(
            _BRANCH, ("name", "hours"), ("phone", "time_zone", "holidays", "quiet_hours", "closed")
        ),
        _ID,
    ),
    "quiet_hours": _TEXT,
    "timing": _known(_SPANS_AND_MORE, (), TIMING),
    "options": _known(dict.fromkeys(OPTIONS, _FLAG), (), OPTIONS),
    "retention": _SPAN,
    "privacy_url": _ADDRESS,
    "consent_url": _ADDRESS,
    "legal_contact": _TEXT,
    "review_pages": _keys(_ADDRESS),
    "booking_url": _MAYBE_EMPTY,
    "permanent_link_counts": _FLAG,
    "consent": _one_of(("notice", "first")),
    "lint": _one_of(Lint),
    "manager_letter": _one_of(ManagerLetter),
    "shown_per_minute": _whole(20),
    "topics": _FLAG,
    "topics_per_hour": _whole(MOST_TOPICS),
    "nothing_new_most": {**_whole(20), "minimum": 0},
    "notice": _known(_NOTICE, (), NOTICE),
    "names": _keys(_known(_NAMES, (), _NAMES)),
}

# ---- gifts.yaml -------------------------------------------------------------------------------

_TOPIC: dict[str, Schema] = {
    "id": _ID,
    "title": {**_TEXT, "maxLength": TITLE_MOST},
    "sev": {"enum": [1, 2, 3]},
    "sorry_for": _TEXT,
    "about": _TEXT,
    "path": _one_of(Path),
}
_OFFER: dict[str, Schema] = {
    "id": _ID,
    "title": _TEXT,
    "button": {**_TEXT, "maxLength": BUTTON_WITH_PRICE_MOST},
    "value": _AMOUNT,
    "cost": _AMOUNT,
    "by": _TEXT,
    "sev": _list_of({"enum": [1, 2, 3]}),
    "fits": _either({"const": ANY_TOPIC}, _list_of(_TEXT)),
    "retail": _AMOUNT,
    "price_word": _TEXT,
    "terms": _TEXT,
    "valid_days": {"type": ["integer", "null"], "minimum": 1, "maximum": LONGEST_DAYS},
    "fix": _FLAG,
    "refund": _FLAG,
    "only": {"const": ON_SITE},
    "last": _FLAG,
    "off": _FLAG,
}
_WINDOW: dict[str, Schema] = {
    "window_days": _whole(LONGEST_DAYS),
    "gifts": {"type": ["integer", "null"]},
    "cost": _LIMIT,
    "same_customer": {"type": ["integer", "null"]},
}
_DAYS = ("refund_legal_days", "refund_remind_days", "refund_again_days", "bank_days")
_RULE: dict[str, Schema] = {
    "undo": _SPAN,
    "on_card": {"type": "integer", "minimum": 0, "maximum": 6},
    "choice": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
    "gift_needs_visit": _FLAG,
    "default_valid_days": _whole(LONGEST_DAYS),
    "min_value_to_cost": {"type": "number"},
    "per_customer": _known(_WINDOW, ("window_days", "gifts"), ("cost", "same_customer")),
    "per_staff": _known(_WINDOW, ("window_days", "gifts"), ("cost", "same_customer")),
    "redeem_undo": _SPAN,
    "extend_by": _TEXT,
    "revoke_by": _TEXT,
    "remind_before": _SPAN,
    "refund_days": _list_of({"type": "integer", "minimum": 0, "maximum": FEW_DAYS}),
    **dict.fromkeys(_DAYS, _whole(FEW_DAYS)),
    "reopenings": _whole(20),
}
_ROLE: dict[str, Schema] = {
    "title": _TEXT,
    "limits": _known(dict.fromkeys(LIMITS, _LIMIT), LIMITS, ()),
}
_NAMED: dict[str, Schema] = {"id": _ID, "title": {**_TEXT, "maxLength": TITLE_MOST}}
_CATALOGUE: dict[str, Schema] = {
    "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
    "words": _known(dict.fromkeys(TRADE_WORDS, _TEXT), TRADE_WORDS, ()),
    "topics": _list_of(_known(_TOPIC, ("id", "title", "sev", "sorry_for", "about"), ("path",))),
    "offers": _list_of(_known(_OFFER, OFFER_REQUIRED, OFFER_OPTIONAL)),
    **dict.fromkeys(("causes", "handing"), _list_of(_known(_NAMED, ("id", "title"), ()))),
    "roles": _keys(_known(_ROLE, ("title", "limits"), ()), _ID),
    "rules": _known(_RULE, (), RULES),
    **dict.fromkeys(WORD_LISTS, _WORD_LIST),
}

# ---- gifts.<language>.yaml --------------------------------------------------------------------


def _words_by_id(names: Iterable[str]) -> Schema:
    return _keys(_known(dict.fromkeys(names, _TEXT), (), names))


_TRANSLATION: dict[str, Schema] = {
    "words": _known(dict.fromkeys(TRADE_WORDS, _TEXT), (), TRADE_WORDS),
    "topics": _words_by_id(TOPIC_WORDS),
    "offers": _words_by_id(OFFER_WORDS),
    "roles": _words_by_id(ROLE_WORDS),
    **dict.fromkeys(WORD_LISTS, _WORD_LIST),
}

# ---- flows/*.yaml -----------------------------------------------------------------------------

_CONDITION: dict[str, Schema] = {
    **dict.fromkeys(("branch", "service", "master", "language", "topic"), _WORDS),
    **dict.fromkeys(("first_visit", "words", "files", "wish"), _FLAG),
    **dict.fromkeys(("rating", "rating_before"), _MARKS),
    "option": _one_of(OPTIONS),
}
_COLLECT: dict[str, Schema] = {
    **{str(medium): _FLAG for medium in Medium},
    "until_quiet": _SPAN,
    "until_button": _TEXT,
    "no_words": _SPAN,
}
_REMINDER: dict[str, Schema] = {
    "after": _SPAN,
    "say": _TEXT,
    "times": _whole(MOST_TIMES),
}
_CHOOSE: dict[str, Schema] = {
    "from": _either({"const": "topics"}, _list_of(_TEXT)),
    "several": _FLAG,
    "optional": _FLAG,
}
_OF_STEP: dict[str, Schema] = {
    "wait": _SPAN,
    "when": _known(_CONDITION, (), IN_TALK),
    "else": _TEXT,
    "say": _TEXT,
    "say_rated": _TEXT,
    "say_unknown_visit": _TEXT,
    "rating": _either(_MARKS, _keys(_TEXT)),
    "choose": _either({"const": "topics"}, _known(_CHOOSE, ("from",), ("several", "optional"))),
    "buttons": _list_of(_TEXT),
    "wishes": _list_of(_TEXT),
    "promise": _FLAG,
    "contact": _FLAG,
    "invite_review": _FLAG,
    "collect": _known(_COLLECT, (), _COLLECT),
    "silence": _either(
        _known(_REMINDER, ("after",), ("say", "times")),
        _list_of(_known(_REMINDER, ("after",), ("say",))),
    ),
    "case": _one_of(CaseAction),
    "go": _either(_TEXT, _keys(_TEXT)),
}
_FLOW: dict[str, Schema] = {
    "flow": _ID,
    "trigger": _one_of(Trigger),
    "start": _TEXT,
    "steps": _keys(_known(_OF_STEP, (), STEP), _ID),
    "for": _known(_CONDITION, (), AUDIENCE),
    "after": _SPAN,
}

# ---- tone/*.yaml ------------------------------------------------------------------------------

_PHRASES: dict[str, Schema] = dict.fromkeys(PHRASES, _list_of(_TEXT))
_HINT = {**_PHRASES, "say": {**_TEXT, "maxLength": HINT_MOST}, "important": _FLAG}
_TONE: dict[str, Schema] = {
    **dict.fromkeys(LISTS, _known(_PHRASES, (), PHRASES)),
    **dict.fromkeys(("long_story", "long_reply"), _whole(MOST_LENGTH)),
    "off": _list_of(_one_of(Rule)),
    "most_lines": _whole(MOST_LINES),
    "words": _keys(_known(_HINT, ("say",), (*PHRASES, "important")), _ID),
    "known": _known(dict.fromkeys(Known, _known(_PHRASES, (), PHRASES)), (), Known),
    "promises": _FLAG,
    "clocks": _keys(_CLOCK),
}


def schemas() -> dict[str, Schema]:
    """By the kind of file: business, gifts, gifts-translated, flow, texts, tone, ready."""
    texts = dict.fromkeys(("texts", "buttons", "phrases"), _keys(_TEXT))
    made = {
        "business": _known(_BUSINESS, BUSINESS_REQUIRED, BUSINESS_OPTIONAL),
        "gifts": _known(_CATALOGUE, CATALOGUE_REQUIRED, CATALOGUE_OPTIONAL),
        "gifts-translated": _known(_TRANSLATION, (), (*PARTS, *WORD_LISTS)),
        "flow": _known(_FLOW, ("flow", "trigger", "start", "steps"), ("for", "after")),
        "texts": _known(texts, texts, ()),
        "tone": _known(_TONE, (), TONE_OPTIONAL),
        "ready": _keys({**_list_of(_TEXT), "maxItems": SECTION_MOST}, _ID),
    }
    return {name: {"$schema": _DRAFT, **schema} for name, schema in made.items()}


def schema_of(file: str) -> str:
    """Which of them a file of the folder follows."""
    folder, _, name = file.rpartition("/")
    if folder:
        return {"flows": "flow", "texts": "texts", "tone": "tone", "ready": "ready"}[folder]
    kind = name.removesuffix(".yaml")
    return kind if kind in ("business", "gifts") else "gifts-translated"
