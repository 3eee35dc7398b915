"""What the tones are learnt as: a logistic regression over sentence vector, cues and words, and two numbers from it.

Each example has one of seven tones. Both numbers are odds between some of them: so "thanks for the help" and "thanks
for losing it" are told apart though both are unlike anger, which one line between two classes can't do.
"""

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.tone_cues import CURLY, NAMES, READ, found_in, strengths, words_behind

ODDS = {
    "upset": (("angry", "sarcastic"), ("calm", "praise", "trouble")),
    "unliteral": (("sarcastic", "joking"), ("angry", "calm", "plain", "praise", "trouble")),
}
"""What speaks for each number, and what against it. `plain` and `joking` are about life: no shop made them upset."""
CUES_WEIGHT, WORDS_WEIGHT = 0.4, 0.5
"""Beside a vector of length one."""
SEEN = 3
"""In so many examples a word or pair of words must stand to count."""
ROUNDS = 2000
MOST_WORDS, LONGEST_WORD = 5, 40
WORTH_TELLING = 0.3
"""Below it a number needs no reasons."""
LEAST_PUSH = 0.1
"""What a word must add to the log-odds to be a reason."""


@dataclass(frozen=True)
class Tone:
    """Two numbers from 0 to 1 and, for each, the words that raised it most."""

    upset: float
    unliteral: float
    words: dict[str, list[str]]


@dataclass(frozen=True)
class ToneModel:
    """Trained, immutable; `fit` and `load` make it, `save` writes arrays (.npz) and JSON."""

    tones: list[str]
    vocabulary: dict[str, int]
    rarity: np.ndarray
    """Of each word or pair of words, the logarithm of how rare it is."""
    weights: np.ndarray
    """(tones, 384 + cues + words)"""
    bias: np.ndarray

    @classmethod
    def fit(cls, texts: list[str], tones: list[str], vectors: np.ndarray, strictness: float) -> "ToneModel":
        """Learn from texts, their tones and unit vectors. The same input gives the same model."""
        seen = Counter(word for text in texts for word in _words_of(text))
        known = sorted(word for word, times in seen.items() if times >= SEEN)
        vocabulary = {word: place for place, word in enumerate(known)}
        rarity = np.log(len(texts) / np.array([seen[word] for word in known]))
        regression = LogisticRegression(C=strictness, max_iter=ROUNDS)
        features = [
            _features(_words_of(text), found_in(text), vector, vocabulary, rarity)
            for text, vector in zip(texts, vectors, strict=True)
        ]
        regression.fit(np.stack(features), tones)
        names = [str(tone) for tone in regression.classes_]
        return cls(names, vocabulary, rarity, regression.coef_.astype(np.float32), regression.intercept_)

    def listen(self, text: str, vector: np.ndarray, caution: dict[str, float]) -> Tone:
        """How a text sounds, given its unit vector; `caution` is taken from the log-odds of each number."""
        words, cues = _words_of(text), found_in(text)
        features = _features(words, cues, vector, self.vocabulary, self.rarity)
        scores = self.weights @ features + self.bias
        numbers = {name: _share(self._log_odds(name, scores) - caution[name]) for name in ODDS}
        telling = [name for name, number in numbers.items() if number >= WORTH_TELLING]
        reasons = {name: self._reasons(words, cues, features * self._slopes(name, scores)) for name in telling}
        return Tone(**numbers, words=reasons)

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        np.savez(folder / "arrays.npz", weights=self.weights, bias=self.bias, rarity=self.rarity)
        words = {"tones": self.tones, "cues": NAMES, "words": list(self.vocabulary)}
        (folder / "words.json").write_text(json.dumps(words), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "ToneModel":
        """Read what `save` wrote; nothing in it can run."""
        words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
            learned = {name: arrays[name] for name in ("weights", "bias", "rarity")}
        vocabulary = {word: place for place, word in enumerate(words["words"])}
        return cls(tones=words["tones"], vocabulary=vocabulary, **learned)

    def _log_odds(self, name: str, scores: np.ndarray) -> float:
        speaks_for, against = (scores[self._places(tones)] for tones in ODDS[name])
        return float(np.logaddexp.reduce(speaks_for) - np.logaddexp.reduce(against))

    def _slopes(self, name: str, scores: np.ndarray) -> np.ndarray:
        """How steeply the log-odds rise with each feature."""
        speaks_for, against = (self._mean_weights(self._places(tones), scores) for tones in ODDS[name])
        return speaks_for - against

    def _mean_weights(self, places: list[int], scores: np.ndarray) -> np.ndarray:
        return np.exp(scores[places] - np.logaddexp.reduce(scores[places])) @ self.weights[places]

    def _places(self, tones: tuple[str, ...]) -> list[int]:
        return [self.tones.index(tone) for tone in tones]

    def _reasons(self, words: set[str], cues: dict[str, list[str]], pushes: np.ndarray) -> list[str]:
        """The words of the text by what they and the cues that they show add to the log-odds."""
        of_cues, of_words = np.split(pushes[-len(NAMES) - len(self.vocabulary) :], [len(NAMES)])
        added = defaultdict(float, {word: of_words[self.vocabulary[word]] for word in words & self.vocabulary.keys()})
        for place in np.flatnonzero(of_cues):
            behind = {word.lower() for word in words_behind(NAMES[place], cues)}
            for word in behind:
                added[word] += of_cues[place] / len(behind)
        return _strongest(added)


def _features(
    words: set[str],
    cues: dict[str, list[str]],
    vector: np.ndarray,
    vocabulary: dict[str, int],
    rarity: np.ndarray,
) -> np.ndarray:
    weighed = np.zeros(len(vocabulary))
    places = [vocabulary[word] for word in words if word in vocabulary]
    weighed[places] = rarity[places]
    weighed /= max(float(np.linalg.norm(weighed)), 1e-9)
    return np.concatenate([vector, CUES_WEIGHT * strengths(cues), WORDS_WEIGHT * weighed])


def _words_of(text: str) -> set[str]:
    """The words and pairs of words in the beginning of a text, in lower case."""
    words = re.findall(r"[a-z][a-z']*", text[:READ].translate(CURLY).lower())
    return {*words, *map(" ".join, pairwise(words))}


def _strongest(pushes: dict[str, float]) -> list[str]:
    """The words that push most; of "thanks for" and "thanks" only the stronger one."""
    kept: list[str] = []
    for word in sorted(pushes, key=lambda word: (-pushes[word], word)):
        if pushes[word] >= LEAST_PUSH and not any(word in other or other in word for other in kept):
            kept.append(word)
    return [word[:LONGEST_WORD] for word in kept[:MOST_WORDS]]


def _share(log_odds: float) -> float:
    return float(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))))
