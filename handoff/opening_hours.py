"""When a place is open, or a rep works: weekly hours and holidays in its own time zone, as stretches of UTC. Pure.

A shift that ends or begins in an hour that the clock skips in spring does so at the moment of the change. Of an hour
that comes twice in autumn a shift has both: it opens the first time and closes the second.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
A_YEAR = 370
A_WEEK = 8
MIDNIGHT = 1440

Times = tuple[tuple[int, int], ...]
"""From when to when on a day, in minutes after its local midnight; past 1440 it's the next day."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` on, until just before `end`; both aware UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Hours:
    """A place's `(weekday, opens, closes)` in minutes after local midnight, Monday 0; `closes` may be a day more.

    `once` are the times of days that are different, holidays too. A shift belongs to the day on which it begins.
    """

    zone: ZoneInfo
    weekly: tuple[tuple[int, int, int], ...]
    holidays: frozenset[date] = field(default=frozenset())
    once: Mapping[date, Times] = field(default_factory=dict, hash=False)


def is_open(place: Hours, at: datetime) -> bool:
    """Whether it's open at that moment."""
    today = at.astimezone(place.zone).date()
    spans = (span for day in (today - DAY, today) for span in _of_day(place, day))
    return any(span.start <= at < span.end for span in spans)


def opens_next(place: Hours, at: datetime) -> datetime | None:
    """When it opens the next time, or `at` if it's open; None if not within a year."""
    first = next(stretches(place, at, days=A_YEAR), None)
    return max(first.start, at) if first else None


def closes_next(place: Hours, at: datetime) -> datetime | None:
    """When it closes, if it's open; None if it's closed or goes on for more than a week."""
    first = next(stretches(place, at, days=A_WEEK), None)
    if first is None or first.start > at or first.end >= at + timedelta(days=A_WEEK - 1):
        return None
    return first.end


def closed_last(place: Hours, at: datetime, within: timedelta) -> datetime | None:
    """When it closed, if that was lately and it's closed now."""
    before = [span for span in stretches(place, at - within, days=within.days + 2) if span.start <= at]
    return before[-1].end if before and before[-1].end <= at else None


def open_between(places: Iterable[Hours], since: datetime, until: datetime) -> list[Span]:
    """When at least one of these places is open, in order, cut to the time asked about."""
    days = (until - since).days + 2
    found = sorted(span for place in places for span in stretches(place, since, days) if span.start < until)
    return [Span(max(span.start, since), min(span.end, until)) for span in _joined(found)]


def stretches(place: Hours, since: datetime, days: int) -> Iterator[Span]:
    """The stretches that end after `since`, in order, as far as they begin within that many days.

    The first may be in progress: its start is then at most a day too late, never after `since`.
    """
    first_day = since.astimezone(place.zone).date() - DAY
    each_day = (first_day + n * DAY for n in range(days + 2))
    return (span for span in _joined(span for day in each_day for span in _of_day(place, day)) if span.end > since)


def _of_day(place: Hours, day: date) -> Iterator[Span]:
    for opens, closes in spans_on(place, day):
        span = Span(moment(day, opens, place.zone), moment(day, closes, place.zone, last=closes != MIDNIGHT))
        if span.start < span.end:
            yield span


def spans_on(place: Hours, day: date) -> Times:
    """The times of that day, in order."""
    if day in place.once:
        return tuple(sorted(place.once[day]))
    if day in place.holidays:
        return ()
    return tuple((opens, closes) for weekday, opens, closes in sorted(place.weekly) if weekday == day.weekday())


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Stretches that touch or overlap as one; they come in the order of their starts."""
    current: Span | None = None
    for span in spans:
        if current and span.start <= current.end:
            current = Span(current.start, max(current.end, span.end))
        else:
            if current:
                yield current
            current = span
    if current:
        yield current


@lru_cache(maxsize=10_000)
def moment(day: date, minutes: int, zone: ZoneInfo, last: bool = False) -> datetime:
    """The first (or last) time that clocks there show it; the moment of the change if they skip it.

    Kept, as hundreds of reps are looked at again and again and share few times.
    """
    shown = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    found = shown.replace(tzinfo=zone, fold=int(last)).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == shown:
        return found
    before, after = sorted(shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return _change_between(before, after, zone)


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second at which the clock there changes, between a moment before it and one after."""
    new = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        before, after = (before, middle) if middle.astimezone(zone).utcoffset() == new else (middle, after)
    return after.replace(microsecond=0)
