"""Whether a message opens with a plain yes or no: "yes, cancel it" is likelier to be heard as the wish to cancel."""

import re

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.rule_part import RulePart

OPENING = "opening"
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


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class YesNo(RulePart):
    """Says of each message how it opens, under the name `opening`; a yes with a negation after it is neither."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at the opening of each message."""
        for message in messages:
            message.set(OPENING, opening_of(message.get(TEXT) or ""), add_to_output=True)
        return messages


def opening_of(text: str) -> str | None:
    """`yes`, `no`, or None if the text opens with neither."""
    yes = YES.match(text)
    if yes and not NEGATION.search(text, yes.end()):
        return "yes"
    return "no" if NO.match(text) and not FINE.match(text) else None
