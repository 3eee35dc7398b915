"""A tracking number instead of an order number: Ana's parcels are found by it, nobody else's are."""

import pytest

from actions.going_on import GoOn
from actions.orders import TrackOrder
from actions.shop import Order
from actions.workplace import Workplace
from tests.larkfield import ANA, BEN, BENS_ORDER, LATE, ON_TIME, Chat, sqlite_shop_url, workplace

__all__ = ["sqlite_shop_url", "workplace"]

UNKNOWN = "LK0000000000GB"


def tracking(place: Workplace, customer: str, number: str) -> str:
    """The tracking number of an order's first parcel."""
    order = place.shop.order_of(customer, number)
    assert isinstance(order, Order)
    return str(order.shipments[0].tracking_number)


@pytest.mark.parametrize("action", [TrackOrder, GoOn])
def test_anas_parcel_is_found_by_its_number(workplace: Workplace, action: type[GoOn]) -> None:
    number = tracking(workplace, ANA, LATE)
    intent = "track_package" if action is TrackOrder else "inform_order"
    answer = Chat(customer=ANA).ask(action(workplace), intent, tracking_number=number)
    assert answer.responses[0] == "utter_order_late"
    assert answer.slots["order_number"] == LATE


def test_a_parcel_that_ana_names_beats_the_page_and_the_order_before(workplace: Workplace) -> None:
    chat = Chat(customer=ANA, page=LATE)
    chat.ask(TrackOrder(workplace), "track_package")
    number = tracking(workplace, ANA, ON_TIME)
    answer = chat.ask(GoOn(workplace), "inform_order", tracking_number=number)
    assert answer.slots["order_number"] == ON_TIME


def test_somebody_elses_parcel_and_an_unknown_one_answer_alike(workplace: Workplace) -> None:
    bens = tracking(workplace, BEN, BENS_ORDER)
    answers = [
        Chat(customer=ANA).ask(GoOn(workplace), "inform_order", tracking_number=number) for number in (bens, UNKNOWN)
    ]
    assert answers[0].without_number() == answers[1].without_number()
    assert (answers[0].responses, answers[0].asked) == (["utter_tracking_not_found"], "pick")


def test_for_who_isnt_signed_in_a_parcels_number_is_no_proof(workplace: Workplace) -> None:
    number = tracking(workplace, ANA, LATE)
    bare = Chat().ask(GoOn(workplace), "inform_order", tracking_number=number)
    assert (bare.responses, bare.asked) == ([], "better_order_number")
    asking = Chat().ask(TrackOrder(workplace), "track_package", tracking_number=number)
    assert (asking.responses, asking.asked) == ([], "order_number")
