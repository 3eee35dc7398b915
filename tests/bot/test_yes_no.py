"""A plain yes or no at the start of a message, and what only looks like one."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.yes_no import YesNo, opening_of


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("yes", "yes"),
        ("Yes, cancel it please", "yes"),
        ("ok do it", "yes"),
        ("…yeah send it there", "yes"),
        ("found it!", "yes"),
        ("got it, it was at number 9", "yes"),
        ("found it hard to believe, still nothing here", None),
        ("no", "no"),
        ("Don't cancel it", "no"),
        ("dont cancel", "no"),
        ("no, the neighbours haven't got it", "no"),
        ("yes but not the lamp", None),
        ("ok don’t cancel it", None),
        ("ok wait", None),
        ("yes I don't want it", None),
        ("no problem, cancel it", None),
        ("cancel it, yes", None),
        ("yesterday I ordered a lamp", None),
        ("nothing came", None),
        ("okra seeds", None),
        ("", None),
    ],
)
def test_only_a_plain_yes_or_no_counts(text, opening):
    assert opening_of(text) == opening


def heard(text, intent="nlu_fallback", yes_or_no=True):
    """What becomes of a message's intent."""
    message = Message({"text": text, "intent": {"name": intent}, "metadata": {"yes_or_no": yes_or_no}})
    return YesNo().process([message])[0].get("intent")["name"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("yes both of them on that day", "affirm"),
        ("yes tidepool", "affirm"),
        ("no, the green one over there", "deny"),
        ("both of them", "nlu_fallback"),
        ("yes but the other one", "nlu_fallback"),
        ("ok a person then", "nlu_fallback"),
        ("ok and how long is that", "nlu_fallback"),
        ("no?", "nlu_fallback"),
        ("yes I told your colleague all of this on the phone last week", "nlu_fallback"),
    ],
)
def test_what_isnt_understood_after_a_yes_or_no_question_is_the_answer_it_opens_with(text, intent):
    assert heard(text) == intent


def test_it_is_no_answer_without_such_a_question_or_where_something_else_was_understood():
    assert heard("yes both of them", yes_or_no=False) == "nlu_fallback"
    assert heard("yes refund the second one", intent="refund_status") == "refund_status"
