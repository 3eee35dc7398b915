"""The intent of a message, and the examples that say why.

Features are the sentence's unit vectors beside tf-idf weighted character n-grams; on them a support vector machine. The
confidence is √p × the likeness to the nearest example of that intent, so that a text unlike anything known gets a low
one (docs/decisions/0009-what-is-believed.md has what else was tried).
"""

from dataclasses import replace
from itertools import chain, islice
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.decided import BY_RULE, DECIDED
from bot.example_model import ExampleModel, Understanding
from bot.order_numbers import WORDS
from bot.sentence_encoder import HALF_VIEWS, HALVES, VIEWS, SentenceEncoder
from bot.several import asked_for

NEAREST = "nearest"
FALLBACK = "nlu_fallback"
ALSO = "also"
"""Under this name a message carries what else it asks for."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ExampleClassifier(GraphComponent, IntentClassifier):
    """Learns from the examples in seconds; where none leads by `threshold` the intent is `nlu_fallback`."""

    @classmethod
    def required_components(cls) -> list[Any]:
        """The vectors come from the sentence encoder."""
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`threshold`: a message's intent is believed from this lead on; `clear`: a half's from this confidence on.

        `python -m bot.choose_threshold` helps to choose both.
        """
        return {"threshold": 0.09, "clear": 0.3, "ranking_length": 5, "nearest_length": 3}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ExampleClassifier":
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "ExampleClassifier":
        """The trained classifier, from arrays and JSON (no pickle)."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, ExampleModel.load(folder))

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: ExampleModel | None = None,
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the examples in words, name them as the writer wrote them, and store the result."""
        texts, words, intents, vectors = examples_of(training_data)
        model = ExampleModel.fit(words, intents, vectors)
        self._model = replace(model, texts=texts)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking, nearest examples and further requests of each message."""
        assert self._model is not None, "train or load the classifier first"
        texts = [[message.get(WORDS), *chain(*message.get(HALVES))] for message in messages]
        vectors = np.stack([view for message in messages for view in (message.get(VIEWS), *message.get(HALF_VIEWS))])
        understandings = iter(self._model.understand(list(chain(*texts)), vectors))
        for message, own in zip(messages, texts, strict=True):
            whole, *halves = islice(understandings, len(own))
            self._tell(message, whole, list(zip(halves[::2], halves[1::2], strict=True)))
        return messages

    def _tell(self, message: Message, whole: Understanding, halves: list[tuple[Understanding, Understanding]]) -> None:
        decided = message.get(DECIDED)
        asked = asked_for(whole, [] if decided else halves, self._config["threshold"], self._config["clear"])
        ranking = [{"name": name, "confidence": confidence} for name, confidence in asked.ranking]
        if decided:
            ranking = [{"name": decided, "confidence": 1.0}, *ranking]
        intent = ranking[0] if decided or asked.believed else {**ranking[0], "name": FALLBACK}
        message.set(INTENT, intent, add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking[: self._config["ranking_length"]], add_to_output=True)
        message.set(NEAREST, [] if decided else whole.nearest[: self._config["nearest_length"]], add_to_output=True)
        message.set(ALSO, asked.also, add_to_output=True)


def examples_of(training_data: TrainingData) -> tuple[list[str], list[str], list[str], np.ndarray]:
    """Texts, words, intents and vectors of the examples that aren't decided by rule, in an order of their own."""
    learnt = [m for m in training_data.intent_examples if m.get(TEXT) and m.get(INTENT) not in BY_RULE]
    learnt.sort(key=lambda m: (m.get(INTENT), m.get(TEXT)))
    texts, words, intents = ([m.get(part) for m in learnt] for part in (TEXT, WORDS, INTENT))
    return texts, words, intents, np.stack([m.get(VIEWS) for m in learnt])
