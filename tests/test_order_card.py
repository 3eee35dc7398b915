"""The order card beside the conversation: Ruth sees what the shop knows, and what its customer is sending back."""

import asyncio
from typing import cast

import pytest

from actions.shop import Shop
from handoff.order_card import order_shown
from handoff.wire_order_card import OrderCard, OrderShown
from tests.larkfield import ANA, LATE, MIRA, NILS, sqlite_shop_url

__all__ = ["sqlite_shop_url"]


@pytest.fixture
def shop(sqlite_shop_url: str) -> Shop:
    """The demo shop."""
    return Shop(sqlite_shop_url)


def test_ruth_sees_what_mira_sends_back_and_what_it_cost(shop: Shop) -> None:
    card = card_of(shop, MIRA, "A-206631")
    [sent] = card.returns
    assert (sent.what, sent.cents, sent.currency, sent.status) == ("Oak book stand", 6400, "GBP", "asked")
    assert f"{sent.at:%d %B}" == "11 June"
    assert card.refunds == []


def test_ruth_sees_that_nilss_return_has_arrived_and_was_never_paid_back(shop: Shop) -> None:
    card = card_of(shop, NILS, None)
    [sent] = card.returns
    assert (sent.what, sent.status) == ("Oak book stand, Stoneware mug", "received")
    assert card.refunds == []


def test_anas_card_shows_no_return_and_nobody_elses_order(shop: Shop) -> None:
    card = card_of(shop, ANA, LATE)
    assert (card.number, card.returns, card.missing) == (LATE, [], None)
    newest = card_of(shop, ANA, None)
    instead = card_of(shop, ANA, "A-206631")
    assert (instead.number, instead.missing) == (newest.number, "A-206631")


def test_a_customer_without_orders_has_no_card(shop: Shop) -> None:
    assert asyncio.run(order_shown(shop, "nobody-yet", None)) == OrderShown(why="This customer has no orders.")


def test_a_visitor_has_no_card_and_the_shop_isnt_asked() -> None:
    answered = asyncio.run(order_shown(cast(Shop, None), None, "A-100001"))
    assert answered.card is None
    assert answered.why is not None
    assert "isn't signed in" in answered.why


def card_of(shop: Shop, customer_sub: str, number: str | None) -> OrderCard:
    card = asyncio.run(order_shown(shop, customer_sub, number)).card
    assert card is not None
    return card
