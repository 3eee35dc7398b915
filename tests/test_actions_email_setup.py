"""E-mail on a tablet, step by step: what Ines and those who aren't signed in are asked and told."""

import time

import pytest

from actions.email_setup import EmailSetup
from actions.everyday import SmallTalk
from actions.going_on import ComeBack, NotSolved
from actions.guided_help import AnswerToStep
from actions.handoff import HandOver
from actions.orders import TrackOrder
from actions.workplace import Workplace
from tests.larkfield import ANA, LATE, Answer, Chat, sqlite_shop_url, workplace

__all__ = ["sqlite_shop_url", "workplace"]


def write(place: Workplace, chat: Chat, text: str = "my email doesn't work on the tablet") -> Answer:
    return chat.ask(EmailSetup(place), "email_setup", {"text": text})


def no(place: Workplace, chat: Chat) -> Answer:
    return chat.ask(AnswerToStep(place), "deny", {"text": "no"})


def pick(place: Workplace, chat: Chat, provider: str) -> Answer:
    return chat.ask(EmailSetup(place), "inform_provider", provider=provider)


def test_the_first_question_is_for_the_usual_cause(workplace: Workplace) -> None:
    answer = write(workplace, Chat())
    assert (answer.responses, answer.asked) == ([], "password_changed")


def test_a_changed_password_is_typed_in_on_the_tablet_first(workplace: Workplace) -> None:
    chat = Chat()
    write(workplace, chat)
    answer = chat.ask(EmailSetup(workplace), "affirm", {"text": "yes"})
    assert (answer.responses, answer.asked) == (["utter_email_step_new_password"], "step_worked")


def test_who_says_so_at_once_isnt_asked(workplace: Workplace) -> None:
    answer = write(workplace, Chat(), "I changed my email password and now the tablet gets nothing")
    assert (answer.responses, answer.asked) == (["utter_email_step_new_password"], "step_worked")


def test_an_answer_in_more_words_is_understood_too(workplace: Workplace) -> None:
    for text, first in (
        ("I had to choose a new one on the computer", "utter_email_step_new_password"),
        ("I haven't changed my password", "utter_ask_provider"),
    ):
        chat = Chat()
        write(workplace, chat)
        answer = chat.ask(EmailSetup(workplace), "account_password", {"text": text})
        assert answer.names == ([first, "utter_ask_step_worked"] if "step" in first else [first])


def test_all_steps_come_one_by_one_and_then_a_person_who_knows_why(workplace: Workplace) -> None:
    chat = Chat()
    write(workplace, chat)
    chat.ask(EmailSetup(workplace), "affirm", {"text": "yes"})
    assert no(workplace, chat).asked == "provider"
    said = pick(workplace, chat, "gmail").responses
    while chat.slots["asked"] == "step_worked":
        said += no(workplace, chat).responses
    assert said == [
        "utter_email_step_sign_in_gmail",
        "utter_email_step_sync",
        "utter_email_step_server_gmail",
        "utter_email_step_add_again",
        "utter_email_step_restart",
        "utter_email_all_tried",
    ]
    assert chat.slots["asked"] == "person"
    handed = chat.ask(HandOver(workplace), "affirm").note("handoff")
    assert handed == {"reason": "device", "topic": "email_setup"}


def test_once_all_is_tried_nothing_is_tried_again(workplace: Workplace) -> None:
    chat = Chat(slots={"about": "email_setup", "provider": "gmail", "steps_email_setup": "not_working end"})
    assert write(workplace, chat, "email still not there").responses != ["utter_email_all_tried"]
    chat = Chat(slots={"about": "email_setup", "provider": "gmail"})
    chat.slots["steps_email_setup"] = "not_working sign_in sync server add_again restart end"
    assert write(workplace, chat, "email still not there").responses == ["utter_email_all_tried"]


def test_yes_ends_the_help_and_the_next_trouble_begins_anew(workplace: Workplace) -> None:
    chat = Chat()
    write(workplace, chat)
    chat.ask(EmailSetup(workplace), "affirm", {"text": "yes"})
    answer = chat.ask(AnswerToStep(workplace), "affirm")
    assert (answer.asked, answer.note("check")) == ("close", "yes")
    assert write(workplace, chat).asked == "password_changed"


def test_the_provider_is_asked_for_only_once_and_read_from_the_message(workplace: Workplace) -> None:
    chat = Chat()
    answer = chat.ask(EmailSetup(workplace), "email_setup", {"text": "how do I set up yahoo"}, provider="yahoo")
    assert answer.responses == ["utter_email_step_add"]
    assert no(workplace, chat).responses == ["utter_email_step_sign_in_yahoo"]


def test_the_settings_come_first_for_who_asks_for_them(workplace: Workplace) -> None:
    answer = chat_about_servers(workplace, "icloud")
    assert answer.responses == ["utter_email_step_server_icloud"]


def test_an_unknown_provider_is_sent_to_those_who_know(workplace: Workplace) -> None:
    assert chat_about_servers(workplace, "other").responses == ["utter_email_step_server_other"]
    assert chat_about_servers(workplace, "larkmail").responses == []
    chat = Chat()
    write(workplace, chat, "what are the imap settings")
    for intent in ("deny", "nlu_fallback", "out_of_scope"):
        answer = Chat(slots=dict(chat.slots)).ask(EmailSetup(workplace), intent, {"text": "freedomnet"})
        assert answer.responses == ["utter_email_step_server_other"]


def chat_about_servers(place: Workplace, provider: str) -> Answer:
    chat = Chat()
    assert write(place, chat, "what are the imap settings").asked == "provider"
    return pick(place, chat, provider)


def test_still_not_working_means_no_whatever_topic_it_sounds_like(workplace: Workplace) -> None:
    for intent in ("deny", "email_setup", "device_help", "account_password"):
        chat = Chat(slots={"provider": "aol"})
        write(workplace, chat, "I changed my password")
        answer = chat.ask(AnswerToStep(workplace), intent, {"text": "still not working"})
        assert (answer.responses, answer.slots["about"]) == (["utter_email_step_sign_in_aol"], "email_setup")


@pytest.mark.parametrize(
    ("intent", "text", "asked"),
    [
        ("affirm", "it works", "close"),
        ("email_setup", "my emails are coming in again", "close"),
        ("affirm", "ok done", "step_worked"),
        ("affirm", "I did that.", "step_worked"),
        ("affirm", "yes, it did", "close"),
        ("thanks", "that helped, thank you", "close"),
        ("affirm", "next step", "provider"),
        ("out_of_scope", "what next", "provider"),
        ("nlu_fallback", "same as before", "provider"),
        ("out_of_scope", "where is that menu", "step_worked"),
    ],
)
def test_what_is_said_to_a_step_is_taken_as_it_is_meant(
    workplace: Workplace, intent: str, text: str, asked: str
) -> None:
    chat = Chat()
    write(workplace, chat, "I changed my password")
    assert chat.ask(AnswerToStep(workplace), intent, {"text": text}).asked == asked


@pytest.mark.parametrize(
    "text", [" " * 4_000, "i " * 2_000, "yes. " * 800, "did that " * 400, "'" * 4_000], ids=range(5)
)
def test_no_text_makes_the_patterns_run_away(workplace: Workplace, text: str) -> None:
    chat = Chat()
    write(workplace, chat, "I changed my password")
    started = time.perf_counter()
    chat.ask(AnswerToStep(workplace), "deny", {"text": text})
    assert time.perf_counter() - started < 3, "a pattern needs more than linear time"


def test_what_isnt_understood_twice_goes_to_a_person(workplace: Workplace) -> None:
    chat = Chat()
    write(workplace, chat, "I changed my password")
    answer = chat.ask(AnswerToStep(workplace), "nlu_fallback", {"text": "brrr"})
    assert (answer.responses, answer.asked) == (["utter_not_understood"], "step_worked")
    answer = chat.ask(AnswerToStep(workplace), "nlu_fallback", {"text": "brrr"})
    assert answer.note("handoff") == {"reason": "misunderstood", "topic": "email_setup"}


def test_a_yes_that_isnt_understood_otherwise_still_is_one(workplace: Workplace) -> None:
    chat = Chat()
    write(workplace, chat)
    said = {"text": "yes, last week on the computer", "opening": "yes"}
    answer = chat.ask(EmailSetup(workplace), "nlu_fallback", said)
    assert answer.responses == ["utter_email_step_new_password"]


def test_another_trouble_in_the_middle_is_helped_with_and_e_mail_offered_again(workplace: Workplace) -> None:
    chat = Chat()
    write(workplace, chat, "I changed my password")
    answer = chat.ask(AnswerToStep(workplace), "device_help", {"text": "now the tablet is frozen"})
    assert (answer.responses, answer.slots["about"]) == (["utter_device_step_hold_power"], "device_help")
    assert chat.ask(AnswerToStep(workplace), "affirm").names == ["utter_ask_come_back_email_setup"]
    answer = chat.ask(ComeBack(workplace), "affirm")
    assert (answer.responses, answer.asked) == (["utter_email_step_new_password"], "step_worked")


def test_a_late_order_in_the_middle_doesnt_lose_the_place(workplace: Workplace) -> None:
    chat = Chat(customer=ANA, page=LATE)
    write(workplace, chat, "which port for imap")
    pick(workplace, chat, "gmail")
    no(workplace, chat)
    assert chat.ask(TrackOrder(workplace), "track_package").slots["unfinished"] == "email_setup"
    answer = chat.ask(ComeBack(workplace), "affirm")
    assert (answer.responses, answer.asked) == (["utter_email_step_sign_in_gmail"], "step_worked")
    assert no(workplace, chat).responses == ["utter_email_step_sync"]


def test_small_talk_in_the_middle_is_answered_and_the_step_asked_for_again(workplace: Workplace) -> None:
    chat = Chat()
    write(workplace, chat, "I changed my password")
    for action, intent in ((SmallTalk(workplace), "bot_challenge"), (AnswerToStep(workplace), "thanks")):
        answer = chat.ask(action, intent)
        assert (answer.responses, answer.asked) == ([f"utter_{intent}"], "step_worked")


def test_a_bare_provider_is_about_e_mail_even_after_an_order(workplace: Workplace) -> None:
    chat = Chat(customer=ANA, page=LATE)
    chat.ask(TrackOrder(workplace), "track_package")
    answer = pick(workplace, chat, "gmail")
    assert (answer.asked, answer.slots["about"]) == ("password_changed", "email_setup")


def test_a_person_is_one_word_away_at_any_step(workplace: Workplace) -> None:
    chat = Chat()
    write(workplace, chat, "I changed my password")
    assert chat.ask(HandOver(workplace), "talk_to_human").note("handoff")["topic"] == "email_setup"
    chat.slots["asked"] = "helped"
    assert chat.ask(NotSolved(workplace), "deny").asked == "person"
