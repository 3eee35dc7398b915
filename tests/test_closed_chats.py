"""Lena finds closed chats, reads what those wrote who said no, and opens one only on the record."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, update

from handoff import closed_chats, closing, looking, rep_queue, schema_centre, views
from handoff.errors import BadField, Forbidden, NotFound
from handoff.messages import messages_after
from handoff.people import Rep
from handoff.presence import seen
from handoff.schema import history
from handoff.schema import rep as rep_table
from handoff.wire_figures import ClosedChats, FindClosed
from tests.record import Record


@pytest.fixture
def ruth(record: Record) -> Rep:
    return record.rep("Ruth")


@pytest.fixture
def lena(record: Record) -> Rep:
    return record.rep("Lena", role="lead")


def closed(
    record: Record,
    rep: Rep,
    solved: bool | None = None,
    words: str | None = None,
    topic: str = "late_delivery",
    cause: str = "Weather",
) -> str:
    """A chat of Ana's that the rep closed a minute after the last."""
    ana = record.customer("Ana")
    record.later(minutes=1)
    record.do(seen, [rep.id])
    talk = record.held(ana, rep)
    record.do(closing.close_by_rep, rep, talk, topic, cause)
    if solved is not None:
        record.do(closing.vote, ana, talk, solved, words)
    return talk


def find(record: Record, lena: Rep, **wanted: Any) -> list[str]:
    return [chat.id for chat in page(record, lena, **wanted).chats]


def page(record: Record, lena: Rep, **wanted: Any) -> ClosedChats:
    found: ClosedChats = record.do(
        closed_chats.closed_chats, record.do(closed_chats.search_of, lena, FindClosed(**wanted))
    )
    return found


def test_lena_finds_them_newest_first_by_what_is_counted_of_them(record: Record, lena: Rep, ruth: Rep) -> None:
    sam = record.rep("Sam")
    late = closed(record, ruth, False, "It never came.")
    refund = closed(record, sam, True, topic="refund_status", cause="the van  broke down")
    silent = closed(record, ruth, cause="weather.")
    assert find(record, lena) == [silent, refund, late]
    assert find(record, lena, topic="refund_status") == [refund]
    assert find(record, lena, who=ruth.id) == [silent, late]
    assert find(record, lena, vote="no") == [late]
    assert find(record, lena, vote="yes") == [refund]
    assert find(record, lena, vote="none") == [silent]
    assert find(record, lena, cause="WEATHER") == [silent, late]
    assert find(record, lena, cause="Van broke") == [refund]
    assert find(record, lena, cause="nothing of the kind") == []
    assert find(record, lena, topic="none") == []
    [shown] = page(record, lena, vote="no", written="yes").chats
    assert (shown.words, shown.topic, shown.cause, shown.rep, shown.helped_by, shown.solved, shown.customer_name) == (
        "It never came.",
        "late_delivery",
        "Weather",
        "Ruth",
        "rep",
        False,
        "Ana",
    )


def test_a_usual_cause_is_found_alone_and_other_words_in_what_holds_them(record: Record, lena: Rep, ruth: Rep) -> None:
    alone, more = closed(record, ruth, cause="Weather"), closed(record, ruth, cause="Weather and a strike")
    assert find(record, lena, cause="Weather") == [alone]
    assert find(record, lena, cause="weather and") == [more]


def test_whom_nobody_helped_and_whom_the_bot_did_are_found_apart(record: Record, lena: Rep) -> None:
    bob, cleo = record.customer("Bob"), record.customer("Cleo")
    in_vain = record.waiting(bob)
    record.do(closing.close_by_customer, bob, in_vain)
    with_bot = record.opened(cleo)
    record.says(cleo, with_bot, "thanks")
    record.do(closing.close_by_customer, cleo, with_bot)
    record.do(closing.close_by_customer, silent := record.customer("Silent"), record.opened(silent))
    assert find(record, lena, who="nobody") == [in_vain]
    assert find(record, lena, who="bot") == [with_bot]
    assert set(find(record, lena, topic="none")) == {in_vain, with_bot}, "who said nothing isn't counted"


def test_only_sentences_that_are_there_are_listed(record: Record, lena: Rep, ruth: Rep) -> None:
    closed(record, ruth, False)
    closed(record, ruth, True, "Thank you!")
    written = closed(record, ruth, False, "Still nothing.")
    assert find(record, lena, vote="no", written="yes") == [written]


def test_pages_follow_on_each_other_without_a_gap(record: Record, lena: Rep, ruth: Rep) -> None:
    every = [closed(record, ruth, False) for _ in range(2 * closed_chats.A_PAGE + 3)][::-1]
    found, older = [], None
    for _ in range(3):
        next_page = page(record, lena, older_than=older)
        found += [chat.id for chat in next_page.chats]
        older = next_page.older_than
    assert found == every
    assert older is None


def test_a_day_is_from_midnight_to_midnight_where_lena_works(record: Record, lena: Rep, ruth: Rep) -> None:
    site = {"id": "s1", "name": "Pune", "time_zone": "Asia/Kolkata", "created_at": record.now}
    record.do(lambda tx: tx.db.execute(insert(schema_centre.site).values(site)))
    record.do(lambda tx: tx.db.execute(update(rep_table).where(rep_table.c.id == lena.id).values(site_id="s1")))
    record.later(hours=9)
    sunday = closed(record, ruth)  # 18:01 UTC on the 22nd is 23:31 in Pune
    record.later(hours=1)
    monday = closed(record, ruth)
    record.later(days=40)
    assert find(record, lena, day="2026-11-22") == [sunday]
    assert find(record, lena, day="2026-11-23") == [monday]
    assert find(record, lena) == []
    for day in ("2026-02-30", "9999-12-31", "0000-01-01"):
        refused = record.refused(closed_chats.search_of, lena, FindClosed(day=day))
        assert isinstance(refused, BadField), day
        assert refused.field == "day"


def test_reps_find_nothing_and_lena_reads_only_after_a_look_that_is_on_record(
    record: Record, lena: Rep, ruth: Rep
) -> None:
    talk = closed(record, ruth, False, "Still nothing.")
    assert isinstance(record.refused(closed_chats.search_of, ruth, FindClosed()), Forbidden)
    assert find(record, lena) == [talk]
    assert isinstance(record.refused(messages_after, lena, talk, 0, 10), NotFound), "the list opens nothing"
    record.do(looking.look, lena, talk)
    shown = record.do(views.rep_view, lena, talk)
    assert (shown.state, shown.yours, shown.vote, shown.vote_words) == ("closed", False, False, "Still nothing.")
    assert "Where is my parcel?" in record.texts(lena, talk)
    [look] = record.rows(history, kind="viewed")
    assert (look.conversation_id, look.who_id) == (talk, lena.id)
    assert isinstance(record.refused(rep_queue.claim, lena, talk), Exception), "it's only to be read"


def test_a_chat_that_goes_on_again_is_no_closed_one(record: Record, lena: Rep, ruth: Rep) -> None:
    ana = record.customer("Ana")
    talk = record.held(ana, ruth)
    record.do(closing.close_by_rep, ruth, talk, "other", "Weather")
    record.do(closing.reopen, ana, talk)
    assert find(record, lena) == []
