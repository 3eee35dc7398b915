"""Which days a customer means by "last Tuesday" or "03/11": always days gone by, since money was taken then."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
WEEKDAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
COUNTS = {
    name: number
    for number, names in enumerate(
        ("", "a an one", "two couple", "three few", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
    for name in names.split()
}
UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
LOOSENESS = {"day": 0, "week": 3, "month": 15, "year": 60}
"""How many days "three weeks ago" may be off: nobody counts them."""
A_FEW = 2
"""And how many more units "a few" may be off."""

MONTH = rf"\b({'|'.join(MONTHS)})(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?"
WEEKDAY = rf"\b({'|'.join(WEEKDAYS)})(?:s|r|rs|day|sday|nesday|rsday|urday)?"


@dataclass(frozen=True)
class Span:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether this day is one of them."""
        return self.first <= day <= self.last


def days_meant(text: str, today: date) -> list[Span]:
    """What the words can mean, the likeliest first (03/11: 3 November, then 11 March); nothing for none at all."""
    words = re.sub(r"\b(?:the|of|on)\b|,|(?<=[0-9]) ?(?:st|nd|rd|th)\b", " ", text.lower())
    words = " ".join(words.split())
    for pattern, meaning in MEANINGS:
        if match := re.search(pattern, words):
            return [span for span in meaning(match, today) if span.first <= today]
    return []


def _iso(match: re.Match[str], today: date) -> list[Span]:
    return _valid([_day(*(int(part) for part in match.groups()))])


def _figures(match: re.Match[str], today: date) -> list[Span]:
    """Day first, as the British write; then month first."""
    one, other, year = int(match[1]), int(match[2]), _year(match[3])
    readings = [(other, one), (one, other)] if one != other else [(other, one)]
    return _valid([_latest(month, day, year, today) for month, day in readings])


def _day_month(match: re.Match[str], today: date) -> list[Span]:
    return _valid([_latest(MONTHS[match[2]], int(match[1]), _year(match[3]), today)])


def _month_day(match: re.Match[str], today: date) -> list[Span]:
    return _valid([_latest(MONTHS[match[1]], int(match[2]), _year(match[3]), today)])


def _month(match: re.Match[str], today: date) -> list[Span]:
    month = MONTHS[match[1]]
    year = _year(match[2]) or (today.year if month <= today.month else today.year - 1)
    return [_whole_month(year, month)]


def _day_of_month(match: re.Match[str], today: date) -> list[Span]:
    """The latest such day: "the 31st" said on 1 July is 31 May."""
    for back in range(3):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        day = _day(year, month + 1, int(match[1]))
        if day and day <= today:
            return [Span(day, day)]
    return []


def _near(match: re.Match[str], today: date) -> list[Span]:
    back = 2 if "before" in match[0] else 1 if match[0] in ("yesterday", "last night") else 0
    return [_back(today, back)]


def _weekday(match: re.Match[str], today: date) -> list[Span]:
    """The latest one; "last Tuesday" can also be the one before it."""
    ago = (today.weekday() - WEEKDAYS[match[2]]) % 7
    if match[1] in ("last", "past"):
        return [_back(today, ago or 7), _back(today, (ago or 7) + 7)]
    return [_back(today, ago)]


def _weekday_last_week(match: re.Match[str], today: date) -> list[Span]:
    return [_back(today, today.weekday() + 7 - WEEKDAYS[match[1]])]


def _week(match: re.Match[str], today: date) -> list[Span]:
    monday = today - timedelta(days=today.weekday())
    if match[1] == "this":
        return [Span(monday, today)]
    first = monday - timedelta(days=2 if match[2] == "weekend" else 7)
    return [Span(first, monday - timedelta(days=1))]


def _calendar_month(match: re.Match[str], today: date) -> list[Span]:
    if match[1] == "this":
        return [_whole_month(today.year, today.month)]
    before = today.replace(day=1) - timedelta(days=1)
    return [_whole_month(before.year, before.month)]


def _calendar_year(match: re.Match[str], today: date) -> list[Span]:
    year = today.year - (match[1] != "this")
    return [Span(date(year, 1, 1), date(year, 12, 31))]


def _ago(match: re.Match[str], today: date) -> list[Span]:
    unit = match[2]
    count = int(match[1]) if match[1].isdigit() else COUNTS[match[1]]
    off = LOOSENESS[unit] + (A_FEW * UNIT_DAYS[unit] if match[1] == "few" else 0)
    middle = count * UNIT_DAYS[unit]
    return [Span(today - timedelta(days=middle + off), min(today, today - timedelta(days=middle - off)))]


MEANINGS: list[tuple[str, Callable[[re.Match[str], date], list[Span]]]] = [
    (r"\b([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\b", _iso),
    (r"\b([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]((?:20)?[0-9]{2}))?\b", _figures),
    (rf"\b([0-9]{{1,2}}) {MONTH}\b\.?(?: (20[0-9]{{2}}))?", _day_month),
    (rf"{MONTH}\b\.? ([0-9]{{1,2}})\b(?: (20[0-9]{{2}}))?", _month_day),
    (rf"\b({'|'.join(COUNTS)}|[0-9]{{1,3}})(?: of)? ({'|'.join(UNIT_DAYS)})s? (?:ago|back|earlier)", _ago),
    (r"day before yesterday|yesterday|last night|today|tonight|this morning", _near),
    (rf"{WEEKDAY}\b last week", _weekday_last_week),
    (r"\b(this|last|past) (weekend|week)\b", _week),
    (r"\b(this|last|past) month\b", _calendar_month),
    (r"\b(this|last|past) year\b", _calendar_year),
    (rf"(?:\b(this|last|past) )?{WEEKDAY}\b(?! [0-9])", _weekday),
    (rf"{MONTH}\b\.?(?: (20[0-9]{{2}}))?", _month),
    (r"\b([0-9]{1,2})\b", _day_of_month),
]
"""From the most to the least telling, each with what it means; months and weekdays by their first three letters."""


def _latest(month: int, day: int, year: int | None, today: date) -> date | None:
    if year:
        return _day(year, month, day)
    found = _day(today.year, month, day)
    return found if found and found <= today else _day(today.year - 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(digits: str | None) -> int | None:
    return int(digits) % 100 + 2000 if digits else None


def _whole_month(year: int, month: int) -> Span:
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _back(today: date, days: int) -> Span:
    day = today - timedelta(days=days)
    return Span(day, day)


def _valid(days: list[date | None]) -> list[Span]:
    return [Span(day, day) for day in days if day]
