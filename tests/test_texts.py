"""What is hidden in a message before it is stored, and what is left alone."""

import pytest

from handoff.texts import is_card, luhn, masked


@pytest.mark.parametrize(
    "number", ["4111111111111111", "5500 0055 5555 5559", "3400-0000-0000-009", "6011000000000004", "4222222222222"]
)
def test_card_numbers_of_the_issuers_test_ranges_are_hidden(number: str) -> None:
    assert masked(f"my card is {number}, thanks") == ("my card is [card number hidden], thanks", {"card"})


@pytest.mark.parametrize(
    "text",
    [
        "order A-123456",
        "tracking 9400111899223100000000",
        "4111111111111112",
        "call 0044 20 7946 0000",
        "1Z999AA10123456784",
        "my password is wrong",
        "I forgot my password: help",
        "the pin is not working",
    ],
)
def test_orders_tracking_numbers_and_plain_talk_stay(text: str) -> None:
    assert masked(text) == (text, frozenset())


@pytest.mark.parametrize("text", ["my password is hunter2", "Password: S3cret!x", "pin = 4821"])
def test_passwords_are_hidden(text: str) -> None:
    assert masked(text).text.endswith("[password hidden]")


def test_luhns_sum_is_that_of_the_standards_example() -> None:
    assert luhn("79927398713")
    assert not luhn("79927398710")
    assert not is_card("79927398713")
