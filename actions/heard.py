"""What the bot understood of a message, read with care: it comes over the network."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Message = dict[str, Any]
"""As Rasa parsed it: `text`, `intent`, `entities` and what the pipeline adds."""


@dataclass(frozen=True)
class Tone:
    """How the customer sounds, each from 0 to 1: `upset`, and `unliteral` (not meant as the words say)."""

    upset: float = 0.0
    unliteral: float = 0.0

    @property
    def is_doubtful(self) -> bool:
        """Whether nothing cheerful should be said; where the lines lie: docs/decisions/0007."""
        return self.upset >= 0.5 or self.unliteral >= 0.25

    @property
    def is_bitter(self) -> bool:
        """Whether an apology is due."""
        return self.upset >= 0.6 or self.unliteral >= 0.6


def intent_in(message: Message) -> str:
    """What the customer wants, or an empty string."""
    intent = message.get("intent")
    name = intent.get("name") if isinstance(intent, dict) else None
    return name if isinstance(name, str) else ""


def ranking_in(message: Message) -> list[tuple[str, float]]:
    """The likeliest intents with their confidence, best first."""
    ranking = message.get("intent_ranking")
    ranks = [rank for rank in ranking if isinstance(rank, dict)] if isinstance(ranking, list) else []
    return [(str(rank.get("name")), _share(rank.get("confidence"))) for rank in ranks]


def also_in(message: Message) -> list[str]:
    """The intents of further requests, the most certain first."""
    also = message.get("also")
    return [name for name in also if isinstance(name, str)] if isinstance(also, list) else []


def entities_in(message: Message, kind: str) -> list[dict[str, Any]]:
    """The entities of this kind, in order of place."""
    entities = message.get("entities") or []
    return [found for found in entities if isinstance(found, dict) and found.get("entity") == kind]


def tone_in(message: Message) -> Tone:
    """How the message sounds; calm if nobody listened."""
    tone = message.get("tone")
    told = tone if isinstance(tone, dict) else {}
    return Tone(*(_share(told.get(name)) for name in ("upset", "unliteral")))


def latest_request(events: Sequence[dict[str, Any]], topic: str) -> Message:
    """The latest message that asked for this topic, alone or beside others; empty if none did."""
    messages = (event.get("parse_data") for event in reversed(events))
    asked = (message for message in messages if isinstance(message, dict))
    return next((message for message in asked if topic in (intent_in(message), *also_in(message))), {})


def responses_to(events: Sequence[dict[str, Any]], back: int) -> set[str]:
    """The names of the responses to the customer's message that is `back` (1, 2 …) messages before the latest."""
    said: set[str] = set()
    customer_spoke = 0
    for event in reversed(events):
        customer_spoke += event.get("event") == "user"
        if customer_spoke > back:
            break
        metadata = event.get("metadata")
        if customer_spoke == back and event.get("event") == "bot" and isinstance(metadata, dict):
            said.add(str(metadata.get("utter_action")))
    return said


def _share(value: Any) -> float:
    return min(1.0, max(0.0, float(value))) if isinstance(value, int | float) else 0.0
