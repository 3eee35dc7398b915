"""Renders the responses of domain/: braces hold a field's name and nothing else."""

import logging
import re
from copy import deepcopy
from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.turn import note_trouble

SHOWN_SLOTS = ("order_number",)
"""The slots whose value a response may show; all else must be given as a field by the action."""

BRACES = re.compile(r"\{([^{}]*)\}")
NOT_FIELDS = frozenset({"text", "buttons", "elements", "custom", "template", "response", "image", "attachment"})

logger = logging.getLogger(__name__)


class PlainResponses(TemplatedNaturalLanguageGenerator):
    """Rasa's `nlg` endpoint of this name. Rasa's own renderer uses `str.format`, which shows every slot for `{}`.

    The same conversation gets the same words; a response said again takes the next of its variations.
    """

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        super().__init__(domain.responses if domain else {})

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The response with its fields filled in; None (and a failed turn) if there's no such response."""
        slots = tracker.current_slot_values()
        variations = self._variations(utter_action, output_channel, slots)
        if not variations:
            logger.error("There is no response %r.", utter_action)
            note_trouble(f"response: {utter_action}")
            return None
        chosen = deepcopy(variations[times_said(tracker, utter_action) % len(variations)])
        return _filled(utter_action, chosen, {**_shown(slots), **_fields(kwargs)})

    def _variations(self, name: str, output_channel: str, slots: dict[str, Any]) -> list[dict[str, Any]]:
        if name not in self.responses:
            return []
        return ResponseVariationFilter(self.responses).responses_for_utter_action(name, output_channel, slots)


def times_said(tracker: DialogueStateTracker, utter_action: str) -> int:
    """How often the bot gave this response in the conversation."""
    said = (event.metadata.get("utter_action") for event in tracker.events if isinstance(event, BotUttered))
    return sum(name == utter_action for name in said)


def rendered(template: str, values: dict[str, str]) -> str | None:
    """The template with each `{name}` replaced by its value; None if a brace holds anything else."""
    if re.search(r"[{}]", BRACES.sub("", template)):
        return None
    if any(name not in values for name in BRACES.findall(template)):
        return None
    return BRACES.sub(lambda match: values[match.group(1)], template)


def _filled(name: str, response: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    if "text" in response:
        response["text"] = _rendered_or_unchanged(name, response["text"], values)
    buttons: list[dict[str, Any]] = response.get("buttons") or []
    for button in buttons:
        button["title"] = _rendered_or_unchanged(name, button.get("title", ""), values)
    return response


def _rendered_or_unchanged(name: str, template: str, values: dict[str, str]) -> str:
    text = rendered(template, values)
    if text is None:
        logger.error("The response %r has a brace that isn't one of %s; it's shown unchanged.", name, sorted(values))
        return template
    return text


def _shown(slots: dict[str, Any]) -> dict[str, str]:
    return {name: str(slots[name]) for name in SHOWN_SLOTS if slots.get(name) is not None}


def _fields(kwargs: dict[str, Any]) -> dict[str, str]:
    return {
        name: str(value)
        for name, value in kwargs.items()
        if name not in NOT_FIELDS and isinstance(value, (str, int, float)) and not isinstance(value, bool)
    }
