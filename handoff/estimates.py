"""How long somebody will wait: quantiles of what people at a like place waited. Pure; the simulated day uses it too.

Formulas: Kaplan and Meier, "Nonparametric Estimation from Incomplete Observations" (1958), because who left the line
or still stands in it would have waited longer than was seen; and the customer counted as one more case who hasn't been
answered yet, so that a new wait lies below the quantile of n past ones at least as often as is said (split conformal
prediction, Vovk et al. 2005). That the place in line says more than the clock: Ibrahim and Whitt, "Real-Time Delay
Estimation Based on Delay History" (2009).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, takewhile

LOW, HIGH = 0.2, 0.8
"""8 of 10 people wait longer than the range's low end, 8 of 10 less than its high end."""
LEAST_CASES = 20
"""With fewer people to compare with, nothing is said."""
LIKE_PLACE = 1.5
"""Who came at up to this times the place, or at least that part of it, came at a like place."""
LONGEST_TOLD = 12 * 3600


@dataclass(frozen=True, slots=True)
class PastWait:
    """Somebody's stay in line: the place they came at, how long they waited so far, and whether they were answered."""

    place: int
    seconds: float
    answered: bool


@dataclass(frozen=True, slots=True)
class Range:
    """Seconds in line, counted from the arrival: 8 of 10 wait longer than `low`, 8 of 10 less than `high`."""

    low: float
    high: float


class Estimator:
    """Ranges from one set of past waits; each place's curve is made when it's first needed."""

    def __init__(self, past: Iterable[PastWait]):
        self._past = list(past)
        self._curves: dict[int, _Curve] = {}

    def range_for(self, place: int, waited: float = 0.0) -> Range | None:
        """For somebody who came at `place` and has waited for `waited` seconds; None with too few cases.

        Never less than the wait already served; never less for a place further back.
        """
        below, above = _grid_around(place)
        upper = self._on_grid(above, waited)
        lower = self._on_grid(below, waited) if upper and below < place else None
        if not upper or not lower:
            return upper
        part = (place - below) / (above - below)
        return Range(lower.low + part * (upper.low - lower.low), lower.high + part * (upper.high - lower.high))

    def range_again(self, came_at: int, place: int, waited: float) -> Range | None:
        """For somebody who came at one place and is at another now.

        Who has moved up is compared with people who came at the place where they are now; who hasn't, with people who
        waited as long as they have. None when too few ever waited as long.
        """
        as_came = self.range_for(max(came_at, place), waited)
        if place >= came_at or as_came is None:
            return as_came
        from_here = self.range_for(place)
        return Range(waited + from_here.low, waited + from_here.high) if from_here else None

    def _on_grid(self, place: int, waited: float) -> Range | None:
        """The quantiles at a place of the grid, made to grow with the place."""
        own = self._curve(place).range_after(waited)
        if own is None:
            return None
        nearer = [self._curve(each).range_after(waited) for each in takewhile(lambda each: each < place, _grid())]
        known = [own, *(each for each in nearer if each)]
        return Range(max(each.low for each in known), max(each.high for each in known))

    def _curve(self, place: int) -> "_Curve":
        """The waits of those who came at a like place, each stretched to this one."""
        if place not in self._curves:
            like = (each for each in self._past if place / LIKE_PLACE <= each.place <= place * LIKE_PLACE)
            self._curves[place] = _Curve((each.seconds * place / each.place, each.answered) for each in like)
        return self._curves[place]


class _Curve:
    """Which share of people is still waiting after a time, by Kaplan and Meier."""

    def __init__(self, waits: Iterable[tuple[float, bool]]):
        in_order = sorted(waits, key=lambda each: (each[0], not each[1]))
        self._all = [seconds for seconds, _ in in_order]
        self._times: list[float] = []
        self._left: list[float] = []
        left, at_risk = 1.0, len(in_order) + 1
        for seconds, answered in in_order:
            if answered:
                left *= 1 - 1 / at_risk
                self._times.append(seconds)
                self._left.append(left)
            at_risk -= 1

    def range_after(self, waited: float) -> Range | None:
        """The quantiles of the waits that were longer than this; None if there are too few or they end too early."""
        if len(self._all) - bisect_right(self._all, waited) < LEAST_CASES:
            return None
        low, high = self._quantile(LOW, waited), self._quantile(HIGH, waited)
        return Range(low, high) if low is not None and high is not None else None

    def _quantile(self, share: float, waited: float) -> float | None:
        before = bisect_right(self._times, waited)
        still = (self._left[before - 1] if before else 1.0) * (1 - share)
        at = bisect_left(self._left, -still - 1e-9, key=lambda left: -left)
        return self._times[at] if at < len(self._times) else None


def _grid() -> Iterator[int]:
    """1, 2, 3, 4, 6, 8, 12, 16, 24, 32 …: the places for which there are curves."""
    power = 2
    yield 1
    while True:
        yield from (power, power + power // 2)
        power *= 2


def _grid_around(place: int) -> tuple[int, int]:
    below = 1
    for each in _grid():
        if each >= place:
            return (each if each == place else below), each
        below = each
    raise AssertionError("the grid has no end")


def rounded(exact: Range) -> tuple[int, int] | None:
    """Low and high end in seconds as people say them: low rounded down, high up; None for what is too long to tell."""
    if exact.high > LONGEST_TOLD:
        return None
    steps = list(_steps())
    return steps[bisect_right(steps, exact.low) - 1], steps[bisect_left(steps, exact.high)]


def _steps() -> Iterable[int]:
    """Minute by minute to ten, then by five to an hour, by half an hour to three, by the hour to twelve; in seconds."""
    minutes = chain(range(11), range(15, 61, 5), range(90, 181, 30), range(240, 721, 60))
    return (60 * each for each in minutes)
