"""The database's clock is set, an hour forward or back, while Ana waits and Ruth and Sam help."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from handoff import blocks, offers, promises, rep_queue, reps, storage, turns
from handoff.background import SIGN_INS_SECONDS
from handoff.clock_set import Steady, count_idle_anew, put_right
from handoff.presence import seen
from handoff.schema import conversation, rep_session, turn
from handoff.settings import Limits
from handoff.staff import member
from handoff.sweeper import sweep
from handoff.wire_lead import EndAbusive
from tests.desk import eventually, running_desk, scalar
from tests.record import Record
from tests.test_offers import crew, knows, next_round, shown, stay

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def is_set(record: Record, **by: float) -> None:
    """The clock, and the desk notices."""
    record.later(**by)
    record.do(put_right)
    record.do(sweep, record.now)


def waits(record: Record, talk: str) -> bool:
    return record.rows(conversation, id=talk)[0].state == "waiting"


def line(record: Record) -> list[str]:
    rows = record.rows(conversation, state="waiting")
    return [row.id for row in sorted(rows, key=lambda row: (-row.priority, row.arrived_at, row.id))]


@pytest.mark.parametrize("hours", [-1, 1, 6])
def test_a_clock_is_steady_until_it_goes_otherwise_than_the_machines_own(hours: int) -> None:
    ticks = iter([0, 0, 10, 20, 22, 24, 44, 44, 54])
    steady = Steady(lambda: next(ticks))
    assert not steady.goes_on(NOON), "it hasn't begun"
    steady.begin(NOON)
    assert all(steady.goes_on(NOON + timedelta(seconds=shows)) for shows in (10, 24, 26))
    for shows in (hours * 3600, hours * 3600 + 20):
        assert not steady.goes_on(NOON + timedelta(seconds=shows)), "until it begins anew"
    assert steady.since == NOON
    steady.begin(NOON + timedelta(hours=hours))
    assert steady.goes_on(NOON + timedelta(hours=hours, seconds=10))
    assert steady.since == NOON + timedelta(hours=hours)


@pytest.mark.parametrize("hours", [-1, 1, 6])
def test_whoever_is_heard_of_keeps_their_chats_and_whoever_is_not_loses_them(record: Record, hours: int) -> None:
    ruth, sam = record.rep("Ruth", capacity=9), record.rep("Sam", capacity=9)
    hers, his = record.held(record.customer(), ruth), record.held(record.customer(), sam)
    is_set(record, hours=hours)
    was_set_at = record.now
    assert not waits(record, hers)
    assert not waits(record, his)
    for _ in range(5):
        record.later(seconds=10)
        record.do(seen, [ruth.id])
        record.do(sweep, was_set_at)
    assert (waits(record, hers), waits(record, his)) == (False, True)


def test_whoever_has_gone_is_offered_nothing_in_the_hour_that_comes_again(record: Record) -> None:
    ruth, sam = crew(record, "Ruth", "Sam")
    is_set(record, hours=-1)
    record.do(seen, [ruth.id])
    for _ in range(2):
        record.waiting(record.customer())
        next_round(record)
    assert (bool(shown(record, ruth)), shown(record, sam)) == (True, None)
    assert record.do(member, sam.id).presence == "gone"


def test_who_comes_in_the_hour_that_comes_again_stands_behind_those_who_wait(record: Record) -> None:
    first = [record.waiting(record.customer())]
    record.later(minutes=30)
    first.append(record.waiting(record.customer()))
    is_set(record, hours=-1)
    last = record.waiting(record.customer())
    assert line(record) == [*first, last]
    record.do(put_right)
    assert line(record) == [*first, last], "by another desk as well"


def test_who_is_helped_comes_back_to_the_old_place(record: Record) -> None:
    ruth = record.rep("Ruth")
    early = record.held(record.customer(), ruth)
    record.later(minutes=5)
    late = record.waiting(record.customer())
    is_set(record, hours=-1)
    new = record.waiting(record.customer())
    record.do(rep_queue.release, ruth, early)
    assert line(record) == [early, late, new]


def test_the_wait_for_somebody_who_knows_it_goes_on_from_there(record: Record) -> None:
    busy, free = crew(record, "Busy", "Free", capacity=1)
    knows(record, busy, billing=3)
    record.held(record.customer(), busy)
    talk = record.waiting(record.customer())
    record.do(lambda tx: tx.db.execute(conversation.update().where(conversation.c.id == talk).values(skill="billing")))
    is_set(record, hours=-1)
    stay(record, busy, free, seconds=119)
    next_round(record)
    assert shown(record, free) is None
    stay(record, busy, free, seconds=1)
    next_round(record)
    assert shown(record, free).chat.id == talk


@pytest.mark.parametrize("by", ["passing", "giving back"])
def test_ruth_is_asked_again_after_a_minute(record: Record, by: str) -> None:
    [ruth] = crew(record, "Ruth")
    if by == "passing":
        record.waiting(record.customer())
        next_round(record)
        record.do(offers.skip, ruth, shown(record, ruth).id)
    else:
        record.do(rep_queue.release, ruth, record.held(record.customer(), ruth))
    is_set(record, hours=-1)
    stay(record, ruth, seconds=59)
    next_round(record)
    assert shown(record, ruth) is None
    stay(record, ruth, seconds=1)
    next_round(record)
    assert shown(record, ruth)


def test_who_doesnt_look_at_two_offers_is_away_though_they_came_in_an_hour_still_to_come(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    record.do(reps.sign_in, ruth)
    is_set(record, hours=-1)
    record.waiting(record.customer())
    for _ in range(2):
        stay(record, ruth, seconds=60)
        next_round(record)
        stay(record, ruth, seconds=20)
        next_round(record)
    assert record.do(member, ruth.id).presence == "away"


def test_a_message_that_ana_left_is_due_all_the_same(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    ana = record.customer()
    talk = record.waiting(ana)
    record.do(promises.leave_message, ana, talk, "Please write.")
    is_set(record, hours=-1)
    record.do(seen, [ruth.id])
    next_round(record)
    assert shown(record, ruth).chat.id == talk


def test_a_breather_is_ten_minutes(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    record.do(blocks.end_abusive, ruth, record.held(record.customer(), ruth), EndAbusive(reason="Threats.", hours=1))
    is_set(record, hours=-1)
    stay(record, ruth, minutes=10)
    assert record.do(member, ruth.id).presence == "here"


def test_what_the_desk_does_next_it_does_as_soon_as_ever(record: Record) -> None:
    ruth, quiet = record.rep("Ruth", capacity=9), record.customer()
    with_bot, queued = record.opened(record.customer()), record.waiting(record.customer())
    needs_her, asked = record.held(record.customer(), ruth), record.held(quiet, ruth)
    record.replies(ruth, asked, "Are these yours?")
    left = {row.id: row.deadline_at - record.now for row in record.rows(conversation)}
    is_set(record, hours=-1)
    assert {row.id: row.deadline_at - record.now for row in record.rows(conversation)} == left
    minutes = {talk: left[talk] / timedelta(minutes=1) for talk in (with_bot, queued, needs_her, asked)}
    assert minutes == {with_bot: 30, queued: 5, needs_her: 15, asked: 15}


def test_a_turn_whose_desk_died_is_taken_up_after_ten_seconds(record: Record) -> None:
    ana = record.customer()
    talk = record.opened(ana)
    record.says(ana, talk, "Where is my parcel?")
    record.leased(talk)
    is_set(record, hours=-1)
    record.later(seconds=12)
    assert record.do(turns.lease, talk) is not None
    assert record.rows(turn)[0].attempt == 2


def test_nobody_is_signed_out_for_an_hour_that_never_was(record: Record) -> None:
    ruth = record.rep("Ruth")
    record.do(reps.sign_in, ruth)
    record.later(hours=1)
    record.do(count_idle_anew)
    record.do(reps.end_overdue, Limits())
    assert [row.ended_at for row in record.rows(rep_session)] == [None]
    record.later(minutes=31)
    record.do(reps.end_overdue, Limits())
    assert record.rows(rep_session)[0].ended_at


def test_a_desk_notices_and_ruth_keeps_anas_chat_and_her_sign_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_desk(tmp_path) as desk:
        ana, ruth = desk.ana("C-1001"), desk.rep("ruth")
        chat = ana.waits()
        with ruth.socket():
            assert ruth.does("claim", chat).status_code < 300
            six_hours_on = text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now', '+6 hours')")
            monkeypatch.setattr(storage, "_SQLITE_CLOCK", six_hours_on)
            newest = select(func.max(rep_session.c.seen_at))
            eventually(lambda: desk.do(scalar, newest) > datetime.now(UTC) + timedelta(hours=5))
            time.sleep(SIGN_INS_SECONDS + 1)
            assert ruth.replies(chat, "It comes tomorrow.").status_code < 300
            assert ana.view(chat)["state"] == "with_rep"
