"""Sending an order elsewhere: Lea's hasn't left, so it can go to the address that she writes and agrees to."""

import pytest
from sqlalchemy import Engine

from actions.change_address import ChangeAddress, ChangeAddressNow, NewAddress, OtherAddress
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
NEW = "12 Mill Lane, Leeds LS1 4AB"
LINKS = ["see https://example.com/12 for it", "www.example.com 12 street here", "12 street me@example.com here"]


class Talk:
    """Lea and the four actions of this subject."""

    def __init__(self, place: Workplace, customer: str | None = LEA) -> None:
        self.place, self.chat = place, Chat(customer=customer)

    def wish(self, **entities: str) -> Answer:
        """She wants another address."""
        return self.chat.ask(ChangeAddress(self.place), "change_address", **entities)

    def write(self, text: str, intent: str = "nlu_fallback", opening: str | None = None, **entities: str) -> Answer:
        """She writes an address, whatever it's taken for."""
        return self.chat.ask(NewAddress(self.place), intent, {"text": text, "opening": opening}, **entities)

    def agree(self, intent: str = "affirm", opening: str | None = None, **entities: str) -> Answer:
        """She answers whether that's right."""
        return self.chat.ask(ChangeAddressNow(self.place), intent, {"opening": opening}, **entities)

    def asked_for(self) -> int:
        """How many requests the shop has got."""
        return self.place.requests._lookup.run(
            lambda db: db.exec_driver_sql("SELECT count(*) FROM baton_requests").scalar_one()
        )


@pytest.fixture
def lea(own_workplace: Workplace) -> Talk:
    """Lea, whose order is being packed."""
    return Talk(own_workplace)


def test_lea_sees_where_it_would_go_and_is_asked_for_the_new_address(lea: Talk) -> None:
    answer = lea.wish()
    assert (answer.responses, answer.asked) == (["utter_address_now"], "address")
    assert answer.fields("utter_address_now")["address"]


@pytest.mark.parametrize("intent", ["nlu_fallback", "out_of_scope", "change_address", "inform_order", "other_language"])
def test_the_address_is_read_back_whatever_it_was_taken_for(lea: Talk, intent: str) -> None:
    lea.wish()
    answer = lea.write(" 12 Mill Lane,\n\nLeeds   LS1 4AB\u200b\n", intent)
    assert answer.fields("utter_address_read_back") == {"order_number": PACKING, "address": NEW}
    assert (answer.asked, lea.asked_for()) == ("confirm_address", 0)


def test_lea_agrees_and_the_shop_is_asked_once(lea: Talk) -> None:
    lea.wish()
    lea.write(NEW)
    answer = lea.agree()
    assert (answer.responses, answer.asked) == (["utter_address_asked"], "helped")
    lea.wish()
    answer = lea.write("12 mill lane leeds  LS1 4AB")
    assert (answer.responses, answer.asked) == (["utter_address_asked_before"], "helped")
    assert lea.asked_for() == 1


def test_the_shop_changes_it_and_lea_hears_so(lea: Talk, shops_own: Engine) -> None:
    lea.wish()
    lea.write(NEW)
    lea.agree()
    assert settle_next(shops_own)
    answer = lea.wish()
    assert answer.fields("utter_address_now")["address"] == NEW
    assert lea.write(NEW).responses == ["utter_address_same"]


def test_an_address_that_was_left_again_isnt_called_done(lea: Talk, shops_own: Engine) -> None:
    for address in (NEW, "3 Castle Hill, York YO1"):
        lea.wish()
        lea.write(address)
        lea.agree()
        assert settle_next(shops_own)
    lea.wish()
    answer = lea.write(NEW)
    assert (answer.responses, answer.asked) == (["utter_address_changed_since"], "person")


def test_an_address_given_with_the_wish_is_read_back_at_once(lea: Talk) -> None:
    answer = lea.wish(address=NEW)
    assert (answer.responses, answer.asked) == (["utter_address_read_back"], "confirm_address")


def test_an_address_given_with_the_wish_is_kept_while_the_order_is_picked(own_workplace: Workplace) -> None:
    talk = Talk(own_workplace, ANA)
    assert talk.wish(address=NEW).asked == "pick"
    assert talk.chat.slots["new_address"] == NEW
    talk.wish()
    assert talk.chat.slots["new_address"] is None


def test_an_address_out_of_the_blue_is_taken_for_a_wish(lea: Talk) -> None:
    answer = lea.write(NEW, "inform_address", address=NEW)
    assert (answer.responses, answer.asked) == (["utter_address_read_back"], "confirm_address")
    assert lea.chat.slots["about"] == "change_address"


@pytest.mark.parametrize("text", ["", "Leeds", "12 Leeds", "the old mill house", "1 a " * 100, *LINKS])
def test_what_is_no_address_is_asked_for_again_twice_then_a_person_is_offered(lea: Talk, text: str) -> None:
    lea.wish()
    for _ in range(2):
        answer = lea.write(text)
        assert (answer.responses, answer.asked) == (["utter_address_unclear"], "address")
    answer = lea.write(text)
    assert (answer.responses, answer.asked) == (["utter_address_gave_up"], "person")
    assert lea.chat.slots["person_reason"] == "change_address"


def test_a_new_wish_has_new_tries(lea: Talk) -> None:
    lea.wish()
    lea.write("Leeds")
    lea.write("Leeds")
    lea.wish()
    assert lea.write("Leeds").asked == "address"


def test_lea_says_that_it_isnt_right_and_writes_another(lea: Talk) -> None:
    lea.wish()
    lea.write(NEW)
    assert lea.chat.ask(OtherAddress(lea.place), "deny").asked == "address"
    answer = lea.write("14 Mill Lane, Leeds LS1 4AB")
    assert answer.fields("utter_address_read_back")["address"] == "14 Mill Lane, Leeds LS1 4AB"
    assert lea.asked_for() == 0


def test_lea_corrects_it_in_one_go(lea: Talk) -> None:
    lea.wish()
    lea.write(NEW)
    answer = lea.write("no, it's 14 Mill Lane, Leeds", "inform_address", address="14 Mill Lane, Leeds", opening="no")
    assert answer.fields("utter_address_read_back")["address"] == "14 Mill Lane, Leeds"
    answer = lea.agree("change_address", address="16 Mill Lane, Leeds")
    assert answer.fields("utter_address_read_back")["address"] == "16 Mill Lane, Leeds"


@pytest.mark.parametrize(
    ("opening", "responses"),
    [("yes", ["utter_address_asked"]), ("no", []), ("", ["utter_address_read_back"])],
)
def test_an_answer_that_sounds_like_the_wish_counts_only_with_a_plain_yes(
    lea: Talk, opening: str, responses: list[str]
) -> None:
    lea.wish()
    lea.write(NEW)
    assert lea.agree("change_address", opening=opening).responses == responses
    assert lea.asked_for() == (opening == "yes")
    assert (lea.chat.slots["asked"] == "address") == (opening == "no")


def test_her_own_order_number_isnt_an_address(lea: Talk) -> None:
    lea.wish()
    answer = lea.write(PACKING, "inform_order", order_number=PACKING)
    assert (answer.responses, answer.asked) == (["utter_address_now"], "address")


def test_no_keep_the_old_one_isnt_an_address(lea: Talk) -> None:
    lea.wish()
    answer = lea.write("no leave it as it is", "change_address", opening="no")
    assert (answer.responses, answer.asked) == (["utter_address_kept"], None)


def test_an_order_that_leaves_meanwhile_isnt_sent_elsewhere(lea: Talk, own_shop_url: str) -> None:
    lea.wish()
    lea.write(NEW)
    change(own_shop_url, f"UPDATE orders SET status = 'shipped' WHERE number = '{PACKING}'")
    assert lea.agree().responses == ["utter_address_left"]
    assert lea.asked_for() == 0


@pytest.mark.parametrize("customer", [None, ANA])
def test_a_yes_of_somebody_else_changes_nothing(lea: Talk, customer: str | None) -> None:
    lea.wish()
    lea.write(NEW)
    lea.chat.customer = customer
    assert "utter_address_asked" not in lea.agree().responses
    assert lea.asked_for() == 0


@pytest.mark.parametrize(
    ("customer", "order", "response", "asked"),
    [
        (ANA, ON_TIME, "utter_address_left", "person"),
        (ANA, LATE, "utter_address_left", "person"),
        (ELIF, "A-140027", "utter_address_left", "person"),
        (ANA, DELIVERED, "utter_address_delivered", "person"),
        (FARID, "A-152266", "utter_order_cancelled", "helped"),
        (GRACE, "A-162871", "utter_order_returned", "helped"),
    ],
)
def test_what_has_left_cant_go_elsewhere_and_that_is_said(
    own_workplace: Workplace, customer: str, order: str, response: str, asked: str
) -> None:
    answer = Talk(own_workplace, customer).wish(order_number=order)
    assert (answer.responses, answer.asked) == ([response], asked)


@pytest.mark.parametrize("number", [BENS_ORDER, PACKING, "A-999998", "' OR 1=1 --"])
def test_foreign_unknown_and_malformed_numbers_answer_alike(own_workplace: Workplace, number: str) -> None:
    answer = Talk(own_workplace, ANA).wish(order_number=number)
    assert (answer.responses, answer.asked) == (["utter_order_not_found"], "pick")


def test_a_stranger_is_asked_to_sign_in(own_workplace: Workplace) -> None:
    answer = Talk(own_workplace, None).wish(order_number=PACKING, email="lea@example.com")
    assert (answer.responses, answer.asked) == (["utter_sign_in"], "person")
    assert "Lane" not in str(answer.messages)
