"""Whatever slots and messages hold, each action about an order answers, and none asks the shop for anything."""

from typing import Any

import pytest

from actions.about_order import AboutOrder
from actions.cancel import CancelNow, CancelOrder
from actions.change_address import ChangeAddress, ChangeAddressNow, NewAddress, OtherAddress
from actions.late import AskAmends, OfferMoneyBack, OfferNewParcel, PayBack, SendAgain
from actions.missing import MissingParcel
from actions.search import AskClaim, LookForParcel, NotThere, OtherParcel, ReportMissing, ThisParcel, WaitForParcel
from actions.turn import TurnAction
from actions.workplace import Workplace
from tests.larkfield import ANA, LEA, Chat, context_token, sqlite_shop_url, workplace

__all__ = ["sqlite_shop_url", "workplace"]

HELPS = [CancelOrder, ChangeAddress, MissingParcel]
ANSWERS: list[type[AboutOrder]] = [
    *(CancelNow, NewAddress, OtherAddress, ChangeAddressNow, AskAmends, OfferNewParcel, OfferMoneyBack, SendAgain),
    *(PayBack, AskClaim, LookForParcel, NotThere, OtherParcel, ReportMissing, ThisParcel, WaitForParcel),
]
ODD: list[Any] = [7, True, ["A-205518"], {"a": 1}, "", "\ud800", "A-999998", "' OR 1=1 --", "x" * 5_000]
SLOTS = ("question_about", "parcel", "new_address", "address_tries", "order_number", "email", "page_order", "about")


@pytest.mark.parametrize("customer", [None, ANA, LEA])
@pytest.mark.parametrize("action", [*HELPS, *ANSWERS], ids=lambda action: action.title)
def test_odd_slots_and_messages_dont_break_an_answer(
    workplace: Workplace, action: type[TurnAction], customer: str | None
) -> None:
    for odd in ODD:
        chat = Chat(customer=customer, slots=dict.fromkeys(SLOTS, odd))
        message = {"intent": {"name": "affirm"}, "text": odd, "entities": [odd], "opening": odd}
        answer = chat.answer(action(workplace), message | {"metadata": {"context": context_token(customer=customer)}})
        assert answer.messages


@pytest.mark.parametrize("action", [*HELPS, *ANSWERS], ids=lambda action: action.title)
def test_a_yes_without_a_question_asks_the_shop_for_nothing(workplace: Workplace, action: type[TurnAction]) -> None:
    assert Chat(customer=LEA).ask(action(workplace), "affirm").messages
    query = "SELECT count(*) FROM baton_requests"
    assert workplace.requests._lookup.run(lambda db: db.exec_driver_sql(query).scalar_one()) == 0


@pytest.mark.parametrize("action", ANSWERS, ids=lambda action: action.title)
def test_a_shop_that_is_down_gets_an_apology(
    workplace: Workplace, action: type[AboutOrder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.turn.SECONDS_FOR_AN_ACTION", 0.0)
    chat = Chat(customer=LEA, slots={"question_about": "A-205518", "parcel": "1", "new_address": "1 Mill Lane, Leeds"})
    answer = chat.ask(action(workplace), "affirm")
    assert (answer.responses, answer.asked) == ([], "shop_down")
