"""Postal addresses, found by rules that a person can read: a house number with a street, a postcode, a PO box."""

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.decided import decide
from bot.rule_part import RulePart

LONGEST = 300
STREETS = (
    "street|st|str|road|rd|lane|ln|avenue|ave|close|drive|dr|way|court|ct|crescent|place|pl|row|hill|square|sq|terrace"
    "|gardens|gdns|grove|park|mews|walk|green|boulevard|blvd|highway|parade|quay|wharf|rise|yard|alley|circle|parkway"
)
NO_STREET_NAME = (
    "days?|weeks?|months?|years?|hours?|hrs?|minutes?|mins?|times?|items?|orders?|parcels?|packages?|boxes|people|in|on|of|a|an|the"
    "|my|is|are|was|and|or|for|to|from|at|by|more|long|business|working"
)
HOUSE = rf"\b[0-9]{{1,5}}[a-z]?,?\s+(?:(?!(?:{NO_STREET_NAME})\b)[^\W\d_][\w'’.-]*\s+){{1,3}}(?:{STREETS})\b"
POSTCODE = r"\b[a-z]{1,2}[0-9][a-z0-9]?\s?[0-9][a-z]{2}\b|\b[a-z]{2}\s[0-9]{5}\b|\b[0-9]{5}\s(?=[A-Za-z])"
STREET_FIRST = r"\b[^\W\d_]{3,}(?:str\.?|straße|strasse|gasse|laan|straat|weg)\s+[0-9]{1,4}\b"
PO_BOX = r"\bp\.?\s?o\.?\s?box\s+[0-9]+"
ADDRESS = re.compile("|".join((HOUSE, STREET_FIRST, PO_BOX, POSTCODE)), re.IGNORECASE)
LEAD = re.compile(
    r"""\W* (?:(?:hi|hello|hey|ok|okay|yes|yeah|no|sorry|please|pls|actually|well|sure) \b \W*)*
    (?: (?:(?:can|could|will)\ (?:you|u)\s+)? (?:please\s+)?
          (?:send|deliver|ship|post|change|update|redirect|bring|make) \b
          (?: \s+ (?:it|them|this|that|everything|(?:my|the)\ (?:order|parcel|package|address)) )?
          (?: \s+ (?:to|at) )? (?!\w)
      | (?:it|this|that|they) \s+ (?:should|must|needs?\ to|has\ to|can) \s+ (?:go|be\ sent|come|be)
          (?: \s+ (?:to|at) )? \b
      | (?:(?:my|the|our|new|right|correct|full|delivery|shipping)\s+)* address \s*
          (?: \b (?:is|should\ be|would\ be) )?
      | (?:it'?s|to|at|here(?:\ it\ is|\ you\ go)?) \b
    )? [\s,:]*""",
    re.IGNORECASE | re.VERBOSE,
)
"""What people write before the address itself."""
TAIL = re.compile(
    r"[\s,.]*(?:\b(?:instead|please|pls|thanks|thank you|thx|ta|if possible)\b[\s,.!]*)*\Z", re.IGNORECASE
)
SENTENCE = frozenset(
    re.findall(
        r"\w+",
        "address are because can delivered do had has have how i is it m moved my not order package parcel please said"
        " says send t ve was we what when where why you your",
    )
)
"""Before the house number these make it a sentence in which an address occurs, not an address."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Addresses(RulePart):
    """Adds the entity `address`; a message that only gives one gets the intent `inform_address`."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            found, is_bare = address_in(text)
            message.set(ENTITIES, (message.get(ENTITIES) or []) + found, add_to_output=True)
            if is_bare:
                decide(message, "inform_address")
        return messages


def address_in(text: str) -> tuple[list[dict[str, Any]], bool]:
    """The address in a text as an entity, if there's one, and whether the text says nothing else."""
    start = _after_lead(text)
    found = ADDRESS.search(text, start) if len(text) <= LONGEST else None
    if not found:
        return [], False
    end = TAIL.search(text).start()
    sentence = SENTENCE.intersection(re.findall(r"\w+", text[start : found.start()].lower()))
    if sentence:
        return [_entity(text, found.start(), end)], False
    return [_entity(text, start, end)], "?" not in text


def _after_lead(text: str) -> int:
    lead = LEAD.match(text[:LONGEST])
    return lead.end() if lead else 0


def _entity(text: str, start: int, end: int) -> dict[str, Any]:
    return {"entity": "address", "start": start, "end": end, "value": text[start:end], "extractor": "Addresses"}
