"""What actions say exists in `domain/`, and its braces ask for no more than the action gives."""

import pytest

from actions.order_news import FOR_STRANGERS, OF_ORDER, OF_PARCEL, SETTLED
from tests.words import BRACES, in_domain


def said() -> dict[str, set[str]]:
    """Each response of the order's news with the fields that fill it."""
    fields = {
        response: {*fields.split(), "order_number"}
        for response, fields in (*OF_ORDER.values(), *FOR_STRANGERS.values())
    }
    fields |= {response: {*fields.split(), "parcel"} for response, fields in OF_PARCEL.values()}
    fields |= {response: {"order_number"} for pair in SETTLED.values() for response in pair}
    fields |= {"utter_order_split": {"order_number", "parcels"}, "utter_order_no_parcel": {"order_number"}}
    plain = ["order_not_found", "order_not_found_anonymous", "too_many_tries", "ask_pick", "no_orders", "ask_again"]
    return fields | {f"utter_{name}": set() for name in plain}


@pytest.mark.parametrize("response", sorted(said()))
def test_each_response_is_there_and_asks_for_no_unknown_field(response: str) -> None:
    variations = in_domain("responses").get(response)
    assert isinstance(variations, list), f"{response} is missing in domain/"
    for variation in variations:
        assert set(BRACES.findall(variation["text"])) <= said()[response] | {"order_number"}


@pytest.mark.parametrize("slot", ["order_number", "email", "asked", "about", "wrong_orders", "page_order"])
def test_each_slot_that_actions_set_is_there(slot: str) -> None:
    assert slot in in_domain("slots")
