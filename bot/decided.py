"""Intents that a rule decides, never likeness to examples: components before the classifier write them on a message."""

from rasa.shared.nlu.training_data.message import Message

BY_RULE = frozenset(
    {"inform_order", "inform_address", "inform_charge", "inform_provider", "other_language", "close_chat"}
)
"""Their examples show what the rules are for; nothing is learnt from them."""
DECIDED = "decided"
"""Under this name a message carries the intent that a rule has decided, if any."""


def decide(message: Message, intent: str) -> None:
    """Say that the message has this intent, one of `BY_RULE`; a later component may know better."""
    message.set(DECIDED, intent)
