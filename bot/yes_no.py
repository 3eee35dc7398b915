"""Whether a message opens with a plain yes or no: "yes, cancel it" is likelier to be heard as the wish to cancel."""

import re

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.intent_classifier import FALLBACK
from bot.rule_part import RulePart

OPENING = "opening"
YES_OR_NO = "yes_or_no"
"""The channel sets this in a message's metadata where the open question can be answered with yes or no."""
NO_BUTTON = "/deny"
YES = re.compile(
    r"\W*(?:yes|yeah|yep|yup|yea|ye|aye|sure|ok|okay|of course|go ahead|please do|found (?:it|them)|got it)\b",
    re.IGNORECASE,
)
NO = re.compile(r"\W*(?:no|nope|nah|not|never|don[’']?t|do not)\b", re.IGNORECASE)
NEGATION = re.compile(
    r"\b(?:no|nope|nah|not|never|but|wait|instead|still|missing|gone)\b|n[’']t\b|\b(?:dont|doesnt|didnt|cant|wont)\b",
    re.IGNORECASE,
)
"""Anything that may turn a yes round."""
FINE = re.compile(r"\W*no\W+(?:worries|problem|prob|doubt)\b", re.IGNORECASE)
"""A no that is none."""
ASKS = re.compile(r"\?|\b(?:how|what|whats|when|where|who|why|which|can|could|will|would|then)\b", re.IGNORECASE)
"""What a mere answer doesn't have: a question back, or a wish after it ("ok a person then")."""
LONGEST_ANSWER = 9
"""Words of a message that is an answer and nothing more."""
ANSWERS = {"yes": "affirm", "no": "deny"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class YesNo(RulePart):
    """Says of each message how it opens, under the name `opening`; a yes with a negation after it is neither.

    After a question that can be answered so, what isn't understood otherwise is taken for the answer it opens with.
    """

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at the opening of each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            message.set(OPENING, opening_of(text), add_to_output=True)
            if (message.get(METADATA) or {}).get(YES_OR_NO) and (answer := answer_in(text)):
                _take_for(message, ANSWERS[answer])
        return messages


def opening_of(text: str) -> str | None:
    """`yes`, `no`, or None if the text opens with neither."""
    yes = YES.match(text)
    if yes and not NEGATION.search(text, yes.end()):
        return "yes"
    return "no" if NO.match(text) and not FINE.match(text) else None


def answer_in(text: str) -> str | None:
    """`yes` or `no` if the text is no more than an answer that opens so: "yes, both of them"."""
    return None if ASKS.search(text) or len(text.split()) > LONGEST_ANSWER else opening_of(text)


def _take_for(message: Message, answer: str) -> None:
    intent = message.get(INTENT) or {}
    if intent.get(INTENT_NAME_KEY) == FALLBACK:
        message.set(INTENT, {**intent, INTENT_NAME_KEY: answer}, add_to_output=True)
