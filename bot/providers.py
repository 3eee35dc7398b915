"""Who the customer's e-mail is with: the providers that people name, found by rules that a person can read."""

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.decided import decide
from bot.rule_part import RulePart, only_gives

OTHER = "other"
NAMES = {
    "gmail": r"g[\s-]?mail|google\s?mail",
    "outlook": r"outlook|hotmail|live\.(?:com|co\.uk)|msn",
    "yahoo": r"yahoo|ymail",
    "icloud": r"i-?cloud|me\.com|mac\.com",
    "aol": r"aol",
}
"""What people write for each provider whose settings the bot knows; the part after the @ counts too."""
WORK = r"(?:work|office|company|business|school|university|uni|college)"
NAMED = re.compile("|".join(rf"(?P<{name}>(?<!\w)(?:{words})(?!\w))" for name, words in NAMES.items()), re.IGNORECASE)
AT_WORK = re.compile(rf"(?<!\w){WORK}(?!\w)", re.IGNORECASE)
AROUND = frozenset(
    re.findall(
        r"\w+",
        "a account address an and co com email e hi i have is it its mail mailbox mine my ok on one please s thanks"
        " the think uk use using with yes",
    )
)
"""Words that may stand around a provider without changing that the message only names it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Providers(RulePart):
    """Adds the entity `provider`; a message that only names one gets the intent `inform_provider`."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at each message; an address stays an address, with its provider beside it."""
        for message in messages:
            text = message.get(TEXT) or ""
            found = providers_in(text)
            message.set(ENTITIES, (message.get(ENTITIES) or []) + found, add_to_output=True)
            if found and is_only_a_provider(text, found):
                decide(message, "inform_provider")
        return messages


def providers_in(text: str) -> list[dict[str, Any]]:
    """The providers named in a text, in order of place; `other` for an address from work if that is all it says."""
    named = [_entity(str(match.lastgroup), match) for match in NAMED.finditer(text)]
    if named:
        return named
    return [entity for match in AT_WORK.finditer(text) if is_only_a_provider(text, [entity := _entity(OTHER, match)])]


def is_only_a_provider(text: str, found: list[dict[str, Any]]) -> bool:
    """Whether a text says no more than who the e-mail is with."""
    return only_gives(text, found, AROUND)


def _entity(provider: str, match: "re.Match[str]") -> dict[str, Any]:
    return {
        "entity": "provider",
        "start": match.start(),
        "end": match.end(),
        "value": provider,
        "extractor": "Providers",
    }
