"""Order numbers, tracking numbers and e-mail addresses, found by rules that a person can read."""

import re
from collections.abc import Iterator
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.decided import decide
from bot.rule_part import RulePart, only_gives, overlaps, replaced

# A-123456, a123456, "A 123 456", "A–123456"; ASCII digits only, and no longer run of letters or digits around it.
WITH_LETTER = re.compile(r"(?<![0-9A-Za-z])A[\s.–—-]{0,3}([0-9]{3})\s?([0-9]{3})(?![0-9A-Za-z])", re.IGNORECASE)
# "order 123456", "number is: 123456", "#123456", or the six digits alone: people leave the letter out.
WITHOUT_LETTER = re.compile(
    r"(?:\b(?:order|number|no)\b(?: number)?(?: is)?[\s:.#]{0,3}|#\s?|\A\s*)\b([0-9]{3})\s?([0-9]{3})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
# "LK9059335011GB", "1Z" and sixteen more; digits alone only if they're called so, since cards have as many.
TRACKING = re.compile(
    r"(?<![0-9A-Za-z])(?P<parcel>[A-Z]{2}(?:\s?[0-9]){8,11}\s?[A-Z]{2}|1Z(?:\s?[0-9A-Z]){16})(?![0-9A-Za-z])"
    r"|\btracking\b(?: (?:number|no|id|code)\b)?(?: is)?[\s:.#]{0,3}"
    r"(?P<digits>[0-9](?:\s?[0-9]){11,21})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
EMAIL = re.compile(r"(?<![\w.+@-])[\w.%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![\w@])", re.ASCII)
# Meant as a number, but not a right one: "A-12345", "AB 1234567", "4021".
NEARLY = re.compile(
    r"\s*(?:(?:order|number|no)\b[\s:.]*)*#?\s*(?:[A-Za-z]{1,3}[\s.–—-]{0,3}[0-9]{1,20}|[0-9][0-9\s-]{2,20})[.\s]*",
    re.IGNORECASE,
)
LONGEST_NUMBER = 100
"""Characters of a message that may be meant as nothing but a number."""
AROUND = frozenset(
    re.findall(
        r"\w+",
        "a address and can confirmation e email find hello here hi i is it its mail my no number of ok okay on order"
        " please receipt s says sorry sure thanks that the there this think under used was with yes you",
    )
)
"""Words that may stand around a number or an address without changing that the message only gives it."""

AROUND_TRACKING = AROUND | {"code", "id", "parcel", "package", "tracking"}

IN_WORDS = {"order_number": "my order", "tracking_number": "my parcel", "email": "my email"}
WORDS = "words"
"""Under this name a message carries its text with numbers and addresses put into words: what the classifier reads, so
that no digits of an example make a difference."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class OrderNumbers(RulePart):
    """Before the encoder: finds the entities and puts them into words for those that come after."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Put the examples into words too. (Rasa wires the graph by this parameter's name.)"""
        for message in training_data.training_examples:
            if message.get(TEXT):
                _put_into_words(message, found_in(message.get(TEXT)))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add `order_number` (written A-123456), `tracking_number` (no spaces) and `email` (lower-case)."""
        for message in messages:
            found = found_in(message.get(TEXT) or "")
            message.set(ENTITIES, (message.get(ENTITIES) or []) + found, add_to_output=True)
            _put_into_words(message, found)
        return messages


def found_in(text: str) -> list[dict[str, Any]]:
    """The entities in a text, in order of place; a second mention of one kind is kept too."""
    parcels = list(_tracking_numbers(text))
    numbers = list(_numbers(text, WITH_LETTER)) or list(_numbers(text, WITHOUT_LETTER))
    emails = [_entity("email", match.span(), match.group().lower()) for match in EMAIL.finditer(text)]
    found = parcels + emails + [number for number in numbers if not overlaps(number, parcels)]
    return sorted(found, key=lambda entity: entity["start"])


def in_words(text: str, found: list[dict[str, Any]]) -> str:
    """The text with each entity replaced by what people call it."""
    return replaced(text, found, IN_WORDS)


def is_bare(text: str, found: list[dict[str, Any]]) -> bool:
    """Whether a text only gives a number or an address (or tries to)."""
    if not found:
        return len(text) <= LONGEST_NUMBER and NEARLY.fullmatch(text) is not None
    of_parcel = any(entity["entity"] == "tracking_number" for entity in found)
    return only_gives(text, found, AROUND_TRACKING if of_parcel else AROUND)


def _put_into_words(message: Message, found: list[dict[str, Any]]) -> None:
    text = message.get(TEXT) or ""
    message.set(WORDS, in_words(text, found))
    if is_bare(text, found):
        decide(message, "inform_order")


def _numbers(text: str, pattern: "re.Pattern[str]") -> Iterator[dict[str, Any]]:
    for match in pattern.finditer(text):
        yield _entity("order_number", match.span(), f"A-{match.group(1)}{match.group(2)}")


def _tracking_numbers(text: str) -> Iterator[dict[str, Any]]:
    for match in TRACKING.finditer(text):
        group = str(match.lastgroup)
        yield _entity("tracking_number", match.span(group), re.sub(r"\s", "", match[group]).upper())


def _entity(kind: str, span: tuple[int, int], value: str) -> dict[str, Any]:
    return {"entity": kind, "start": span[0], "end": span[1], "value": value, "extractor": "OrderNumbers"}
