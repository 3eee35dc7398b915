"""Reading a turn that the desk sends: everything about it is checked before Rasa sees any of it."""

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_NAME_KEY

from bot.guard import PRESSED, escaped
from bot.turn import QUESTION
from bot.yes_no import NO_BUTTON, YES_OR_NO

LONGEST_TEXT = 4_000
"""Characters of the customer's words in one turn; the desk cuts to this."""
MOST_EVENTS = 5_000
FIELDS = frozenset({"turn_id", "conversation", "text", "payload", "context", "state"})
CONVERSATION = re.compile(r"[0-9a-f]{32}")
TURN_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
PAYLOAD = re.compile(r"/([a-z][a-z_]{0,63})(\{.*\})?", re.DOTALL)
NEVER_PRESSED = frozenset({"restart", "back", "session_start", "nlu_fallback"})
"""Rasa's own intents: no button may send them."""

_text, _number, _maybe_text = (str,), (int, float), (str, type(None))
EVENTS: dict[str, dict[str, Any]] = {
    "user": {"text": _maybe_text, "parse_data": (dict,), "metadata": (dict, type(None))},
    "bot": {"text": _maybe_text, "data": (dict, type(None)), "metadata": (dict, type(None))},
    "action": {"name": _maybe_text},
    "slot": {"name": _text},
    "session_started": {},
    "followup": {"name": _text},
    "action_execution_rejected": {"name": _text},
    "active_loop": {"name": _maybe_text},
    "loop_interrupted": {},
    "user_featurization": {},
    "rewind": {},
    "undo": {},
    "reset_slots": {},
}
"""The events that a state may hold, with the types of what each must have. Nothing that runs later, no pauses."""


class Refused(Exception):
    """A request that isn't served: `status`, and the envelope's code, message and field."""

    def __init__(self, status: int, code: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.error = {"code": code, "message": message, **({"field": field} if field else {})}


@dataclass(frozen=True)
class TurnRequest:
    """A checked turn. `said` is what Rasa reads: escaped text, or a payload made anew from its parts."""

    turn_id: str
    conversation: str
    said: str
    pressed: bool
    context: str | None
    tracker: DialogueStateTracker
    yes_or_no: bool
    """Whether the open question is one that can be denied."""

    def metadata(self) -> dict[str, Any]:
        """What the user's event carries: the context for the actions, whether a button was pressed, what was asked."""
        return {"context": self.context, PRESSED: self.pressed, YES_OR_NO: self.yes_or_no}


def read(body: bytes, domain: Domain) -> TurnRequest:
    """The turn in a request's body; Refused (400, 413 or 422) if anything about it is wrong."""
    fields = fields_of(body, FIELDS)
    pressed = _is_pressed(fields)
    conversation = _matching(fields, "conversation", CONVERSATION)
    tracker = _tracker(conversation, fields.get("state", []), domain)
    return TurnRequest(
        turn_id=_matching(fields, "turn_id", TURN_ID),
        conversation=conversation,
        said=_payload(fields["payload"], domain) if pressed else _text_said(fields["text"]),
        pressed=pressed,
        context=_context(fields.get("context")),
        tracker=tracker,
        yes_or_no=is_yes_or_no(tracker.get_slot(QUESTION), domain),
    )


def checked_payload(payload: Any, domain: Domain) -> str | None:
    """A button's payload made anew from its parts; None unless it is `/known_intent` with known entities, if any."""
    match = PAYLOAD.fullmatch(payload) if isinstance(payload, str) and is_writable(payload) else None
    if not match or match.group(1) in NEVER_PRESSED or match.group(1) not in domain.intents:
        return None
    entities = _json_object(match.group(2) or "{}")
    if entities is None or not all(_is_entity(name, value, domain) for name, value in entities.items()):
        return None
    return f"/{match.group(1)}" + (json.dumps(entities) if entities else "")


def is_yes_or_no(question: Any, domain: Domain) -> bool:
    """Whether a question is put with a button for no."""
    asked = f"utter_ask_{question}"
    variations = [each for name, texts in domain.responses.items() if name.startswith(asked) for each in texts]
    return any(button.get("payload") == NO_BUTTON for each in variations for button in each.get("buttons") or [])


def fields_of(body: bytes, known: frozenset[str]) -> dict[str, Any]:
    """The fields of a body; Refused unless it's an object without other fields than those."""
    try:
        fields = json.loads(body.decode("utf-8"), parse_constant=_no_constants)
    except (ValueError, RecursionError):
        raise Refused(400, "bad_json", "The body isn't JSON.") from None
    if not isinstance(fields, dict):
        raise Refused(422, "bad_request", "The body must be an object.")
    unknown = sorted(set(fields) - known)
    if unknown:
        _refuse("unknown_field", "There's no such field.", unknown[0][:40].encode("ascii", "replace").decode())
    return fields


def _is_pressed(fields: dict[str, Any]) -> bool:
    if ("text" in fields) == ("payload" in fields):
        _refuse("bad_request", "Give either a text or a payload.", "text")
    return "payload" in fields


def _matching(fields: dict[str, Any], name: str, pattern: "re.Pattern[str]") -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        _refuse("bad_request", f"This isn't a {name}.", name)
    return str(value)


def _text_said(text: Any) -> str:
    if not isinstance(text, str):
        _refuse("bad_request", "A text is a string.", "text")
    if len(text) > LONGEST_TEXT:
        raise Refused(413, "too_long", f"A text has at most {LONGEST_TEXT} characters.", "text")
    if not is_writable(text):
        _refuse("bad_character", "The text holds a character that can't be stored.", "text")
    if not text.strip():
        _refuse("empty_message", "The text is empty.", "text")
    return escaped(text)


def _payload(payload: Any, domain: Domain) -> str:
    checked = checked_payload(payload, domain)
    if checked is None:
        _refuse("bad_payload", "A payload is /known_intent, with known entities if any.", "payload")
    return str(checked)


def _context(context: Any) -> str | None:
    if context is not None and not (isinstance(context, str) and len(context) <= 8_192 and context.isascii()):
        _refuse("bad_request", "The context is a token or null.", "context")
    return context or None


def _tracker(conversation: str, state: Any, domain: Domain) -> DialogueStateTracker:
    """The tracker as it stood after the last accepted turn; what can't be replayed is refused, not repaired."""
    if not isinstance(state, list) or len(state) > MOST_EVENTS or not all(_is_event(event) for event in state):
        _refuse("bad_state", "The state isn't a list of this bot's events.", "state")
    try:
        events = deserialise_events(state)
        return DialogueStateTracker.from_events(conversation, events, slots=domain.slots, domain=domain)
    except Exception:  # Rasa raises whatever its classes stumble over
        _refuse("bad_state", "The state can't be replayed.", "state")


def _is_event(event: Any) -> bool:
    known = EVENTS.get(event["event"]) if isinstance(event, dict) and isinstance(event.get("event"), str) else None
    if known is None or not isinstance(event.get("timestamp"), _number):
        return False
    return all(isinstance(event.get(name), types) for name, types in known.items()) and _is_parsed(event)


def _is_parsed(event: dict[str, Any]) -> bool:
    parsed = event.get("parse_data") or {}
    intent, entities = parsed.get("intent", {}), parsed.get("entities", [])
    return (
        isinstance(intent, dict)
        and isinstance(intent.get(INTENT_NAME_KEY), _maybe_text)
        and isinstance(entities, list)
        and all(isinstance(entity, dict) and isinstance(entity.get("entity"), str) for entity in entities)
    )


def _is_entity(name: str, value: Any, domain: Domain) -> bool:
    return name in domain.entities and isinstance(value, str) and 0 < len(value) <= 200 and is_writable(value)


def is_writable(text: str) -> bool:
    """No NUL and no lone surrogate: neither can be stored, nor sent on."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _json_object(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text, parse_constant=_no_constants)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _no_constants(name: str) -> NoReturn:
    raise ValueError(f"{name} isn't JSON")


def _refuse(code: str, message: str, field: str) -> NoReturn:
    raise Refused(422, code, message, field)
