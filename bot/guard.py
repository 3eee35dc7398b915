"""Typed text is never a command: what a customer types can't reach Rasa's own `/intent{…}` syntax."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.rule_part import RulePart

COMMANDS = ("/", "EXTERNAL:")
ESCAPE = "\\"
PRESSED = "pressed"
"""The channel sets this in a message's metadata when it comes from a button."""


def escaped(text: str) -> str:
    """The text as Rasa may see it: what would be a command after stripping gets a backslash before it.

    `strip` is Rasa's own first step and takes away every Unicode space, so looking at the first character isn't enough.
    """
    return ESCAPE + text.strip() if text.strip().startswith(COMMANDS) else text


def unescaped(text: str) -> str:
    """What the customer typed (but for the spaces around it)."""
    return text[len(ESCAPE) :] if text.startswith(tuple(ESCAPE + command for command in COMMANDS)) else text


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TypedTextIsText(RulePart):
    """First in the pipeline: disarms a command that didn't come from a button, should the channel have missed it."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Escape the text of each message that wasn't a pressed button; Rasa's regex handler runs after this one."""
        for message in messages:
            if not (message.get(METADATA) or {}).get(PRESSED):
                message.set(TEXT, escaped(message.get(TEXT) or ""))
        return messages
