"""How a message sounds: `upset`, and `unliteral` (not meant as the words say). Hints, never a verdict."""

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import tone_examples
from bot.guard import PRESSED
from bot.sentence_encoder import VECTOR, SentenceEncoder
from bot.tone_model import ToneModel

TONE = "tone"
"""Under this name a message carries its tone: `upset`, `unliteral` from 0 to 1, `words` that raised one of them."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class Tone(GraphComponent):
    """Learns from examples of its own (`folder`), not from the intents'. A pressed button is calm."""

    @classmethod
    def required_components(cls) -> list[Any]:
        """The vectors come from the sentence encoder."""
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strictness` is the regression's C; what the cautions are is in `bot/choose_tone.py`, which chose them."""
        return {
            "folder": str(tone_examples.FOLDER),
            "strictness": 1.0,
            "upset_caution": 0.4,
            "unliteral_caution": 0.8,
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """So that Rasa trains anew when an example changes."""
        return tone_examples.digest(Path({**cls.get_default_config(), **config}["folder"]))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Tone":
        """An untrained one."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "Tone":
        """The trained one, from arrays and JSON (no pickle)."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, ToneModel.load(folder))

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: ToneModel | None = None
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._caution = {name: self._config[f"{name}_caution"] for name in ("upset", "unliteral")}
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the folder's examples and store the result; the training data is the intents', and not looked at."""
        texts, tones = tone_examples.lines(Path(self._config["folder"]))
        vectors = tone_examples.vectors_of(texts)
        self._model = ToneModel.fit(texts, tones, vectors, self._config["strictness"])
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the tone of each message."""
        for message in messages:
            message.set(TONE, self._tone(message), add_to_output=True)
        return messages

    def _tone(self, message: Message) -> dict[str, Any]:
        text, vector = message.get(TEXT) or "", message.get(VECTOR)
        if (message.get(METADATA) or {}).get(PRESSED) or vector is None or not text.strip():
            return {"upset": 0.0, "unliteral": 0.0, "words": []}
        assert self._model is not None, "train or load the tone first"
        tone = self._model.listen(text, vector, self._caution)
        words = [{"word": word, "for": name} for name, words in tone.words.items() for word in words]
        return {"upset": round(tone.upset, 4), "unliteral": round(tone.unliteral, 4), "words": words}
