"""What the parts of the pipeline share that work by rules: how they're made, and how they treat what they find."""

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

Entity = dict[str, Any]
"""As Rasa has it: `entity` (its kind), `start`, `end`, `value`, `extractor`."""


class RulePart(GraphComponent):
    """A part that has nothing to learn and nothing to load."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "RulePart":
        """One that is ready."""
        return cls()


def overlaps(one: Entity, others: list[Entity]) -> bool:
    """Whether an entity shares a character with one of the others."""
    return any(one["start"] < other["end"] and other["start"] < one["end"] for other in others)


def replaced(text: str, found: list[Entity], words: dict[str, str]) -> str:
    """The text with each entity replaced by the word for its kind, or by a space; entities don't overlap."""
    for entity in sorted(found, key=lambda entity: entity["start"], reverse=True):
        text = f"{text[: entity['start']]}{words.get(entity['entity'], ' ')}{text[entity['end'] :]}"
    return text


def only_gives(text: str, found: list[Entity], around: frozenset[str]) -> bool:
    """Whether a text says nothing beside the entities but these words, in small letters."""
    return set(re.findall(r"\w+", replaced(text, found, {}).lower())) <= around
