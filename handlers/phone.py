"""Telephone numbers as people write them, to E.164 (`+79990000001`); nothing else about people."""

import re
from functools import lru_cache

from phonenumbers import (
    NumberParseException,
    PhoneMetadata,
    PhoneNumberFormat,
    format_number,
    is_valid_number,
    parse,
)

_LOOKS_PLAIN = re.compile(r"\+?[\d\s().\-\u2010-\u2014]+")
_NOT_DIGITS = re.compile(r"\D+")


def to_e164(text: str, region: str) -> str | None:
    """E.164 of a number written in `region` (`RU`) or with its country code; None when it is none.

    Mobile numbers of the region, nearly all there are, are matched against the library's own
    pattern: its full parser takes 40 µs a number, and files hold a hundred thousand.
    """
    return _mobile(text, region) or _any(text, region)


def _mobile(text: str, region: str) -> str | None:
    rules = _mobile_rules(region)
    if rules is None or not _LOOKS_PLAIN.fullmatch(text):
        return None
    country, trunk, pattern = rules
    start = country if text.startswith("+") else trunk
    digits = _NOT_DIGITS.sub("", text)
    national = digits.removeprefix(start)
    if len(national) == len(digits) or not pattern.fullmatch(national):
        return None
    return f"+{country}{national}"


@lru_cache(maxsize=16)
def _mobile_rules(region: str) -> tuple[str, str, re.Pattern[str]] | None:
    """Country code, trunk prefix, mobile pattern; None where numbers are rewritten on the way."""
    metadata = PhoneMetadata.metadata_for_region(region)
    if metadata is None or metadata.national_prefix_transform_rule is not None:
        return None
    if not (metadata.national_prefix and metadata.mobile and metadata.country_code):
        return None
    pattern = re.compile(metadata.mobile.national_number_pattern or "(?!)")
    return str(metadata.country_code), metadata.national_prefix, pattern


def only_zone(phone: str) -> str:
    """The IANA name of the time zone of an E.164 number; "" when the number tells of several, or of none."""
    from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_number  # noqa: PLC0415 - large tables, seldom asked

    try:
        zones = time_zones_for_number(parse(phone))
    except NumberParseException:
        return ""
    return zones[0] if len(zones) == 1 and zones[0] != UNKNOWN_TIMEZONE else ""


def _any(text: str, region: str) -> str | None:
    try:
        number = parse(text, region)
    except NumberParseException:
        return None
    return format_number(number, PhoneNumberFormat.E164) if is_valid_number(number) else None
