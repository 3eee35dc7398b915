"""The sentence encoder as a part of Rasa's graph."""

from hashlib import sha256
from itertools import chain, islice
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import encoder_files
from bot.encoding import Encoder, plain
from bot.order_numbers import WORDS
from bot.several import halves_of

VECTOR = "sentence_vector"
"""Under this name a message carries its unit vector, float32 of shape (384,)."""
VIEWS = "sentence_views"
"""Under this name a message carries the unit vector of both means of its words, float32 of shape (768,)."""
HALVES = "halves"
HALF_VIEWS = "half_views"
"""Under these names it carries the pairs of texts that it could be cut into, and their vectors, one after the other."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):
    """Gives each message its sentence vector. The encoder's file isn't part of the model: all models share it."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceEncoder":
        """Load the encoder; EncoderFilesWrong if a file of it is missing or not the one that was tested."""
        return cls(Encoder(encoder_files.onnx_file()))

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """All examples with words, in batches. (Rasa wires the graph by this parameter's name.)"""
        self._encode([message for message in training_data.training_examples if message.get(WORDS)])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the vectors of each message, and of the halves that it could be cut into."""
        for message in messages:
            message.set(HALVES, halves_of(message.get(WORDS) or ""))
        self._encode(messages)
        return messages

    def _encode(self, messages: list[Message]) -> None:
        """All texts at once."""
        texts = [[message.get(WORDS) or "", *chain(*(message.get(HALVES) or []))] for message in messages]
        if not texts:
            return
        views = iter(self._encoder.views(list(chain(*texts))))
        for message, own in zip(messages, texts, strict=True):
            whole, *halves = islice(views, len(own))
            message.set(VIEWS, whole.view(Vector))
            message.set(VECTOR, plain(whole[None])[0].view(Vector))
            message.set(HALF_VIEWS, halves)


class Vector(np.ndarray):
    """An array that Rasa fingerprints by its bytes; it would print any other as text, half of the time of training."""

    def fingerprint(self) -> str:
        return sha256(self.tobytes()).hexdigest()
