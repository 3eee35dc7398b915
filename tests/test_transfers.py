"""Passing a chat on: to Sam, to a team, to a skill, back to the bot; and the notes that only reps see."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import insert, update

from handoff import closing, messages, notes, rep_lists, rep_queue, transfers, turns, views
from handoff.colleagues import colleagues
from handoff.errors import BadField, DeskError, IdReused, LostToAnother, NotFound, NotPossibleNow
from handoff.people import Rep
from handoff.record import PERSON_PAYLOAD
from handoff.schema import button, conversation, history, rep
from handoff.schema_centre import team
from handoff.storage import Runner
from handoff.wire_lead import ReturnToBot, TransferTo
from tests.desk import Desk, eventually
from tests.record import Record, answer
from tests.test_races import race


def to(who: Rep) -> TransferTo:
    return TransferTo(rep=who.id)


@pytest.mark.parametrize(("note", "says_why"), [("She has a photo of the damage.", True), ("", False)])
def test_sam_is_sent_to_ruths_note_only_if_she_left_one(record: Record, note: str, says_why: bool) -> None:
    ana, ruth, sam = record.customer("Ana"), record.rep("Ruth"), record.rep("Sam")
    talk = record.held(ana, ruth)
    record.do(transfers.transfer, ruth, talk, to(sam), "An older note.")
    record.later(seconds=5)
    record.do(rep_queue.claim, ruth, talk)
    record.do(transfers.transfer, ruth, talk, to(sam), note)
    told = record.do(views.rep_view, sam, talk).brief.reason_words
    assert told.startswith("A colleague passed the chat on.")
    assert ("note says why" in told) is says_why


def test_ruth_passes_ana_to_sam_at_her_old_place_and_only_he_reads_why(record: Record) -> None:
    ana, bob, ruth, sam = record.customer("Ana"), record.customer("Bob"), record.rep("Ruth"), record.rep("Sam")
    talk = record.held(ana, ruth)
    record.later(seconds=5)
    record.waiting(bob)
    record.do(transfers.transfer, ruth, talk, to(sam), "She has a photo of the damage.")
    view = record.view(ana, talk)
    assert (view.state, view.place) == ("waiting", 1)
    assert record.texts(ana, talk)[-1].startswith("Ruth has asked Sam to go on with you. You keep your place in line")
    assert "She has a photo of the damage." not in record.texts(ana, talk)
    assert [note.text for note in record.do(views.rep_view, sam, talk).notes] == ["She has a photo of the damage."]
    assert [item.for_you for item in record.do(rep_lists.queue_for, sam).waiting] == [True, False]
    [told] = record.rows(history, conversation_id=talk, kind="transferred")
    assert (told.who_id, told.reason) == (ruth.id, "Ruth passed it to Sam.")


def test_a_note_leaves_no_hole_in_what_ana_sees(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    before = record.view(ana, talk).head
    record.do(notes.write_note, ruth, talk, "client-id-note", "The card ends in 4929 1234 5678 9 - asked twice.")
    assert record.view(ana, talk).head == before
    record.replies(ruth, talk, "Hello Ana")
    seqs = [each.seq for each in record.do(messages.messages_after, ana, talk, 0, 50).messages]
    assert seqs == list(range(1, before + 2))


def test_a_note_sent_again_is_stored_once_and_with_other_words_refused(record: Record) -> None:
    ruth = record.rep("Ruth")
    talk = record.held(record.customer("Ana"), ruth)
    first = record.do(notes.write_note, ruth, talk, "client-id-note", "Asked twice.")
    again = record.do(notes.write_note, ruth, talk, "client-id-note", "Asked twice.")
    assert (first.new, again.new, again.message.id) == (True, False, first.message.id)
    assert isinstance(record.refused(notes.write_note, ruth, talk, "client-id-note", "Something else."), IdReused)
    assert len(record.do(views.rep_view, ruth, talk).notes) == 1


def test_sam_writes_no_note_where_he_may_not_look(record: Record) -> None:
    ruth, sam = record.rep("Ruth"), record.rep("Sam")
    talk = record.held(record.customer("Ana"), ruth)
    assert isinstance(record.refused(notes.write_note, sam, talk, "client-id-note", "Hm."), NotFound)


def test_ruth_passes_nothing_to_somebody_who_is_not_there(record: Record) -> None:
    ruth, sam = record.rep("Ruth"), record.rep("Sam", here=False)
    talk = record.held(record.customer("Ana"), ruth)
    refused = record.refused(transfers.transfer, ruth, talk, to(sam), "")
    assert isinstance(refused, NotPossibleNow)
    assert refused.words.startswith("Sam isn't there now.")
    assert "release it to the queue" in refused.words
    assert record.do(views.rep_view, ruth, talk).yours


def test_ruth_passes_nothing_to_somebody_whose_hands_are_full(record: Record) -> None:
    ruth, sam = record.rep("Ruth"), record.rep("Sam")
    record.do(lambda tx: tx.db.execute(update(rep).where(rep.c.id == sam.id).values(capacity=1)))
    first, second = (record.held(record.customer(name), ruth) for name in ("Ana", "Bob"))
    record.do(transfers.transfer, ruth, first, to(sam), "")
    refused = record.refused(transfers.transfer, ruth, second, to(sam), "")
    assert isinstance(refused, NotPossibleNow)
    assert refused.words.startswith("Sam can't take another chat now.")


@pytest.mark.parametrize(
    "target", [TransferTo(), TransferTo(skill="magic"), TransferTo(team="none"), TransferTo(rep="x", skill="orders")]
)
def test_a_target_is_one_that_exists(record: Record, target: TransferTo) -> None:
    ruth = record.rep("Ruth")
    talk = record.held(record.customer("Ana"), ruth)
    assert isinstance(record.refused(transfers.transfer, ruth, talk, target, ""), BadField)
    assert isinstance(record.refused(transfers.transfer, ruth, talk, to(ruth), ""), BadField)


def test_ruth_passes_ana_to_a_team_or_a_skill(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    row = {"id": "t1", "name": "Refunds", "mode": "pull", "created_at": record.now}
    record.do(lambda tx: tx.db.execute(insert(team).values(row)))
    talk = record.held(ana, ruth)
    record.do(transfers.transfer, ruth, talk, TransferTo(team="t1"), "")
    assert record.texts(ana, talk)[-1].startswith("Ruth is passing you on to the team Refunds.")
    assert record.rows(conversation, id=talk)[0].team_id == "t1"
    record.do(rep_queue.claim, ruth, talk)
    record.do(transfers.transfer, ruth, talk, TransferTo(skill="coins"), "")
    assert "a colleague for: Coins and apps." in record.texts(ana, talk)[-1]
    [after] = record.rows(conversation, id=talk)
    assert (after.team_id, after.skill) == (None, "coins")


def test_ruths_words_after_passing_ana_on_are_kept_as_a_draft(record: Record) -> None:
    ana, ruth, sam = record.customer("Ana"), record.rep("Ruth"), record.rep("Sam")
    talk = record.held(ana, ruth)
    record.do(transfers.transfer, ruth, talk, to(sam), "")
    assert isinstance(record.refused(messages.reply, ruth, talk, "client-id-late", "One more thing"), LostToAnother)
    record.do(rep_queue.claim, sam, talk)
    refused = record.refused(messages.reply, ruth, talk, "client-id-late", "One more thing")
    assert refused
    assert refused.words.startswith("Sam is helping this customer now.")


def test_colleagues_are_named_with_their_room_who_is_here_first(record: Record) -> None:
    ruth, zoe, sam = record.rep("Ruth"), record.rep("Zoe"), record.rep("Sam", here=False)
    record.held(record.customer("Ana"), zoe)
    seen = record.do(colleagues, ruth)
    assert [(each.name, each.presence, each.free) for each in seen.reps] == [("Zoe", "here", 2), ("Sam", "gone", 0)]
    assert {place.id for place in seen.skills} >= {"orders", "coins"}
    assert sam.id in {each.id for each in seen.reps}


def test_after_the_return_the_bot_answers_what_ana_writes_next(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.replies(ruth, talk, "That's order A-104233.")
    record.do(
        transfers.return_to_bot, ruth, talk, ReturnToBot(topic="late_delivery", order="a 104233", note="Easy one.")
    )
    assert record.view(ana, talk).state == "with_bot"
    assert record.do(turns.lease, talk) is None, "Ruth's words had answered what Ana wrote before"
    record.says(ana, talk, "and when does it come?")
    turn = record.leased(talk)
    assert (turn.text, turn.order_id) == ("and when does it come?", "A-104233")
    assert record.do(turns.accept, turn, answer(turn, "Tomorrow."), 5)
    assert record.texts(ana, talk)[-1] == "Tomorrow."
    assert [note.text for note in record.do(views.rep_view, ruth, talk).notes] == ["Easy one."]


def test_what_ruth_has_not_answered_the_bot_answers_after_the_return(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.replies(ruth, talk, "Which order?")
    record.says(ana, talk, "A-104233")
    record.do(transfers.return_to_bot, ruth, talk, ReturnToBot())
    assert record.leased(talk).text == "A-104233"


def test_ana_goes_on_with_the_bot_by_the_button_that_says_what_ruth_learnt(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.replies(ruth, talk, "I'll let the bot look.")
    record.do(transfers.return_to_bot, ruth, talk, ReturnToBot(topic="late_delivery", order="A-104233"))
    told = record.do(messages.messages_after, ana, talk, 0, 50).messages[-1]
    assert told.text.startswith("Ruth has given you back to the bot")
    [offered] = told.buttons
    assert offered.title == "My package is late (order A-104233)"
    record.do(messages.press, ana, talk, "client-id-press", offered.id)
    assert record.leased(talk).payload == '/late_delivery{"order_number": "A-104233"}'


def test_a_button_that_asked_for_a_person_is_not_asked_of_the_bot_after_the_return(record: Record) -> None:
    """Else the bot would hand Ana over again at once."""
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.opened(ana)
    row = {"id": "b1", "conversation_id": talk, "title": "Talk to a person", "payload": PERSON_PAYLOAD}
    record.do(lambda tx: tx.db.execute(insert(button).values(row)))
    record.do(messages.press, ana, talk, "client-id-press", "b1")
    record.do(rep_queue.claim, ruth, talk)
    record.do(transfers.return_to_bot, ruth, talk, ReturnToBot())
    assert record.do(turns.lease, talk) is None
    record.says(ana, talk, "Where is it?")
    assert record.leased(talk).text == "Where is it?"


def test_an_order_number_that_is_none_is_refused_before_anything_changes(record: Record) -> None:
    ruth = record.rep("Ruth")
    talk = record.held(record.customer("Ana"), ruth)
    assert isinstance(record.refused(transfers.return_to_bot, ruth, talk, ReturnToBot(order="1 or 1=1")), BadField)
    assert record.do(views.rep_view, ruth, talk).yours


@pytest.mark.parametrize("topic", ["late delivery", "/restart", "lang_es"])
def test_a_topic_that_is_none_is_refused_in_words_before_anything_changes(record: Record, topic: str) -> None:
    ruth = record.rep("Ruth")
    talk = record.held(record.customer("Ana"), ruth)
    refused = record.refused(transfers.return_to_bot, ruth, talk, ReturnToBot(topic=topic))
    assert isinstance(refused, BadField)
    assert (refused.field, refused.words) == ("topic", "Choose from the list what it was about.")
    assert record.do(views.rep_view, ruth, talk).yours


def test_the_bot_is_heard_again_after_the_return(desk: Desk) -> None:
    """Through the routes, with the turn worker: no mute bot after a person."""
    ana, ruth = desk.ana("C-301"), desk.rep("ruth")
    talk = ana.waits()
    ruth.does("claim", talk)
    ruth.replies(talk, "I'll give you back.")
    assert ruth.does("return-to-bot", talk, topic="late_delivery").json()["state"] == "with_bot"
    ana.says(talk, "are you there?")
    assert eventually(lambda: "echo: are you there?" in ana.sees(talk))
    ana.http.post(f"/api/conversations/{talk}/close", json={})


def test_ana_closes_while_ruth_passes_her_on(record: Record, database_url: str) -> None:
    """Both start together, many times: closed for good, or waiting for Sam and then closed; one owner at most."""
    ruth = record.rep("Ruth", capacity=20)
    people = [record.customer(f"Customer {number}") for number in range(20)]
    talks = [record.held(who, ruth) for who in people]

    async def one(runner: Runner, number: int) -> Any:
        passes = runner.run(transfers.transfer, ruth, talks[number], TransferTo(skill="coins"), "note")
        closes = runner.run(closing.close_by_customer, people[number], talks[number])
        both = (passes, closes) if number % 2 else (closes, passes)
        return await asyncio.gather(*both, return_exceptions=True)

    async def story(runner: Runner) -> list[Any]:
        return await asyncio.gather(*(one(runner, number) for number in range(20)))

    outcomes = race(record, database_url, story)
    failures = [each for pair in outcomes for each in pair if isinstance(each, Exception)]
    assert all(isinstance(each, DeskError) for each in failures)
    assert {record.view(who, talk).state for who, talk in zip(people, talks, strict=True)} == {"closed"}
