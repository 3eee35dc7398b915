"""Getting into an account: nobody is asked for a password, and a hacked account goes to a person at once."""

import pytest

from actions.account_password import AccountPassword
from actions.guided_help import AnswerToStep
from actions.workplace import Workplace
from tests.larkfield import ANA, Answer, Chat, sqlite_shop_url, workplace
from tests.test_actions_responses import in_domain

__all__ = ["sqlite_shop_url", "workplace"]


def write(place: Workplace, chat: Chat, text: str) -> Answer:
    return chat.ask(AccountPassword(place), "account_password", {"text": text})


def no(place: Workplace, chat: Chat) -> Answer:
    return chat.ask(AnswerToStep(place), "deny", {"text": "no"})


def test_who_forgot_the_password_is_told_how_to_choose_a_new_one(workplace: Workplace) -> None:
    answer = write(workplace, Chat(), "I forgot my password")
    assert (answer.responses, answer.asked) == (["utter_account_step_reset"], "step_worked")
    assert answer.fields("utter_account_step_reset")["valid"] == "60"


def test_the_steps_lead_to_a_person(workplace: Workplace) -> None:
    chat = Chat()
    said = write(workplace, chat, "can't log in").responses
    while chat.slots["asked"] == "step_worked":
        said += no(workplace, chat).responses
    assert said == [
        "utter_account_step_reset",
        "utter_account_step_spam",
        "utter_account_step_right_address",
        "utter_account_step_wait",
        "utter_account_step_which_account",
        "utter_account_all_tried",
    ]
    assert (chat.slots["asked"], chat.slots["person_reason"]) == ("person", "account")


def test_only_ana_herself_is_shown_her_address_and_not_whole(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    assert write(workplace, chat, "no reset mail comes").responses == ["utter_account_step_spam"]
    answer = no(workplace, chat)
    assert answer.fields("utter_account_step_your_address") == {"account": "a…@example.com"}
    stranger = Chat()
    write(workplace, stranger, "no reset mail comes")
    assert no(workplace, stranger).responses == ["utter_account_step_right_address"]


def test_who_isnt_known_to_the_shop_gets_an_apology(workplace: Workplace) -> None:
    chat = Chat(customer="C-9999")
    write(workplace, chat, "no reset mail comes")
    assert no(workplace, chat).asked == "shop_down"


def test_a_locked_account_opens_by_itself(workplace: Workplace) -> None:
    answer = write(workplace, Chat(), "my account is locked, too many tries")
    assert answer.fields("utter_account_step_wait")["locked"] == "30"


@pytest.mark.parametrize(
    "text", ["my account was hacked", "someone ordered a phone with my account", "orders i didnt order"]
)
@pytest.mark.parametrize("customer", [None, ANA])
def test_a_hacked_account_goes_to_a_person_at_once(workplace: Workplace, text: str, customer: str | None) -> None:
    answer = write(workplace, Chat(customer=customer), text)
    assert answer.responses == ["utter_account_hacked"]
    assert answer.note("handoff") == {"reason": "account", "topic": "account_password"}


def test_a_hacked_account_interrupts_the_steps(workplace: Workplace) -> None:
    chat = Chat()
    write(workplace, chat, "I forgot my password")
    answer = chat.ask(AnswerToStep(workplace), "account_password", {"text": "no, I think somebody changed it"})
    assert answer.note("handoff") == {"reason": "account", "topic": "account_password"}


def test_an_account_that_was_switched_off_goes_to_a_person(workplace: Workplace) -> None:
    answer = write(workplace, Chat(), "my account has been suspended")
    assert answer.note("handoff")["reason"] == "account"


def test_the_bereaved_are_spared_the_steps(workplace: Workplace) -> None:
    answer = write(workplace, Chat(), "my brother set it up and he passed away")
    assert (answer.responses, answer.note("handoff")["reason"]) == (["utter_account_bereaved"], "account")


def test_no_words_of_the_bot_ask_for_a_password() -> None:
    asks = ("what is your password", "tell me your password", "send me your password", "your password?", "type it here")
    for name, variations in in_domain("responses").items():
        for variation in variations:
            assert not any(ask in variation["text"].lower().replace("forgot your password?", "") for ask in asks), name
