"""What a customer knows of a charge, its amount or its day; a message of nothing else is decided by rule."""

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.amounts import amounts_in
from bot.days import days_in
from bot.decided import decide
from bot.rule_part import RulePart, only_gives, overlaps

READ = 1_000
"""Characters of a message that are looked at."""
AROUND = frozenset(
    re.findall(
        r"\w+",
        "a about actually almost amount and approx around at bank be been card charge charged day from i in is it its"
        " just like looks maybe my of ok okay on one or payment probably roughly s says some statement sure taken that"
        " the then there they think this time to took was were yes you",
    )
)
"""Words that may stand around an amount or a day without changing that the message only gives it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ChargeDetails(RulePart):
    """After the order numbers, before the encoder: adds the entities `amount` and `day`."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add `amount` (written 14.99 or 14.99 GBP) and `day` (as the customer wrote it) to each message's entities."""
        for message in messages:
            text, known = message.get(TEXT) or "", message.get(ENTITIES) or []
            found = details_in(text, known)
            message.set(ENTITIES, known + found, add_to_output=True)
            if is_bare(text, found, known):
                decide(message, "inform_charge")
        return messages


def details_in(text: str, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The amounts and days of a text in order of place; what is part of something known, or of a day, is no amount."""
    days = _beside(days_in(text[:READ]), known)
    return sorted(days + _beside(amounts_in(text[:READ]), known + days), key=lambda detail: detail["start"])


def is_bare(text: str, found: list[dict[str, Any]], known: list[dict[str, Any]]) -> bool:
    """Whether a text only gives an amount or a day, perhaps with an order number beside it."""
    return bool(found) and len(text) <= READ and only_gives(text, found + known, AROUND)


def _beside(found: list[dict[str, Any]], known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [new for new in found if not overlaps(new, known)]
