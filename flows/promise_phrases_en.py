"""How English names a coming time: patterns over lower case. Only the grammar; no moments."""

import re
from datetime import timedelta
from re import Match

from flows.spoken_time import SpokenTime

_NUMBERS = {
    **dict.fromkeys(("a", "an", "one"), 1),
    **dict.fromkeys(("two", "couple", "a couple of", "couple of"), 2),
    **dict.fromkeys(("three", "a few", "few"), 3),
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
}
_HOURS = {word: n for word, n in _NUMBERS.items() if n <= 12 and len(word) > 2 and " " not in word}
_HOURS = {word: n for word, n in _HOURS.items() if word not in ("couple", "few")}
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NUMBER = "|".join([r"\d{1,3}", *sorted(_NUMBERS, key=len, reverse=True)])
_MONTH = "|".join(_MONTHS)

_DAY = (
    r"(?:"
    r"(?:(?P<by>by|before)\s+)?(?P<relative>today|tomorrow|the\s+day\s+after\s+tomorrow)"
    rf"|(?:(?P<at>by|before|on|this|next)\s+)?(?:(?P<which>this|next)\s+)?(?P<weekday>{'|'.join(_WEEKDAYS)})"
    rf"|(?:(?P<till>by|before|on)\s+)?(?:the\s+)?(?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})"
    rf"|(?P<month_first>{_MONTH})\s+(?P<number_last>\d{{1,2}})(?:st|nd|rd|th)?)"
    r")"
)
_CLOCK = (
    r"(?:by|before|at|around|until|no\s+later\s+than)\s+"
    rf"(?P<hour>\d{{1,2}}|{'|'.join(sorted(_HOURS, key=len, reverse=True))})"
    r"(?:[:.](?P<minute>\d\d))?(?:\s*(?P<half>[ap]\.?m\b\.?)|\s+o'clock)?"
    rf"(?!\s*(?:\d|%|€|\$|minutes?|hours?|days?|weeks?|people|times|{_MONTH}))"
)
_PART = (
    r"(?:"
    r"(?P<noon>(?:(?:by|before|at)\s+)?noon)"
    r"|(?P<lunch>(?:by|before)\s+lunch(?:time)?)"
    r"|(?P<afternoon>(?:(?:in\s+the|this|by\s+the)\s+)?afternoon|after\s+lunch)"
    r"|(?P<morning>(?:(?:in\s+the|this|by\s+the)\s+)?morning)"
    r"|(?P<evening>(?:(?:in\s+the|this|by\s+the|by)\s+)?evening|(?:by\s+)?tonight)"
    r"|(?P<end>(?:by\s+)?(?:the\s+)?end\s+of\s+(?:the\s+)?day|by\s+closing(?:\s+time)?)"
    r")(?!\w)"
)
_PARTS = {"lunch": "lunch", "afternoon": "afternoon", "morning": "morning", "evening": "evening"}
_GAP = r"[\s,]+"

SIGNS = (
    r"\d|\b(?:in|within)\s|today|tomorrow|yesterday|tonight|noon|lunch|morning|evening|day|week|last\s|closing"
    rf"|{_MONTH}|(?:by|before|at|around|until|than)\s+(?:{'|'.join(_HOURS)})"
)


def _span(match: Match[str]) -> SpokenTime:
    word = match["n"]
    n = int(word) if word.isdecimal() else _NUMBERS[" ".join(word.split())]
    match match["unit"]:
        case "minute" | "min":
            return SpokenTime(span=timedelta(minutes=n))
        case "hour":
            return SpokenTime(span=timedelta(hours=n))
        case "week":
            return SpokenTime(days=7 * n)
    return SpokenTime(days=n)


def _half_hour(match: Match[str]) -> SpokenTime:
    minutes = 90 if match["more"] else 15 if match["quarter"] else 30
    return SpokenTime(span=timedelta(minutes=minutes))


def _named(match: Match[str]) -> SpokenTime | None:
    found = match.groupdict()
    day, clock = _day_of(found), _clock_of(found)
    if clock is None:
        return None
    before = bool(day.pop("before", False)) and not clock
    return SpokenTime(before=before, **day, **clock)  # type: ignore[arg-type]  # fields by name


def _day_of(found: dict[str, str | None]) -> dict[str, object]:
    if relative := found.get("relative"):
        days = {"today": 0, "tomorrow": 1}.get(relative, 2)
        return {"days": days, "before": found.get("by") == "before" and days > 0}
    if weekday := found.get("weekday"):
        at = found.get("at")
        which = found.get("which") or at
        weeks = {"this": 0, "next": 1}.get(which or "")
        before = at in ("by", "before")
        return {"weekday": _WEEKDAYS.index(weekday), "weeks": weeks, "before": before}
    number, month = found.get("number"), found.get("month")
    number, month = number or found.get("number_last"), month or found.get("month_first")
    if number and month:
        before = found.get("till") in ("by", "before")
        return {"on": (int(number), _MONTHS.index(month) + 1), "before": before}
    return {}


def _clock_of(found: dict[str, str | None]) -> dict[str, object] | None:
    if hour := found.get("hour"):
        number, minute = _HOURS.get(hour) or int(hour), int(found.get("minute") or 0)
        half = (found.get("half") or "")[:1]
        if number > 24 or minute > 59:
            return None
        if half:
            number = number % 12 + (12 if half == "p" else 0)
        return {"clock": (number, minute), "halves": not half and number <= 12}
    if found.get("noon"):
        return {"clock": (12, 0)}
    if found.get("end"):
        return {} if _day_of(found) else {"days": 0}
    word = next((word for name, word in _PARTS.items() if found.get(name)), "")
    lasting = word == "evening" and not (found["evening"] or "").startswith("by")
    return {"word": word, "lasting": lasting} if word else {}


def _week(match: Match[str]) -> SpokenTime:
    return SpokenTime(weekday=6, weeks=1 if match["next"] else 0)


def _no_promise(_: Match[str]) -> None:
    """Opening hours, and what is over."""


GRAMMAR = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), read)
    for pattern, read in (
        (r"from\s+\d{1,2}\S*\s+(?:[ap]m\s+)?(?:to|until|till)\s+\d{1,2}", _no_promise),
        (
            rf"yesterday(?:{_GAP}(?:{_CLOCK}|{_PART}))?|last\s+(?:night|week|{'|'.join(_WEEKDAYS)})",
            _no_promise,
        ),
        (
            r"(?:in|within)\s+(?:(?P<more>an\s+hour\s+and\s+a\s+half)|(?P<quarter>a\s+quarter\s+of\s+an\s+hour)"
            r"|half\s+an\s+hour|a\s+half\s+hour)",
            _half_hour,
        ),
        (
            rf"(?:in|within)\s+(?:about\s+|the\s+next\s+)?(?:\d+\s*(?:-|–|to|or)\s*)?(?P<n>{_NUMBER})\s*"
            r"(?P<unit>min|minute|hour|day|week)s?",
            _span,
        ),
        (r"(?:by\s+the\s+end\s+of\s+(?:the|this)\s+week|this\s+week|(?P<next>next\s+week))", _week),
        (rf"{_DAY}{_GAP}(?:{_CLOCK}|{_PART})", _named),
        (rf"(?:{_CLOCK}|{_PART}){_GAP}{_DAY}", _named),
        (_DAY, _named),
        (rf"{_CLOCK}|{_PART}", _named),
    )
)
