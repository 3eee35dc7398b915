"""One turn of a conversation: its tracker and the trouble it met, seen by every part that Rasa calls on the way."""

import logging
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

ACTION_SECONDS = 5.5
QUESTION = "asked"
"""The slot that holds the question which the customer's next message may answer."""


@dataclass
class Turn:
    """Lives as long as its request. `trouble` holds what Rasa would only have logged."""

    tracker: DialogueStateTracker
    trouble: list[str] = field(default_factory=list)


current: "ContextVar[Turn | None]" = ContextVar("turn", default=None)


def note_trouble(what: str) -> None:
    """Mark the running turn as failed; outside a turn nothing happens."""
    if turn := current.get():
        turn.trouble.append(what)


def forget_question(tracker: DialogueStateTracker, before: int) -> None:
    """Clear the slot `asked` if the events from number `before` on didn't set it: a question is open for one turn."""
    asked_now = any(isinstance(e, SlotSet) and e.key == QUESTION for e in list(tracker.events)[before:])
    if tracker.get_slot(QUESTION) is not None and not asked_now:
        tracker.update(SlotSet(QUESTION, None))


class TurnStore(TrackerStore):
    """Rasa's tracker store without a store: hands out the running turn's own tracker and keeps nothing.

    So two turns can't meet, not even two of one conversation, and nothing is left after an answer.
    """

    def __init__(self, domain: Any = None, event_broker: Any = None, host: str | None = None, **_: Any) -> None:
        super().__init__(domain, event_broker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The running turn's tracker; None outside a turn."""
        turn = current.get()
        return turn.tracker if turn else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Only remembers which object the turn ended with."""
        if turn := current.get():
            turn.tracker = tracker

    async def keys(self) -> Iterable[str]:
        """There are none."""
        return []


class ActionEndpoint(EndpointConfig):
    """The action server; a call that fails marks the turn (Rasa logs it and goes on as if nothing were missing)."""

    @classmethod
    def like(cls, other: EndpointConfig) -> "ActionEndpoint":
        """The same address, headers and token."""
        return cls(
            url=other.url,
            params=other.params,
            headers=other.headers,
            basic_auth=other.basic_auth,
            token=other.token,
            token_name=other.token_name,
            cafile=other.cafile,
            **other.kwargs,
        )

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Call the action server, at most 5.5 s; whatever goes wrong is noted and raised."""
        kwargs["timeout"] = aiohttp.ClientTimeout(total=ACTION_SECONDS)
        try:
            return _checked(await super().request(*args, **kwargs))
        except Exception as error:
            note_trouble(f"action: {type(error).__name__}")
            raise


class SwallowedErrors(logging.Handler):
    """Marks the turn when Rasa logs that something failed and goes on as if nothing had."""

    LOGGERS = ("rasa.core.processor", "rasa.core.actions.action")

    @classmethod
    def watch(cls) -> None:
        """Listen to Rasa from now on."""
        for name in cls.LOGGERS:
            logging.getLogger(name).addHandler(cls(logging.ERROR))

    def emit(self, record: logging.LogRecord) -> None:
        """The record's own place is enough: its text could hold a customer's words."""
        note_trouble(f"{record.name}:{record.lineno}")


def _checked(answer: Any) -> Any:
    """An action's answer whose parts Rasa can use; ValueError otherwise, without the answer's words in it."""
    parts = [answer.get(part, []) for part in ("events", "responses")] if isinstance(answer, dict) else [None]
    if not all(isinstance(part, list) and all(isinstance(entry, dict) for entry in part) for part in parts):
        raise ValueError("The action's answer isn't an object with lists of events and responses.")
    return answer
