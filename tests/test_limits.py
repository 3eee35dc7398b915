"""Counting: windows that slide, and places that are given back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from handoff.errors import TooMany
from handoff.limits import FORGET_EVERY, Places, Rate, Windows

TWO_IN_TEN = Rate("two", 2, 10)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_window_slides() -> None:
    clock = Clock()
    windows = Windows(clock)
    for at in (100, 104):
        clock.now = at
        windows.count((TWO_IN_TEN, "ana"))
    with pytest.raises(TooMany) as refusal:
        windows.count((TWO_IN_TEN, "ana"))
    assert (refusal.value.retry_after, refusal.value.limit) == (6, 2)
    windows.count((TWO_IN_TEN, "bob"))
    clock.now = 110
    windows.count((TWO_IN_TEN, "ana"))


def test_one_full_rate_leaves_the_others_uncounted() -> None:
    windows = Windows(Clock())
    one, many = Rate("one", 1, 10), Rate("many", 2, 10)
    windows.count((one, "ana"))
    for _ in range(3):
        with pytest.raises(TooMany):
            windows.count((many, "ana"), (one, "ana"))
    windows.count((many, "ana"))
    windows.count((many, "ana"))


def test_what_is_forgiven_doesnt_count() -> None:
    windows = Windows(Clock())
    for _ in range(20):
        windows.count((TWO_IN_TEN, "ruth"))
        windows.forgive((TWO_IN_TEN, "ruth"))


def test_threads_dont_get_more_than_the_limit() -> None:
    windows, rate = Windows(), Rate("many", 100, 60)

    def tries(_: int) -> bool:
        try:
            windows.count((rate, "ana"))
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(tries, range(400))) == 100


def test_old_counts_are_forgotten() -> None:
    clock = Clock()
    windows = Windows(clock)
    for number in range(FORGET_EVERY - 1):
        windows.count((TWO_IN_TEN, number))
    clock.now += 11
    windows.count((TWO_IN_TEN, "last"))
    assert len(windows._times) == 1


def test_a_place_is_given_back_whatever_happens() -> None:
    places = Places(1)
    with pytest.raises(ZeroDivisionError), places.one("ana"):
        raise ZeroDivisionError
    with places.one("ana"), places.one("bob"), pytest.raises(TooMany) as refusal, places.one("ana", retry_after=7):
        pass
    assert (refusal.value.retry_after, refusal.value.limit) == (7, 1)
    assert not places._taken
