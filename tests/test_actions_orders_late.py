"""It's late: why, what the last scan says, and what may be done about it, from waiting to a new parcel or the money."""

import pytest
from sqlalchemy import Engine

from actions.late import AskAmends, OfferMoneyBack, OfferNewParcel, PayBack, SendAgain
from actions.orders import TrackOrder
from actions.turn import TurnAction
from actions.workplace import Workplace
from demo.worker import settle_next
from tests.larkfield import (
    ANA,
    BEN,
    BENS_ORDER,
    CHLOE,
    DELIVERED,
    ELIF,
    KOFI,
    LATE,
    LEA,
    ON_TIME,
    Answer,
    Chat,
    change,
    own_shop_url,
    own_workplace,
    shops_own,
    sqlite_shop_url,
    workplace,
)

__all__ = ["own_shop_url", "own_workplace", "shops_own", "sqlite_shop_url", "workplace"]

RAVI, LONG, LOST = "C-1017", "A-209721", "A-126733"


def says_late(place: Workplace, customer: str, order: str) -> Answer:
    """The customer says that this order is late."""
    return Chat(customer=customer, page=order).ask(TrackOrder(place), "late_delivery")


class Ravi:
    """Ravi, or another with a parcel that may be sent again, and the actions that take their answers."""

    def __init__(self, place: Workplace, customer: str = RAVI) -> None:
        self.place, self.chat = place, Chat(customer=customer)

    def says(
        self, action: type[TurnAction], intent: str = "affirm", opening: str | None = None, **entities: str
    ) -> Answer:
        """They say something with this intent, which the rules give to this action."""
        return self.chat.ask(action(self.place), intent, {"opening": opening}, **entities)

    def asked_for(self) -> list[str]:
        """The kinds of the requests that the shop has got."""
        query = "SELECT kind FROM baton_requests"
        return list(self.place.requests._lookup.run(lambda db: db.exec_driver_sql(query).scalars().all()))


def test_ana_hears_why_two_days_arent_two_days(workplace: Workplace) -> None:
    answer = says_late(workplace, ANA, LATE)
    assert answer.responses == ["utter_order_late", "utter_late_days", "utter_late_choice_to_come"]
    days = answer.fields("utter_late_days")
    assert (days["processing_days"], days["delivery_days"]) == ("1 day", "2 days")
    assert (days["ordered"], days["left"]) == ("on Sunday 7 June", "on Wednesday 10 June")
    assert answer.fields("utter_late_choice_to_come") == {"choice": "on Saturday 20 June"}
    assert answer.asked == "helped"


def test_who_only_asks_where_it_is_is_spared_the_why(workplace: Workplace) -> None:
    answer = Chat(customer=ANA, page=LATE).ask(TrackOrder(workplace), "track_package")
    assert answer.responses == ["utter_order_late", "utter_late_choice_to_come"]


def test_an_order_that_is_in_time_is_called_so_with_the_day(workplace: Workplace) -> None:
    answer = says_late(workplace, ANA, ON_TIME)
    assert answer.responses == ["utter_order_on_the_way", "utter_not_late", "utter_late_days"]
    assert answer.fields("utter_not_late") == {"promised": "on Wednesday 17 June"}
    assert answer.asked == "helped"


def test_an_order_that_is_being_packed_isnt_late_either(workplace: Workplace) -> None:
    answer = says_late(workplace, LEA, "A-205518")
    assert answer.responses == ["utter_order_processing", "utter_not_late", "utter_late_days_not_left"]


@pytest.mark.parametrize(
    ("customer", "order", "news"),
    [(BEN, BENS_ORDER, "utter_order_late_weather"), (KOFI, "A-193862", "utter_order_late_no_date")],
)
def test_weather_and_no_date_are_explained_too(workplace: Workplace, customer: str, order: str, news: str) -> None:
    answer = says_late(workplace, customer, order)
    assert answer.responses == [news, "utter_late_days", "utter_late_choice_to_come"]


def test_ana_who_calls_an_order_late_means_the_one_that_is(workplace: Workplace) -> None:
    answer = Chat(customer=ANA).ask(TrackOrder(workplace), "late_delivery")
    assert answer.responses[0] == "utter_order_late"
    assert answer.slots["order_number"] == LATE


def test_a_delivered_order_isnt_late_so_ana_is_asked_whether_she_has_it(workplace: Workplace) -> None:
    answer = says_late(workplace, ANA, DELIVERED)
    assert (answer.responses, answer.asked) == (["utter_order_delivered"], "have_it")


def test_of_two_parcels_the_one_still_coming_is_explained(workplace: Workplace) -> None:
    answer = says_late(workplace, ELIF, "A-140027")
    assert answer.responses == [
        "utter_order_split",
        "utter_parcel_delivered",
        "utter_parcel_on_the_way",
        "utter_not_late",
        "utter_late_days",
    ]
    assert answer.fields("utter_parcel_delivered")["parcel"].startswith("1 (")


@pytest.mark.parametrize(("customer", "order"), [(CHLOE, LOST), (RAVI, LONG)])
def test_what_is_lost_or_far_too_late_may_be_sent_again_or_paid_back(
    workplace: Workplace, customer: str, order: str
) -> None:
    for intent in ("track_package", "late_delivery"):
        answer = Chat(customer=customer, page=order).ask(TrackOrder(workplace), intent)
        assert (answer.responses[-1], answer.asked) == ("utter_amends", "amends")


@pytest.mark.parametrize(("promised", "asked"), [("2026-06-08", "amends"), ("2026-06-09", "helped")])
def test_the_choice_begins_a_week_after_the_promised_day(
    own_workplace: Workplace, own_shop_url: str, promised: str, asked: str
) -> None:
    change(own_shop_url, f"UPDATE parcels SET promised_at = '{promised} 23:59:00' WHERE order_number = '{LATE}'")
    assert says_late(own_workplace, ANA, LATE).asked == asked


def test_ravi_wants_a_new_parcel_and_the_shop_is_asked_after_his_yes(own_workplace: Workplace) -> None:
    ravi = Ravi(own_workplace)
    ravi.says(TrackOrder, "late_delivery", order_number=LONG)
    answer = ravi.says(OfferNewParcel, "return_item")
    assert (answer.responses, answer.asked) == (["utter_new_parcel_what"], "confirm_new_parcel")
    assert answer.fields("utter_new_parcel_what")["things"]
    assert ravi.asked_for() == []
    answer = ravi.says(SendAgain)
    assert (answer.responses, answer.asked) == (["utter_new_parcel_asked"], "helped")
    assert ravi.asked_for() == ["send_again"]


def test_ravi_wants_his_money_and_the_shop_is_asked_for_all_of_it(own_workplace: Workplace, shops_own: Engine) -> None:
    ravi = Ravi(own_workplace)
    ravi.says(TrackOrder, "late_delivery", order_number=LONG)
    offered = ravi.says(OfferMoneyBack, "refund_status").fields("utter_money_back_what")["amount"]
    answer = ravi.says(PayBack)
    assert (answer.responses, answer.asked) == (["utter_money_back_asked"], "helped")
    card = own_workplace.shop.order_card(RAVI, LONG)
    assert settle_next(shops_own)
    paid = own_workplace.shop.order_card(RAVI, LONG)
    assert card
    assert paid
    assert not card.refunds
    [refund] = paid.refunds
    assert offered == f"£{refund.amount_cents / 100:.2f}"
    digital = sum(item.quantity * item.unit_cents for item in card.order.items if item.kind == "digital")
    assert refund.amount_cents == card.order.total_cents - digital
    answer = ravi.says(TrackOrder, "late_delivery")
    assert (answer.responses[-1], answer.asked) == ("utter_money_back_done", "helped")


def test_one_or_the_other_but_not_both_and_each_once(own_workplace: Workplace) -> None:
    ravi = Ravi(own_workplace)
    ravi.says(TrackOrder, "late_delivery", order_number=LONG)
    ravi.says(OfferNewParcel, "return_item")
    ravi.says(SendAgain)
    for action, intent in ((TrackOrder, "late_delivery"), (OfferMoneyBack, "refund_status"), (PayBack, "affirm")):
        answer = ravi.says(action, intent)
        assert (answer.responses[-1], answer.asked) == ("utter_new_parcel_asked_before", "helped")
    assert ravi.asked_for() == ["send_again"]


def test_the_shop_sends_it_again_and_ravi_sees_the_new_parcel_only(own_workplace: Workplace, shops_own: Engine) -> None:
    ravi = Ravi(own_workplace)
    ravi.says(TrackOrder, "late_delivery", order_number=LONG)
    ravi.says(OfferNewParcel, "return_item")
    ravi.says(SendAgain)
    assert settle_next(shops_own)
    answer = ravi.says(TrackOrder, "track_package")
    assert answer.responses == ["utter_order_processing"]


def test_the_shop_refuses_and_ravi_is_offered_a_person(own_workplace: Workplace, own_shop_url: str) -> None:
    ravi = Ravi(own_workplace)
    ravi.says(TrackOrder, "late_delivery", order_number=LONG)
    ravi.says(OfferNewParcel, "return_item")
    ravi.says(SendAgain)
    change(own_shop_url, """UPDATE baton_requests SET status = 'refused', result = '{"reason": "Sold out."}'""")
    answer = ravi.says(TrackOrder, "late_delivery")
    assert answer.fields("utter_request_refused") == {"reason": "Sold out."}
    assert (answer.asked, ravi.chat.slots["person_reason"]) == ("person", "order_problem")


@pytest.mark.parametrize(("action", "again"), [(SendAgain, "confirm_new_parcel"), (PayBack, "confirm_money_back")])
def test_only_a_plain_yes_counts(own_workplace: Workplace, action: type[TurnAction], again: str) -> None:
    ravi = Ravi(own_workplace)
    ravi.says(TrackOrder, "late_delivery", order_number=LONG)
    assert ravi.says(action, "return_item").asked == again
    assert ravi.says(action, "return_item", "no").asked == "amends"
    assert ravi.says(action, "nlu_fallback").responses == ["utter_not_understood"]
    assert ravi.asked_for() == []
    ravi.says(action, "return_item", "yes")
    assert len(ravi.asked_for()) == 1


def test_a_yes_to_a_choice_is_asked_to_which(own_workplace: Workplace) -> None:
    ravi = Ravi(own_workplace)
    ravi.says(TrackOrder, "late_delivery", order_number=LONG)
    assert ravi.says(AskAmends).asked == "amends"


def test_a_parcel_that_arrives_before_the_yes_isnt_sent_again(own_workplace: Workplace, own_shop_url: str) -> None:
    ravi = Ravi(own_workplace)
    ravi.says(TrackOrder, "late_delivery", order_number=LONG)
    ravi.says(OfferNewParcel, "return_item")
    change(
        own_shop_url,
        f"UPDATE parcels SET status = 'delivered', delivered_at = '2026-06-15 09:00:00' WHERE order_number = '{LONG}'",
    )
    answer = ravi.says(SendAgain)
    assert (answer.responses, answer.asked) == (["utter_order_delivered"], "have_it")
    assert ravi.asked_for() == []


@pytest.mark.parametrize("customer", [None, ANA])
@pytest.mark.parametrize("action", [SendAgain, PayBack])
def test_a_yes_of_somebody_else_asks_for_nothing(
    own_workplace: Workplace, customer: str | None, action: type[TurnAction]
) -> None:
    ravi = Ravi(own_workplace)
    ravi.says(TrackOrder, "late_delivery", order_number=LONG)
    ravi.chat.customer = customer
    ravi.says(action)
    assert ravi.asked_for() == []


@pytest.mark.parametrize("what", ["DELETE FROM charges", "UPDATE charges SET amount_cents = 0"])
def test_money_that_isnt_in_the_books_needs_a_person(own_workplace: Workplace, own_shop_url: str, what: str) -> None:
    ravi = Ravi(own_workplace)
    ravi.says(TrackOrder, "late_delivery", order_number=LONG)
    change(own_shop_url, f"{what} WHERE order_number = '{LONG}'")
    answer = ravi.says(OfferMoneyBack, "refund_status")
    assert (answer.responses, answer.asked) == (["utter_money_back_unknown"], "person")


def test_a_lost_parcel_of_several_is_paid_back_without_the_rest(own_workplace: Workplace, own_shop_url: str) -> None:
    change(own_shop_url, "UPDATE parcels SET status = 'lost' WHERE order_number = 'A-140027' AND parcel = 2")
    elif_ = Ravi(own_workplace, ELIF)
    assert elif_.says(TrackOrder, "late_delivery").asked == "amends"
    order = own_workplace.shop.order_of(ELIF, "A-140027")
    assert order
    inside = [item for item in order.items if item.shipment_id == order.shipments[1].shipment_id]
    amount = elif_.says(OfferMoneyBack, "refund_status").fields("utter_money_back_what")["amount"]
    assert amount == f"£{sum(item.quantity * item.unit_cents for item in inside) / 100:.2f}"


@pytest.mark.parametrize(
    ("what", "response"),
    [
        ("status = 'returned'", "utter_order_returned"),
        ("status = 'preparing', shipped_at = NULL, expected_at = NULL", "utter_order_not_sent"),
    ],
)
def test_a_parcel_that_came_back_or_was_never_sent_needs_a_person(
    own_workplace: Workplace, own_shop_url: str, what: str, response: str
) -> None:
    change(own_shop_url, f"UPDATE parcels SET {what} WHERE order_number = '{LATE}'")
    for intent in ("track_package", "late_delivery"):
        answer = Chat(customer=ANA, page=LATE).ask(TrackOrder(own_workplace), intent)
        assert (answer.responses, answer.asked) == ([response], "person")
    answer = Chat().ask(TrackOrder(own_workplace), "track_package", order_number=LATE, email="ana@example.com")
    assert answer.asked == "person"


def test_a_stranger_hears_the_status_and_no_offer(workplace: Workplace) -> None:
    answer = Chat().ask(TrackOrder(workplace), "late_delivery", order_number=LONG, email="ravi@example.com")
    assert (answer.responses, answer.asked) == (["utter_status_late_no_date"], "helped")
