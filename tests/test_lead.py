"""Lena, a lead, looks at other reps' chats, takes one over, and moves them to whom they fit."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from handoff import lead, looking, messages, notes, rep_queue, views
from handoff.errors import DeskError, Forbidden, LostToAnother, NotFound, NotPossibleNow
from handoff.lead_view import lead_view
from handoff.messages import messages_after
from handoff.presence import seen
from handoff.schema import assignment, conversation, history
from handoff.storage import Runner
from handoff.wire_lead import TransferTo, Works
from tests.record import Record
from tests.test_races import race


def test_lena_sees_a_chat_of_ruths_only_once_she_has_looked_which_is_on_record(record: Record) -> None:
    ana, ruth, lena = record.customer("Ana"), record.rep("Ruth"), record.rep("Lena", role="lead")
    talk = record.held(ana, ruth)
    assert isinstance(record.refused(views.rep_view, lena, talk), NotFound)
    before = record.texts(ana, talk)
    record.do(looking.look, lena, talk)
    assert record.do(views.rep_view, lena, talk).yours is False
    assert record.texts(lena, talk) == before == record.texts(ana, talk)
    [row] = record.rows(history, kind="viewed")
    assert (row.who_id, row.conversation_id) == (lena.id, talk)


def test_ten_minutes_of_looking_are_one_look_and_twelve_hours_end_it(record: Record) -> None:
    ana, ruth, lena = record.customer("Ana"), record.rep("Ruth"), record.rep("Lena", role="lead")
    talk = record.held(ana, ruth)
    for minutes in (0, 9, 2):
        record.later(minutes=minutes)
        record.do(looking.look, lena, talk)
    assert len(record.rows(history, kind="viewed")) == 2
    record.later(hours=13)
    assert isinstance(record.refused(messages_after, lena, talk, 0, 10), NotFound)


def test_sam_who_leads_nobody_can_neither_look_nor_take_over_nor_move(record: Record) -> None:
    ana, ruth, sam = record.customer("Ana"), record.rep("Ruth"), record.rep("Sam")
    talk = record.held(ana, ruth)
    assert isinstance(record.refused(looking.look, sam, talk), Forbidden)
    assert isinstance(record.refused(lead.take_over, sam, talk), Forbidden)
    assert isinstance(record.refused(lead.move_chat, sam, talk, TransferTo(skill="orders"), ""), Forbidden)
    assert isinstance(record.refused(lead_view, sam), Forbidden)


def test_lena_whispers_to_ruth_and_ana_hears_nothing(record: Record) -> None:
    ana, ruth, lena = record.customer("Ana"), record.rep("Ruth"), record.rep("Lena", role="lead")
    talk = record.held(ana, ruth)
    head = record.view(ana, talk).head
    record.do(looking.look, lena, talk)
    record.do(notes.write_note, lena, talk, record.client_id(), "Offer her the refund.")
    [note] = record.do(views.rep_view, ruth, talk).notes
    assert (note.text, note.author.name) == ("Offer her the refund.", "Lena")
    assert record.view(ana, talk).head == head


def test_lena_takes_over_and_ruths_late_reply_is_refused_with_her_name(record: Record) -> None:
    ana, ruth, lena = record.customer("Ana"), record.rep("Ruth"), record.rep("Lena", role="lead")
    talk = record.held(ana, ruth)
    record.do(lead.take_over, lena, talk)
    refusal = record.refused(messages.reply, ruth, talk, record.client_id(), "One moment")
    assert isinstance(refusal, LostToAnother)
    assert "Lena" in refusal.words
    assert "Lena, a person, is helping you from here on." in record.texts(ana, talk)[-1]
    record.do(lead.take_over, lena, talk)
    open_ones = [row for row in record.rows(assignment, conversation_id=talk) if row.ended_at is None]
    assert [row.rep_id for row in open_ones] == [lena.id]


def test_what_the_bot_has_can_be_looked_at_but_not_taken_over(record: Record) -> None:
    ana, lena = record.customer("Ana"), record.rep("Lena", role="lead")
    talk = record.opened(ana)
    record.do(looking.look, lena, talk)
    assert record.do(views.rep_view, lena, talk).state == "with_bot"
    assert isinstance(record.refused(lead.take_over, lena, talk), NotPossibleNow)
    assert isinstance(record.refused(looking.look, lena, "nonsense"), NotFound)


def test_lena_moves_what_ruth_holds_and_what_waits_and_each_keeps_its_place(record: Record) -> None:
    ana, bob = record.customer("Ana"), record.customer("Bob")
    ruth, sam, lena = record.rep("Ruth"), record.rep("Sam"), record.rep("Lena", role="lead")
    held = record.held(ana, ruth)
    record.later(seconds=5)
    waits = record.waiting(bob)
    arrived = {row.id: row.arrived_at for row in record.rows(conversation)}
    for talk in (held, waits):
        record.do(lead.move_chat, lena, talk, TransferTo(rep=sam.id), "He knows both.")
    rows = {row.id: row for row in record.rows(conversation)}
    assert {(row.state, row.wanted_rep_id) for row in rows.values()} == {("waiting", sam.id)}
    assert {id: row.arrived_at for id, row in rows.items()} == arrived
    assert [note.text for note in record.do(views.rep_view, sam, waits).notes] == ["He knows both."]
    assert "Ruth passed" not in " ".join(row.reason for row in record.rows(history, kind="transferred"))


def test_the_centre_now_counts_who_waits_who_works_and_what_is_free(record: Record) -> None:
    ruth, lena = record.rep("Ruth"), record.rep("Lena", role="lead")
    record.rep("Sam", here=False)
    held = record.held(record.customer("Ana"), ruth)
    waits = record.waiting(record.customer("Bob"))
    now = record.do(lead_view, lena)
    assert ([item.id for item in now.waiting], now.waiting_total) == ([waits], 1)
    assert {rep.name: [chat.id for chat in rep.chats] for rep in now.reps} == {"Ruth": [held], "Lena": []}
    [ruth_now] = [rep for rep in now.reps if rep.name == "Ruth"]
    assert (ruth_now.load, ruth_now.held, ruth_now.free) == (1, 1, ruth_now.capacity - 1)
    [anybody] = [skill for skill in now.skills if skill.id == "any"]
    assert (anybody.waiting, anybody.here, anybody.free) == (1, 2, sum(rep.free for rep in now.reps))


def test_lena_sees_until_when_each_works_on_their_own_clock_and_who_leaves_soon(record: Record) -> None:
    """It's nine in London, 14:30 in Pune, where they leave at 16:00."""
    pune = record.site("Pune", time_zone="Asia/Kolkata", opens=7, closes=16)
    ruth, lena = record.rep("Ruth", site_id=pune), record.rep("Lena", role="lead")

    def works() -> Any:
        record.do(seen, [ruth.id, lena.id])
        return {rep.name: rep.works for rep in record.do(lead_view, lena).reps}

    closing = record.now + timedelta(hours=1, minutes=30)
    assert works() == {"Ruth": Works(state="on", ends_at=closing, time_zone="Asia/Kolkata"), "Lena": None}
    record.later(hours=1, minutes=16)
    assert works()["Ruth"].state == "ending"
    record.later(minutes=14)
    assert (works()["Ruth"].state, works()["Ruth"].ends_at) == ("ended", closing)


@pytest.mark.parametrize("first", ["reply", "take over"])
def test_lena_takes_over_while_ruth_replies(record: Record, database_url: str, first: str) -> None:
    """Whatever comes first, nothing of Ruth's stands after Lena's claim, and each chat has one owner."""
    ruth, lena = record.rep("Ruth", capacity=20), record.rep("Lena", role="lead")
    talks = [record.held(record.customer(f"Customer {number}"), ruth) for number in range(20)]
    outcomes: list[object] = []

    async def story(runner: Runner) -> None:
        async def both(talk: str) -> None:
            replies = runner.run(messages.reply, ruth, talk, f"reply-{talk}", "Hello")
            takes = runner.run(lead.take_over, lena, talk)
            steps = (replies, takes) if first == "reply" else (takes, replies)
            outcomes.extend(await asyncio.gather(*steps, return_exceptions=True))

        await asyncio.gather(*map(both, talks))

    race(record, database_url, story)
    assert all(not isinstance(each, Exception) or isinstance(each, LostToAnother) for each in outcomes)
    assert {row.owner_id for row in record.rows(conversation)} == {lena.id}
    for talk in talks:
        texts = record.texts(lena, talk)
        taken = next(place for place, text in enumerate(texts) if text.startswith("Lena, a person"))
        assert "Hello" not in texts[taken:]


def test_two_leads_take_over_and_move_the_same_chats_at_once(record: Record, database_url: str) -> None:
    ruth, sam = record.rep("Ruth", capacity=20), record.rep("Sam")
    lena, lars = record.rep("Lena", role="lead"), record.rep("Lars", role="lead")
    talks = [record.held(record.customer(f"Customer {number}"), ruth) for number in range(20)]
    outcomes: list[object] = []

    async def story(runner: Runner) -> None:
        steps = [runner.run(lead.take_over, who, talk) for talk in talks for who in (lena, lars)]
        steps += [runner.run(lead.move_chat, lena, talk, TransferTo(skill="orders"), "") for talk in talks]
        steps += [runner.run(rep_queue.release, ruth, talk) for talk in talks]
        outcomes.extend(await asyncio.gather(*steps, return_exceptions=True))

    race(record, database_url, story)
    assert all(isinstance(each, DeskError) for each in outcomes if isinstance(each, BaseException))
    open_ones = [row for row in record.rows(assignment) if row.ended_at is None]
    owned = {row.id: row.owner_id for row in record.rows(conversation) if row.state == "with_rep"}
    assert {row.conversation_id: row.rep_id for row in open_ones} == owned
    assert len(open_ones) == len(owned)
    assert sam.id not in owned.values()
