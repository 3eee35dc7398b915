"""Spelling: a word that no dictionary has is read as the nearest word that the training examples use.

The dictionary is the list of words that spaCy's English pipeline was made with. Nothing is read as a word that the
examples don't have, so that a name stays a name.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.order_numbers import WORDS
from bot.things_named import PIPELINE

WORD = re.compile(r"(?<![A-Za-z'’])[A-Za-z]{4,20}(?![A-Za-z'’])")
SHORT, LONG = 4, 8
"""A short word may only have two neighbours swapped, a long one may have two slips, any other one."""
OFTEN = 2
"""A word is read as one that at least so many examples use."""
RUN_TOGETHER = (
    "arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt shouldnt thats theres wasnt werent whats whens wheres"
    " wont wouldnt youre youve"
)
WITHOUT_APOSTROPHE = frozenset(RUN_TOGETHER.split())


class Speller:
    """Knows how often the examples use each word."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self._known = dictionary() | WITHOUT_APOSTROPHE | set(counts)
        self._near: dict[str, set[str]] = {}
        for word in (word for word, count in counts.items() if count >= OFTEN and word in dictionary()):
            for shorter in _shortened(word):
                self._near.setdefault(shorter, set()).add(word)

    @classmethod
    def learn(cls, texts: Iterable[str]) -> "Speller":
        """The speller of these examples."""
        return cls(dict(Counter(word for text in texts for word in {w.lower() for w in WORD.findall(text)})))

    def corrected(self, text: str) -> str:
        """The text with each misspelt word put right that can be."""
        return WORD.sub(lambda match: self._corrected(match.group()), text)

    def _corrected(self, word: str) -> str:
        lower = word.lower()
        if lower in self._known:
            return word
        near = {found for shorter in _shortened(lower) for found in self._near.get(shorter, ())}
        fitting = [(slips, -self.counts[found], found) for found in near if (slips := _slips(lower, found))]
        return min(fitting)[2] if fitting else word


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class Spelling(GraphComponent):
    """Before the encoder: puts the words right that the encoder and the classifier read."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Spelling":
        """A speller that has learnt nothing yet."""
        return cls(model_storage, resource, Speller({}))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "Spelling":
        """The speller with the examples' words."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Speller(json.loads((folder / "counts.json").read_text("utf-8"))))

    def __init__(self, model_storage: ModelStorage, resource: Resource, speller: Speller) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._speller = speller

    def train(self, training_data: TrainingData) -> Resource:
        """Count the examples' words and store the counts."""
        self._speller = Speller.learn(_written(training_data))
        with self._model_storage.write_to(self._resource) as folder:
            (folder / "counts.json").write_text(json.dumps(self._speller.counts), "utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The examples as they are: each of their words is a known one."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Correct the words of each message; its text stays as it was typed."""
        for message in messages:
            if message.get(WORDS):
                message.set(WORDS, self._speller.corrected(message.get(WORDS)))
        return messages


@cache
def dictionary() -> frozenset[str]:
    """Known English words, in lower case."""
    package = distribution(PIPELINE.replace("_", "-"))
    files = [file for file in package.files or () if str(file).endswith("vocab/strings.json")]
    words = json.loads(Path(str(package.locate_file(files[0]))).read_text("utf-8"))
    return frozenset(word.lower() for word in words if word.isalpha())


def _written(training_data: TrainingData) -> list[str]:
    return [message.get(WORDS) for message in training_data.intent_examples if message.get(WORDS)]


def _shortened(word: str) -> set[str]:
    """The word, and what is left of it without any one letter (any two of a long one)."""
    found = {word}
    for _ in range(2 if len(word) >= LONG else 1):
        found |= {each[:place] + each[place + 1 :] for each in found for place in range(len(each))}
    return found


def _slips(typed: str, meant: str) -> int:
    """The slips between two words where they are few enough to believe in, else 0. The first letter is mostly right."""
    slips, swapped = _distance(typed, meant), sorted(typed) == sorted(meant)
    length = min(len(typed), len(meant))
    if slips > (2 if length >= LONG else 1) or (length <= SHORT and not swapped):
        return 0
    if typed[0] != meant[0] and not swapped:
        return 0
    return 0 if typed.endswith("s") and typed[:-1] == meant else slips


def _distance(one: str, other: str) -> int:
    """Letters added, left out, changed or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != wanted)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                row[-1] = min(row[-1], before[j - 2] + 1)
        before, above = above, row
    return above[-1]
