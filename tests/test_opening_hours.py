"""When a place is open: nights, holidays, and the days on which the clock changes."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff.opening_hours import Hours, Span, closed_last, closes_next, is_open, moment, open_between, opens_next

WEEK = range(7)
LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
# Lord Howe's clock changes by half an hour, Havana's at midnight, Apia skipped a whole day.
ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia")


def daily(zone: ZoneInfo, *hours: tuple[int, int], holidays: tuple[date, ...] = ()) -> Hours:
    weekly = tuple((weekday, *each) for weekday in WEEK for each in hours)
    return Hours(zone, weekly, frozenset(holidays))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


OFFICE = daily(LONDON, (9 * 60, 17 * 60))
NIGHT = daily(NEW_YORK, (22 * 60, 1440), (0, 6 * 60))
ALWAYS = daily(LONDON, (0, 1440))


def test_a_day_shift_opens_and_closes_by_its_own_clock_in_summer_and_winter() -> None:
    assert opens_next(OFFICE, utc(2026, 7, 1, 3)) == utc(2026, 7, 1, 8)
    assert opens_next(OFFICE, utc(2026, 12, 1, 3)) == utc(2026, 12, 1, 9)
    assert is_open(OFFICE, utc(2026, 12, 1, 9))
    assert closes_next(OFFICE, utc(2026, 12, 1, 9)) == utc(2026, 12, 1, 17)
    assert not is_open(OFFICE, utc(2026, 12, 1, 17))


def test_a_night_shift_of_two_rows_is_one_stretch() -> None:
    evening = utc(2026, 12, 2, 3, 30)  # 22:30 in New York
    assert closes_next(NIGHT, evening) == utc(2026, 12, 2, 11)
    assert closed_last(NIGHT, utc(2026, 12, 2, 12), timedelta(hours=4)) == utc(2026, 12, 2, 11)


def test_in_the_night_of_the_longer_hour_a_shift_is_an_hour_longer() -> None:
    [before, changed] = [open_between([NIGHT], utc(2026, 10, day, 22), utc(2026, 11, 1, 22))[0] for day in (30, 31)]
    assert changed.end - changed.start == before.end - before.start + timedelta(hours=1) == timedelta(hours=9)


def test_an_hour_that_is_skipped_opens_at_the_change_and_one_that_comes_twice_counts_whole() -> None:
    skipped, twice = daily(NEW_YORK, (150, 300)), daily(NEW_YORK, (60, 90))
    assert opens_next(skipped, utc(2026, 3, 8, 3)) == utc(2026, 3, 8, 7)  # 02:30 is 03:00 that day
    assert open_between([twice], utc(2026, 11, 1, 3), utc(2026, 11, 1, 12)) == [
        Span(utc(2026, 11, 1, 5), utc(2026, 11, 1, 6, 30))
    ]


def test_a_shift_that_lies_wholly_in_the_skipped_hour_is_left_out() -> None:
    skipped = daily(NEW_YORK, (125, 175))
    assert opens_next(skipped, utc(2026, 3, 8, 3)) == utc(2026, 3, 9, 6, 5)


def test_a_holiday_is_the_sites_own_day() -> None:
    christmas = daily(LONDON, (9 * 60, 17 * 60), holidays=(date(2026, 12, 25), date(2026, 12, 26)))
    assert opens_next(christmas, utc(2026, 12, 24, 18)) == utc(2026, 12, 27, 9)
    eve = daily(NEW_YORK, (22 * 60, 1440), (0, 6 * 60), holidays=(date(2026, 12, 25),))
    assert closes_next(eve, utc(2026, 12, 25, 4)) == utc(2026, 12, 25, 5)  # 23:00 on the 24th; midnight ends it


def test_a_place_that_never_closes_has_no_end_and_one_without_hours_no_beginning() -> None:
    assert is_open(ALWAYS, utc(2026, 3, 29, 1))
    assert closes_next(ALWAYS, utc(2026, 3, 29, 1)) is None
    assert opens_next(Hours(LONDON, ()), utc(2026, 1, 1)) is None


def test_sites_around_the_world_are_open_one_after_the_other() -> None:
    sun = [daily(ZoneInfo(name), (9 * 60, 17 * 60)) for name in ("Asia/Manila", "Europe/London", "America/Denver")]
    spans = open_between(sun, utc(2026, 6, 2), utc(2026, 6, 3))
    assert spans == [Span(utc(2026, 6, 2, 1), utc(2026, 6, 2, 23))]


zones = st.sampled_from(ZONES).map(ZoneInfo)
minutes = st.integers(0, 1439)
shifts = st.lists(st.tuples(st.integers(0, 6), minutes, minutes).filter(lambda row: row[1] < row[2]), max_size=8)
moments = st.datetimes(datetime(2011, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))
days_off = st.frozensets(st.integers(-5, 5), max_size=3)


@st.composite
def places(draw: st.DrawFn) -> tuple[Hours, datetime]:
    """A place, and a moment that is often near a change of its clock."""
    zone, at = draw(zones), draw(moments)
    if draw(st.booleans()):
        at = near_change(zone, at) + timedelta(minutes=draw(st.integers(-180, 180)))
    holidays = frozenset(at.astimezone(zone).date() + timedelta(days=each) for each in draw(days_off))
    return Hours(zone, tuple(draw(shifts)), holidays), at


def near_change(zone: ZoneInfo, at: datetime) -> datetime:
    """The noon before the next change of the clock within a year; the moment itself if there's none."""
    days = [at + timedelta(days=each) for each in range(366)]
    return next(
        (a for a, b in pairwise(days) if a.astimezone(zone).utcoffset() != b.astimezone(zone).utcoffset()),
        at,
    )


def by_the_clock_on_the_wall(place: Hours, at: datetime) -> bool:
    """What somebody there would say who looks at the wall: the definition, but for hours that come twice."""
    local = at.astimezone(place.zone)
    now = local.hour * 60 + local.minute
    shifts = [(opens, closes) for weekday, opens, closes in place.weekly if weekday == local.weekday()]
    return local.date() not in place.holidays and any(opens <= now < closes for opens, closes in shifts)


def comes_twice(place: Hours, at: datetime) -> bool:
    """Whether the clock there shows the same time, or one within the hour before, once again."""
    local = at.astimezone(place.zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


@settings(deadline=None)
@given(places())
def test_it_is_open_when_the_clock_on_the_wall_says_so(known: tuple[Hours, datetime]) -> None:
    place, at = known
    if by_the_clock_on_the_wall(place, at):
        assert is_open(place, at)
    elif not comes_twice(place, at):
        assert not is_open(place, at)


@settings(deadline=None)
@given(places())
def test_opening_and_closing_are_moments_at_which_it_changes(known: tuple[Hours, datetime]) -> None:
    place, at = known
    instant = timedelta(microseconds=1)
    opens = opens_next(place, at)
    if opens and opens > at:
        assert is_open(place, opens)
        assert not is_open(place, opens - instant)
        assert opens_next(place, opens - instant) == opens
    closes = closes_next(place, at)
    if closes:
        assert is_open(place, at)
        assert is_open(place, closes - instant)
        assert not is_open(place, closes)
        assert closed_last(place, closes, timedelta(hours=1)) == closes


@settings(deadline=None)
@given(places(), st.integers(1, 24 * 10))
def test_the_stretches_of_a_time_are_apart_within_it_and_hold_all_its_open_moments(
    known: tuple[Hours, datetime], hours: int
) -> None:
    place, since = known
    until = since + timedelta(hours=hours)
    spans = open_between([place], since, until)
    assert all(since <= span.start < span.end <= until for span in spans)
    assert all(a.end < b.start for a, b in pairwise(spans))
    probes = [since + timedelta(minutes=37) * n for n in range(hours * 60 // 37)]
    for at in probes[:80]:
        assert any(span.start <= at < span.end for span in spans) == is_open(place, at)


@settings(deadline=None)
@given(zones, moments, st.integers(0, 1440), st.booleans())
def test_a_moment_is_when_the_clock_shows_it_or_where_it_jumps_over_it(
    zone: ZoneInfo, at: datetime, minute: int, last: bool
) -> None:
    day = at.astimezone(zone).date()
    shown = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    local = moment(day, minute, zone, last).astimezone(zone).replace(tzinfo=None)
    before = (moment(day, minute, zone, last) - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    assert local == shown or before < shown < local


@pytest.mark.parametrize("zone", ZONES)
def test_no_day_of_ten_years_breaks_it(zone: str) -> None:
    place = daily(ZoneInfo(zone), (60, 150), (22 * 60, 1440), (0, 30))
    spans = open_between([place], utc(2020, 1, 1), utc(2030, 1, 1))
    assert len(spans) >= 2 * 3600
    assert all(timedelta(minutes=30) <= span.end - span.start <= timedelta(hours=4) for span in spans[1:-1])
