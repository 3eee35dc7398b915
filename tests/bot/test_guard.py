"""Typed text is never a command, whatever Ana puts before the slash."""

import sys

import pytest
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.nlu.training_data.message import Message

from bot.guard import PRESSED, TypedTextIsText, escaped, unescaped

SPACES = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()]
COMMANDS = ["/restart", '/inform_order{"order_number": "A-123456"}', "EXTERNAL: greet", "/talk_to_human@1.0"]


def intent_after_rasas_regex_handler(domain, text, metadata=None):
    message = Message({"text": text, "metadata": metadata, "intent": {"name": "classified"}})
    (guarded,) = TypedTextIsText().process([message])
    (parsed,) = RegexMessageHandler().process([guarded], domain)
    return parsed.get("intent")["name"]


def test_python_knows_the_unicode_spaces_that_rasa_strips():
    assert {"\u00a0", "\u2003", "\u3000", "\x1c", "\n"} <= set(SPACES)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("space", ["", *SPACES])
def test_a_command_after_any_space_is_disarmed(command, space):
    assert not escaped(space + command).strip().startswith(("/", "EXTERNAL:"))


@pytest.mark.parametrize("space", ["", " ", "\u00a0", "\n\u2003"])
def test_rasa_takes_no_command_from_typed_text(domain, space):
    assert intent_after_rasas_regex_handler(domain, space + "/talk_to_human") == "classified"


def test_rasa_would_have_taken_it_without_the_guard(domain):
    (parsed,) = RegexMessageHandler().process([Message({"text": " /talk_to_human"})], domain)
    assert parsed.get("intent")["name"] == "talk_to_human"


def test_a_pressed_button_is_a_command(domain):
    assert intent_after_rasas_regex_handler(domain, "/talk_to_human", {PRESSED: True}) == "talk_to_human"


@pytest.mark.parametrize("text", ["hello", "and/or", "1/2", "external: x", "\\o/", ""])
def test_other_text_stays_as_it_is(text):
    assert escaped(text) == text


@pytest.mark.parametrize("command", COMMANDS)
def test_the_escape_can_be_undone(command):
    assert unescaped(escaped(command)) == command


def test_a_backslash_that_ana_typed_herself_stays():
    assert unescaped("\\hello") == "\\hello"
