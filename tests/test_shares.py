"""The arithmetic of figures, against published values and against what must always hold."""

from hypothesis import given
from hypothesis import strategies as st

from handoff.shares import percents, quantile, ranks, wilson


def test_intervals_are_wilsons() -> None:
    """The worked cases of Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I."""
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    assert {case: tuple(round(end, 4) for end in wilson(*case)) for case in published} == published


@given(st.integers(0, 500), st.integers(0, 500))
def test_an_interval_holds_the_share_and_stays_between_nothing_and_all(one: int, other: int) -> None:
    hits, cases = min(one, other), max(one, other)
    low, high = wilson(hits, cases)
    assert 0 <= low <= high <= 1
    assert cases == 0 or low <= hits / cases <= high


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6))
def test_percentages_add_up_to_a_hundred(counts: list[int]) -> None:
    shares = percents(counts)
    assert sum(shares) == (100 if sum(counts) else 0)
    assert all(
        abs(share - count * 100 / sum(counts)) < 1 for share, count in zip(shares, counts, strict=True) if sum(counts)
    )


def test_quantiles_are_times_that_somebody_waited() -> None:
    times = {10: 5, 60: 4, 300: 1}
    assert [quantile(times, share) for share in (0.5, 0.8, 0.9, 1.0)] == [10, 60, 60, 300]
    assert quantile({}, 0.5) is None


def test_nobody_is_ranked_under_thirty_votes_and_equals_share_a_rank() -> None:
    assert ranks({"ruth": (3, 30), "sam": (6, 60), "nina": (0, 29), "omar": (9, 40)}) == {
        "ruth": 1,
        "sam": 1,
        "nina": None,
        "omar": 3,
    }
