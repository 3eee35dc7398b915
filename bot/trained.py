"""A trained model asked directly, many texts at once and without a conversation. Rasa's own graph does the work."""

from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

BATCH = 256


def parse(processor: MessageProcessor, texts: list[str]) -> list[dict[str, Any]]:
    """What the whole pipeline says of each text, as in `latest_message` of a turn."""
    target = processor.model_metadata.nlu_target
    parsed: list[dict[str, Any]] = []
    for start in range(0, len(texts), BATCH):
        messages = [UserMessage(text) for text in texts[start : start + BATCH]]
        inputs = {PLACEHOLDER_MESSAGE: messages, PLACEHOLDER_TRACKER: None}
        results = processor.graph_runner.run(inputs=inputs, targets=[target])
        parsed += [message.as_dict(only_output_properties=True) for message in results[target]]
    return parsed


def next_step(processor: MessageProcessor, intent: str) -> str:
    """The action that the policies choose when a conversation begins with this intent."""
    said = UserUttered("…", {"name": intent, "confidence": 1.0})
    events = [ActionExecuted(ACTION_LISTEN_NAME), said]
    domain = processor.domain
    tracker = DialogueStateTracker.from_events("evaluate", events, slots=domain.slots, domain=domain)
    target = processor.model_metadata.core_target
    chosen = processor.graph_runner.run(inputs={PLACEHOLDER_TRACKER: tracker}, targets=[target])[target]
    return str(domain.action_names_or_texts[chosen.max_confidence_index])
