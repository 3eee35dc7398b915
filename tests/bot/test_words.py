"""The examples, rules and responses are what the bot promises; that they agree with each other: `proofread/`."""

import re
from collections import Counter
from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.utils.io import read_yaml_file

from bot.choose_threshold import OUT
from bot.decided import BY_RULE
from bot.order_numbers import found_in, is_bare
from bot.turn_request import checked_payload

SUBJECTS = {"everyday", "orders", "returns", "billing", "devices", "coins", "handoff"}
HELP = {
    *("track_package", "late_delivery", "delivered_not_received", "cancel_order", "change_address", "return_item"),
    *("refund_status", "charge_after_return", "billing_question", "account_password", "email_setup", "device_help"),
    *("digital_content", "missing_coins", "talk_to_human", "complaint"),
}
CHAT = {
    *("thanks", "greet", "goodbye", "affirm", "deny", "bot_challenge", "small_talk", "abuse", "never_mind"),
    *("one_moment", "explain", OUT),
}
LEARNT = HELP | CHAT
DETAILS = {intent for intent in BY_RULE if intent.startswith("inform_")}


@pytest.fixture(scope="module")
def messages():
    return load_data("data/nlu").intent_examples


@pytest.fixture(scope="module")
def rules():
    return [rule for path in Path("data/rules").glob("*.yml") for rule in read_yaml_file(path)["rules"]]


def plain(text):
    """Without case and punctuation; an emoji stays."""
    return re.sub(r"\W+", " ", text.lower()).strip() or text


def answers_at_once(rules):
    """Intent → what follows it, of the rules that begin with an intent whatever was asked."""
    at_once = [rule["steps"] for rule in rules if "intent" in rule["steps"][0] and "condition" not in rule]
    return {first["intent"]: second["action"] for first, second, *_ in at_once}


def texts_by_intent(messages):
    """Intent → its examples."""
    texts = {}
    for message in messages:
        texts.setdefault(message.get("intent"), []).append(message.get("text"))
    return texts


def lengths(texts):
    """The number of words of each text."""
    return [len(text.split()) for text in texts]


def test_each_intent_has_examples_enough(messages):
    counts = Counter(message.get("intent") for message in messages)
    assert set(counts) == LEARNT | BY_RULE
    assert {intent: counts[intent] for intent in LEARNT | DETAILS if counts[intent] < 40} == {}
    assert {intent: counts[intent] for intent in HELP if counts[intent] < 60} == {}
    assert counts[OUT] >= 250


def test_examples_begin_in_many_ways(messages):
    for intent, texts in texts_by_intent(messages).items():
        beginnings = {tuple(plain(text).split()[:3]) for text in texts}
        assert intent in BY_RULE or len(beginnings) >= 0.75 * len(texts), intent


def test_wishes_are_put_in_a_few_words_and_in_stories(messages):
    texts = texts_by_intent(messages)
    for intent in HELP:
        assert sum(length <= 3 for length in lengths(texts[intent])) >= 3, intent
        assert sum(length >= 20 for length in lengths(texts[intent])) >= 3, intent


def test_a_bare_order_number_is_one_to_the_rule_and_no_other_example_is(messages):
    for message in messages:
        text, intent = message.get("text"), message.get("intent")
        assert intent in BY_RULE - {"inform_order"} or is_bare(text, found_in(text)) == (intent == "inform_order"), text


def test_each_intent_is_answered_at_once(rules, domain):
    assert set(answers_at_once(rules)) >= LEARNT | BY_RULE | {"nlu_fallback"}
    assert set(domain.intents) >= LEARNT | BY_RULE


def test_buttons_of_responses_are_ones_that_the_channel_lets_through(domain):
    for variations in domain.responses.values():
        for button in (button for variation in variations for button in variation.get("buttons", [])):
            assert checked_payload(button["payload"], domain) == button["payload"]


def test_nobody_is_shouted_at(domain):
    for variations in domain.responses.values():
        assert all("!" not in variation["text"] for variation in variations)


def test_a_subject_has_one_name_in_every_folder():
    assert {path.stem for path in Path("data/nlu").glob("*.yml")} == SUBJECTS
    assert {path.stem for path in Path("data/rules").glob("*.yml")} == SUBJECTS
    assert {path.stem for path in Path("domain").glob("*.yml")} == SUBJECTS | {"session"}
    assert {path.stem for path in Path("data/stories").glob("*.yml")} <= SUBJECTS
