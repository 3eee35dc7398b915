"""Days, amounts and places that a customer mentions."""

import pytest
import spacy
from rasa.shared.nlu.training_data.message import Message

from bot.things_named import NOT_NEEDED, PIPELINE, ThingsNamed


@pytest.fixture(scope="module")
def names():
    component = ThingsNamed(spacy.load(PIPELINE, exclude=NOT_NEEDED))

    def named(text, known=()):
        (message,) = component.process([Message({"text": text, "entities": list(known)})])
        return message.get("entities")

    return named


def test_an_amount_keeps_its_sign_and_a_day_its_words(names):
    text = "You charged me $14.99 last Tuesday"
    found = names(text)
    assert [(e["entity"], e["value"]) for e in found] == [("amount", "$14.99"), ("day", "last Tuesday")]
    assert all(text[e["start"] : e["end"]] == e["value"] for e in found)


def test_a_place_is_found_and_a_name_is_left_alone(names):
    found = [(e["entity"], e["value"]) for e in names("My name is Joan Smith and I live in London.")]
    assert found == [("place", "London")]


def test_an_order_number_is_not_taken_for_a_day(names):
    number = {"entity": "order_number", "start": 6, "end": 14, "value": "A-123456"}
    assert names("order A-123456 please", [number]) == [number]


@pytest.mark.parametrize("text", ["", "\\", "👍", "x" * 4000, "£" * 4000, "a b " * 1000], ids=range(6))
def test_in_strange_text_only_what_is_there_is_named(names, text):
    assert all(thing["value"] == text[thing["start"] : thing["end"]] for thing in names(text))


def test_of_a_long_text_only_the_beginning_is_read(names):
    assert names("I live in London. " + "and so on " * 300 + " I live in Paris.") == names("I live in London.")
