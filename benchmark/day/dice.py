"""Chance that is the same each time: each thing has dice of its own, so that no router's choices change another's."""

import math
import random
from collections.abc import Mapping
from typing import TypeVar

Thing = TypeVar("Thing")


def dice(*names: object) -> random.Random:
    """Dice that fall the same way for the same names."""
    return random.Random("/".join(map(str, names)))  # noqa: S311 - a day that is the same each time, no secret


def log_normal(of: random.Random, median: float, spread: float) -> float:
    """A time: as often half the median or less as twice that or more, about."""
    return median * math.exp(of.gauss(0, spread))


def choice(of: random.Random, weights: Mapping[Thing, float]) -> Thing:
    """One of them, by weight."""
    return of.choices(list(weights), list(weights.values()))[0]
