"""What a question about money is after."""

import pytest

from actions.billing_wishes import Wish, wish_of


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("you took it twice", Wish.DOUBLE),
        ("Charged four... no, 5 times for one lamp", Wish.DOUBLE),
        ("the same amount left my account again", Wish.DOUBLE),
        ("this is fraud, you charged me two times", Wish.DOUBLE),
        ("my membership renewed and nobody asked me", Wish.RENEWAL),
        ("7.99 EVERY MONTH, what for", Wish.RENEWAL),
        ("somebody used my card in your shop", Wish.STOLEN_CARD),
        ("I need a receipt for work", Wish.PAPERS),
        ("gift card won't apply", Wish.VOUCHER),
        ("how do I remove my card", Wish.CHECKOUT),
        ("card declined", Wish.CHECKOUT),
        ("what is this charge", None),
        ("a direct debit that I never set up", None),
        ("", None),
        ("x" * 5000 + " twice", None),
    ],
)
def test_the_kind_of_question_shows_in_its_words(text: str, wish: Wish | None) -> None:
    assert wish_of(text) is wish
