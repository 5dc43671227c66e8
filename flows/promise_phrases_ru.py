"""How Russian names a coming time: patterns over lower case with ё as е. Only the grammar; no moments."""

import re
from datetime import timedelta
from re import Match

from flows.spoken_time import SpokenTime

_ONES = {
    "один одного одну одной одному": 1,
    "два две двух двум": 2,
    "пару пары пару-тройку": 2,
    "три трех трем": 3,
    "четыре четырех четырем": 4,
    "пять пяти": 5,
    "шесть шести": 6,
    "семь семи": 7,
    "восемь восьми": 8,
    "девять девяти": 9,
    "десять десяти": 10,
    "одиннадцать одиннадцати": 11,
    "двенадцать двенадцати": 12,
    "пятнадцать пятнадцати": 15,
    "двадцать двадцати": 20,
    "тридцать тридцати": 30,
    "сорок сорока": 40,
    "пятьдесят пятидесяти": 50,
}
_NUMBERS = {word: number for words, number in _ONES.items() for word in words.split()}
_HOURS = {word: n for word, n in _NUMBERS.items() if n <= 12 and not word.startswith("пар")}
_MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
_WEEKDAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")

_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_NUMBER = rf"(?:\d{{1,3}}|(?:двадцать|тридцать|сорок|пятьдесят)\s+пять|{_WORD})"
_RANGE = rf"(?:{_NUMBER}\s*[-–—]\s*)?"
_UNIT = r"(?P<unit>мин|час|дн|ден|сут|недел|месяц)[а-я]*\.?"
_MONTH = "|".join(_MONTHS)

_DAY = (
    r"(?:"
    r"(?P<relative>сегодня|завтра|послезавтра)"
    r"|(?P<by>до|к)\s+(?P<by_relative>завтрашн\w+\s+дн\w+|завтра|послезавтра)"
    r"|(?P<at>в|во|к|ко|до|на)\s+(?P<which>эт\w+\s+|следующ\w+\s+|ближайш\w+\s+)?"
    r"(?P<weekday>понедельник\w*|вторник\w*|сред[уые]|четверг\w*|пятниц\w*|суббот\w*|воскресень\w*)"
    rf"|(?:(?P<till>до|к)\s+)?(?P<number>\d{{1,2}})(?:\s+(?P<month>{_MONTH})|-?го\b|\s+числа)"
    r")"
)
_CLOCK = (
    r"(?:до|к|ко|в|во|около|не\s+позднее|не\s+позже)\s+"
    rf"(?P<hour>\d{{1,2}}|{'|'.join(sorted(_HOURS, key=len, reverse=True))}|час(?=а?у?\s+(?:дня|ночи)))"
    r"(?:[:.](?P<minute>\d\d))?(?:\s*(?:ч\b\.?|час\w*))?(?:\s+(?P<half>утра|дня|вечера|ночи))?"
    rf"(?!\s*(?:\d|%|₽|[-–—]\s*\d|-?го\b|мин|дн|ден|лет|год|раз|руб|числ|недел|месяц|этаж|мастер|{_MONTH}))"
)
_PART = (
    r"(?:"
    r"(?P<lunch>(?:до|к)\s+обед[ау]|в\s+обед|в\s+первой\s+половине\s+дня)"
    r"|(?P<after_lunch>после\s+обеда|во\s+второй\s+половине\s+дня)"
    r"|(?P<noon>(?:до|к)\s+полудн[яю])"
    r"|(?P<morning>утром|с\s+утра|(?:до|к)\s+утр[ау])"
    r"|(?P<day>днем)"
    r"|(?P<evening>вечером|(?:до|к)\s+вечер[ау])"
    r"|(?P<night>ночью)"
    r"|(?P<end>(?:до|к)\s+конц[ау]\s+(?:рабочего\s+)?дня|в\s+течение\s+дня|до\s+закрытия)"
    r")(?!\w)"
)
_PARTS = {
    "lunch": "обед",
    "after_lunch": "после обеда",
    "morning": "утро",
    "day": "день",
    "evening": "вечер",
    "night": "ночь",
}
_GAP = r"[\s,]+"

SIGNS = (
    r"\d|через|течение|сегодня|завтра|вчера|обед|полдн|полудн|половине|утр|днем|вечер|ночью|конц|закрыти"
    rf"|недел|выходн|понедельник|вторник|сред[уые]|четверг|пятниц|суббот|воскресень|час|(?:{_WORD})"
)


def _number(word: str) -> int:
    if word.isdecimal():
        return int(word)
    return sum(_NUMBERS[each] for each in word.split())


def _span(match: Match[str]) -> SpokenTime | None:
    return _of_unit(match["unit"], _number(match["n"]) if match["n"] else 1)


def _of_unit(unit: str, n: int) -> SpokenTime:
    match unit:
        case "мин":
            return SpokenTime(span=timedelta(minutes=n))
        case "час":
            return SpokenTime(span=timedelta(hours=n))
        case "недел":
            return SpokenTime(days=7 * n)
        case "месяц":
            return SpokenTime(days=30 * n)
    return SpokenTime(days=n)


def _fixed(match: Match[str]) -> SpokenTime:
    """Half an hour, an hour and a half, an hour or two, every other day."""
    minutes = {"half": 30, "more": 90, "quarter": 15, "two": 120}
    name = match.lastgroup or ""
    if name == "other_day":
        return SpokenTime(days=2)
    return SpokenTime(span=timedelta(minutes=minutes[name]))


def _named(match: Match[str]) -> SpokenTime | None:
    """A day, a time of the day, or both, in either order."""
    found = match.groupdict()
    day = _day_of(found)
    clock = _clock_of(found)
    if clock is None:
        return None
    before = bool(day.pop("before", False)) and not clock
    return SpokenTime(before=before, **day, **clock)  # type: ignore[arg-type]  # fields by name


def _day_of(found: dict[str, str | None]) -> dict[str, object]:
    if relative := found.get("relative"):
        return {"days": ("сегодня", "завтра", "послезавтра").index(relative)}
    if relative := found.get("by_relative"):
        return {"days": 2 if relative == "послезавтра" else 1, "before": found["by"] == "до"}
    if weekday := found.get("weekday"):
        number = next(n for n, stem in enumerate(_WEEKDAYS) if weekday.startswith(stem))
        which = found.get("which") or ""
        weeks = 0 if which.startswith("эт") else 1 if which.startswith("следующ") else None
        return {"weekday": number, "weeks": weeks, "before": found["at"] in ("к", "ко", "до")}
    if number_of_day := found.get("number"):
        month = found.get("month")
        on = (int(number_of_day), _MONTHS.index(month) + 1 if month else 0)
        return {"on": on, "before": bool(found.get("till"))}
    return {}


def _clock_of(found: dict[str, str | None]) -> dict[str, object] | None:
    """Empty without a time of the day; None for one that is no time."""
    if hour := found.get("hour"):
        return _hour_of(hour, found.get("minute"), found.get("half"))
    if found.get("noon"):
        return {"clock": (12, 0)}
    if found.get("end"):
        return {} if _day_of(found) else {"days": 0}
    word = next((word for name, word in _PARTS.items() if found.get(name)), "")
    lasting = (found.get("evening") or "").startswith("вечером")
    return {"word": word, "lasting": lasting} if word else {}


def _hour_of(hour: str, minute: str | None, half: str | None) -> dict[str, object] | None:
    number = 1 if hour.startswith("час") else _HOURS.get(hour) or int(hour)
    if number > 24 or (minute and int(minute) > 59):
        return None
    if half in ("дня", "вечера") and number < 12:
        number += 12
    halves = half is None and minute is None and number <= 12
    return {"clock": (number, int(minute or 0)), "halves": halves}


def _week(match: Match[str]) -> SpokenTime:
    if match["weekend"]:
        return SpokenTime(weekday=5, weeks=0, before=True)
    return SpokenTime(weekday=6, weeks=1 if match["next"] else 0)


def _no_promise(_: Match[str]) -> None:
    """Opening hours, and what is over."""


GRAMMAR = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), read)
    for pattern, read in (
        (r"с\s+\d{1,2}(?:[:.]\d\d)?\s+до\s+\d{1,2}(?:[:.]\d\d)?", _no_promise),
        (rf"(?:поза)?вчера(?:{_GAP}(?:{_CLOCK}|{_PART}))?", _no_promise),
        (
            r"(?:через|в\s+течение)\s+(?:(?P<half>пол(?:у)?час\w*)|(?P<more>полтор\w+\s+час\w*|час[-–—]полтора)"
            r"|(?P<quarter>четверть\s+часа)|(?P<two>час[-–—](?:два|другой))|(?P<other_day>день))",
            _fixed,
        ),
        (
            rf"(?:через|в\s+течение)\s+(?:минут\s+|часа?\s+)?{_RANGE}(?P<n>{_NUMBER})?\s*{_UNIT}",
            _span,
        ),
        (rf"(?:через|в\s+течение)\s+(?P<unit>мин|час)\w*\s+(?P<n>{_NUMBER})", _span),
        (rf"{_UNIT}\s+через\s+{_RANGE}(?P<n>{_NUMBER})", _span),
        (
            r"(?P<weekend>до\s+выходных)|(?:до\s+конца|в\s+течение|на)\s+"
            r"(?:(?P<next>следующей)\s+|этой\s+)?недел[еи]",
            _week,
        ),
        (rf"{_DAY}{_GAP}(?:{_CLOCK}|{_PART})", _named),
        (rf"(?:{_CLOCK}|{_PART}){_GAP}{_DAY}", _named),
        (_DAY, _named),
        (rf"{_CLOCK}|{_PART}", _named),
    )
)
