"""Reads business.yaml: who the business is, where, and its figures. Judges no other file."""

import re
from dataclasses import dataclass, replace
from datetime import time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo, available_timezones

from flows import compile_addresses as addresses
from flows.book import Branch, Business, ManagerLetter, Timing
from flows.compile_conditions import compile_options
from flows.compile_notice import compile_notice
from flows.hours import Hours, QuietHours, parse_hours, parse_quiet
from flows.hours_spelling import Span, read_holidays, read_span
from flows.languages import is_language
from flows.notice import Notice
from flows.problems import nearest
from flows.reading import Fields, Place
from flows.tone import Lint

REQUIRED = [
    "brand",
    "phone",
    "time_zone",
    "branches",
    "privacy_url",
    "consent_url",
    "legal_contact",
]
OPTIONAL = [
    "phone_duty",
    "locale",
    "quiet_hours",
    "timing",
    "retention",
    "review_pages",
    "booking_url",
    "permanent_link_counts",
    "lint",
    "consent",
    "shown_per_minute",
    "nothing_new_most",
    "names",
    "options",
    "manager_letter",
    "topics",
    "topics_per_hour",
    "notice",
]

_PHONE = re.compile(r"\+?[\d(][\d\s()-]{3,}\d")
_UTC = ZoneInfo("UTC")

_DEFAULT_SPANS = {
    "ask_delay": timedelta(hours=2),
    "reply_within": timedelta(minutes=30),
    "manager_reply_within": timedelta(hours=1),
    "taken_notice": timedelta(minutes=2),
    "waiting_notice": timedelta(minutes=15),
    "late_notice": timedelta(minutes=3),
    "health_reply": timedelta(minutes=15),
    "health_alert_again": timedelta(minutes=30),
    "reply_hold": timedelta(seconds=10),
    "album_quiet": timedelta(seconds=1.5),
    "check_after": timedelta(days=2),
    "check_after_fix": timedelta(days=1),
    "prevention_after": timedelta(minutes=15),
    "check_silence": timedelta(days=3),
    "request_wait": timedelta(minutes=10),
    "still_open_after": timedelta(hours=24),
    "one_question_in": timedelta(days=14),
    "visit_is_recent": timedelta(days=14),
    "nps_every": timedelta(days=90),
    "review_every": timedelta(days=180),
}
TIMING = (
    *_DEFAULT_SPANS,
    "health_alerts",
    "health_alerts_most",
    "praise_post",
    "ask_window",
    "ask_morning",
)
_DEFAULT_WINDOW = (time(10), time(21))
_DEFAULT_ALERTS = (timedelta(minutes=3), timedelta(minutes=6), timedelta(minutes=10))
_DEFAULT_ALERTS_MOST = 24
_DEFAULT_PRAISE_POST = time(20, 30)
_DEFAULT_QUIET = (time(22), time(9))
_DEFAULT_RETENTION_DAYS = 180
_DEFAULT_SHOWN_PER_MINUTE = 6
_DEFAULT_TOPICS_PER_HOUR = 20
MOST_TOPICS = 60  # an hour
_DEFAULT_NOTHING_NEW_MOST = 2


def read_locale(place: Place) -> str:
    """The language of the texts, before anything else is known; `ru` when it is not said."""
    entries = place.value if isinstance(place.value, dict) else {}
    said = entries.get("locale", "ru")
    return said if isinstance(said, str) and is_language(said) else "ru"


def compile_business(place: Place) -> Business:
    """The facts of the business; problems are noted at their places."""
    fields = place.fields(REQUIRED, OPTIONAL)
    zone = _zone(fields["time_zone"])
    phone = _phone(fields["phone"])
    return Business(
        brand=fields["brand"].text(64),
        phone=phone,
        phone_duty=fields.read("phone_duty", _phone, phone),
        branches=_branches(fields, zone, phone),
        timing=compile_timing(fields),
        locale=fields.read("locale", _locale, "ru"),
        retention_days=fields.read("retention", _days, _DEFAULT_RETENTION_DAYS),
        privacy_url=addresses.page(fields["privacy_url"]),
        consent_url=addresses.page(fields["consent_url"]),
        legal_contact=addresses.contact(fields["legal_contact"]),
        review_pages=MappingProxyType(fields.read("review_pages", addresses.pages, {})),
        booking_url=fields.read("booking_url", addresses.page_or_none, ""),
        permanent_link_counts=fields.read("permanent_link_counts", Place.flag, default=True),
        lint=fields.read("lint", lambda at: Lint(at.one_of(Lint, "unknown.lint")), Lint.AFTER),
        consent_first=fields.read("consent", _consent, "notice") == "first",
        shown_per_minute=fields.read(
            "shown_per_minute", lambda at: at.whole(1, 20), _DEFAULT_SHOWN_PER_MINUTE
        ),
        nothing_new_most=fields.read(
            "nothing_new_most", lambda at: at.whole(0, 20), _DEFAULT_NOTHING_NEW_MOST
        ),
        options=fields.read("options", compile_options, frozenset()),
        manager_letter=fields.read(
            "manager_letter",
            lambda at: ManagerLetter(at.one_of(ManagerLetter, "unknown.choice")),
            ManagerLetter.SEVERE,
        ),
        examples=addresses.left_as_examples(fields),
        topics=fields.read("topics", Place.flag, default=False),
        topics_per_hour=fields.read(
            "topics_per_hour", lambda at: at.whole(1, MOST_TOPICS), _DEFAULT_TOPICS_PER_HOUR
        ),
        notice=fields.read("notice", compile_notice, Notice()),
    )


def compile_timing(fields: Fields) -> Timing:
    """Every span of time, each with a sound default."""
    place = fields.get("timing")
    timing = place.fields((), TIMING) if place else Fields(fields.at, {})
    spans = {key: timing.read(key, Place.span, usual) for key, usual in _DEFAULT_SPANS.items()}
    for notice in ("waiting_notice", "late_notice"):
        if spans[notice] >= spans["reply_within"]:
            at = timing.get(notice) or timing.get("reply_within") or fields.at
            at.problem("timing.notice_late", notice=notice)
    return Timing(
        health_alerts=timing.read("health_alerts", _alerts, _DEFAULT_ALERTS),
        health_alerts_most=timing.read(
            "health_alerts_most", lambda at: at.whole(1, 1000), _DEFAULT_ALERTS_MOST
        ),
        praise_post=timing.read("praise_post", Place.clock, _DEFAULT_PRAISE_POST),
        ask_window=timing.read("ask_window", _window, _DEFAULT_WINDOW),
        ask_morning=timing.read("ask_morning", Place.clock, None),
        **spans,
    )


def _window(place: Place) -> tuple[time, time]:
    span = place.parsed(read_span, Span(*_DEFAULT_WINDOW))
    return span.start, span.end


def _alerts(place: Place) -> tuple[timedelta, ...]:
    alerts = tuple(item.span() for item in place.items())
    if list(alerts) != sorted(set(alerts)):
        place.problem("timing.alerts_order", allowed="[3m, 6m, 10m]")
    return alerts


def _consent(place: Place) -> str:
    return place.one_of(("notice", "first"), "unknown.choice")


def _branches(fields: Fields, zone: ZoneInfo, phone: str) -> tuple[Branch, ...]:
    place = fields["branches"]
    quiet = fields.read("quiet_hours", lambda at: _quiet(at, zone), _no_quiet(zone))
    usual = _Usual(zone, phone, quiet)
    branches = tuple(_branch(key, at, usual) for key, at in place.entries().items())
    if not branches and isinstance(place.value, dict):
        place.problem("branches.none")
    return branches


@dataclass(frozen=True, slots=True)
class _Usual:
    """What a branch takes from the business unless it says otherwise."""

    zone: ZoneInfo
    phone: str
    quiet: QuietHours


def _branch(key: str, place: Place, usual: _Usual) -> Branch:
    Place(place.source, place.path, key, place.found).id()
    fields = place.fields(
        ("name", "hours"), ("phone", "time_zone", "holidays", "quiet_hours", "closed")
    )
    zone = fields.read("time_zone", _zone, usual.zone)
    hours = fields["hours"].parsed(lambda value: parse_hours(value, zone), Hours(zone, ((),) * 7))
    if holidays := fields.get("holidays"):
        hours = holidays.parsed(lambda value: replace(hours, holidays=read_holidays(value)), hours)
    phone = fields.read("phone", _phone, usual.phone)
    own_zone = replace(usual.quiet, zone=zone)
    quiet = fields.read("quiet_hours", lambda at: _quiet(at, zone), own_zone)
    return Branch(
        key,
        fields["name"].text(64),
        hours,
        phone,
        quiet,
        fields.read("closed", Place.flag, default=False),
    )


def _zone(place: Place) -> ZoneInfo:
    try:
        return ZoneInfo(place.text())
    except (KeyError, ValueError, OSError):
        near = nearest(str(place.value), available_timezones())
        known = "" if near else "Europe/Moscow, Asia/Yekaterinburg …"
        place.problem("type.zone", value=place.shown(), allowed=known, near=near)
        return _UTC


def _phone(place: Place) -> str:
    phone = place.text()
    if phone and not _PHONE.fullmatch(phone):
        place.problem("type.phone", value=place.shown(), allowed="+7 843 000-00-00")
    return phone


def _days(place: Place) -> int:
    span = place.span()
    if span % timedelta(days=1):
        place.problem("type.days", value=place.shown(), allowed="180d")
    return max(1, span.days)


def _locale(place: Place) -> str:
    locale = place.text()
    if locale and not is_language(locale):
        place.problem("type.language", value=place.shown(), allowed="ru, en …")
    return locale


def _quiet(place: Place, zone: ZoneInfo) -> QuietHours:
    return place.parsed(lambda value: parse_quiet(value, zone), _no_quiet(zone))


def _no_quiet(zone: ZoneInfo) -> QuietHours:
    return QuietHours(*_DEFAULT_QUIET, zone)
