"""The scores of an intent classifier on HINT3 (Arora et al., EMNLP Insights 2020), beside published ones."""

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass

NOTHING = "NO_NODES_DETECTED"
"""HINT3's label for a text that no intent is for."""

Prediction = tuple[str, str, float]
"""(true label, predicted label, confidence)"""


@dataclass(frozen=True)
class Scores:
    """`in_scope`: share of in-scope texts whose label is right. `auroc`: of the confidence, in scope against out.
    `mcc`: the best over one threshold for all, which is `threshold`."""

    in_scope: float
    auroc: float
    mcc: float
    threshold: float


def scores(predictions: Sequence[Prediction]) -> Scores:
    """The scores of a test set's predictions."""
    inside = [each for each in predictions if each[0] != NOTHING]
    outside = [each for each in predictions if each[0] == NOTHING]
    right = sum(truth == guess for truth, guess, _ in inside) / len(inside)
    thresholds = [step / 100 for step in range(101)]
    best, threshold = max((_mcc_at(predictions, threshold), threshold) for threshold in thresholds)
    return Scores(right, auroc([each[2] for each in inside], [each[2] for each in outside]), best, threshold)


def mean(all_scores: Sequence[Scores]) -> Scores:
    """The mean of each score."""
    return Scores(*(sum(column) / len(all_scores) for column in zip(*map(astuple, all_scores), strict=True)))


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that one of `positive` is above one of `negative`; ties count half, nan if one is empty."""
    if not positive or not negative:
        return math.nan
    ranked = sorted(negative)
    won = sum(bisect_left(ranked, value) + bisect_right(ranked, value) for value in positive)
    return won / (2 * len(positive) * len(negative))


def mcc(truth: Sequence[str], guess: Sequence[str]) -> float:
    """The Matthews correlation coefficient over all labels; 0 where it isn't defined."""
    true, guessed, count = Counter(truth), Counter(guess), len(truth)
    right = sum(one == other for one, other in zip(truth, guess, strict=True))
    covariance = right * count - sum(true[label] * guessed[label] for label in true)
    spread = math.prod(math.sqrt(count**2 - sum(n**2 for n in each.values())) for each in (true, guessed))
    return covariance / spread if spread else 0.0


def _mcc_at(predictions: Sequence[Prediction], threshold: float) -> float:
    believed = [guess if confidence >= threshold else NOTHING for _, guess, confidence in predictions]
    return mcc([truth for truth, _, _ in predictions], believed)
