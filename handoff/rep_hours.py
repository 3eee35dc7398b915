"""When a rep works, where that isn't their site's hours: checked, kept, and read by rep. All on the site's clock."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import delete, insert, select

from handoff.errors import BadField
from handoff.opening_hours import MIDNIGHT, Hours, Times, spans_on
from handoff.schema_hours import rep_day, rep_hours
from handoff.storage import Transaction
from handoff.wire_hours import RepDay, RepHours, TimesOfDay

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
A_WEEK = 7 * MIDNIGHT
STILL_MATTERS = timedelta(days=3)


def check_hours(hours: Sequence[RepHours], days: Sequence[RepDay], site_id: str | None) -> None:
    """BadField for hours without a site, for a time that ends before it begins, and for times that overlap."""
    if (hours or days) and site_id is None:
        raise BadField("Choose a site first: hours are on its clock.", field="site_id")
    _check_spans([(each.weekday * MIDNIGHT, each.opens, each.closes) for each in hours], "hours", goes_round=True)
    for day in days:
        midnight = _midnight(day.day)
        _check_spans([(midnight, each.opens, each.closes) for each in day.hours], "days")
    if len({each.day for each in days}) < len(days):
        raise BadField("Name each day once.", field="days")


def _midnight(day: str) -> int:
    try:
        return date.fromisoformat(day).weekday() * MIDNIGHT
    except ValueError as error:
        raise BadField(f"{day} is no day. Write it as 2026-12-24.", field="days") from error


def _check_spans(spans: list[tuple[int, int, int]], field: str, *, goes_round: bool = False) -> None:
    """`spans`: midnight of the day in minutes of the week, beginning and end in minutes after it."""
    for midnight, opens, closes in spans:
        if not opens < closes <= opens + MIDNIGHT:
            words = _words(midnight, opens, closes)
            raise BadField(f"{words}: a shift must end after it begins, and within 24 hours.", field=field)
    found = sorted(spans, key=lambda span: span[0] + span[1])
    again = [(found[0][0] + A_WEEK, *found[0][1:])] if found and goes_round else []
    for one, other in pairwise([*found, *again]):
        if other[0] + other[1] < one[0] + one[2]:
            raise BadField(f"{_words(*one)} and {_words(*other)} overlap.", field=field)


def _words(midnight: int, opens: int, closes: int) -> str:
    """ "Monday 22:00-06:00"."""
    ends = closes if closes <= MIDNIGHT else closes - MIDNIGHT
    return f"{DAYS[midnight // MIDNIGHT % 7]} {_clock(opens)}-{_clock(ends)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def write_hours(tx: Transaction, rep_id: str, hours: Sequence[RepHours], days: Sequence[RepDay]) -> None:
    """Keep these instead of what was there; the rep's row is locked."""
    for table in (rep_hours, rep_day):
        tx.db.execute(delete(table).where(table.c.rep_id == rep_id))
    if hours:
        rows = [{"weekday": each.weekday, "opens": each.opens, "closes": each.closes} for each in hours]
        tx.db.execute(insert(rep_hours), [{"rep_id": rep_id, **row} for row in rows])
    if days:
        spans = {each.day: sorted((span.opens, span.closes) for span in each.hours) for each in days}
        tx.db.execute(insert(rep_day), [{"rep_id": rep_id, "day": day, "spans": spans[day]} for day in spans])


def keep_day(tx: Transaction, rep_id: str, day: date, times: Times) -> None:
    """That day is different, whatever was kept of it."""
    which = (rep_day.c.rep_id == rep_id) & (rep_day.c.day == day.isoformat())
    tx.db.execute(delete(rep_day).where(which))
    tx.db.execute(insert(rep_day), {"rep_id": rep_id, "day": day.isoformat(), "spans": times})


def until_now(before: Hours, after: Hours, now: datetime) -> tuple[date, Times]:
    """The day whose shift was on until it was changed, its times as far as this minute, and those still to come."""
    local = now.astimezone(before.zone).replace(tzinfo=None)
    today = local.date()
    day = today if _is_within(before, today, local) else today - timedelta(days=1)
    minute = _minutes_since(day, local) + 1
    begun = tuple((opens, min(closes, minute)) for opens, closes in spans_on(before, day) if opens < minute)
    return day, begun + tuple(span for span in spans_on(after, day) if span[0] >= minute)


def _is_within(hours: Hours, day: date, local: datetime) -> bool:
    return any(opens <= _minutes_since(day, local) < closes for opens, closes in spans_on(hours, day))


def _minutes_since(day: date, local: datetime) -> int:
    return int((local - datetime(day.year, day.month, day.day)).total_seconds()) // 60


def shown_hours(tx: Transaction, *which: Any) -> defaultdict[str, list[RepHours]]:
    """The weekly hours of those who have their own, by rep."""
    found: defaultdict[str, list[RepHours]] = defaultdict(list)
    rows = select(rep_hours).where(*which).order_by(rep_hours.c.weekday, rep_hours.c.opens)
    for rep_id, weekday, opens, closes in tx.db.execute(rows):
        found[rep_id].append(RepHours(weekday=weekday, opens=opens, closes=closes))
    return found


def shown_days(tx: Transaction, *which: Any) -> defaultdict[str, list[RepDay]]:
    """Their days that are different, also those that are over, by rep."""
    found: defaultdict[str, list[RepDay]] = defaultdict(list)
    for rep_id, day, spans in tx.db.execute(select(rep_day).where(*which).order_by(rep_day.c.day)):
        times = [TimesOfDay(opens=opens, closes=closes) for opens, closes in spans]
        found[rep_id].append(RepDay(day=day, hours=times))
    return found


def weekly_of(tx: Transaction, reps: Any) -> dict[str, tuple[tuple[int, int, int], ...]]:
    """`(weekday, opens, closes)` of each of these reps who has their own; `reps` selects their ids."""
    found: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for rep_id, weekday, opens, closes in tx.db.execute(select(rep_hours).where(rep_hours.c.rep_id.in_(reps))):
        found[rep_id].append((weekday, opens, closes))
    return {rep_id: tuple(spans) for rep_id, spans in found.items()}


def days_of(tx: Transaction, reps: Any) -> dict[str, dict[date, Times]]:
    """The different days that can still matter."""
    since = (tx.now - STILL_MATTERS).date().isoformat()
    found: defaultdict[str, dict[date, Times]] = defaultdict(dict)
    rows = select(rep_day).where(rep_day.c.rep_id.in_(reps), rep_day.c.day >= since)
    for rep_id, day, spans in tx.db.execute(rows):
        found[rep_id][date.fromisoformat(day)] = tuple((opens, closes) for opens, closes in spans)
    return found
