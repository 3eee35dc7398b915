"""Measures of fairness: who was overtaken, and how evenly something is spread."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from benchmark.day.people import Case


def overtakings(answered: Iterable[Case], kind: Callable[[Case], Hashable]) -> list[int]:
    """For each of these chats: how many of its kind came later and had a rep earlier."""
    found = []
    later: dict[Hashable, list[float]] = defaultdict(list)
    for case in sorted(answered, key=lambda case: (case.customer.comes, case.customer.id), reverse=True):
        others = later[kind(case)]
        found.append(bisect_left(others, case.answered_at or 0.0))
        insort(others, case.answered_at or 0.0)
    return found


def gini(values: Sequence[float]) -> float:
    """Gini's coefficient of sorted values: 0 if all are equal, towards 1 if one has everything."""
    total, count = sum(values), len(values)
    if not total:
        return 0.0
    weighted = sum(place * value for place, value in enumerate(values, start=1))
    return 2 * weighted / (count * total) - (count + 1) / count


def share_at(ordered: Sequence[float], share: float) -> float:
    """The value that this share (0 to 1) of the sorted ones doesn't exceed; 0 for none."""
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0
