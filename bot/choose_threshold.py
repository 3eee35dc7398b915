"""From which lead on an intent is believed: `python -m bot.choose_threshold` cross-validates on the training examples.

Each of five models has never seen a fifth of the intents, whose texts are strangers to it, nor a fifth of the other
intents' texts. Printed for `threshold`: what becomes of both kinds. For `clear`: what becomes of two unseen requests
joined to one message, and of single unseen texts that could be cut.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from rasa.shared.nlu.training_data.loading import load_data
from sklearn.metrics import matthews_corrcoef

from bot import encoder_files
from bot.decided import BY_RULE
from bot.encoding import Encoder
from bot.example_model import ExampleModel, Understanding
from bot.order_numbers import found_in, in_words
from bot.several import REQUESTS, asked_for, halves_of, same_matter

OUT = "out_of_scope"
FOLDS = 5
THRESHOLDS = [step / 100 for step in range(21)]
CLEAR = [step / 100 for step in range(20, 41, 2)]
STRANGERS = 0.25
"""One stranger to four known texts: few customers write about what no intent is for, and a left-out intent is harder
than they are, since its neighbours stay."""
JOINTS = ("\n", ". ", " and ", ". Also ", ", plus ")
PAIRS = 150
"""Two requests in one message, for each fold."""

Guess = tuple[str, str, float]
"""(true intent or out_of_scope, guessed intent, its lead)"""


@dataclass(frozen=True)
class Fold:
    """A model and what it has never seen, as indices of the examples."""

    model: ExampleModel
    unseen: list[int]
    strangers: list[int]


@dataclass(frozen=True)
class Case:
    """A message, what it asks for, and how it and its halves are understood."""

    wanted: tuple[str, ...]
    whole: Understanding
    halves: list[tuple[Understanding, Understanding]]


def main(folder: str = "data/nlu") -> None:
    """Print both tables."""
    texts, labels = examples(folder)
    encoder = Encoder(encoder_files.onnx_file())
    vectors = encoder.views(list(texts))
    folds = list(folds_of(texts, labels, vectors))
    known = [guess for fold in folds for guess in guesses(fold, fold.unseen, texts, labels, vectors)]
    taken = [(OUT, *guess[1:]) for fold in folds for guess in guesses(fold, fold.strangers, texts, labels, vectors)]
    _show_thresholds(known, taken)
    _show_clear([case for fold in folds for case in cases(fold, texts, labels, encoder)])


def examples(folder: str) -> tuple[np.ndarray, np.ndarray]:
    """The training examples as the classifier reads them, and their intents."""
    messages = [m for m in load_data(folder).intent_examples if m.get("intent") not in BY_RULE]
    texts = [in_words(m.get("text"), found_in(m.get("text"))) for m in messages]
    return np.array(texts), np.array([m.get("intent") for m in messages])


def folds_of(texts: np.ndarray, labels: np.ndarray, vectors: np.ndarray) -> Iterator[Fold]:
    """Five folds, the same each time."""
    chance = np.random.default_rng(0)
    intents = chance.permutation(sorted(set(labels) - {OUT}))
    parts = chance.permutation(len(labels)) % FOLDS
    for number in range(FOLDS):
        strange = np.isin(labels, intents[number::FOLDS])
        seen = np.flatnonzero(~strange & (parts != number))
        model = ExampleModel.fit(list(texts[seen]), list(labels[seen]), vectors[seen])
        yield Fold(model, list(np.flatnonzero(~strange & (parts == number))), list(np.flatnonzero(strange)))


def guesses(
    fold: Fold, places: list[int], texts: np.ndarray, labels: np.ndarray, vectors: np.ndarray
) -> Iterator[Guess]:
    """What the fold's model takes these examples for."""
    understood = fold.model.understand(list(texts[places]), vectors[places])
    for label, result in zip(labels[places], understood, strict=True):
        yield str(label), result.ranking[0][0], result.lead


def score(all_guesses: list[Guess], weights: list[float], threshold: float) -> float:
    """Matthews coefficient where a guess below the threshold counts as out of scope."""
    believed = [guess if lead >= threshold else OUT for _, guess, lead in all_guesses]
    return float(matthews_corrcoef([truth for truth, _, _ in all_guesses], believed, sample_weight=weights))


def shares(known: list[Guess], strangers: list[Guess], threshold: float) -> str:
    """Shares of known texts: right, wrong, refused; and of strangers: taken for something."""
    right = np.mean([guess == truth and lead >= threshold for truth, guess, lead in known])
    wrong = np.mean([guess != truth and lead >= threshold for truth, guess, lead in known])
    taken = np.mean([guess != OUT and lead >= threshold for _, guess, lead in strangers])
    return f"{right:5.3f}  {wrong:5.3f}  {1 - right - wrong:7.3f} | {taken:5.3f}"


def cases(fold: Fold, texts: np.ndarray, labels: np.ndarray, encoder: Encoder) -> list[Case]:
    """Unseen messages that could be cut: single examples, and pairs of requests."""
    chance = random.Random(0)  # noqa: S311
    requests = [place for place in fold.unseen if labels[place] in REQUESTS]
    pairs = [chance.sample(requests, 2) for _ in range(PAIRS)]
    joined = [(texts[one] + chance.choice(JOINTS) + texts[other], (labels[one], labels[other])) for one, other in pairs]
    told = [(text, wanted) for text, wanted in joined if not same_matter(*wanted)]
    told += [(texts[place], (labels[place],)) for place in fold.unseen]
    return [_case(fold.model, text, wanted, encoder) for text, wanted in told if halves_of(text)]


def found(case: Case, clear: float) -> tuple[bool, bool]:
    """Whether all that the message asks for is found, and whether something that it doesn't ask for is."""
    asked = asked_for(case.whole, case.halves, 0.0, clear)
    told = {asked.ranking[0][0], *asked.also}
    return told >= set(case.wanted), bool(set(asked.also) - set(case.wanted))


def _case(model: ExampleModel, text: str, wanted: tuple[str, ...], encoder: Encoder) -> Case:
    all_texts = [text, *(half for pair in halves_of(text) for half in pair)]
    whole, *halves = model.understand(all_texts, encoder.views(all_texts))
    return Case(wanted, whole, list(zip(halves[::2], halves[1::2], strict=True)))


def _show_thresholds(known: list[Guess], strangers: list[Guess]) -> None:
    print("threshold  right  wrong  refused | strangers taken for something | MCC")  # noqa: T201
    weights = [1.0] * len(known) + [STRANGERS * len(known) / len(strangers)] * len(strangers)
    rows = [(score(known + strangers, weights, threshold), threshold) for threshold in THRESHOLDS]
    for value, threshold in rows:
        print(f"{threshold:9.2f}  {shares(known, strangers, threshold)} | {value:.3f}")  # noqa: T201
    print(f"best: {max(rows)[1]:.2f}")  # noqa: T201


def _show_clear(all_cases: list[Case]) -> None:
    print("clear  both requests found, a wrong one | single one right, torn apart")  # noqa: T201
    for clear in CLEAR:
        figures = []
        for length in (2, 1):
            told = [found(case, clear) for case in all_cases if len(case.wanted) == length]
            figures.append("  ".join(f"{np.mean(column):5.3f}" for column in zip(*told, strict=True)))
        print(f"{clear:5.2f}  {' | '.join(figures)}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
