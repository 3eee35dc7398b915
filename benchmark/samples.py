"""Measured times, and what is told of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median


@dataclass(slots=True)
class Sample:
    """Times in seconds of the things that went well, how many were refused, and how long all of it took."""

    times: list[float] = field(default_factory=list)
    refused: int = 0
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    @property
    def commands_per_second(self) -> float:
        return (len(self.times) + self.refused) / self.seconds

    def percentile(self, share: float) -> float:
        """The time in seconds that this share (0 to 1) of the things stayed within."""
        ordered = sorted(self.times)
        return ordered[min(round(share * len(ordered)), len(ordered) - 1)]


def middle(samples: Iterable[Sample]) -> Sample:
    """The round whose rate is the median of all rounds' (the better of the two middle ones)."""
    ordered = sorted(samples, key=lambda sample: sample.per_second)
    return ordered[len(ordered) // 2]


def pooled(samples: Iterable[Sample]) -> Sample:
    """All rounds as one."""
    whole = Sample()
    for sample in samples:
        whole.times += sample.times
        whole.refused += sample.refused
        whole.seconds += sample.seconds
    return whole


def middle_ratio(ones: Iterable[float], others: Iterable[float]) -> float:
    """The median of the ratios of pairs measured next to each other."""
    return median(one / other for one, other in zip(ones, others, strict=True))
