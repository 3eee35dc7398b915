"""What the intent classifier learns: weights over character n-grams and sentence vectors, and the examples."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

NGRAMS = (2, 5)
NGRAM_WEIGHT = 0.7
"""Of the n-grams beside a unit vector."""
STRICTNESS = 0.5
"""The support vector machine's C."""
SHARPNESS = 0.5
"""The margins are divided by it before the softmax."""
SAME_LETTERS = 0.4
"""The share of common n-grams in the likeness of two texts; the rest is their vectors' likeness."""
RIVAL = 0.8
"""The share of the second intent's confidence that is taken from the first's to get its lead."""

ARRAYS = ("letter_weights", "vector_weights", "bias", "labels", "vectors")
SPARSE = ("data", "indices", "indptr")


@dataclass(frozen=True)
class Understanding:
    """`ranking`: all intents with their confidence, best first. `nearest`: the examples most like the text."""

    ranking: list[tuple[str, float]]
    nearest: list[dict[str, Any]]

    @property
    def lead(self) -> float:
        """How far the best intent is ahead: little where another one is nearly as likely, though both may be likely."""
        (_, best), *others = self.ranking
        return best - RIVAL * (others[0][1] if others else 0.0)


@dataclass(frozen=True)
class ExampleModel:
    """Trained, immutable; `fit` and `load` make it, `save` writes arrays (.npz) and JSON."""

    ngrams: TfidfVectorizer
    letter_weights: np.ndarray
    """(n-grams, intents)"""
    vector_weights: np.ndarray
    """(dimensions of a vector, intents)"""
    bias: np.ndarray
    intents: list[str]
    texts: list[str]
    labels: np.ndarray
    """Of each example, the index of its intent."""
    vectors: np.ndarray
    """Of each example, its unit vector."""
    spelt: csr_matrix
    """(n-grams, examples): the columns are of unit length."""

    @classmethod
    def fit(cls, texts: list[str], labels: list[str], vectors: np.ndarray) -> "ExampleModel":
        """Learn from texts, their intents and unit vectors. The same input gives the same model."""
        ngrams = _vectorizer().fit(texts)
        spelt = ngrams.transform(texts).astype(np.float32)
        machine = LinearSVC(C=STRICTNESS, class_weight="balanced", random_state=0)
        machine.fit(hstack([spelt * NGRAM_WEIGHT, csr_matrix(vectors)]).tocsr(), labels)
        intents = [str(intent) for intent in machine.classes_]
        weights, bias = _both_sides(machine.coef_, machine.intercept_)
        of_letters, of_vectors = np.split(np.ascontiguousarray(weights.T, np.float32), [spelt.shape[1]])
        indices = np.array([intents.index(label) for label in labels])
        return cls(ngrams, of_letters, of_vectors, bias, intents, list(texts), indices, vectors, csr_matrix(spelt.T))

    def understand(self, texts: list[str], vectors: np.ndarray) -> list[Understanding]:
        """The understanding of each text, given the texts' unit vectors."""
        spelt = self.ngrams.transform(texts).astype(np.float32)
        scores = NGRAM_WEIGHT * (spelt @ self.letter_weights) + vectors @ self.vector_weights + self.bias
        letters = (spelt @ self.spelt).toarray()
        likeness = np.clip((1 - SAME_LETTERS) * vectors @ self.vectors.T + SAME_LETTERS * letters, 0.0, 1.0)
        return [self._understanding(p, row) for p, row in zip(_softmax(scores / SHARPNESS), likeness, strict=True)]

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        arrays = {name: getattr(self, name) for name in ARRAYS}
        spelt = {f"spelt_{part}": getattr(self.spelt, part) for part in SPARSE}
        np.savez(folder / "arrays.npz", idf=self.ngrams.idf_, **arrays, **spelt)
        words = {
            "ngrams": sorted(self.ngrams.vocabulary_, key=self.ngrams.vocabulary_.__getitem__),
            "intents": self.intents,
            "texts": self.texts,
        }
        (folder / "words.json").write_text(json.dumps(words), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "ExampleModel":
        """Read what `save` wrote; nothing in it can run."""
        words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
            ngrams = _vectorizer({ngram: place for place, ngram in enumerate(words["ngrams"])})
            ngrams.idf_ = arrays["idf"]
            shape = (len(words["ngrams"]), len(words["texts"]))
            spelt = csr_matrix(tuple(arrays[f"spelt_{part}"] for part in SPARSE), shape=shape)
            learned = {name: arrays[name] for name in ARRAYS}
        return cls(ngrams=ngrams, intents=words["intents"], texts=words["texts"], spelt=spelt, **learned)

    def _understanding(self, probabilities: np.ndarray, likeness: np.ndarray) -> Understanding:
        confidences = np.sqrt(probabilities) * self._nearest_of_each_intent(likeness)
        order = np.argsort(-confidences, kind="stable")
        return Understanding(
            ranking=[(self.intents[i], float(confidences[i])) for i in order], nearest=self._nearest(likeness)
        )

    def _nearest_of_each_intent(self, likeness: np.ndarray) -> np.ndarray:
        by_intent, begins = self._by_intent
        return np.maximum.reduceat(likeness[by_intent], begins)

    @cached_property
    def _by_intent(self) -> tuple[np.ndarray, np.ndarray]:
        """The examples' places, one intent after the other, and where each intent begins among them."""
        by_intent = np.argsort(self.labels, kind="stable")
        return by_intent, np.searchsorted(self.labels[by_intent], np.arange(len(self.intents)))

    def _nearest(self, likeness: np.ndarray, length: int = 10) -> list[dict[str, Any]]:
        return [
            {
                "text": self.texts[i],
                "intent": self.intents[self.labels[i]],
                "similarity": round(float(likeness[i]), 4),
            }
            for i in _highest(likeness, length)
        ]


def _highest(values: np.ndarray, count: int) -> np.ndarray:
    """The places of the highest values, highest first; of equal ones the first."""
    count = min(count, len(values))
    high = np.flatnonzero(values >= np.partition(values, -count)[-count])
    return high[np.argsort(-values[high], kind="stable")][:count]


def _vectorizer(vocabulary: Any = None) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=NGRAMS, sublinear_tf=True, lowercase=True, vocabulary=vocabulary
    )


def _both_sides(weights: np.ndarray, bias: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """With two intents scikit-learn keeps one row, the second's; the first's is its opposite."""
    if len(weights) > 1:
        return weights, bias
    return np.vstack([-weights, weights]), np.concatenate([-bias, bias])


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
