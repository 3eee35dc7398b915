"""Saying a file, on SQLite and on Postgres: once, counted by the day, seen by those who may see the conversation."""

from __future__ import annotations

import asyncio
from typing import Any

from handoff import closing, conversations, files, rep_queue, schema, turns
from handoff.errors import IdReused, NotFound, TooManyFiles
from handoff.file_store import Kept
from handoff.files import File
from handoff.ids import new_id
from handoff.messages import messages_after
from handoff.schema_centre import attachment
from handoff.storage import Runner, TurnDue
from tests.record import Record, answer
from tests.test_races import race

MOST = 3


def a_file(sha256: str = "0" * 64) -> File:
    return File(Kept(new_id(), "image/png", 900, sha256, 60, 40), "box.png")


def says(record: Record, who: Any, chat: str, file: File | None = None, client_id: str | None = None) -> Any:
    return record.do(files.send_file, who, chat, client_id or record.client_id(), file or a_file(), MOST)


def test_a_file_is_a_message_that_both_sides_can_open(record: Record) -> None:
    ana, ruth, sam = record.customer("Ana"), record.rep("Ruth"), record.rep("Sam")
    chat = record.held(ana, ruth)
    file = a_file()
    said = says(record, ana, chat, file)
    assert (said.new, said.message.text, said.message.attachment.id) == (True, "box.png", file.kept.id)
    for who in (ana, ruth):
        page = record.do(messages_after, who, chat, 0, 200)
        assert page.messages[-1].attachment == said.message.attachment
        assert record.do(files.file_of, who, chat, file.kept.id) == said.message.attachment
    for stranger in (sam, record.customer("Ben")):
        assert isinstance(record.refused(files.file_of, stranger, chat, file.kept.id), NotFound)


def test_the_same_file_again_is_the_same_message_and_another_is_refused(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    chat, id = record.held(ana, ruth), "client-id-of-ana"
    first = says(record, ana, chat, client_id=id)
    again = says(record, ana, chat, client_id=id)
    assert (again.new, again.message) == (False, first.message)
    refused = record.refused(files.send_file, ana, chat, id, a_file("1" * 64), MOST)
    assert isinstance(refused, IdReused)
    record.says(ana, chat, "box.png")
    assert len(record.rows(attachment)) == 1


def test_each_side_has_so_many_a_day(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    chat = record.held(ana, ruth)
    for _ in range(MOST):
        says(record, ana, chat)
        record.later(hours=1)
    refused = record.refused(files.send_file, ana, chat, record.client_id(), a_file(), MOST)
    assert isinstance(refused, TooManyFiles)
    assert refused.retry_after == 21 * 3600
    assert isinstance(record.refused(files.check_may_send, ana, chat, record.client_id(), MOST), TooManyFiles)
    assert says(record, ruth, chat).new
    record.later(hours=21)
    assert says(record, ana, chat).new


def test_many_files_at_once_are_counted_one_by_one(record: Record, database_url: str) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    chat = record.held(ana, ruth)

    async def story(runner: Runner) -> list[Any]:
        sent = [runner.run(files.send_file, ana, chat, record.client_id(), a_file(), MOST) for _ in range(20)]
        return await asyncio.gather(*sent, return_exceptions=True)

    outcomes = race(record, database_url, story)
    assert len([each for each in outcomes if isinstance(each, TooManyFiles)]) == 20 - MOST
    assert len(record.rows(attachment)) == MOST


def test_the_bot_isnt_asked_about_a_file_and_answers_the_words_beside_it(record: Record) -> None:
    ana = record.customer("Ana")
    chat = record.opened(ana)
    says(record, ana, chat)
    assert not any(isinstance(notice, TurnDue) for notice in record.told)
    assert "can't look at files" in record.texts(ana, chat)[-1]
    record.says(ana, chat, "It came broken.")
    says(record, ana, chat)
    turn = record.leased(chat)
    assert turn.text == "It came broken."
    assert record.do(turns.accept, turn, answer(turn, "I'm sorry."), 5)
    assert record.do(turns.lease, chat) is None


def test_a_file_goes_with_its_chat_to_whoever_signs_in(record: Record) -> None:
    visitor, ana = record.customer(), record.customer("Ana", "C-1")
    chat = record.opened(visitor)
    said = says(record, visitor, chat, client_id="client-id-of-ana")
    record.do(conversations.customer_signed_in, visitor, ana)
    assert record.do(files.file_of, ana, chat, said.message.attachment.id)
    assert record.rows(attachment)[0].author_id == ana.id
    assert says(record, ana, chat, client_id="client-id-of-ana").new is False


def test_a_file_to_a_closed_chat_belongs_to_the_next_one(record: Record) -> None:
    ana = record.customer("Ana")
    chat = record.opened(ana)
    record.says(ana, chat, "Hello")
    record.do(closing.close_by_customer, ana, chat)
    said = says(record, ana, chat)
    assert said.message.conversation != chat
    assert record.rows(attachment)[0].conversation_id == said.message.conversation
    assert isinstance(record.refused(files.file_of, ana, chat, said.message.attachment.id), NotFound)


def test_only_what_nobody_names_may_be_tidied_away(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    file = a_file()
    says(record, ana, record.held(ana, ruth), file)
    record.do(lambda tx: tx.db.execute(schema.rep.update().values(picture="face")))
    assert record.do(files.unnamed, [file.kept.id, "face", "left"]) == ["left"]
    assert record.do(files.unnamed, []) == []


def test_a_rep_who_gave_it_back_sends_no_file(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    chat = record.held(ana, ruth)
    record.do(rep_queue.release, ruth, chat)
    assert record.refused(files.send_file, ruth, chat, record.client_id(), a_file(), MOST) is not None
    assert record.rows(attachment) == []
