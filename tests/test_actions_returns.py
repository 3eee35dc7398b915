"""Sending something back: what Ana and the others are offered, asked and told, and what the shop is asked for once."""

import pytest
from sqlalchemy import Engine

from actions.discovery import all_actions
from actions.going_on import ComeBack
from actions.orders import TrackOrder
from actions.return_answers import CancelInstead, PickItem, ReturnNow
from actions.returns import ReturnItem
from actions.workplace import Workplace
from demo.worker import settle_next
from tests.larkfield import (
    ANA,
    BEN,
    BENS_ORDER,
    CHLOE,
    DELIVERED,
    ELIF,
    FARID,
    GRACE,
    JUN,
    LATE,
    LEA,
    MIRA,
    Answer,
    Chat,
    change,
    own_shop_url,
    own_workplace,
    shops_own,
    sqlite_shop_url,
)

__all__ = ["own_shop_url", "own_workplace", "shops_own", "sqlite_shop_url"]

READER = "A-117004"  # Ben's, delivered on 4 June
BOOKS = "A-151980"  # Farid's: two kinds of books, and an e-book
ELIFS = "A-140027"
THROW, NOVEL = "Wool throw", "The Tide Tables"


@pytest.fixture
def back(own_workplace: Workplace) -> ReturnItem:
    """The help."""
    return ReturnItem(own_workplace)


@pytest.fixture
def picked(own_workplace: Workplace) -> PickItem:
    """What takes the answer to "which of these?", beside all the other actions, as in the server."""
    all_actions()
    return PickItem(own_workplace)


@pytest.fixture
def answered(own_workplace: Workplace) -> ReturnNow:
    """What takes the answer to "shall I ask for a label?"."""
    return ReturnNow(own_workplace)


def says(chat: Chat, action: ReturnItem | PickItem | ReturnNow, intent: str, text: str) -> Answer:
    """The customer writes this."""
    return chat.ask(action, intent, {"text": text})


def test_bens_reader_can_go_back_and_he_is_asked_only_for_a_yes(back: ReturnItem) -> None:
    answer = Chat(customer=BEN, page=READER).ask(back, "return_item")
    assert (answer.responses, answer.asked) == (["utter_return_offer"], "confirm_return")
    assert answer.fields("utter_return_offer") == {
        "order_number": READER,
        "things": "Lark Reader",
        "amount": "£119.00",
        "until": "Saturday 4 July",
    }


def test_after_bens_yes_the_shop_is_asked_once_and_he_hears_what_comes_next(
    back: ReturnItem, answered: ReturnNow, own_workplace: Workplace
) -> None:
    chat = Chat(customer=BEN, page=READER)
    chat.ask(back, "return_item")
    assert own_workplace.requests.find(f"return:{READER}") is None
    answer = chat.ask(answered, "affirm")
    assert (answer.responses, answer.asked) == (["utter_return_asked"], "helped")
    assert answer.fields("utter_return_asked")["label_by"] == "tomorrow"
    assert answer.fields("utter_return_asked")["refund_days"] == "5 days"
    assert own_workplace.requests.find(f"return:{READER}") is not None


def test_asked_again_in_another_conversation_ben_hears_what_became_of_it(
    back: ReturnItem, answered: ReturnNow, shops_own: Engine
) -> None:
    ask_for_reader(back, answered)
    again = Chat(customer=BEN, page=READER).ask(back, "return_item")
    assert (again.responses, again.asked) == (["utter_return_asked_before"], "helped")
    settle_next(shops_own)
    done = Chat(customer=BEN, page=READER).ask(back, "return_item")
    assert (done.responses, done.asked) == (["utter_return_coming"], "helped")


def test_a_yes_in_two_conversations_asks_the_shop_once(
    back: ReturnItem, answered: ReturnNow, shops_own: Engine
) -> None:
    chats = [Chat(customer=BEN, page=READER) for _ in range(2)]
    for chat in chats:
        chat.ask(back, "return_item")
    answers = [chat.ask(answered, "affirm").responses for chat in chats]
    assert answers == [["utter_return_asked"], ["utter_return_asked_before"]]
    assert settle_next(shops_own)
    assert not settle_next(shops_own)


def test_a_refusal_by_the_shop_is_told_with_its_reason_and_a_person_offered(
    back: ReturnItem, answered: ReturnNow, own_shop_url: str
) -> None:
    ask_for_reader(back, answered)
    change(own_shop_url, """UPDATE baton_requests SET status = 'refused', result = '{"reason": "We need it here."}'""")
    answer = Chat(customer=BEN, page=READER).ask(back, "return_item")
    assert (answer.responses, answer.asked) == (["utter_request_refused"], "person")
    assert answer.fields("utter_request_refused") == {"reason": "We need it here."}
    assert answer.slots["person_reason"] == "return"


def ask_for_reader(back: ReturnItem, answered: ReturnNow) -> None:
    """Ben asks for his return and says yes."""
    chat = Chat(customer=BEN, page=READER)
    chat.ask(back, "return_item")
    chat.ask(answered, "affirm")


def test_ana_picks_one_of_several_things_and_never_the_e_book(back: ReturnItem, picked: PickItem) -> None:
    chat = Chat(customer=ANA, page=DELIVERED)
    answer = chat.ask(back, "return_item")
    assert (answer.responses, answer.asked) == ([], "pick_item")
    assert [button["title"] for button in answer.buttons] == [THROW, NOVEL]
    assert answer.buttons[1]["payload"] == '/return_item{"order_line":"3"}'
    answer = chat.ask(picked, "return_item", order_line="3")
    assert (answer.responses, answer.asked) == (["utter_return_offer"], "confirm_return")
    assert answer.fields("utter_return_offer")["things"] == NOVEL
    assert answer.fields("utter_return_offer")["amount"] == "£10.99"


def test_ana_sends_one_thing_back_and_later_the_other(
    back: ReturnItem, picked: PickItem, answered: ReturnNow, shops_own: Engine, own_workplace: Workplace
) -> None:
    chat = Chat(customer=ANA, page=DELIVERED)
    chat.ask(back, "return_item")
    chat.ask(picked, "return_item", order_line="3")
    chat.ask(answered, "affirm")
    assert own_workplace.requests.find(f"return:{DELIVERED}:3") is not None
    settle_next(shops_own)
    answer = Chat(customer=ANA, page=DELIVERED).ask(back, "return_item")
    assert answer.fields("utter_return_offer")["things"] == THROW


def test_all_of_farids_books_go_back_as_one_return_without_the_e_book(
    back: ReturnItem, picked: PickItem, answered: ReturnNow, own_workplace: Workplace
) -> None:
    chat = Chat(customer=FARID, page=BOOKS)
    chat.ask(back, "return_item")
    answer = chat.ask(picked, "return_item", order_line="all")
    assert answer.fields("utter_return_offer")["things"] == "2 × The Tide Tables, Bread in Winter"
    assert answer.fields("utter_return_offer")["amount"] == "£40.48"
    chat.ask(answered, "affirm")
    assert own_workplace.requests.find(f"return:{BOOKS}") is not None


def test_a_thing_that_is_named_need_not_be_picked(back: ReturnItem) -> None:
    answer = says(Chat(customer=ANA, page=DELIVERED), back, "return_item", "i want to send the throw back")
    assert answer.fields("utter_return_offer")["things"] == THROW


def test_a_named_thing_finds_its_order_among_several(back: ReturnItem, own_shop_url: str) -> None:
    change(own_shop_url, f"UPDATE orders SET customer_id = '{ANA}' WHERE number = '{READER}'")
    answer = says(Chat(customer=ANA), back, "return_item", "can I return my reader?")
    assert answer.fields("utter_return_offer")["order_number"] == READER


def test_the_picked_thing_may_be_typed(back: ReturnItem, picked: PickItem) -> None:
    chat = Chat(customer=ANA, page=DELIVERED)
    chat.ask(back, "return_item")
    assert says(chat, picked, "nlu_fallback", "tide tables").fields("utter_return_offer")["things"] == NOVEL


@pytest.mark.parametrize(
    ("intent", "text", "things"),
    [
        ("deny", "both", f"{THROW}, {NOVEL}"),
        ("affirm", "all of it please", f"{THROW}, {NOVEL}"),
        ("affirm", "the second one", NOVEL),
        ("digital_content", "the tide book", NOVEL),
    ],
)
def test_all_of_them_or_a_place_in_the_list_may_be_typed(
    back: ReturnItem, picked: PickItem, intent: str, text: str, things: str
) -> None:
    chat = Chat(customer=ANA, page=DELIVERED)
    chat.ask(back, "return_item")
    assert says(chat, picked, intent, text).fields("utter_return_offer")["things"] == things


def test_none_of_them_leaves_everything_as_it_is(back: ReturnItem, picked: PickItem) -> None:
    chat = Chat(customer=ANA, page=DELIVERED)
    chat.ask(back, "return_item")
    answer = chat.ask(picked, "deny", {"text": "no, not all of it", "opening": "no"})
    assert (answer.responses, answer.asked) == (["utter_return_kept"], None)


def test_another_question_instead_of_a_thing_is_answered_and_the_return_kept_in_mind(
    back: ReturnItem, picked: PickItem
) -> None:
    chat = Chat(customer=ANA, page=DELIVERED)
    chat.ask(back, "return_item")
    answer = says(chat, picked, "digital_content", "how do i read on my laptop")
    assert (answer.slots["about"], answer.slots["unfinished"]) == ("digital_content", "return_item")
    assert answer.asked != "pick_item"


def test_ben_comes_back_to_the_return_of_his_reader_not_to_the_order_he_asked_about_since(
    back: ReturnItem, own_workplace: Workplace
) -> None:
    chat = Chat(customer=BEN, page=READER)
    chat.ask(back, "return_item")
    chat.ask(TrackOrder(own_workplace), "track_package", order_number=BENS_ORDER)
    assert chat.slots["unfinished"] == "return_item"
    chat.slots["asked"] = "come_back"
    answer = chat.ask(ComeBack(own_workplace), "affirm")
    assert answer.fields("utter_return_offer")["order_number"] == READER


def test_what_cant_be_made_out_is_asked_again(back: ReturnItem, picked: PickItem) -> None:
    chat = Chat(customer=ANA, page=DELIVERED)
    chat.ask(back, "return_item")
    answer = says(chat, picked, "nlu_fallback", "hm")
    assert (answer.responses, answer.asked, len(answer.buttons)) == ([], "pick_item", 2)


@pytest.mark.parametrize("line", ["2", "9", "-1", "all of them", "1; DROP TABLE returns"])
def test_a_line_that_cant_go_back_is_asked_again(back: ReturnItem, picked: PickItem, line: str) -> None:
    chat = Chat(customer=ANA, page=DELIVERED)
    chat.ask(back, "return_item")
    assert chat.ask(picked, "return_item", order_line=line).asked == "pick_item"


def test_an_old_button_of_somebody_elses_order_leads_to_ones_own(picked: PickItem) -> None:
    chat = Chat(customer=BEN, slots={"question_about": DELIVERED})
    answer = chat.ask(picked, "return_item", order_line="1")
    assert answer.fields("utter_return_offer")["order_number"] == READER


def test_without_an_order_the_one_that_can_go_back_is_meant(back: ReturnItem) -> None:
    answer = Chat(customer=ANA).ask(back, "return_item")
    assert (answer.asked, answer.slots["order_number"]) == ("pick_item", DELIVERED)


def test_leas_delivered_order_is_too_old_and_a_person_is_offered(back: ReturnItem) -> None:
    answer = Chat(customer=LEA, page="A-204076").ask(back, "return_item")
    assert (answer.responses, answer.asked) == (["utter_return_too_late"], "person")
    assert answer.fields("utter_return_too_late") == {
        "order_number": "A-204076",
        "delivered": "on Sunday 10 May",
        "within_days": "30 days",
        "until": "Tuesday 9 June",
    }
    assert answer.slots["person_reason"] == "return"


@pytest.mark.parametrize(
    ("delivered", "asked"), [("2026-05-16 23:59:00", "confirm_return"), ("2026-05-15 23:59:00", "person")]
)
def test_the_last_day_counts_whole(back: ReturnItem, own_shop_url: str, delivered: str, asked: str) -> None:
    change(own_shop_url, f"UPDATE parcels SET delivered_at = '{delivered}' WHERE order_number = '{READER}'")
    assert Chat(customer=BEN, page=READER).ask(back, "return_item").asked == asked


def test_what_is_on_its_way_can_only_be_waited_for(back: ReturnItem) -> None:
    answer = Chat(customer=ANA, page=LATE).ask(back, "return_item")
    assert (answer.responses, answer.asked) == (["utter_return_on_the_way"], "helped")


def test_what_hasnt_left_leads_over_to_cancelling(back: ReturnItem, own_workplace: Workplace) -> None:
    chat = Chat(customer=LEA, page="A-205518")
    answer = chat.ask(back, "return_item")
    assert (answer.responses, answer.asked) == (["utter_return_not_left"], "cancel_instead")
    answer = chat.ask(CancelInstead(own_workplace), "affirm")
    assert (answer.slots["about"], answer.asked) == ("cancel_order", "confirm_cancel")


def test_of_elifs_two_parcels_only_the_one_that_came_can_go_back(back: ReturnItem) -> None:
    answer = Chat(customer=ELIF, page=ELIFS).ask(back, "return_item")
    assert answer.fields("utter_return_offer")["things"] == NOVEL


def test_chloes_lost_order_goes_to_a_person(back: ReturnItem) -> None:
    answer = Chat(customer=CHLOE).ask(back, "return_item")
    assert (answer.responses, answer.asked) == (["utter_return_lost"], "person")


def test_farids_cancelled_order_has_nothing_to_send_back(back: ReturnItem) -> None:
    answer = Chat(customer=FARID, page="A-152266").ask(back, "return_item")
    assert (answer.responses, answer.asked) == (["utter_return_cancelled"], "helped")


def test_e_books_alone_cant_be_sent_back(back: ReturnItem, own_shop_url: str) -> None:
    parcels = f"SELECT shipment_id FROM parcels WHERE order_number = '{READER}'"
    change(
        own_shop_url,
        f"UPDATE order_lines SET sku = 'EBOOK-07', shipment_id = NULL WHERE order_number = '{READER}'",
        f"DELETE FROM parcel_scans WHERE shipment_id IN ({parcels})",
        f"DELETE FROM parcels WHERE order_number = '{READER}'",
    )
    answer = Chat(customer=BEN, page=READER).ask(back, "return_item")
    assert (answer.responses, answer.asked) == (["utter_return_digital"], "person")


def test_mira_hears_that_her_return_hasnt_arrived_yet(back: ReturnItem) -> None:
    answer = Chat(customer=MIRA, page="A-206631").ask(back, "return_item")
    assert (answer.responses, answer.asked) == (["utter_return_coming"], "helped")
    assert answer.fields("utter_return_coming")["asked"] == "on Thursday 11 June"


def test_grace_hears_when_what_she_sent_back_was_paid(back: ReturnItem) -> None:
    answer = Chat(customer=GRACE, page="A-162871").ask(back, "return_item")
    assert (answer.responses, answer.asked) == (["utter_refund_paid_to_card"], "helped")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the screen is cracked, i want to send it back", "utter_return_damaged"),
        ("it doesnt work. return", "utter_return_damaged"),
        ("You sent me the wrong book", "utter_return_damaged"),
        ("can I swap it for a bigger one", "utter_return_exchange"),
        ("i'd like a replacement", "utter_return_exchange"),
    ],
)
def test_broken_and_exchanged_things_get_their_own_words_and_the_choice_of_a_person(
    back: ReturnItem, text: str, said: str
) -> None:
    answer = says(Chat(customer=BEN, page=READER), back, "return_item", text)
    assert answer.responses == [said, "utter_return_offer"]
    assert [message["response"] for message in answer.messages][-1] == "utter_ask_confirm_return_or_person"
    assert answer.asked == "confirm_return"


def test_what_was_said_to_be_broken_is_still_known_after_picking(back: ReturnItem, picked: PickItem) -> None:
    chat = Chat(customer=ANA, page=DELIVERED)
    says(chat, back, "return_item", "it came broken")
    assert chat.ask(picked, "return_item", order_line="1").responses == ["utter_return_damaged", "utter_return_offer"]


def test_a_no_leaves_everything_as_it_is(back: ReturnItem, answered: ReturnNow, own_workplace: Workplace) -> None:
    chat = Chat(customer=BEN, page=READER)
    chat.ask(back, "return_item")
    assert chat.ask(answered, "return_item", {"opening": "no"}).responses == ["utter_return_kept"]
    assert own_workplace.requests.find(f"return:{READER}") is None


@pytest.mark.parametrize(("opening", "responses"), [("yes", ["utter_return_asked"]), (None, ["utter_refund_none"])])
def test_a_yes_that_sounds_like_a_question_about_the_refund_is_still_a_yes(
    back: ReturnItem, answered: ReturnNow, opening: str | None, responses: list[str]
) -> None:
    all_actions()
    chat = Chat(customer=BEN, page=READER)
    chat.ask(back, "return_item")
    answer = chat.ask(answered, "refund_status", {"opening": opening})
    assert answer.responses == responses


def test_a_yes_for_another_order_than_the_one_asked_about_asks_again(
    back: ReturnItem, answered: ReturnNow, own_workplace: Workplace
) -> None:
    chat = Chat(customer=ANA, page=DELIVERED)
    says(chat, back, "return_item", "the throw")
    answer = chat.ask(answered, "affirm", order_number=BENS_ORDER)
    assert answer.responses == ["utter_order_not_found"]
    assert own_workplace.requests.find(f"return:{DELIVERED}:1") is None


def test_a_yes_after_signing_out_asks_for_nothing(
    back: ReturnItem, answered: ReturnNow, own_workplace: Workplace
) -> None:
    chat = Chat(customer=BEN, page=READER)
    chat.ask(back, "return_item")
    chat.customer = None
    assert chat.ask(answered, "affirm").responses[-1] == "utter_sign_in"
    assert own_workplace.requests.find(f"return:{READER}") is None


def test_somebody_elses_order_is_as_unknown_as_one_that_isnt_there(back: ReturnItem) -> None:
    answers = [
        Chat(customer=ANA).ask(back, "return_item", order_number=wrong).without_number()
        for wrong in (BENS_ORDER, "A-999998", READER)
    ]
    assert answers[0][0] == ["utter_order_not_found"]
    assert answers.count(answers[0]) == 3


def test_somebody_unknown_is_asked_to_sign_in(back: ReturnItem) -> None:
    answer = Chat().ask(back, "return_item", order_number=READER, email="ben@example.com")
    assert (answer.responses, answer.asked) == (["utter_return_policy", "utter_sign_in"], "person")
    assert answer.fields("utter_return_policy") == {"within_days": "30 days", "refund_days": "5 days"}


def test_jun_has_nothing_to_send_back(back: ReturnItem) -> None:
    answer = Chat(customer=JUN).ask(back, "return_item")
    assert (answer.responses, answer.asked) == (["utter_no_orders"], "person")
