"""E-mail providers as people name them."""

import time

import pytest
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message

from bot.decided import DECIDED
from bot.providers import Providers, is_only_a_provider, providers_in


def named(text):
    return [entity["value"] for entity in providers_in(text)]


def decided(text):
    """The intent that the component decides for a text, if any."""
    (message,) = Providers().process([Message({"text": text})])
    return message.get(DECIDED)


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("gmail", "gmail"),
        ("It's a Gmail account", "gmail"),
        ("g mail", "gmail"),
        ("google mail please", "gmail"),
        ("hotmail.co.uk", "outlook"),
        ("outlook", "outlook"),
        ("I use live.com", "outlook"),
        ("msn", "outlook"),
        ("Yahoo", "yahoo"),
        ("ymail", "yahoo"),
        ("my iCloud", "icloud"),
        ("its @me.com", "icloud"),
        ("aol", "aol"),
        ("a work one", "other"),
        ("my work email", "other"),
        ("school", "other"),
    ],
)
def test_a_message_that_only_names_a_provider_informs(text, provider):
    assert named(text) == [provider]
    assert decided(text) == "inform_provider"


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("how do I get my hotmail on the tablet", "outlook"),
        ("yahoo mail doesnt open on the new phone", "yahoo"),
        ("icloud mail on android possible?", "icloud"),
        ("I forgot the password of my gmail", "gmail"),
    ],
)
def test_a_provider_is_found_in_a_message_that_wants_something(text, provider):
    assert named(text) == [provider]
    assert decided(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "it didn't work",
        "no, it doesn't work",
        "I'm at work all day, leave it with the neighbours",
        "live chat",
        "the gaol tour",
        "I live.in Leeds",
        "where is my order",
        "",
    ],
)
def test_what_names_no_provider_is_left_alone(text):
    assert named(text) == []
    assert decided(text) is None


def test_an_address_tells_its_provider_but_stays_an_address():
    assert named("ana@gmail.com") == ["gmail"]
    assert decided("ana@gmail.com") is None


def test_two_providers_are_both_found():
    assert named("gmail and yahoo") == ["gmail", "yahoo"]


def test_each_example_of_naming_a_provider_names_one():
    examples = [m.get("text") for m in load_data("data/nlu").intent_examples if m.get("intent") == "inform_provider"]
    assert len(examples) >= 15
    assert [text for text in examples if not is_only_a_provider(text, providers_in(text))] == []


@pytest.mark.parametrize("text", ["work " * 800, "g " * 2000, "gmail" * 800, "a" * 4000, "live." * 800], ids=range(5))
def test_no_text_makes_the_patterns_run_away(text):
    started = time.perf_counter()
    is_only_a_provider(text, providers_in(text))
    assert time.perf_counter() - started < 5, "a pattern needs more than linear time"
