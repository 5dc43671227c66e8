"""Reads who may give how much: roles, limits, rules. Amounts become minor units here."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from flows.book import Role, RoleLimits, Rules, WindowLimit
from flows.money import minor_digits
from flows.reading import Fields, Place

MOST_AMOUNT = 1_000_000_000
LONGEST_DAYS = 3660
OWNER = "owner"
FEW_DAYS = 20  # "20 дней": a text names them after "до"
REFUND_DAYS_MOST = 4  # buttons in a row

LIMITS = ("case_cost", "case_value", "day_cost")
RULES = [
    "undo",
    "on_card",
    "choice",
    "gift_needs_visit",
    "default_valid_days",
    "min_value_to_cost",
    "per_customer",
    "per_staff",
    "redeem_undo",
    "extend_by",
    "revoke_by",
    "remind_before",
    "refund_days",
    "refund_legal_days",
    "refund_remind_days",
    "refund_again_days",
    "bank_days",
    "reopenings",
]
_USUAL = Rules(
    undo=timedelta(seconds=10),
    on_card=2,
    choice=(2, 3),
    gift_needs_visit=True,
    per_customer=WindowLimit(window_days=90, gifts=2),
    per_staff=WindowLimit(window_days=7, gifts=15, same_customer=1),
    default_valid_days=60,
    redeem_undo=timedelta(minutes=10),
    extend_by="manager",
    revoke_by="manager",
    remind_before=timedelta(days=7),
    refund_days=(0, 3, 10),
    refund_legal_days=10,
    refund_remind_days=2,
    refund_again_days=2,
    bank_days=3,
    reopenings=2,
)
_USUAL_WORTH = 2.0


def compile_roles(place: Place, currency: str) -> tuple[Role, ...]:
    """Roles from the lowest to the highest; the highest is the owner."""
    entries = place.entries()
    roles = tuple(_role(name, at, currency) for name, at in entries.items())
    if entries and roles[-1].id != OWNER:
        place.problem("roles.owner_last", owner=OWNER)
    return roles


def compile_rules(catalogue: Fields, currency: str, roles: Sequence[str]) -> Rules:
    """The rules of giving, each with a sound default; `roles` from the lowest to the highest."""
    rules = _rules(catalogue)
    above = _USUAL.extend_by if _USUAL.extend_by in roles else OWNER
    return Rules(
        undo=rules.read("undo", Place.span, _USUAL.undo),
        on_card=rules.read("on_card", lambda at: at.whole(0, 6), _USUAL.on_card),
        choice=rules.read("choice", _choice, _USUAL.choice),
        gift_needs_visit=rules.read("gift_needs_visit", Place.flag, _USUAL.gift_needs_visit),
        per_customer=rules.read(
            "per_customer", lambda at: _window(at, currency), _USUAL.per_customer
        ),
        per_staff=rules.read("per_staff", lambda at: _window(at, currency), _USUAL.per_staff),
        default_valid_days=rules.read("default_valid_days", _days, _USUAL.default_valid_days),
        redeem_undo=rules.read("redeem_undo", Place.span, _USUAL.redeem_undo),
        extend_by=rules.read(
            "extend_by", lambda at: at.one_of(roles or (OWNER,), "unknown.role"), above
        ),
        revoke_by=rules.read(
            "revoke_by", lambda at: at.one_of(roles or (OWNER,), "unknown.role"), above
        ),
        remind_before=rules.read("remind_before", Place.span, _USUAL.remind_before),
        refund_days=rules.read("refund_days", _refund_days, _USUAL.refund_days),
        refund_legal_days=_few_days(rules, "refund_legal_days", _USUAL.refund_legal_days),
        refund_remind_days=_few_days(rules, "refund_remind_days", _USUAL.refund_remind_days),
        refund_again_days=_few_days(rules, "refund_again_days", _USUAL.refund_again_days),
        bank_days=_few_days(rules, "bank_days", _USUAL.bank_days),
        reopenings=rules.read("reopenings", lambda at: at.whole(1, 20), _USUAL.reopenings),
    )


def _refund_days(place: Place) -> tuple[int, ...]:
    """`[0, 3, 10]`, as many as a row of buttons holds."""
    days = [each.whole(0, FEW_DAYS) for each in place.items()]
    if not 0 < len(days) <= REFUND_DAYS_MOST:
        place.problem("type.pair", value=place.shown(), allowed="[0, 3, 10]")
        return _USUAL.refund_days
    return tuple(sorted(set(days)))


def _few_days(rules: Fields, name: str, usual: int) -> int:
    return rules.read(name, lambda at: at.whole(1, FEW_DAYS), usual)


def _choice(place: Place) -> tuple[int, int]:
    """`[2, 3]`: fewest and most."""
    bounds = [each.whole(2, 6) for each in place.items()]
    if len(bounds) != 2 or bounds[0] > bounds[1]:
        place.problem("type.pair", value=place.shown(), allowed="[2, 3]")
        return _USUAL.choice
    return bounds[0], bounds[1]


def least_worth(catalogue: Fields) -> float:
    """How many times its cost a gift should be worth to the customer."""
    rules = catalogue.get("rules")
    said = rules.value.get("min_value_to_cost") if rules and isinstance(rules.value, dict) else None
    return float(said) if isinstance(said, int | float) else _USUAL_WORTH


def read_amount(place: Place, currency: str) -> int:
    """An amount as the owner writes it (1200, 99.50) in minor units of the currency."""
    value = place.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        place.problem("type.amount", value=place.shown(), allowed="1200, 99.50")
        return 0
    minor = Decimal(str(value)).scaleb(minor_digits(currency))
    if not 0 <= minor <= MOST_AMOUNT or minor != minor.to_integral_value():
        place.problem("amount.currency", value=value, currency=currency, allowed="1200, 99.50")
        return 0
    return int(minor)


def amount_written(minor: int, currency: str) -> str:
    """An amount as the owner writes it."""
    amount = Decimal(minor).scaleb(-minor_digits(currency))
    return f"{amount.to_integral_value() if amount == amount.to_integral_value() else amount:f}"


def _rules(catalogue: Fields) -> Fields:
    place = catalogue.get("rules")
    if place is None:
        return Fields(catalogue.at, {})
    rules = place.fields((), RULES)
    worth = rules.get("min_value_to_cost")
    if worth is not None and not isinstance(worth.value, int | float):
        worth.problem("type.number", value=worth.shown(), allowed="2.0")
    return rules


def _role(name: str, place: Place, currency: str) -> Role:
    Place(place.source, place.path, name, place.found).id()
    fields = place.fields(("title", "limits"))
    limits = fields["limits"].fields(LIMITS)
    amounts = {key: _amount_or_none(limits[key], currency) for key in LIMITS}
    return Role(name, fields["title"].text(64), RoleLimits(**amounts))


def _window(place: Place, currency: str) -> WindowLimit:
    fields = place.fields(("window_days", "gifts"), ("cost", "same_customer"))
    return WindowLimit(
        window_days=_days(fields["window_days"]),
        gifts=_count_or_none(fields["gifts"]),
        cost=fields.read("cost", lambda at: _amount_or_none(at, currency), None),
        same_customer=fields.read("same_customer", _count_or_none, None),
    )


def _days(place: Place) -> int:
    return place.whole(1, LONGEST_DAYS)


def _amount_or_none(place: Place, currency: str) -> int | None:
    return None if place.value is None else read_amount(place, currency)


def _count_or_none(place: Place) -> int | None:
    return None if place.value is None else place.whole(0, MOST_AMOUNT)
