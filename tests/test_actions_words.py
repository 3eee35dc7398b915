"""Days and money are called as people call them."""

from datetime import UTC, timedelta

import pytest

from actions.words import days_count, money_words, on_day_words
from tests.larkfield import NOW


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (2, "on Wednesday 17 June")]
)
def test_a_day_fits_into_a_sentence(days: int, words: str) -> None:
    assert on_day_words(NOW + timedelta(days=days), NOW, UTC) == words


def test_one_day_and_more() -> None:
    assert [days_count(number) for number in (1, 2, 30)] == ["1 day", "2 days", "30 days"]


@pytest.mark.parametrize(
    ("cents", "currency", "words"),
    [(4520, "GBP", "£45.20"), (5, "USD", "$0.05"), (123456, "EUR", "€1,234.56"), (900, "SEK", "9.00 SEK")],
)
def test_money_has_its_sign_or_its_code(cents: int, currency: str, words: str) -> None:
    assert money_words(cents, currency) == words
