"""Ruth sees what Ana types only where the shop has it on and Ana is told so; nothing of it is kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from handoff import previews, shop_settings
from handoff.preview_push import EVERY_SECONDS, PreviewPush
from handoff.previews import shown_text
from handoff.schema import conversation, history
from handoff.storage import ConversationChanged
from handoff.wire_admin import ChangeSetting
from tests.desk import Desk, Line, RepClient
from tests.record import Record

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
        at_ruths.until("rep_state", where=lambda frame: is_hers(frame["conversation"], talk))
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


@pytest.mark.parametrize(
    "card", ["4111 1111 1111 1111", "4111-1111-1111-1111", "4111111111111111", "3782 822463 10005"]
)
def test_while_a_card_number_is_typed_ruth_never_sees_more_than_eight_digits_of_it(card: str) -> None:
    for end in range(1, len(card) + 1):
        shown = shown_text(f"it's {card[:end]}")
        assert sum(letter.isdigit() for letter in shown) <= 8
    assert shown_text(f"it's {card}, thanks") == "it's [number hidden], thanks"


@pytest.mark.parametrize(
    "cue",
    ["my password is ", "Password: ", "my pass code for it is ", "my pin is ", "PIN-", "pwd=", "Mein Passwort ist "],
)
def test_while_a_password_is_typed_ruth_sees_nothing_of_it(cue: str) -> None:
    for secret in ("1", "123", "hunter", "correct horse\nbattery. 7"):
        shown = shown_text(cue + secret)
        assert shown.endswith(" [hidden until it's sent]")
        assert not any(word in shown for word in secret.split())


@pytest.mark.parametrize(
    "text",
    [
        "Where is A-123456? I ordered it on 3.11.2026.",
        "A-123456 and a654321, not 123123, for 19.99",
        "A-123456, 29.11.2026",
        "I forgot my password.",
        "The shopping basket spins.",
    ],
)
def test_order_numbers_days_and_plain_words_stay(text: str) -> None:
    assert shown_text(text) == text


def test_an_order_number_stays_before_a_card_number() -> None:
    assert shown_text("A-123456 4111 1111 1") == "A-123456 [number hidden]"
    assert shown_text("a\x00b\ud800c") == "abc"


class Rest:
    """The clock of a connection, wound by hand."""

    def __init__(self) -> None:
        self.ends: list[Callable[[], None]] = []
        self.cancelled = False

    def later(self, seconds: float, end: Callable[[], None]) -> Any:
        assert seconds == EVERY_SECONDS
        self.ends.append(end)
        return self

    def over(self) -> None:
        self.ends.pop()()

    def cancel(self) -> None:
        self.cancelled = True


def test_what_comes_too_soon_waits_and_only_the_newest_of_it_is_passed_on() -> None:
    shown: list[str] = []
    rest = Rest()
    push = PreviewPush(lambda _, text: shown.append(text), rest.later)
    for text in ("W", "Wh", "Whe", "Where"):
        push.change("a chat", text)
    assert shown == ["W"]
    rest.over()
    assert shown == ["W", "Where"]
    push.change("a chat", "")
    rest.over()
    assert shown == ["W", "Where", ""]
    rest.over()
    assert (shown, rest.ends) == (["W", "Where", ""], [])
    push.change("a chat", "Again")
    assert shown[-1] == "Again"


def test_when_ana_leaves_nothing_more_is_passed_on() -> None:
    shown: list[str] = []
    rest = Rest()
    push = PreviewPush(lambda _, text: shown.append(text), rest.later)
    push.change("a chat", "W")
    push.change("a chat", "Where")
    push.stop()
    assert rest.cancelled
    rest.over()
    assert shown == ["W"]


def test_of_a_flood_of_previews_ruth_gets_the_last_and_not_all(desk: Desk) -> None:
    ana, ruth = desk.ana(), desk.rep("ruth")
    talk = ana.waits()
    ruth.does("claim", talk)
    with preview(desk), ana.socket(talk) as at_anas, ruth.socket() as at_ruths:
        both_are_there(at_anas, at_ruths, talk)
        for number in range(20):
            types(at_anas, talk, f"This is no. {number}")
        at_ruths.until("preview", where=lambda frame: frame["text"] == "This is no. 19")
        assert len([frame for frame in at_ruths.heard if frame["kind"] == "preview"]) < 20


def test_every_held_chat_is_shown_anew_also_when_they_are_changed_in_parts(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "AT_ONCE", 2)
    ruth, ada = record.rep("Ruth", capacity=3), record.rep("Ada", role="admin")
    held = [record.held(record.customer(), ruth) for _ in range(3)]
    waiting = record.waiting(record.customer())
    [shown] = [each for each in record.do(shop_settings.all_settings) if each.name == "typing_preview"]
    before = {row.id: row.version for row in record.rows(conversation)}
    record.do(previews.change_setting, ada, "typing_preview", ChangeSetting(revision=shown.revision, value=True))
    told = [each.conversation_id for each in record.told if isinstance(each, ConversationChanged)]
    assert told == sorted(held)
    after = {row.id: row.version for row in record.rows(conversation)}
    assert after == {id: version + (id != waiting) for id, version in before.items()}


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


def is_hers(shown: Any, talk: str) -> bool:
    """Of this chat: Ruth may hold others still."""
    return bool(shown["id"] == talk and shown["yours"])


def types(line: Line, talk: str, text: str) -> None:
    line.send({"kind": "preview", "conversation": talk, "text": text})


def is_anywhere(tx: Any, words: str) -> bool:
    """Whether the words stand in any row of any table."""
    tables = history.metadata.sorted_tables
    return any(words in str(tuple(row)) for table in tables for row in tx.db.execute(select(*table.c)))
