"""Ruth sees what Ana types only where the shop has it on and Ana is told so; nothing of it is kept."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from sqlalchemy import select

from handoff.previews import shown_text
from handoff.schema import history
from tests.desk import Desk, Line, RepClient

CANARY = "Xylophone-4711, I thought it would"


def test_it_is_off_until_the_shop_turns_it_on(desk: Desk) -> None:
    ana, ruth = desk.ana(), desk.rep("ruth")
    talk = ana.waits()
    ruth.does("claim", talk)
    assert ana.view(talk)["preview"] is False
    with ana.socket(talk) as at_anas, ruth.socket() as at_ruths:
        both_are_there(at_anas, at_ruths, talk)
        types(at_anas, talk, CANARY)
        at_anas.send({"kind": "typing", "conversation": talk})
        at_ruths.until("typing")
        assert all(frame["kind"] != "preview" for frame in at_ruths.heard)


def test_ruth_sees_it_ana_is_told_and_it_is_neither_stored_nor_logged(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    ana, ruth = desk.ana(), desk.rep("ruth")
    talk = ana.waits()
    with preview(desk), ana.socket(talk) as at_anas, ruth.socket() as at_ruths, caplog.at_level(logging.DEBUG):
        at_anas.until("state", where=lambda frame: not frame["conversation"]["preview"])
        ruth.does("claim", talk)
        at_anas.until("state", where=lambda frame: frame["conversation"]["preview"])
        at_ruths.until("rep_state", where=lambda frame: frame["conversation"]["yours"])
        types(at_anas, talk, CANARY)
        assert at_ruths.until("preview")["text"] == CANARY
        types(at_anas, talk, "")
        assert at_ruths.until("preview")["text"] == ""
    assert CANARY not in caplog.text
    assert not desk.do(is_anywhere, CANARY)


def test_who_looks_but_doesnt_hold_the_chat_sees_none_of_it(desk: Desk) -> None:
    ana, ruth, lena = desk.ana(), desk.rep("ruth"), desk.rep("lena")
    talk = ana.waits()
    ruth.does("claim", talk)
    lena.does("look", talk)
    with preview(desk), ana.socket(talk) as at_anas, ruth.socket() as at_ruths, lena.socket() as at_lenas:
        at_lenas.hello(conversation=talk)
        at_lenas.until("rep_state")
        both_are_there(at_anas, at_ruths, talk)
        types(at_anas, talk, CANARY)
        at_ruths.until("preview")
        at_anas.send({"kind": "typing", "conversation": talk})
        at_lenas.until("typing")
        assert all(frame["kind"] != "preview" for frame in at_lenas.heard)


def test_turning_it_off_reaches_the_page_of_who_talks_with_a_rep(desk: Desk) -> None:
    ana, ruth = desk.ana(), desk.rep("ruth")
    talk = ana.waits()
    ruth.does("claim", talk)
    with ana.socket(talk) as at_anas:
        with preview(desk):
            at_anas.until("state", where=lambda frame: frame["conversation"]["preview"])
        at_anas.until("state", where=lambda frame: not frame["conversation"]["preview"])


def test_while_ana_waits_nobody_sees_what_she_types(desk: Desk) -> None:
    with preview(desk):
        ana = desk.ana()
        assert ana.view(ana.waits())["preview"] is False


def test_another_customer_a_rep_and_a_long_text_are_refused(desk: Desk) -> None:
    ana, bob, ruth = desk.ana(), desk.ana(), desk.rep("ruth")
    talk = ana.waits()
    ruth.does("claim", talk)
    with preview(desk), bob.socket() as at_bobs, ruth.socket() as at_ruths, ana.socket(talk) as at_anas:
        both_are_there(at_anas, at_ruths, talk)
        for line in (at_bobs, at_ruths):
            types(line, talk, "I am Ana")
            assert line.until("error")["code"] == "not_found"
        types(at_anas, talk, "x" * 2_001)
        assert at_anas.until("error")["code"] == "bad_field"
        types(at_anas, talk, "x" * 2_000)
        assert at_ruths.until("preview")["text"] == "x" * 2_000


def test_a_whole_card_number_and_a_password_are_hidden_as_in_a_message() -> None:
    assert shown_text("it's 4111 1111 1111 1111, my password is h0rse!") == (
        "it's [card number hidden], my password is [password hidden]"
    )
    assert shown_text("a\x00b\ud800c") == "abc"


class preview:
    """The shop has it on for a while."""

    def __init__(self, desk: Desk):
        self.ada: RepClient = desk.rep("ada")

    def __enter__(self) -> None:
        self.switch(True)

    def __exit__(self, *_: object) -> None:
        self.switch(False)

    def switch(self, value: bool) -> None:
        shown = self.ada.http.get("/api/admin").json()["settings"]
        [revision] = [each["revision"] for each in shown if each["name"] == "typing_preview"]
        change = {"revision": revision, "value": value}
        assert self.ada.http.put("/api/admin/settings/typing_preview", json=change).status_code == 200


def both_are_there(at_anas: Line, at_ruths: Line, talk: str) -> None:
    at_anas.until("state")
    at_ruths.hello(conversation=talk)
    at_ruths.until("rep_state", where=lambda frame: frame["conversation"]["id"] == talk)


def types(line: Line, talk: str, text: str) -> None:
    line.send({"kind": "preview", "conversation": talk, "text": text})


def is_anywhere(tx: Any, words: str) -> bool:
    """Whether the words stand in any row of any table."""
    tables = history.metadata.sorted_tables
    return any(words in str(tuple(row)) for table in tables for row in tx.db.execute(select(*table.c)))
