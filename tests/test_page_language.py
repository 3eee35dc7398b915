"""In which language Anna is told things: her page's, as it says with each request, whatever she writes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest

from handoff import (
    link_sessions,
    mail_links,
    messages,
    rep_queue,
    turns,
)
from handoff.customer_sessions import Caller
from handoff.page_language import page_language
from handoff.people import Customer
from handoff.schema import conversation
from handoff.settings import Limits
from tests.desk import Customer as AtWidget
from tests.desk import Desk, new_client_id
from tests.english import english_in
from tests.record import Record, answer

TALK_TO_PERSON = "Mit einem Menschen sprechen"


@pytest.fixture
def anna(record: Record) -> Customer:
    """Anna on a German page."""
    return replace(record.customer("Anna"), language="de")


def test_a_bot_that_is_down_says_so_in_german_and_offers_a_person(record: Record, anna: Customer) -> None:
    talk = record.opened(anna)
    record.says(anna, talk, "Wo ist mein Paket?")
    record.do(turns.give_up, record.leased(talk), "timeout", 8_000)
    told = record.do(messages.messages_after, anna, talk, 0, 200).messages[-1]
    assert told.text.startswith("Entschuldigung, das konnte ich gerade nicht klären.")
    assert [button.title for button in told.buttons] == [TALK_TO_PERSON]


def understood_nothing(language: str) -> dict[str, Any]:
    """What goes with the bot's answer to a message in another language."""
    event = {"event": "action", "name": "action_other_language"}
    return {"events": [event], "understood": {"intent": "other_language", "language": language}}


@pytest.mark.parametrize(
    ("page", "written", "said"),
    [
        ("de", "de", "Es tut mir leid, ich bin ein Bot und verstehe nur Englisch."),
        ("en", "de", "Es tut mir leid, ich bin ein Bot und verstehe nur Englisch."),
        ("de", "pl", "Es tut mir leid, ich bin ein Bot und verstehe nur Englisch."),
        ("en", "pl", "I only understand English."),
    ],
)
def test_who_writes_another_language_is_told_in_one_that_they_read(
    record: Record, page: str, written: str, said: str
) -> None:
    anna = replace(record.customer("Anna"), language=page)
    talk = record.opened(anna)
    record.says(anna, talk, "Wo ist mein Paket?")
    turn = record.leased(talk)
    record.do(turns.accept, turn, answer(turn, "I only understand English.", **understood_nothing(written)), 5)
    assert record.texts(anna, talk)[-1].startswith(said)


@pytest.mark.parametrize(
    ("page", "said"), [("de", "Es tut mir leid, ich bin ein Bot"), ("en", "Could you say it otherwise?")]
)
def test_who_writes_too_little_to_tell_the_language_is_told_in_the_pages(record: Record, page: str, said: str) -> None:
    anna = replace(record.customer("Anna"), language=page)
    talk = record.opened(anna)
    record.says(anna, talk, "Guten Tag")
    turn = record.leased(talk)
    event = {"event": "bot", "text": "…", "metadata": {"utter_action": "utter_ask_again"}}
    record.do(
        turns.accept,
        turn,
        answer(turn, "Could you say it otherwise?", events=[event], understood={"language": "en"}),
        5,
    )
    assert record.texts(anna, talk)[-1].startswith(said)


def test_the_bots_way_to_a_person_can_be_read_on_a_german_page_and_is_its_own_on_others(record: Record) -> None:
    buttons = [{"title": "Yes, a person please", "payload": "/talk_to_human"}, {"title": "No", "payload": "/deny"}]
    for page, yes in (("de", TALK_TO_PERSON), ("en", "Yes, a person please")):
        anna = replace(record.customer("Anna"), language=page)
        talk = record.opened(anna)
        record.says(anna, talk, "Do you sell gift cards?")
        turn = record.leased(talk)
        record.do(turns.accept, turn, answer(turn, messages=[{"text": "I can't help.", "buttons": buttons}]), 5)
        told = record.do(messages.messages_after, anna, talk, 0, 200).messages[-1]
        assert [button.title for button in told.buttons] == [yes, "No"]


def test_the_language_that_anna_writes_in_routes_her_and_her_pages_words_her_notices(record: Record) -> None:
    anna = replace(record.customer("Anna"), language="en")
    talk = record.opened(anna)
    record.says(anna, talk, "Wo ist mein Paket?")
    turn = record.leased(talk)
    record.do(turns.accept, turn, answer(turn, "I only understand English.", **understood_nothing("de")), 5)
    record.do(rep_queue.ask_for_person, anna, talk)
    [row] = record.rows(conversation)
    assert (row.language, row.page_language) == ("de", "en")
    assert record.texts(anna, talk)[-1].startswith("I'm handing you to a person.")


def test_a_page_that_changes_its_language_is_followed_from_the_next_message_on(record: Record, anna: Customer) -> None:
    english, ruth = replace(anna, language="en"), record.rep("Ruth")
    talk = record.held(anna, ruth)
    record.says(english, talk, "Are you still there?")
    record.do(rep_queue.release, ruth, talk)
    assert record.texts(english, talk)[-1].startswith("Ruth had to hand your chat back.")


def test_a_link_is_answered_in_the_language_of_the_page_that_it_opens(record: Record, anna: Customer) -> None:
    talk = record.waiting(anna)
    token = record.do(mail_links.new_link, "back", conversation_id=talk)
    record.do(link_sessions.come_back, token, Caller(None, "address", "en"), Limits())
    assert record.texts(anna, talk)[-1] == "Anna has come back by the link in our e-mail."


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, None),
        ({"baton-language": "de"}, "de"),
        ({"baton-language": "en"}, "en"),
        ({"baton-language": "../x"}, "en"),
    ],
)
def test_a_language_without_words_is_english_and_no_language_leaves_it_open(
    headers: dict[str, str], language: str | None
) -> None:
    assert page_language(headers) == language


@pytest.fixture
def at_widget(desk: Desk) -> AtWidget:
    """Anna at the widget of a German page."""
    return desk.ana(f"C-{new_client_id()}", language="de")


def test_a_german_page_gets_german_from_the_greeting_to_the_refusal(desk: Desk, at_widget: AtWidget) -> None:
    ruth, talk = desk.rep(), at_widget.waits()
    assert ruth.does("claim", talk).status_code == 200
    assert ruth.does("close", talk, topic="late_delivery", cause="carrier lost it").status_code == 200
    told = at_widget.sees(talk)
    assert not [each for each in told if english_in(each)]
    assert told[-2:] == ["Ruth hat diesen Chat beendet.", "Haben wir Ihr Anliegen gelöst?"]
    page = ruth.http.get(f"/api/rep/conversations/{talk}/messages").json()
    assert page["messages"][-1]["text"] == "Did we solve your problem?"
    refused = at_widget.http.post(f"/api/conversations/{talk}/person", json={})
    assert refused.json()["error"]["message"] == "Das geht an dieser Stelle des Chats nicht."


@pytest.mark.parametrize(
    ("text", "words"), [(" ", "Schreiben Sie zuerst etwas."), ("x" * 4_001, "Das ist zu lang. Kürzen Sie es oder")]
)
def test_what_anna_cant_send_is_refused_in_german(at_widget: AtWidget, text: str, words: str) -> None:
    refused: httpx.Response = at_widget.says(at_widget.opens(), text)
    assert refused.json()["error"]["message"].startswith(words)


def test_a_pdf_that_does_something_is_refused_in_german(at_widget: AtWidget) -> None:
    headers = {"content-type": "application/pdf", "x-client-id": new_client_id(), "x-file-name": "brief.pdf"}
    pdf = b"%PDF-1.4\n1 0 obj <</Type /Page /JavaScript (x)>> endobj\n%%EOF\n"
    refused = at_widget.http.post(f"/api/conversations/{at_widget.opens()}/files", content=pdf, headers=headers)
    assert refused.json()["error"]["message"].startswith("In diesem PDF steckt ein Skript")
