"""The order card beside the conversation: Ruth sees what the shop knows, and what its customer is sending back."""

import asyncio

import pytest

from actions.shop import Shop
from handoff.errors import NotFound
from handoff.order_card import order_card
from tests.larkfield import ANA, LATE, MIRA, NILS, sqlite_shop_url

__all__ = ["sqlite_shop_url"]


@pytest.fixture
def shop(sqlite_shop_url: str) -> Shop:
    """The demo shop."""
    return Shop(sqlite_shop_url)


def test_ruth_sees_what_mira_sends_back_and_what_it_cost(shop: Shop) -> None:
    card = asyncio.run(order_card(shop, MIRA, "A-206631"))
    [sent] = card.returns
    assert (sent.what, sent.cents, sent.currency, sent.status) == ("Oak book stand", 6400, "GBP", "asked")
    assert f"{sent.at:%d %B}" == "11 June"
    assert card.refunds == []


def test_ruth_sees_that_nilss_return_has_arrived_and_was_never_paid_back(shop: Shop) -> None:
    card = asyncio.run(order_card(shop, NILS, None))
    [sent] = card.returns
    assert (sent.what, sent.status) == ("Oak book stand, Stoneware mug", "received")
    assert card.refunds == []


def test_anas_card_shows_no_return_and_nobody_elses_order(shop: Shop) -> None:
    card = asyncio.run(order_card(shop, ANA, LATE))
    assert (card.number, card.returns, card.missing) == (LATE, [], None)
    newest = asyncio.run(order_card(shop, ANA, None))
    instead = asyncio.run(order_card(shop, ANA, "A-206631"))
    assert (instead.number, instead.missing) == (newest.number, "A-206631")


def test_a_customer_without_orders_has_no_card(shop: Shop) -> None:
    with pytest.raises(NotFound, match="no orders"):
        asyncio.run(order_card(shop, "nobody-yet", None))
