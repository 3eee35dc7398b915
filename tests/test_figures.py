"""What Lena, a lead, reads in the figures of her centre."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from handoff import blocks, closing, rep_queue, schema_centre, turns
from handoff.errors import Forbidden
from handoff.figures import figures, window_of
from handoff.history import remember
from handoff.people import Customer, Rep
from handoff.presence import seen
from handoff.schema import rep as rep_table
from handoff.states import By
from handoff.wire_lead import EndAbusive
from tests.record import Record, answer


@pytest.fixture
def lena(record: Record) -> Rep:
    return of_role(record, "Lena", "lead")


def of_role(record: Record, name: str, role: str) -> Rep:
    who = record.rep(name)
    record.do(lambda tx: tx.db.execute(update(rep_table).where(rep_table.c.id == who.id).values(role=role)))
    return Rep(who.id, who.name, who.display_name, role)


def helped(record: Record, rep: Rep, solved: bool | None, topic: str = "late_delivery", waits: float = 0) -> str:
    """Somebody whom the rep helped, and what they voted."""
    somebody = record.customer("Somebody")
    talk = record.waiting(somebody)
    record.later(seconds=waits)
    record.do(rep_queue.claim, rep, talk)
    record.do(closing.close_by_rep, rep, talk, topic, "carrier lost it")
    if solved is not None:
        record.do(closing.vote, somebody, talk, solved)
    record.do(seen, [rep.id])
    return talk


def with_the_bot(record: Record, *, check: str | None = None, close: bool = False) -> tuple[Customer, str]:
    """Somebody whom the bot answered, and what they said to its check."""
    somebody = record.customer("Somebody")
    talk = record.opened(somebody)
    record.says(somebody, talk, "where is it")
    asked = record.leased(talk)
    said: dict[str, Any] = {"topic": "track_package", "check": check, "close": close}
    record.do(turns.accept, asked, answer(asked, "On its way.", **said), 5)
    return somebody, talk


def look(record: Record, lena: Rep, period: str = "7_days") -> Any:
    return record.do(figures, record.do(window_of, lena, period))


@pytest.mark.parametrize("role", ["rep", "writer"])
def test_figures_are_for_leads_and_admins_only(record: Record, role: str) -> None:
    assert isinstance(record.refused(window_of, of_role(record, "Ruth", role), "today"), Forbidden)
    assert look(record, of_role(record, "Ada", "admin")).ways.closed == 0


def test_the_negative_response_rate_is_no_over_votes_with_its_interval(record: Record, lena: Rep) -> None:
    ruth = record.rep("Ruth")
    for solved in (True, True, True, False, None):
        helped(record, ruth, solved)
    found = look(record, lena).all
    assert (found.closed, found.votes, found.no, found.nrr, found.without_vote) == (5, 4, 1, 0.25, 1)
    assert found.low == pytest.approx(0.0456, abs=1e-3)
    assert found.high == pytest.approx(0.6994, abs=1e-3)


def test_it_is_shown_per_topic_and_per_who_held_it_last(record: Record, lena: Rep) -> None:
    ruth, sam = record.rep("Ruth"), record.rep("Sam")
    helped(record, ruth, False, "late_delivery")
    helped(record, ruth, True, "refund_status")
    helped(record, sam, True, "refund_status")
    somebody, talk = with_the_bot(record, close=True, check="yes")
    record.do(closing.vote, somebody, talk, False)
    found = look(record, lena)
    assert {row.key: (row.votes, row.no) for row in found.topics} == {
        "late_delivery": (1, 1),
        "refund_status": (2, 0),
        "track_package": (1, 1),
    }
    assert {row.name: (row.votes, row.no) for row in found.owners} == {"Ruth": (2, 1), "Sam": (1, 0), "The bot": (1, 1)}


def test_a_team_has_the_votes_of_its_reps(record: Record, lena: Rep) -> None:
    ruth, sam, omar = record.rep("Ruth"), record.rep("Sam"), record.rep("Omar")

    def make_team(tx: Any) -> None:
        row = {"id": "t1", "name": "Parcels", "mode": "pull", "created_at": tx.now}
        tx.db.execute(insert(schema_centre.team).values(row))
        tx.db.execute(update(rep_table).where(rep_table.c.id.in_([ruth.id, sam.id])).values(team_id="t1"))

    record.do(make_team)
    for rep, solved in ((ruth, True), (sam, False), (omar, False)):
        helped(record, rep, solved)
    assert [(row.name, row.votes, row.no) for row in look(record, lena).teams] == [("Parcels", 2, 1)]


def test_nobody_is_ranked_under_thirty_votes(record: Record, lena: Rep) -> None:
    ruth, sam = record.rep("Ruth"), record.rep("Sam")
    helped(record, sam, True)
    for _ in range(30):
        helped(record, ruth, True)
    assert {row.name: row.rank for row in look(record, lena).owners} == {"Ruth": 1, "Sam": None}


def test_every_closed_chat_went_one_of_three_ways(record: Record, lena: Rep) -> None:
    ruth = record.rep("Ruth")
    helped(record, ruth, None)
    with_the_bot(record, check="yes", close=True)
    silent, talk = with_the_bot(record)
    record.do(closing.close_by_customer, silent, talk)
    gone = record.customer("Gone")
    record.do(closing.close_by_customer, gone, record.waiting(gone))
    gave_up = record.customer("Gave up")
    talk = record.waiting(gave_up)
    record.do(rep_queue.stop_waiting, gave_up, talk)
    record.do(closing.close_by_customer, gave_up, talk)
    never_spoke = record.customer("Silent")
    record.do(closing.close_by_customer, never_spoke, record.opened(never_spoke))
    found = look(record, lena)
    assert (found.ways.closed, found.ways.handed_over, found.ways.bot, found.ways.abandoned) == (5, 1, 2, 2)
    assert found.ways.bot_said_solved == 1
    assert (found.ways.handed_over_percent, found.ways.bot_percent, found.ways.abandoned_percent) == (20, 40, 40)
    assert {row.name: row.closed for row in found.owners} == {"Ruth": 1, "The bot": 2, "Left before a person came": 2}


def test_who_gave_up_waiting_and_was_helped_by_the_bot_after_all_counts_for_the_bot(record: Record, lena: Rep) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    record.do(rep_queue.stop_waiting, ana, talk)
    asked = record.leased(talk)
    record.do(turns.accept, asked, answer(asked, "Found it.", check="yes", close=True), 5)
    found = look(record, lena).ways
    assert (found.bot, found.abandoned, found.bot_said_solved) == (1, 0, 1)


def test_checks_of_the_bot_answered_no_stand_beside(record: Record, lena: Rep) -> None:
    for check in ("no", "yes", None):
        somebody, talk = with_the_bot(record, check=check)
        record.do(closing.close_by_customer, somebody, talk)
    [topic] = look(record, lena).topics
    assert (topic.closed, topic.checks, topic.checks_no, topic.without_vote) == (3, 2, 1, 3)


def test_asking_again_is_counted_for_the_rep(record: Record, lena: Rep) -> None:
    ruth = record.rep("Ruth")
    talk = helped(record, ruth, None)
    record.do(remember, "asked_again", ruth, "the order number", conversation_id=talk)
    found = look(record, lena)
    assert found.all.asked_again == 1
    assert [(row.name, row.asked_again) for row in found.owners] == [("Ruth", 1)]


def test_waits_are_told_per_skill_with_who_gave_up(record: Record, lena: Rep) -> None:
    ruth = record.rep("Ruth")
    for seconds in (10, 20, 30, 40, 50):
        helped(record, ruth, None, waits=seconds)
    gone = record.customer("Gone")
    talk = record.waiting(gone)
    record.later(seconds=900)
    record.do(closing.close_by_customer, gone, talk)
    [waits] = look(record, lena).waits
    assert (waits.ended, waits.answered, waits.left, waits.stopped) == (6, 5, 1, 0)
    assert (waits.median_s, waits.p80_s, waits.abandoned_percent) == (30, 40, 17)


def test_reasons_for_wanting_a_person_are_counted_in_words(record: Record, lena: Rep) -> None:
    ruth = record.rep("Ruth")
    helped(record, ruth, None)
    talk = record.held(record.customer("Ana"), ruth)
    record.do(rep_queue.release, ruth, talk)
    bob = record.customer("Bob")

    def hand_over(tx: Any) -> None:
        before = rep_queue.conversation_of(tx, bob, begun, lock=True)
        rep_queue.hand_over(tx, before, By.POLICY, "bot", reason="missing_parcel")

    begun = record.opened(bob)
    record.do(hand_over)
    assert {each.words: each.count for each in look(record, lena).reasons} == {
        "The customer asked for a person.": 2,
        "A rep handed the chat back.": 1,
        "The parcel is missing, though it should have come.": 1,
    }


def test_how_often_a_range_held_is_kept_and_who_left_before_is_unknown(record: Record, lena: Rep) -> None:
    ruth = record.rep("Ruth")
    for seconds in range(10, 60, 2):
        helped(record, ruth, None, waits=seconds)
    for seconds in (30, 40, 100):
        helped(record, ruth, None, waits=seconds)
    gone = record.customer("Gone")
    talk = record.waiting(gone)
    record.later(seconds=20)
    record.do(closing.close_by_customer, gone, talk)
    found = look(record, lena).ranges
    told = [row for row in record.rows(schema_centre.wait) if row.high_s is not None and row.outcome == "claimed"]
    assert {row.high_s for row in told} == {60}
    assert (found.told, found.kept, found.unknown) == (len(told), len(told) - 1, 1)


def test_a_chat_counts_in_the_period_in_which_it_closed(record: Record, lena: Rep) -> None:
    ruth = record.rep("Ruth")
    helped(record, ruth, True)
    record.later(days=2)
    assert [look(record, lena, period).ways.closed for period in ("today", "7_days", "28_days")] == [0, 1, 1]
    record.later(days=6)
    assert [look(record, lena, period).ways.closed for period in ("today", "7_days", "28_days")] == [0, 0, 1]


def test_today_begins_at_midnight_where_lena_works(record: Record, lena: Rep) -> None:
    assert look(record, lena, "today").since == record.now.replace(hour=0)

    def move_to_kolkata(tx: Any) -> None:
        site = {"id": "s1", "name": "Pune", "time_zone": "Asia/Kolkata", "created_at": tx.now}
        tx.db.execute(insert(schema_centre.site).values(site))
        tx.db.execute(update(rep_table).where(rep_table.c.id == lena.id).values(site_id="s1"))

    record.do(move_to_kolkata)
    assert look(record, lena, "today").since == record.now.replace(hour=0) - timedelta(hours=5, minutes=30)


def test_today_begins_at_midnight_of_the_shop_for_a_lead_of_no_site(record: Record, lena: Rep) -> None:
    record.site("Berlin", "Europe/Berlin")
    assert look(record, lena, "today").since == record.now.replace(hour=0) - timedelta(hours=1)


def closed_with(record: Record, rep: Rep, cause: str, *votes: bool | None, topic: str = "late_delivery") -> None:
    """Chats that the rep closed with this cause, one for each vote."""
    for solved in votes:
        somebody = record.customer("Somebody")
        talk = record.held(somebody, rep)
        record.do(closing.close_by_rep, rep, talk, topic, cause)
        if solved is not None:
            record.do(closing.vote, somebody, talk, solved)
        record.do(seen, [rep.id])


def test_causes_are_counted_within_their_topic_however_they_are_written(record: Record, lena: Rep) -> None:
    ruth = record.rep("Ruth")
    closed_with(record, ruth, "Carrier was late", True, False)
    closed_with(record, ruth, "carrier  WAS late.", None)
    closed_with(record, ruth, "Weather", True)
    closed_with(record, ruth, "Refund took long", False, topic="refund_status")
    late, refund = look(record, lena).causes
    assert (late.topic, late.count, refund.topic, refund.count) == ("late_delivery", 4, "refund_status", 1)
    assert [(each.words, each.count, each.votes, each.no) for each in late.causes] == [
        ("Carrier was late", 3, 2, 1),
        ("Weather", 1, 1, 0),
    ]
    first = late.causes[0]
    assert (first.share, first.nrr, first.rank) == (0.75, 0.5, None)
    assert first.low < 0.75 < first.high
    assert first.no_low < 0.5 < first.no_high


def test_causes_in_reps_own_words_are_counted_together_and_listed(record: Record, lena: Rep) -> None:
    ruth = record.rep("Ruth")
    closed_with(record, ruth, "Carrier was late", None)
    closed_with(record, ruth, "the van broke down", False, None)
    closed_with(record, ruth, "The van  broke down", None)
    closed_with(record, ruth, "a dog", True)
    [late] = look(record, lena).causes
    assert [(each.words, each.count, each.votes, each.no) for each in late.causes] == [
        ("Carrier was late", 1, 0, 0),
        (None, 4, 2, 1),
    ]
    assert [(each.words, each.count) for each in late.own_words] == [("the van broke down", 3), ("a dog", 1)]
    assert late.own_words_more == 0


def test_a_cause_is_ranked_by_no_from_thirty_votes_on(record: Record, lena: Rep) -> None:
    ruth = record.rep("Ruth")
    closed_with(record, ruth, "Weather", *[True] * 29, False)
    closed_with(record, ruth, "Packed late", *[False] * 3)
    [late] = look(record, lena).causes
    assert {each.words: each.rank for each in late.causes} == {"Weather": 1, "Packed late": None}


def test_causes_are_compared_with_as_long_a_time_before(record: Record, lena: Rep) -> None:
    ruth = record.rep("Ruth")
    closed_with(record, ruth, "Weather", None)
    [late] = look(record, lena).causes
    assert (late.before, late.causes[0].before, late.causes[0].trend) == (None, None, None), "nothing to compare with"
    closed_with(record, ruth, "Carrier lost it", *[None] * 5)
    record.later(days=8)
    closed_with(record, ruth, "Weather", *[None] * 9)
    closed_with(record, ruth, "Carrier lost it", None)
    [late] = look(record, lena).causes
    assert {each.words: (each.count, each.before, each.trend) for each in late.causes} == {
        "Weather": (9, 1, "more"),
        "Carrier lost it": (1, 5, "same"),
    }
    assert (late.count, late.before) == (10, 6)
    record.later(days=7, seconds=1)
    assert look(record, lena).causes == []


def test_today_is_compared_with_the_same_hours_of_yesterday(record: Record, lena: Rep) -> None:
    ruth = record.rep("Ruth")
    closed_with(record, ruth, "Weather", None)
    record.later(hours=3)
    closed_with(record, ruth, "Weather", None)
    record.later(days=1, hours=-2)
    closed_with(record, ruth, "Weather", None)
    [late] = look(record, lena, "today").causes
    assert (late.causes[0].count, late.causes[0].before) == (1, 1)


def test_a_chat_that_was_ended_for_abuse_has_no_cause_that_counts(record: Record, lena: Rep) -> None:
    ruth = record.rep("Ruth")
    talk = record.held(record.customer("Bob"), ruth)
    record.do(blocks.end_abusive, ruth, talk, EndAbusive(reason="swore", hours=1))
    found = look(record, lena)
    assert (found.all.closed, found.causes) == (1, [])
