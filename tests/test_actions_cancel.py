"""Cancelling an order: Lea's can be, Ana's has left, Farid's was; each is told so, and the shop is asked once."""

import pytest
from sqlalchemy import Engine

from actions.cancel import CancelNow, CancelOrder
from actions.going_on import ComeBack, Solved
from actions.orders import TrackOrder
from actions.workplace import Workplace
from demo.worker import settle_next
from tests.larkfield import (
    ANA,
    BENS_ORDER,
    DELIVERED,
    ELIF,
    FARID,
    GRACE,
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
)

__all__ = ["own_shop_url", "own_workplace", "shops_own", "sqlite_shop_url"]

PACKING = "A-205518"


@pytest.fixture
def cancel(own_workplace: Workplace) -> CancelOrder:
    """The help."""
    return CancelOrder(own_workplace)


@pytest.fixture
def answered(own_workplace: Workplace) -> CancelNow:
    """What takes the answer to its question."""
    return CancelNow(own_workplace)


def asked_for(place: Workplace, order: str = PACKING) -> bool:
    """Whether the shop has been asked to cancel this order."""
    return place.requests.find(f"cancel:{order}") is not None


def test_leas_order_hasnt_left_so_she_is_asked_whether_to_cancel_it(cancel: CancelOrder) -> None:
    answer = Chat(customer=LEA).ask(cancel, "cancel_order")
    assert (answer.responses, answer.asked) == (["utter_cancel_which"], "confirm_cancel")
    assert answer.fields("utter_cancel_which")["order_number"] == PACKING
    assert not asked_for(cancel.workplace)


def test_lea_says_yes_and_the_shop_is_asked_and_not_more_than_that_is_claimed(
    cancel: CancelOrder, answered: CancelNow
) -> None:
    chat = Chat(customer=LEA)
    chat.ask(cancel, "cancel_order")
    answer = chat.ask(answered, "affirm")
    assert (answer.responses, answer.asked) == (["utter_cancel_asked"], "helped")
    assert answer.fields("utter_cancel_asked")["refund_days"] == "5 days"
    assert asked_for(cancel.workplace)


def test_lea_asks_again_and_hears_that_the_shop_has_been_asked(cancel: CancelOrder, answered: CancelNow) -> None:
    chat = Chat(customer=LEA)
    chat.ask(cancel, "cancel_order")
    chat.ask(answered, "affirm")
    for again in (chat, Chat(customer=LEA)):
        answer = again.ask(cancel, "cancel_order", order_number=PACKING)
        assert (answer.responses, answer.asked) == (["utter_cancel_asked_before"], "helped")


def test_the_shop_cancels_and_lea_hears_when_and_about_her_money(
    cancel: CancelOrder, answered: CancelNow, shops_own: Engine
) -> None:
    chat = Chat(customer=LEA)
    chat.ask(cancel, "cancel_order")
    chat.ask(answered, "affirm")
    assert settle_next(shops_own)
    answer = chat.ask(cancel, "cancel_order", order_number=PACKING)
    assert (answer.responses, answer.asked) == (["utter_cancelled_on", "utter_cancel_money_due"], "helped")


def test_the_shop_refuses_and_lea_hears_why_and_is_offered_a_person(
    cancel: CancelOrder, answered: CancelNow, own_shop_url: str
) -> None:
    chat = Chat(customer=LEA)
    chat.ask(cancel, "cancel_order")
    chat.ask(answered, "affirm")
    change(own_shop_url, """UPDATE baton_requests SET status = 'refused', result = '{"reason": "It is packed."}'""")
    answer = chat.ask(cancel, "cancel_order", order_number=PACKING)
    assert answer.fields("utter_request_refused") == {"reason": "It is packed."}
    assert (answer.asked, chat.slots["person_reason"]) == ("person", "cancel")
    change(own_shop_url, "UPDATE baton_requests SET result = 'null'")
    assert chat.ask(cancel, "cancel_order", order_number=PACKING).responses == ["utter_request_refused_plain"]


def test_an_order_that_leaves_before_the_yes_isnt_cancelled(
    cancel: CancelOrder, answered: CancelNow, own_shop_url: str
) -> None:
    chat = Chat(customer=LEA)
    chat.ask(cancel, "cancel_order")
    change(own_shop_url, f"UPDATE orders SET status = 'shipped' WHERE number = '{PACKING}'")
    assert chat.ask(answered, "affirm").responses == ["utter_cancel_left"]
    assert not asked_for(cancel.workplace)


@pytest.mark.parametrize(
    ("opening", "responses", "asked"),
    [
        ("yes", ["utter_cancel_asked"], "helped"),
        ("no", ["utter_cancel_kept"], None),
        (None, ["utter_cancel_which"], "confirm_cancel"),
    ],
)
def test_an_answer_that_sounds_like_the_wish_counts_only_with_a_plain_yes(
    cancel: CancelOrder, answered: CancelNow, opening: str | None, responses: list[str], asked: str | None
) -> None:
    chat = Chat(customer=LEA)
    chat.ask(cancel, "cancel_order")
    answer = chat.ask(answered, "cancel_order", {"opening": opening})
    assert (answer.responses, answer.asked) == (responses, asked)
    assert asked_for(cancel.workplace) == (opening == "yes")


def test_a_yes_that_opens_with_a_no_is_none(cancel: CancelOrder, answered: CancelNow) -> None:
    chat = Chat(customer=LEA)
    chat.ask(cancel, "cancel_order")
    assert chat.ask(answered, "affirm", {"opening": "no"}).responses == ["utter_cancel_kept"]
    assert not asked_for(cancel.workplace)


def test_a_yes_with_another_number_asks_about_that_order(cancel: CancelOrder, answered: CancelNow) -> None:
    chat = Chat(customer=LEA)
    chat.ask(cancel, "cancel_order")
    answer = chat.ask(answered, "affirm", order_number="A-204076")
    assert answer.responses == ["utter_cancel_delivered"]
    assert not asked_for(cancel.workplace)


def test_lea_asks_where_another_order_is_and_comes_back_to_the_one_she_wants_cancelled(
    cancel: CancelOrder, answered: CancelNow
) -> None:
    chat, place = Chat(customer=LEA), cancel.workplace
    chat.ask(cancel, "cancel_order")
    chat.ask(TrackOrder(place), "track_package", order_number="A-204076")
    assert chat.ask(Solved(place), "affirm").asked == "come_back"
    answer = chat.ask(ComeBack(place), "affirm")
    assert answer.fields("utter_cancel_which")["order_number"] == PACKING
    assert chat.ask(answered, "affirm").responses == ["utter_cancel_asked"]


def test_a_page_opened_before_the_yes_doesnt_change_which_order_is_meant(
    cancel: CancelOrder, answered: CancelNow
) -> None:
    chat = Chat(customer=LEA)
    chat.ask(cancel, "cancel_order")
    chat.page = "A-204076"
    assert chat.ask(answered, "affirm").responses == ["utter_cancel_asked"]
    assert asked_for(cancel.workplace)


@pytest.mark.parametrize("customer", [None, ANA])
def test_a_yes_of_somebody_else_cancels_nothing(cancel: CancelOrder, answered: CancelNow, customer: str | None) -> None:
    chat = Chat(customer=LEA)
    chat.ask(cancel, "cancel_order")
    chat.customer = customer
    answer = chat.ask(answered, "affirm")
    assert "utter_cancel_asked" not in answer.responses
    assert not asked_for(cancel.workplace)


@pytest.mark.parametrize(
    ("customer", "order", "responses"),
    [
        (ANA, ON_TIME, ["utter_cancel_left"]),
        (ANA, LATE, ["utter_cancel_left"]),
        (ELIF, "A-140027", ["utter_cancel_left"]),
        (ANA, DELIVERED, ["utter_cancel_delivered"]),
        (FARID, "A-152266", ["utter_cancelled_on", "utter_cancel_money_back"]),
        (GRACE, "A-162871", ["utter_order_returned"]),
    ],
)
def test_what_has_left_or_was_cancelled_is_said_honestly(
    cancel: CancelOrder, customer: str, order: str, responses: list[str]
) -> None:
    answer = Chat(customer=customer).ask(cancel, "cancel_order", order_number=order)
    assert (answer.responses, answer.asked) == (responses, "helped")
    assert not asked_for(cancel.workplace, order)


@pytest.mark.parametrize(
    ("change_to", "response"),
    [
        ("UPDATE refunds SET paid_at = NULL, status = 'sent'", "utter_cancel_money_overdue"),
        ("DELETE FROM refunds", "utter_cancel_money_unknown"),
    ],
)
def test_money_that_should_be_back_and_isnt_needs_a_person(
    cancel: CancelOrder, own_shop_url: str, change_to: str, response: str
) -> None:
    change(own_shop_url, change_to)
    answer = Chat(customer=FARID).ask(cancel, "cancel_order", order_number="A-152266")
    assert (answer.responses, answer.asked) == (["utter_cancelled_on", response], "person")


def test_ana_picks_among_what_hasnt_come_yet(cancel: CancelOrder) -> None:
    answer = Chat(customer=ANA).ask(cancel, "cancel_order")
    assert (answer.responses, answer.asked) == ([], "pick")
    assert [button["title"].split(":")[0] for button in answer.buttons] == [ON_TIME, LATE]


@pytest.mark.parametrize("number", [BENS_ORDER, PACKING, "A-999998", "' OR 1=1 --"])
def test_foreign_unknown_and_malformed_numbers_answer_alike(cancel: CancelOrder, number: str) -> None:
    answer = Chat(customer=ANA).ask(cancel, "cancel_order", order_number=number)
    assert (answer.responses, answer.asked) == (["utter_order_not_found"], "pick")
    assert not asked_for(cancel.workplace, number)


def test_a_stranger_is_asked_to_sign_in(cancel: CancelOrder) -> None:
    answer = Chat().ask(cancel, "cancel_order", order_number=PACKING, email="lea@example.com")
    assert (answer.responses, answer.asked) == (["utter_sign_in"], "person")


def test_what_was_cancelled_a_moment_ago_by_the_shop_itself_is_told_so(
    cancel: CancelOrder, answered: CancelNow, own_shop_url: str
) -> None:
    chat = Chat(customer=LEA)
    chat.ask(cancel, "cancel_order")
    change(own_shop_url, f"UPDATE orders SET status = 'cancelled' WHERE number = '{PACKING}'")
    answer: Answer = chat.ask(answered, "affirm")
    assert answer.responses[0] == "utter_order_cancelled"
    assert not asked_for(cancel.workplace)
