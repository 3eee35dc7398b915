"""Two requests in one message are told apart; a long story about one parcel stays one."""

import pytest
from rasa.shared.core.constants import DEFAULT_INTENTS

from bot.decided import BY_RULE
from bot.example_model import Understanding
from bot.several import CUT, LONGEST, POLITE, REQUESTS, Asked, asked_for, halves_of

TALK = POLITE | {
    *("complaint", "abuse", "bot_challenge", "small_talk", "never_mind", "one_moment", "explain", "out_of_scope"),
    "talk_to_human",
}
"""What nobody asks for beside something else."""


def heard(intent, confidence=0.4):
    return Understanding([(intent, confidence), ("rest", 0.1)], [])


def asked(whole, *halves):
    return asked_for(whole, list(halves), threshold=0.05, clear=0.25)


def test_each_intent_of_the_domain_is_a_request_or_mere_talk(domain):
    learnt = set(domain.intents) - set(DEFAULT_INTENTS) - BY_RULE - {"nlu_fallback"}
    assert learnt | {"out_of_scope"} == REQUESTS | TALK


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("it's late and I was charged twice", [("it's late", "I was charged twice")]),
        ("hi\nwhere is my parcel", [("hi", "where is my parcel")]),
        ("Cancel it. Also, my coins", [("Cancel it.", "Also, my coins")]),
        ("where is it, plus my tablet is dead", [("where is it", "my tablet is dead")]),
        ("where is my parcel", []),
        ("\n \n", []),
        ("bread and", []),
        ("", []),
    ],
)
def test_a_message_is_cut_where_people_begin_anew(text, halves):
    assert halves_of(text) == halves


def test_sentences_are_cut_rather_than_conjunctions():
    text = "I and my wife and her mother and I waited. Where is it?"
    assert halves_of(text) == [("I and my wife and her mother and I waited.", "Where is it?")]


def test_a_story_is_not_read_in_all_its_halves():
    assert len(halves_of("It is late. " * 10)) == 3
    assert halves_of("It is late. " * LONGEST) == []


def test_two_clear_requests_are_answered_in_their_order():
    answer = asked(heard("billing_question", 0.3), (heard("late_delivery", 0.3), heard("billing_question", 0.5)))
    assert answer == Asked(
        [("late_delivery", 0.3), ("billing_question", 0.3), ("rest", 0.1)], ["billing_question"], True
    )


def test_the_clearest_cut_counts():
    unclear, clear = heard("device_help", 0.26), heard("missing_coins", 0.5)
    answer = asked(heard("cancel_order", 0.2), (unclear, clear), (heard("cancel_order", 0.4), clear))
    assert (answer.ranking[0][0], answer.also) == ("cancel_order", ["missing_coins"])


@pytest.mark.parametrize(
    ("whole", "halves"),
    [
        (heard("late_delivery", 0.3), (heard("track_package", 0.5), heard("late_delivery", 0.5))),  # one matter
        (heard("late_delivery", 0.3), (heard("late_delivery", 0.4), heard("billing_question", 0.2))),  # not clear
        (heard("late_delivery", 0.6), (heard("cancel_order", 0.5), heard("late_delivery", 0.6))),  # the whole is surer
        (heard("late_delivery", 0.3), (heard("late_delivery", 0.5), heard("complaint", 0.6))),  # no second request
        (heard("out_of_scope", 0.5), (heard("out_of_scope", 0.5), heard("track_package", 0.5))),
    ],
)
def test_one_request_is_not_torn_apart(whole, halves):
    assert asked(whole, halves) == Asked(whole.ranking, [], True)


def test_a_greeting_does_not_hide_the_request_after_it():
    answer = asked(heard("greet", 0.5), (heard("greet", 0.9), heard("track_package", 0.4)))
    assert answer == Asked([("track_package", 0.4), ("greet", 0.5), ("rest", 0.1)], [], True)


def test_an_unclear_whole_stays_unclear():
    halves = (heard("complaint", 0.2), heard("track_package", 0.4))
    answer = asked(heard("track_package", 0.1), halves)
    assert (answer.ranking[0], answer.believed) == (("track_package", 0.1), False)


def test_a_message_without_halves_is_what_it_is():
    assert asked(heard("greet")) == Asked(heard("greet").ranking, [], True)


def test_a_long_gap_between_words_is_read_in_one_go():
    gap = " " * 4_000  # trying each way through it would take minutes
    assert [cut.group().strip() for cut in CUT.finditer(f"it's late{gap}x{gap}and{gap}I was charged twice")] == ["and"]
