"""Sam's own hours: what he is offered, when his shift ends, the days that are different, and what is no time at all.

Leeds is open from 8:00 to 18:00, London time; it's Sunday 22 November 2026. Lena, a lead, changes the hours.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, update

from handoff import admin_reps, hand_on, offer_plan
from handoff.colleagues import colleagues
from handoff.errors import BadField, ChangedMeanwhile, Forbidden, NotPossibleNow
from handoff.opening_hours import Hours, Span, closes_next, is_open, stretches
from handoff.people import Rep
from handoff.schema import conversation, history
from handoff.schema import rep as rep_table
from handoff.schema_centre import holiday, team
from handoff.shift_ends import pass_on_left
from handoff.shift_views import shift_for
from handoff.shifts import NOTICE
from handoff.sites import centre_state
from handoff.states import State
from handoff.storage import Runner
from handoff.wire_admin import AdminRep
from handoff.wire_hours import RepDay, RepHours, TimesOfDay
from handoff.wire_lead import TransferTo
from handoff.wire_shifts import Shift
from tests.record import Record
from tests.test_admin import change_of
from tests.test_races import race

LONDON = ZoneInfo("Europe/London")
SUNDAY, MONDAY = 6, 0
TODAY = "2026-11-22"


def at(hour: int, minute: int = 0, day: int = 22) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def week(*days: int, opens: float = 8, closes: float = 16) -> list[RepHours]:
    return [RepHours(weekday=day, opens=int(opens * 60), closes=int(closes * 60)) for day in days]


def only(day: str, *times: tuple[float, float]) -> RepDay:
    hours = [TimesOfDay(opens=int(opens * 60), closes=int(closes * 60)) for opens, closes in times]
    return RepDay(day=day, hours=hours)


class Leeds:
    """Ruth and Sam in Leeds at noon, offered chats one by one; Lena leads them."""

    def __init__(self, record: Record):
        self.record = record
        self.site = record.site("Leeds", closes=18)
        record.do(lambda tx: tx.db.execute(insert(team).values(id="t", name="T", mode="push", created_at=tx.now)))
        self.lena = record.rep("Lena", role="lead", here=False)
        self.ruth = record.rep("Ruth", site_id=self.site, team_id="t")
        self.sam = record.rep("Sam", site_id=self.site, team_id="t")
        self.clock(at(12))

    def clock(self, now: datetime) -> None:
        self.record.now = now
        self.record.do(lambda tx: tx.db.execute(update(rep_table).values(seen_at=tx.now)))

    def sees(self, rep: Rep | None = None) -> AdminRep:
        shown: AdminRep = self.record.do(admin_reps.one_rep, (rep or self.sam).id)
        return shown

    def works(self, hours: list[RepHours] | None = None, days: list[RepDay] | None = None, **more: Any) -> AdminRep:
        """Lena writes down when Sam works."""
        change = change_of(self.sees(), hours=hours or [], days=days or [], **more)
        after: AdminRep = self.record.do(admin_reps.change_rep, self.lena, self.sam.id, change)
        return after

    def refused(self, hours: list[RepHours] | None = None, days: list[RepDay] | None = None, **more: Any) -> str:
        change = change_of(self.sees(), hours=hours or [], days=days or [], **more)
        refusal = self.record.refused(admin_reps.change_rep, self.lena, self.sam.id, change)
        assert isinstance(refusal, BadField)
        return refusal.words

    def shift(self, rep: Rep | None = None) -> Shift:
        found: Shift = self.record.do(shift_for, rep or self.sam, NOTICE)
        return found

    def stands(self) -> tuple[str, datetime | None, datetime | None]:
        shift = self.shift()
        return shift.state, shift.ends_at, shift.begins_at

    def offered(self) -> set[str]:
        """The names of those to whom a chat may be offered now."""
        crew = self.record.do(offer_plan.crew, frozenset(["t"]))
        return {each.name for each in crew if each.open and each.name != "Lena"}

    def state(self, talk: str) -> State:
        return State(self.record.rows(conversation, id=talk)[0].state)


@pytest.fixture
def leeds(record: Record) -> Leeds:
    return Leeds(record)


def test_without_hours_of_his_own_sam_works_those_of_leeds(leeds: Leeds) -> None:
    assert leeds.stands() == ("on", at(18), None)
    assert leeds.sees().hours == []
    leeds.clock(at(18))
    assert leeds.offered() == set()


def test_after_his_own_end_sam_is_offered_nothing_while_leeds_stays_open(leeds: Leeds) -> None:
    leeds.works(week(SUNDAY, MONDAY))
    leeds.clock(at(15, 59))
    assert leeds.offered() == {"Ruth", "Sam"}
    leeds.clock(at(16))
    assert leeds.offered() == {"Ruth"}
    assert leeds.record.do(centre_state).is_open


def test_sam_may_begin_before_leeds_opens_and_that_doesnt_open_the_centre(leeds: Leeds) -> None:
    leeds.works(week(SUNDAY, opens=6, closes=14))
    leeds.clock(at(7))
    assert leeds.offered() == {"Sam"}
    assert not leeds.record.do(centre_state).is_open


def test_sam_is_told_until_when_he_works_and_when_he_comes_back(leeds: Leeds) -> None:
    leeds.works([*week(SUNDAY, closes=12.5), *week(SUNDAY, opens=13.5, closes=16), *week(MONDAY)])
    assert leeds.stands() == ("on", at(12, 30), None)
    leeds.clock(at(12, 20))
    assert leeds.stands() == ("ending", at(12, 30), None)
    leeds.clock(at(12, 45))
    assert leeds.stands() == ("ended", at(12, 30), at(13, 30))
    leeds.clock(at(7, day=23))
    assert leeds.stands() == ("off", None, at(8, day=23))
    assert leeds.shift().hours == leeds.sees().hours


def test_a_night_shift_crosses_midnight_and_the_week(leeds: Leeds) -> None:
    leeds.clock(at(19))
    leeds.works(week(SUNDAY, opens=22, closes=30))
    leeds.clock(at(23))
    assert leeds.stands() == ("on", at(6, day=23), None)
    leeds.clock(at(6, day=23))
    assert leeds.stands() == ("ended", at(6, day=23), at(22, day=29))


def test_at_his_own_end_sams_chats_are_told_and_what_is_left_goes_to_the_line_at_its_old_place(leeds: Leeds) -> None:
    leeds.works(week(SUNDAY))
    ana, record = leeds.record.customer("Ana"), leeds.record
    talk, of_ruth = record.held(ana, leeds.sam), record.held(record.customer("Ben"), leeds.ruth)
    arrived = record.rows(conversation, id=talk)[0].arrived_at
    leeds.clock(at(15, 50))
    assert [item.id for item in leeds.shift().chats] == [talk]
    leeds.clock(at(16, 4))
    assert record.do(pass_on_left) == 0
    leeds.clock(at(16, 10))
    assert record.do(pass_on_left) == 1
    assert (leeds.state(talk), leeds.state(of_ruth)) == (State.WAITING, State.WITH_REP)
    assert record.rows(conversation, id=talk)[0].arrived_at == arrived
    [told] = record.rows(history, conversation_id=talk, kind="shift_ended")
    assert told.reason.startswith("Sam's shift at Leeds ended at 16:00")
    assert [went.conversation for went in leeds.shift().went] == [talk]


def test_whoever_ends_soon_by_their_own_hours_is_nobody_to_hand_on_to(leeds: Leeds) -> None:
    leeds.works(week(SUNDAY, closes=12.2))
    talk = leeds.record.held(leeds.record.customer("Ana"), leeds.ruth)
    [sam] = [each for each in leeds.record.do(colleagues, leeds.ruth).reps if each.name == "Sam"]
    assert sam.leaving
    to = TransferTo(rep=leeds.sam.id)
    refusal = leeds.record.refused(hand_on.hand_on, leeds.ruth, talk, to, "Ring the carrier.", NOTICE)
    assert isinstance(refusal, NotPossibleNow)


def test_a_day_may_be_different_and_the_holidays_of_leeds_count(leeds: Leeds) -> None:
    record, days = leeds.record, ("2026-12-24", "2026-12-25", "2026-12-26")
    rows = [{"site_id": leeds.site, "day": day, "name": "Christmas"} for day in days[1:]]
    record.do(lambda tx: tx.db.execute(insert(holiday), rows))
    leeds.works(week(*range(7)), [only("2026-12-24"), only("2026-12-26", (10, 12))])
    record.now = datetime(2026, 12, 23, 17, tzinfo=UTC)
    assert leeds.stands()[2] == datetime(2026, 12, 26, 10, tzinfo=UTC)
    assert [each.day for each in leeds.shift().days] == ["2026-12-24", "2026-12-26"]


def test_today_only_until_four_and_tomorrow_as_ever(leeds: Leeds) -> None:
    leeds.works(days=[only(TODAY, (8, 16))])
    assert leeds.stands() == ("on", at(16), None)
    leeds.clock(at(17))
    assert leeds.offered() == {"Ruth"}
    assert leeds.stands() == ("ended", at(16), at(8, day=23))


def test_whoever_is_sent_off_in_the_middle_of_a_shift_ends_this_minute_and_has_time_for_their_chats(
    leeds: Leeds,
) -> None:
    talk = leeds.record.held(leeds.record.customer("Ana"), leeds.sam)
    assert leeds.works(days=[only(TODAY)]).days == [only(TODAY, (8, 12 + 1 / 60))]
    assert leeds.stands() == ("ending", at(12, 1), None)
    assert [item.id for item in leeds.shift().chats] == [talk]
    leeds.clock(at(12, 2))
    assert (leeds.shift().state, leeds.offered()) == ("ended", {"Ruth"})
    assert [item.id for item in leeds.shift().chats] == [talk]
    assert leeds.record.do(pass_on_left) == 0


def test_whoever_is_sent_off_till_the_evening_comes_back_in_the_evening(leeds: Leeds) -> None:
    leeds.works(week(SUNDAY, opens=22, closes=30))
    leeds.clock(at(12, 30))
    assert leeds.stands() == ("ended", at(12, 1), at(22))


def test_a_night_shift_that_is_cut_short_keeps_the_day_on_which_it_began(leeds: Leeds) -> None:
    leeds.clock(at(19))
    leeds.works(week(SUNDAY, opens=22, closes=30))
    leeds.clock(at(2, day=23))
    assert leeds.works(week(MONDAY)).days == [only(TODAY, (22, 26 + 1 / 60))]
    assert leeds.stands()[:2] == ("ending", at(2, 1, day=23))


@pytest.mark.parametrize(
    ("hours", "days", "words"),
    [
        (week(MONDAY, opens=9, closes=9), [], "Monday 09:00-09:00: a shift must end after it begins"),
        (week(MONDAY, opens=9, closes=34), [], "within 24 hours"),
        ([*week(MONDAY), *week(MONDAY, opens=15, closes=17)], [], "Monday 08:00-16:00 and Monday 15:00-17:00 overlap"),
        ([*week(MONDAY), *week(MONDAY)], [], "overlap"),
        ([*week(SUNDAY, opens=22, closes=33), *week(MONDAY)], [], "Sunday 22:00-09:00 and Monday 08:00-16:00 overlap"),
        ([], [only("2026-12-24", (9, 12), (11, 13))], "Thursday 09:00-12:00 and Thursday 11:00-13:00 overlap"),
        ([], [only("2026-12-24"), only("2026-12-24", (9, 12))], "Name each day once"),
        ([], [only("2026-02-30")], "2026-02-30 is no day"),
    ],
)
def test_what_is_no_time_is_refused_in_words_and_changes_nothing(
    leeds: Leeds, hours: list[RepHours], days: list[RepDay], words: str
) -> None:
    before = leeds.works(week(SUNDAY), [only("2026-12-31")])
    assert words in leeds.refused(hours, days)
    assert leeds.sees() == before


def test_hours_need_a_site_on_whose_clock_they_are(leeds: Leeds) -> None:
    assert "Choose a site first" in leeds.refused(week(MONDAY), site_id=None)


def test_spans_that_touch_are_one_shift(leeds: Leeds) -> None:
    leeds.works([*week(SUNDAY, closes=13), *week(SUNDAY, opens=13, closes=16)])
    assert leeds.stands() == ("on", at(16), None)


def test_a_rep_cant_change_hours_and_two_leads_dont_overwrite_one_another(leeds: Leeds) -> None:
    change = change_of(leeds.sees(), hours=week(MONDAY))
    assert isinstance(leeds.record.refused(admin_reps.change_rep, leeds.ruth, leeds.sam.id, change), Forbidden)
    leeds.works(week(SUNDAY))
    late = leeds.record.refused(admin_reps.change_rep, leeds.lena, leeds.sam.id, change)
    assert isinstance(late, ChangedMeanwhile)
    [row] = leeds.record.rows(history, kind="rep_changed")
    assert [row.data["new"]["hours"]] == [[{"weekday": 6, "opens": 480, "closes": 960}]]


def test_the_hours_of_who_left_leeds_for_nowhere_are_gone_with_the_site(leeds: Leeds) -> None:
    leeds.works(week(MONDAY))
    leeds.works(site_id=None)
    assert leeds.record.do(shift_for, leeds.sam, NOTICE) is None
    assert "Sam" in leeds.offered()


NIGHT = Hours(LONDON, tuple((day, 22 * 60, 30 * 60) for day in range(7)))


@pytest.mark.parametrize(
    ("day", "begins", "hours"),
    [(date(2026, 3, 28), 22, 7), (date(2026, 10, 24), 21, 9), (date(2026, 11, 22), 22, 8)],
)
def test_a_night_in_which_clocks_change_is_an_hour_shorter_or_longer(day: date, begins: int, hours: int) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    start = noon.replace(hour=begins)
    assert next(stretches(NIGHT, noon, days=2)) == Span(start, start + timedelta(hours=hours))
    assert is_open(NIGHT, start + timedelta(hours=hours, minutes=-1))
    assert closes_next(NIGHT, start) == start + timedelta(hours=hours)


def test_a_day_until_an_hour_that_clocks_skip_ends_when_they_change() -> None:
    spring = date(2026, 3, 29)
    short = Hours(LONDON, ((6, 0, 480),), once={spring: ((0, 90),)})
    assert closes_next(short, datetime(2026, 3, 29, 0, 30, tzinfo=UTC)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_of_two_leads_at_once_one_changes_sams_hours_and_the_other_is_told(leeds: Leeds, database_url: str) -> None:
    shown = leeds.sees()

    async def story(runner: Runner) -> list[Any]:
        wished = (change_of(shown, hours=week(MONDAY, closes=closes)) for closes in range(12, 18))
        tries = (runner.run(admin_reps.change_rep, leeds.lena, leeds.sam.id, change) for change in wished)
        return await asyncio.gather(*tries, return_exceptions=True)

    results = race(leeds.record, database_url, story)
    [kept] = [each for each in results if isinstance(each, AdminRep)]
    assert sum(isinstance(each, ChangedMeanwhile) for each in results) == 5
    assert leeds.sees().hours == kept.hours
