"""A yes counts for the question that Ana has read: never for one that came after it, or was left for a person."""

from typing import Any

import pytest

from handoff import messages, rep_queue, turns
from handoff.people import Customer
from handoff.turns import Turn
from tests.record import Record, answer

FORGET = {"event": "slot", "name": "asked", "value": None}
HELPED = {"text": "Did that solve it?", "buttons": [{"title": "Yes", "payload": "/affirm"}]}
CANCEL = {"text": "Shall I ask the shop to cancel it?", "buttons": [{"title": "Yes, cancel it", "payload": "/affirm"}]}


@pytest.fixture
def ana(record: Record) -> Customer:
    return record.customer("Ana")


@pytest.fixture
def talk(record: Record, ana: Customer) -> str:
    return record.opened(ana)


def test_ana_answers_the_question_that_she_read(record: Record, ana: Customer, talk: str) -> None:
    asks(record, ana, talk, CANCEL)
    record.says(ana, talk, "yes")
    assert not is_forgotten(record.leased(talk))


def test_ana_presses_the_button_under_the_question(record: Record, ana: Customer, talk: str) -> None:
    asks(record, ana, talk, HELPED)
    button = asks(record, ana, talk, CANCEL)
    record.do(messages.press, ana, talk, "client-id-p", button)
    assert not is_forgotten(record.leased(talk))


def test_an_old_yes_pressed_at_another_question_is_no_yes_to_it(record: Record, ana: Customer, talk: str) -> None:
    button = asks(record, ana, talk, HELPED)
    asks(record, ana, talk, CANCEL)
    record.do(messages.press, ana, talk, "client-id-p", button)
    assert is_forgotten(record.leased(talk))


def test_a_yes_written_before_the_question_is_no_yes_to_it(record: Record, ana: Customer, talk: str) -> None:
    record.says(ana, talk, "cancel my order")
    asked = record.leased(talk)
    record.says(ana, talk, "yes")
    record.do(turns.accept, asked, answer(asked, messages=[CANCEL]), 5)
    assert is_forgotten(record.leased(talk))


def test_a_yes_after_waiting_for_a_person_is_no_yes_to_the_bot(record: Record, ana: Customer, talk: str) -> None:
    asks(record, ana, talk, CANCEL)
    record.do(rep_queue.ask_for_person, ana, talk)
    record.do(rep_queue.stop_waiting, ana, talk)
    record.says(ana, talk, "yes")
    assert is_forgotten(record.leased(talk))


def test_a_yes_said_again_after_the_bot_failed_still_counts(record: Record, ana: Customer, talk: str) -> None:
    asks(record, ana, talk, CANCEL)
    record.says(ana, talk, "yes")
    record.do(turns.give_up, record.leased(talk), "timeout", 8000)
    record.says(ana, talk, "yes")
    assert not is_forgotten(record.leased(talk))


def test_what_was_forgotten_stays_forgotten(record: Record, ana: Customer, talk: str) -> None:
    button = asks(record, ana, talk, HELPED)
    asks(record, ana, talk, CANCEL)
    record.do(messages.press, ana, talk, "client-id-p", button)
    asked = record.leased(talk)
    record.do(turns.accept, asked, answer(asked, "What can I do for you?"), 5)
    record.says(ana, talk, "yes")
    assert [event["name"] for event in record.leased(talk).state if event["event"] == "slot"] == ["asked"]


def asks(record: Record, ana: Customer, talk: str, question: dict[str, Any]) -> str:
    """Ana writes and the bot asks; the id of the question's button."""
    record.says(ana, talk, "my order")
    asked = record.leased(talk)
    record.do(turns.accept, asked, answer(asked, messages=[question]), 5)
    page = record.do(messages.messages_after, ana, talk, 0, 200)
    return str(page.messages[-1].buttons[0].id)


def is_forgotten(asked: Turn) -> bool:
    """Whether the bot is told to forget its question."""
    return bool(asked.state) and FORGET.items() <= asked.state[-1].items()
