"""Books and other digital things: what Ana, Kofi and Pia own, and what never reached a library."""

from datetime import timedelta

from actions.digital_content import DigitalContent
from actions.guided_help import AnswerToStep
from actions.workplace import Workplace
from demo.database import writing_engine
from demo.worker import settle_next
from tests.larkfield import ANA, BEN, NOW, Answer, Chat, change, own_shop_url, own_workplace, sqlite_shop_url, workplace

__all__ = ["own_shop_url", "own_workplace", "sqlite_shop_url", "workplace"]

KOFI, PIA = "C-1011", "C-1016"
KEY = "deliver_digital:A-209310"


def write(place: Workplace, chat: Chat, text: str) -> Answer:
    return chat.ask(DigitalContent(place), "digital_content", {"text": text})


def test_kofi_reads_his_books_on_a_computer(workplace: Workplace) -> None:
    answer = write(workplace, Chat(customer=KOFI), "how can I read my books on my computer?")
    assert answer.responses == ["utter_content_owned", "utter_content_step_web_reader"]
    titles = answer.fields("utter_content_owned")["titles"]
    assert set(titles.split("; ")) == {"The Tide Tables (e-book)", "Bread in Winter (e-book)"}
    assert answer.asked == "step_worked"


def test_who_isnt_signed_in_is_told_how_too(workplace: Workplace) -> None:
    answer = write(workplace, Chat(), "can i read my ebook on a laptop")
    assert answer.responses == ["utter_content_not_signed_in", "utter_content_step_web_reader"]


def test_kofi_hears_which_books_he_owns(workplace: Workplace) -> None:
    answer = write(workplace, Chat(customer=KOFI), "which books do I own")
    assert (answer.responses, answer.asked) == (["utter_content_owned"], "helped")
    assert write(workplace, Chat(), "which books do I own").responses == ["utter_sign_in"]


def test_a_book_in_the_library_is_made_to_show_up(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    answer = write(workplace, chat, "the tide tables isn't there")
    assert answer.responses == ["utter_content_owned", "utter_content_step_sync"]
    said: list[str] = []
    while chat.slots["asked"] == "step_worked":
        said += chat.ask(AnswerToStep(workplace), "deny", {"text": "no"}).responses
    assert said == ["utter_content_step_same_account", "utter_content_step_restart_app", "utter_content_all_tried"]
    assert chat.slots["person_reason"] == "content"


def test_pias_book_never_reached_her_library_so_the_shop_is_asked_for_it(own_workplace: Workplace) -> None:
    answer = write(own_workplace, Chat(customer=PIA), "I bought Bread in Winter and it isn't there")
    assert (answer.responses, answer.asked) == (["utter_content_asked"], "helped")
    assert answer.fields("utter_content_asked") == {
        "title": "Bread in Winter (e-book)",
        "order_number": "A-209310",
        "ordered": "on Tuesday 26 May",
    }
    assert own_workplace.requests.find(KEY) is not None


def test_asking_again_from_another_chat_asks_the_shop_nothing_new(own_workplace: Workplace) -> None:
    write(own_workplace, Chat(customer=PIA), "my book isn't there")
    first = own_workplace.requests.find(KEY)
    answer = write(own_workplace, Chat(customer=PIA), "my book isn't there")
    assert (answer.responses, answer.asked) == (["utter_content_asked_before"], "helped")
    assert own_workplace.requests.find(KEY) == first


def test_pias_book_is_in_her_library_once_the_shop_has_put_it_there(
    own_shop_url: str, own_workplace: Workplace
) -> None:
    chat = Chat(customer=PIA)
    write(own_workplace, chat, "my book isn't there")
    assert settle_next(writing_engine(own_shop_url))
    answer = write(own_workplace, chat, "my book isn't there")
    assert answer.fields("utter_content_owned")["titles"] == "Bread in Winter (e-book)"


def test_a_refusal_and_a_long_silence_lead_to_a_person(own_shop_url: str, own_workplace: Workplace) -> None:
    write(own_workplace, Chat(customer=PIA), "my book isn't there")
    change(own_shop_url, f"UPDATE baton_requests SET asked_at = '{NOW - timedelta(days=2):%Y-%m-%d %H:%M:%S}'")
    assert write(own_workplace, Chat(customer=PIA), "my book isn't there").asked == "person"
    change(own_shop_url, "UPDATE baton_requests SET status = 'refused', result = '{}'")
    answer = write(own_workplace, Chat(customer=PIA), "my book isn't there")
    assert (answer.responses, answer.asked) == (["utter_content_refused"], "person")


def test_ben_owns_nothing_digital_and_that_is_said(workplace: Workplace) -> None:
    answer = write(workplace, Chat(customer=BEN), "my book is missing")
    assert (answer.responses, answer.asked) == (["utter_content_none"], "person")


def test_a_film_that_stops_needs_no_library(workplace: Workplace) -> None:
    answer = write(workplace, Chat(), "the film keeps buffering")
    assert (answer.responses, answer.asked) == (["utter_content_step_connection"], "step_worked")
