"""Arithmetic of figures: intervals of shares, percentages that add up, quantiles of counted times. Pure."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Literal

Z = 1.959964
"""The 97.5 % point of the normal distribution: two-sided 95 %."""
LEAST_VOTES = 30
"""Under so many votes nothing is ranked."""


def wilson(hits: int, cases: int) -> tuple[float, float]:
    """The 95 % score interval of a share, in 0..1; the whole of it without a case.

    Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927).
    """
    if cases == 0:
        return 0.0, 1.0
    share, per_case = hits / cases, Z * Z / cases
    centre = (share + per_case / 2) / (1 + per_case)
    half = Z / (1 + per_case) * sqrt(share * (1 - share) / cases + per_case / (4 * cases))
    return max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half))


def percents(counts: Sequence[int]) -> list[int]:
    """Whole percentages that add up to 100 (all 0 without a case): the largest remainders are rounded up (Hamilton)."""
    total = sum(counts)
    if total == 0:
        return [0 for _ in counts]
    whole = [count * 100 // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda at: -(counts[at] * 100 % total))
    for at in by_remainder[: 100 - sum(whole)]:
        whole[at] += 1
    return whole


def quantile(seconds: Mapping[int, int], share: float) -> int | None:
    """The least of these times (time → how often) that this share of them doesn't exceed; None without a case."""
    left = share * sum(seconds.values())
    for time in sorted(seconds):
        left -= seconds[time]
        if left <= 0:
            return time
    return None


def ranks(shares: Mapping[str, tuple[int, int]]) -> dict[str, int | None]:
    """Places by share of hits in cases (name → hits, cases), from 1 for the least; equals share one.

    None under 30 cases: so few say too little about anybody.
    """
    counted = {name: hits / cases for name, (hits, cases) in shares.items() if cases >= LEAST_VOTES}
    return {
        name: 1 + sum(other < counted[name] for other in counted.values()) if name in counted else None
        for name in shares
    }


def trend(now: int, before: int) -> Literal["more", "fewer", "same"]:
    """Whether something came more or less often than in as long a time before, by more than chance explains.

    Without a change each of the cases falls into either time alike, so half is in the interval of their share.
    """
    low, high = wilson(now, now + before)
    if low > 0.5:
        return "more"
    return "fewer" if high < 0.5 else "same"
