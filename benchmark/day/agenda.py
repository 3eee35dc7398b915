"""What is to happen, in order of time: the heart of any simulation of discrete events."""

import heapq
from collections.abc import Callable
from itertools import count
from typing import Any


class Agenda:
    """Runs what was put on it, earliest first and in the order of putting; `now` is the time of what runs."""

    def __init__(self) -> None:
        self.now = float("-inf")
        self._entries: list[tuple[float, int, Callable[..., None], tuple[Any, ...]]] = []
        self._number = count()

    def at(self, time: float, act: Callable[..., None], *given: Any) -> None:
        """Have `act` called at that time, or at once if it's past."""
        heapq.heappush(self._entries, (max(time, self.now), next(self._number), act, given))

    def after(self, seconds: float, act: Callable[..., None], *given: Any) -> None:
        """Have `act` called so many seconds from now."""
        self.at(self.now + seconds, act, *given)

    def run(self, until: float) -> None:
        """Call what is due before that time."""
        while self._entries and self._entries[0][0] < until:
            self.now, _, act, given = heapq.heappop(self._entries)
            act(*given)
