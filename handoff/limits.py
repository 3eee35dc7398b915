"""Counting, in memory, who sends, signs in or connects too often. Windows may be used from several threads."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil

from handoff.errors import TooMany

FORGET_EVERY = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `times` in any `seconds`; `name` keeps the counts of different rates apart."""

    name: str
    times: int
    seconds: float


class Windows:
    """Times of what happened, by rate and by whom. `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._times: dict[tuple[Rate, Hashable], deque[float]] = {}
        self._until_forget = FORGET_EVERY

    def count(self, *rates_and_keys: tuple[Rate, Hashable]) -> None:
        """Count once against each rate; TooMany, with nothing counted, if any of them is used up."""
        with self._lock:
            self._refuse_if_full(rates_and_keys)
            self._add(rates_and_keys)

    def forgive(self, *rates_and_keys: tuple[Rate, Hashable]) -> None:
        """Take the last count against each rate back: it was none of those that are limited."""
        with self._lock:
            for rate_and_key in rates_and_keys:
                if times := self._times.get(rate_and_key):
                    times.pop()

    def _refuse_if_full(self, rates_and_keys: tuple[tuple[Rate, Hashable], ...]) -> None:
        for rate, key in rates_and_keys:
            times = self._recent(rate, key)
            if len(times) >= rate.times:
                wait = times[-rate.times] + rate.seconds - self._clock() if rate.times else rate.seconds
                raise TooMany(limit=rate.times, retry_after=max(1, ceil(wait)))

    def _add(self, rates_and_keys: tuple[tuple[Rate, Hashable], ...]) -> None:
        for rate, key in rates_and_keys:
            self._times.setdefault((rate, key), deque(maxlen=max(1, rate.times))).append(self._clock())
        self._forget_now_and_then()

    def _recent(self, rate: Rate, key: Hashable) -> deque[float]:
        times = self._times.get((rate, key), deque())
        while times and times[0] <= self._clock() - rate.seconds:
            times.popleft()
        return times

    def _forget_now_and_then(self) -> None:
        self._until_forget -= 1
        if self._until_forget <= 0:
            self._until_forget = FORGET_EVERY
            self._times = {(rate, key): times for (rate, key), times in self._times.items() if self._recent(rate, key)}


class Places:
    """How many are in at once, by key: open requests of an address, sockets of a customer. For one thread."""

    def __init__(self, most: int):
        self._most = most
        self._taken: defaultdict[Hashable, int] = defaultdict(int)

    @contextmanager
    def one(self, key: Hashable, retry_after: int = 1) -> Iterator[None]:
        """Take a place until the block ends; TooMany if all are taken."""
        if self._taken[key] >= self._most:
            raise TooMany(limit=self._most, retry_after=retry_after)
        self._taken[key] += 1
        try:
            yield
        finally:
            self._taken[key] -= 1
            if not self._taken[key]:
                del self._taken[key]
