"""Braces in a writer's response hold a field's name, and can't show anything else."""

import asyncio
import logging

import pytest
from rasa.shared.core.events import BotUttered, SlotSet
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlg import PlainResponses, rendered
from bot.turn import Turn, current

HOSTILE = [
    "{}",
    "{0}",
    "{x",
    "x}",
    "{{order_number}}",
    "{order_number.__class__}",
    "{x[0]}",
    "{x].__class__.__mro__[1]}",
]
HOSTILE += ["{order_number!r}", "{order_number:>99999}", "{ order_number }", "{email}", "{ORDER_NUMBER}", "${HOME} {}"]


def slots(*names):
    return [TextSlot(name, mappings=[]) for name in names]


def tracker(*events, email="ana@example.com", order_number="A-123456"):
    given = [SlotSet("email", email), SlotSet("order_number", order_number)]
    return DialogueStateTracker.from_events("ana", [*given, *events], slots=slots("email", "order_number"))


def say(template, on=None, **fields):
    responses = PlainResponses()
    responses.responses = {"utter_x": template if isinstance(template, list) else [{"text": template}]}
    return asyncio.run(responses.generate("utter_x", on or tracker(), "baton", **fields))


def test_a_field_that_the_action_gives_is_filled_in():
    assert say("Due {expected}.", expected="on Friday")["text"] == "Due on Friday."


def test_a_number_can_be_a_field():
    assert say("{parcels} parcels", parcels=2)["text"] == "2 parcels"


def test_the_order_number_is_a_slot_that_may_be_shown():
    assert say("Order {order_number}")["text"] == "Order A-123456"


def test_what_the_action_says_beats_the_slot():
    assert say("Order {order_number}", order_number="A-999999")["text"] == "Order A-999999"


@pytest.mark.parametrize("template", HOSTILE)
def test_anything_else_in_braces_is_shown_as_it_is_and_logged(template, caplog):
    with caplog.at_level(logging.ERROR):
        said = say(f"Order {{order_number}} {template}")["text"]
    assert said == f"Order {{order_number}} {template}"
    assert "utter_x" in caplog.text
    assert "ana@example.com" not in said + caplog.text


def test_a_value_is_never_a_template():
    assert say("By {carrier}", carrier="{email} {order_number} {}")["text"] == "By {email} {order_number} {}"


def test_a_slot_that_is_not_set_is_not_shown_as_nothing():
    assert say("Order {order_number}", on=tracker(order_number=None))["text"] == "Order {order_number}"


def test_titles_of_buttons_are_filled_in_and_payloads_are_left_alone():
    payload = '/inform_order{"order_number":"A-123456"}'
    response = {"text": "Which?", "buttons": [{"title": "Order {order_number}", "payload": payload}]}
    (button,) = say([response])["buttons"]
    assert button == {"title": "Order A-123456", "payload": payload}


def test_a_response_said_again_takes_its_next_variation():
    said_once = BotUttered("One", metadata={"utter_action": "utter_x"})
    variations = [{"text": "One"}, {"text": "Two"}]
    assert say(variations)["text"] == "One"
    assert say(variations, on=tracker(said_once))["text"] == "Two"
    assert say(variations, on=tracker(said_once, said_once))["text"] == "One"


def test_filling_in_leaves_the_domain_untouched():
    variations = [{"text": "Order {order_number}"}]
    say(variations)
    assert variations == [{"text": "Order {order_number}"}]


def test_a_response_that_does_not_exist_fails_the_turn():
    turn = Turn(tracker())

    async def generate():
        current.set(turn)
        return await PlainResponses().generate("utter_nothing", tracker(), "baton")

    assert asyncio.run(generate()) is None
    assert turn.trouble == ["response: utter_nothing"]


def test_text_without_braces_is_itself():
    assert rendered("100 % sure, 5 < 6 & $HOME", {}) == "100 % sure, 5 < 6 & $HOME"
