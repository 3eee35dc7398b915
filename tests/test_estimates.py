"""Ranges told to who waits: never made up, never below what was waited already, and true as often as they say."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handoff.estimates import LEAST_CASES, Estimator, PastWait, Range, rounded

few = st.lists(
    st.builds(PastWait, place=st.integers(1, 60), seconds=st.floats(0, 7200), answered=st.booleans()),
    max_size=LEAST_CASES - 1,
)
places = st.integers(1, 8)
times_waited = st.floats(0, 600)


@st.composite
def histories(draw: st.DrawFn) -> list[PastWait]:
    """Long enough to say something from, most of them answered, of any shape."""
    size, longest = draw(st.integers(80, 250)), draw(st.sampled_from([700.0, 3000.0, 20_000.0]))
    any_of = random.Random(draw(st.integers()))
    shape, gone = any_of.uniform(0.3, 4), any_of.uniform(0, 0.4)
    seconds = [any_of.choice([longest, longest / 9]) * any_of.random() ** shape for _ in range(size)]
    return [PastWait(any_of.randint(1, 9), each, any_of.random() > gone) for each in seconds]


def answered(*seconds: float, place: int = 1) -> list[PastWait]:
    return [PastWait(place, each, answered=True) for each in seconds]


@given(histories(), places, times_waited)
def test_a_range_never_ends_before_what_was_waited_already(past: list[PastWait], place: int, waited: float) -> None:
    told = Estimator(past).range_for(place, waited)
    assume(told)
    assert told is not None
    assert waited < told.low <= told.high


@given(histories(), places, places, times_waited)
def test_told_again_it_never_ends_before_what_was_waited_already(
    past: list[PastWait], came_at: int, place: int, waited: float
) -> None:
    told = Estimator(past).range_again(came_at, place, waited)
    assume(told)
    assert told is not None
    assert waited <= told.low <= told.high


@given(histories(), places, places, times_waited)
def test_who_is_further_back_is_never_told_less(past: list[PastWait], one: int, other: int, waited: float) -> None:
    estimator = Estimator(past)
    nearer, further = (estimator.range_for(place, waited) for place in sorted((one, other)))
    assume(nearer and further)
    assert nearer is not None
    assert further is not None
    assert nearer.low <= further.low + 1e-6
    assert nearer.high <= further.high + 1e-6


@given(few, places, times_waited)
def test_with_too_little_history_nothing_is_said(past: list[PastWait], place: int, waited: float) -> None:
    assert Estimator(past).range_for(place, waited) is None


def test_nobody_ever_answered_means_that_nothing_is_said() -> None:
    assert Estimator([PastWait(1, 60, answered=False)] * 100).range_for(1) is None


def test_places_that_nobody_like_ana_came_at_are_not_guessed_at() -> None:
    estimator = Estimator(answered(*range(100), place=2))
    assert estimator.range_for(2)
    assert estimator.range_for(40) is None


def test_eight_of_ten_are_below_the_high_end_and_eight_of_ten_above_the_low_end() -> None:
    told = Estimator(answered(*range(1, 100))).range_for(1)
    assert told == Range(20, 80)


def test_who_left_counts_as_somebody_who_would_have_waited_longer() -> None:
    half_left = [PastWait(1, float(second), answered=second % 2 == 0) for second in range(1, 200)]
    everybody_answered = answered(*(each.seconds for each in half_left))
    with_leavers, without = Estimator(half_left).range_for(1), Estimator(everybody_answered).range_for(1)
    assert with_leavers
    assert without
    assert with_leavers.high > without.high


def test_who_has_waited_long_is_compared_with_who_waited_as_long() -> None:
    estimator = Estimator(answered(*range(100)))
    assert estimator.range_again(1, 1, 50) == Range(60, 90)


def test_who_has_moved_up_is_compared_with_who_came_there() -> None:
    estimator = Estimator([*answered(*range(1, 100), place=1), *answered(*range(501, 700), place=10)])
    fresh, moved_up = estimator.range_for(1), estimator.range_again(10, 1, 400)
    assert fresh
    assert moved_up == Range(400 + fresh.low, 400 + fresh.high)


def test_who_waited_longer_than_anybody_is_told_nothing_even_when_next_in_line() -> None:
    estimator = Estimator([*answered(*range(1, 100), place=1), *answered(*range(501, 700), place=10)])
    assert estimator.range_again(10, 1, 3600) is None


@pytest.mark.parametrize("patience", [None, 300.0])
@pytest.mark.parametrize("size", [80, 400])
def test_on_days_that_are_alike_eight_of_ten_wait_less(size: int, patience: float | None) -> None:
    """A line served at a steady pace: a wait from place p is the sum of p exponential intervals (Erlang)."""
    draw = random.Random(4)
    hits, told = 0, 0
    for _ in range(200):
        estimator = Estimator([seen(draw, patience) for _ in range(size)])
        for _ in range(8):
            place = draw.randint(1, 4)
            found = estimator.range_for(place)
            told += found is not None
            hits += found is not None and draw.gammavariate(place, 30) <= found.high
    assert told > 1000, "the test says nothing about ranges that nobody is told"
    assert 0.77 <= hits / told <= 0.87


def test_told_again_it_holds_as_often() -> None:
    """Those who have waited for 20 seconds already are told a range that fits those who wait longer than that."""
    draw = random.Random(5)
    hits, told = 0, 0
    for _ in range(100):
        estimator = Estimator([seen(draw, None) for _ in range(400)])
        for wait in [seen(draw, None) for _ in range(30)]:
            found = estimator.range_again(wait.place, wait.place, 20)
            if found and wait.seconds > 20:
                told += 1
                hits += wait.seconds <= found.high
    assert told > 1000, "the test says nothing about ranges that nobody is told"
    assert 0.77 <= hits / told <= 0.87


def seen(draw: random.Random, patience: float | None) -> PastWait:
    place = draw.randint(1, 4)
    wait = draw.gammavariate(place, 30)
    leaves = draw.expovariate(1 / patience) if patience else wait + 1
    return PastWait(place, min(wait, leaves), answered=wait <= leaves)


@pytest.mark.parametrize(
    ("exact", "told"),
    [
        (Range(0, 12), (0, 60)),
        (Range(59, 60), (0, 60)),
        (Range(61, 61), (60, 120)),
        (Range(200, 601), (180, 900)),
        (Range(1501, 3500), (1500, 3600)),
        (Range(3700, 3700), (3600, 5400)),
        (Range(10_000, 40_000), (9_000, 43_200)),
        (Range(10, 43_201), None),
    ],
)
def test_ends_are_rounded_outwards_to_what_people_say(exact: Range, told: tuple[int, int] | None) -> None:
    assert rounded(exact) == told


@given(st.floats(0, 43_200), st.floats(0, 43_200))
@settings(max_examples=300)
def test_rounding_never_promises_more_than_is_known(one: float, other: float) -> None:
    exact = Range(min(one, other), max(one, other))
    low, high = rounded(exact) or pytest.fail("too long")
    assert low <= exact.low
    assert high >= exact.high
