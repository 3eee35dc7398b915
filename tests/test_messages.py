"""What is said is stored once, in order, masked, and reaches whoever owns the conversation."""

import pytest

from handoff import closing, messages, rep_queue
from handoff.errors import BadCharacter, DeskError, EmptyMessage, IdReused, LostToAnother, NotFound, TooLong
from handoff.schema import conversation, message, turn
from handoff.storage import QueueChanged, TurnDue
from tests.record import Record, answer


def test_the_same_message_sent_twice_is_stored_once(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    first = record.do(messages.send, ana, talk, "client-id-a", "Where is it?")
    record.later(hours=24)
    again = record.do(messages.send, ana, talk, "client-id-a", "Where is it?")
    assert first.new
    assert not again.new
    assert again.message == first.message


def test_the_same_id_with_another_text_is_refused(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.do(messages.send, ana, talk, "client-id-a", "Where is it?")
    assert isinstance(record.refused(messages.send, ana, talk, "client-id-a", "Something else"), IdReused)


def test_seq_counts_without_a_hole(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    for number in range(5):
        record.says(ana, talk, f"line {number}")
    page = record.do(messages.messages_after, ana, talk, 2, 2)
    assert [each.seq for each in page.messages] == [3, 4]
    assert (page.more, page.head) == (True, 6)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", EmptyMessage),
        (" \n\t", EmptyMessage),
        ("\u200b\u200d\ufeff", EmptyMessage),
        ("a" * 4001, TooLong),
        ("😀" * 4001, TooLong),
        ("a\0b", BadCharacter),
        ("a\ud800b", BadCharacter),
    ],
)
def test_what_cannot_be_stored_is_refused_and_leaves_nothing(
    record: Record, text: str, refusal: type[DeskError]
) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    assert type(record.refused(messages.send, ana, talk, "client-id-a", text)) is refusal
    assert record.view(ana, talk).head == 1


def test_a_card_number_is_hidden_before_it_is_stored_and_ana_is_told(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "charge it to 4111 1111 1111 1111 please")
    assert "4111" not in "".join(row.text for row in record.rows(message))
    assert "[card number hidden]" in record.texts(ana, talk)[1]
    assert "card number" in record.texts(ana, talk)[2]


def test_a_message_to_a_closed_conversation_starts_its_successor(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "Thanks")
    record.do(closing.close_by_customer, ana, talk)
    said = record.do(messages.send, ana, talk, "client-id-b", "One more thing")
    again = record.do(messages.send, ana, talk, "client-id-b", "One more thing")
    assert said.message.conversation != talk
    assert not again.new
    assert again.message.conversation == said.message.conversation
    [row] = record.rows(conversation, id=said.message.conversation)
    assert (row.previous_id, row.state) == (talk, "with_bot")
    assert TurnDue(row.id) not in record.told  # the repeat asks nothing of the bot
    assert len(record.rows(turn, conversation_id=row.id)) == 1


def test_a_pressed_button_gives_the_bot_its_payload_and_people_its_title(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "where's my package")
    offered = {"messages": [{"text": "Which one?", "buttons": [{"title": "A-123456", "payload": "/inform_order"}]}]}
    asked = record.leased(talk)
    record.do(accepted, asked, answer(asked, **offered))
    button = record.do(messages.messages_after, ana, talk, 2, 10).messages[0].buttons[0]
    pressed = record.do(messages.press, ana, talk, "client-id-p", button.id).message
    assert pressed.text == "A-123456"
    assert "/inform_order" not in str(record.do(messages.messages_after, ana, talk, 0, 10))
    assert (record.leased(talk).payload, pressed.buttons) == ("/inform_order", [])


def test_a_button_of_another_conversation_is_not_there(record: Record) -> None:
    ana, bob = record.customer("Ana"), record.customer("Bob")
    talk, bobs = record.opened(ana), record.opened(bob)
    record.says(bob, bobs, "hi")
    asked = record.leased(bobs)
    record.do(
        accepted, asked, answer(asked, messages=[{"text": "?", "buttons": [{"title": "Yes", "payload": "/affirm"}]}])
    )
    button = record.do(messages.messages_after, bob, bobs, 2, 10).messages[0].buttons[0]
    assert isinstance(record.refused(messages.press, ana, talk, "client-id-p", button.id), NotFound)


def test_ruths_reply_reaches_ana_with_her_name(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.replies(ruth, talk, "Hello Ana, I'm looking.")
    said = record.do(messages.messages_after, ana, talk, 0, 50).messages[-1]
    assert (said.author.kind, said.author.name, said.text) == ("rep", "Ruth", "Hello Ana, I'm looking.")


def test_sam_cannot_speak_in_ruths_conversation(record: Record) -> None:
    ana, ruth, sam = record.customer("Ana"), record.rep("Ruth"), record.rep("Sam")
    talk = record.held(ana, ruth)
    assert isinstance(record.refused(messages.reply, sam, talk, "client-id-s", "hi"), NotFound)


def test_a_rep_who_lost_the_conversation_is_told_who_has_it(record: Record) -> None:
    ana, ruth, sam = record.customer("Ana"), record.rep("Ruth"), record.rep("Sam")
    talk = record.held(ana, ruth)
    record.do(rep_queue.release, ruth, talk)
    record.do(rep_queue.claim, sam, talk)
    refusal = record.refused(messages.reply, ruth, talk, "client-id-r", "still me")
    assert isinstance(refusal, LostToAnother)
    assert "Sam is helping" in refusal.words


def test_a_repeated_reply_stays_harmless_after_the_conversation_moved_on(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    first = record.do(messages.reply, ruth, talk, "client-id-r", "On it.")
    record.do(rep_queue.release, ruth, talk)
    again = record.do(messages.reply, ruth, talk, "client-id-r", "On it.")
    assert (again.new, again.message.seq) == (False, first.message.seq)


def accepted(tx, asked, said):  # type: ignore[no-untyped-def]
    from handoff import turns

    assert turns.accept(tx, asked, said, 5)


def test_the_reps_lists_follow_what_ana_says_once_a_person_is_wanted(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.opened(ana)
    record.says(ana, talk, "to the bot")
    assert QueueChanged() not in record.told
    record.do(rep_queue.ask_for_person, ana, talk)
    record.says(ana, talk, "while waiting")
    assert QueueChanged() in record.told
    record.do(rep_queue.claim, ruth, talk)
    record.says(ana, talk, "to Ruth")
    assert QueueChanged() in record.told
