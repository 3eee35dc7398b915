"""The answer to a turn: what Rasa said and understood. What doesn't fit the contract is dropped and counted."""

import logging
import re
from typing import Any

from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.guard import ESCAPE, unescaped
from bot.turn_request import checked_payload

NAME = re.compile(r"[a-z][a-z_]{0,63}")
TOLD = frozenset({"handoff", "topic", "wrong_order", "order", "check", "close"})
CHECKS = frozenset({"yes", "no"})
ORDER_NUMBER = re.compile(r"[A-Z0-9-]{1,64}")
MOST_BUTTONS = 10
LONGEST_TITLE = 80

logger = logging.getLogger(__name__)


class Collected(OutputChannel):
    """Takes what Rasa says during one turn, each response whole."""

    def __init__(self, domain: Domain) -> None:
        self._domain = domain
        self.messages: list[dict[str, Any]] = []
        self.told: dict[str, Any] = {}
        self.dropped = 0

    @classmethod
    def name(cls) -> str:
        """The channel's name in responses that differ by channel."""
        return "baton"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep the response's text and buttons, and what an action tells the desk."""
        if isinstance(message.get("text"), str) and message["text"].strip():
            buttons = self._buttons(message.get("buttons") or [])
            self.messages.append({"text": message["text"].strip(), **({"buttons": buttons} if buttons else {})})
        self._tell(message.get("custom") or {})
        self._drop([kind for kind in ("image", "attachment", "elements", "quick_replies") if message.get(kind)])

    def _buttons(self, buttons: Any) -> list[dict[str, str]]:
        if not isinstance(buttons, list):
            self._drop(["buttons"])
            return []
        kept = [button for button in map(self._button, buttons[:MOST_BUTTONS]) if button]
        self._drop(["button"] * (len(buttons) - len(kept)))
        return kept

    def _button(self, button: Any) -> dict[str, str] | None:
        if not isinstance(button, dict) or not isinstance(button.get("title"), str) or not button["title"].strip():
            return None
        payload = checked_payload(button.get("payload"), self._domain)
        return {"title": button["title"].strip()[:LONGEST_TITLE], "payload": payload} if payload else None

    def _tell(self, custom: Any) -> None:
        if not isinstance(custom, dict):
            return self._drop(["custom"])
        for kind, value in custom.items():
            if kind not in TOLD or not _fits(kind, value):
                self._drop([f"custom {kind}"])
            elif kind == "order":
                self._attach(value)
            else:
                self.told[kind] = value
        return None

    def _attach(self, order: dict[str, Any]) -> None:
        if self.messages:
            self.messages[-1]["order"] = order
        else:
            self._drop(["order without a message"])

    def _drop(self, kinds: list[str]) -> None:
        if kinds:
            self.dropped += len(kinds)
            logger.warning("Dropped from an answer: %s", ", ".join(kinds))


def understood(tracker: DialogueStateTracker) -> dict[str, Any]:
    """How the turn's message was understood; places of entities count in what the customer typed."""
    message = tracker.latest_message
    parsed: dict[str, Any] = dict(message.parse_data) if message else {}
    intent = parsed.get("intent") or {}
    text = (message.text or "") if message else ""
    shift = len(ESCAPE) if unescaped(text) != text else 0
    return {
        "intent": intent.get("name"),
        "confidence": intent.get("confidence"),
        "ranking": [
            {"intent": rank["name"], "confidence": rank["confidence"]} for rank in parsed.get("intent_ranking", [])[:5]
        ],
        "nearest": parsed.get("nearest", [])[:3],
        "also": parsed.get("also", []),
        "tone": parsed.get("tone", {"upset": 0.0, "unliteral": 0.0, "words": []}),
        "language": parsed.get("language", "en"),
        "entities": [_moved(entity, shift) for entity in parsed.get("entities", [])],
    }


def topic(told: dict[str, Any], tracker: DialogueStateTracker) -> str | None:
    """What the conversation is about: what an action said last, else the slot `about`."""
    return told.get("topic") or tracker.get_slot("about")


def storable(event: Event) -> dict[str, Any]:
    """The event for the desk to keep, without the context: that token is for one turn's actions only."""
    stored = event.as_dict()
    if stored["event"] == "user":
        parsed = stored.get("parse_data") or {}
        stored["metadata"] = _without_context(stored.get("metadata"))
        stored["parse_data"] = {**parsed, "metadata": _without_context(parsed.get("metadata"))}
    if stored["event"] == "slot" and stored["name"] == "session_started_metadata":
        stored["value"] = None
    return stored


def _without_context(metadata: dict[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (metadata or {}).items() if name != "context"}


def _moved(entity: dict[str, Any], shift: int) -> dict[str, Any]:
    return {
        "entity": entity["entity"],
        "value": entity["value"],
        "start": max(0, entity.get("start", 0) - shift),
        "end": max(0, entity.get("end", 0) - shift),
    }


def _fits(kind: str, value: Any) -> bool:
    if kind == "handoff":
        return isinstance(value, dict) and _is_name(value.get("reason")) and _is_name(value.get("topic"), or_none=True)
    if kind == "topic":
        return _is_name(value, or_none=True)
    if kind == "wrong_order":
        return isinstance(value, str) and ORDER_NUMBER.fullmatch(value) is not None
    if kind == "check":
        return value in CHECKS
    return isinstance(value, bool if kind == "close" else dict)


def _is_name(value: Any, or_none: bool = False) -> bool:
    return (value is None and or_none) or (isinstance(value, str) and NAME.fullmatch(value) is not None)
