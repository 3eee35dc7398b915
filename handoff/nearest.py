"""Which of some thousand known sentences are nearest in meaning, without a library: a rough sieve, then exact.

The sign of each of a vector's 384 numbers is one bit. Vectors that point the same way differ in few of them, which is
counted a hundred times as fast as a product (random hyperplanes, Charikar 2002); only the nearest by that are measured.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from operator import mul
from typing import Literal

SIEVED = 60


@dataclass(frozen=True, slots=True)
class Known:
    """Something that can be suggested, and the vector that its likeness is measured by, of unit length."""

    kind: Literal["macro", "reply"]
    text: str
    encoder: str
    vector: array[float]
    signs: int
    name: str | None = None
    title: str | None = None


def nearest(wanted: Sequence[float], known: Iterable[Known]) -> list[tuple[float, Known]]:
    """The sixty nearest at most with their likeness (cosine, 1 at most), the nearest first."""
    signs = signs_of(wanted)
    sieved = nsmallest(SIEVED, known, key=lambda each: (signs ^ each.signs).bit_count())
    measured = [(sum(map(mul, wanted, each.vector)), each) for each in sieved]
    return sorted(measured, key=lambda found: -found[0])


def signs_of(vector: Iterable[float]) -> int:
    """The signs of a vector's numbers as the bits of a whole number."""
    return int("".join("1" if number > 0 else "0" for number in vector), 2)
