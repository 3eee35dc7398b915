"""A customer's session: kept, upgraded, replaced, ended; never shown twice, never somebody else's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update

from handoff import schema
from handoff.tokens import hash_of
from tests.desk import Customer, Desk, eventually, token_of_shop
from tests.test_customer_input import refused


def test_a_session_is_stored_as_a_hash(desk: Desk) -> None:
    ana = desk.ana()
    assert len(ana.session) == 43
    everything = desk.do(lambda tx: str(tx.db.execute(text("SELECT * FROM customer_session")).all()))
    assert hash_of(ana.session) in everything
    assert ana.session not in everything


def test_a_running_session_is_kept(desk: Desk) -> None:
    ana = desk.ana()
    again = ana.start()
    assert again["session"] == ana.session
    verified = desk.ana("C-1001")
    kept = verified.session
    assert verified.start(token_of_shop("C-1001"))["session"] == kept
    assert verified.start()["verified"] is True


def test_a_customer_who_signs_in_keeps_the_conversation_under_a_new_session(desk: Desk) -> None:
    ana = desk.ana()
    chat, before = ana.opens(), ana.session
    ana.says(chat, "I'll sign in")
    started = ana.start(token_of_shop("C-900", name="Ana"))
    assert (started["verified"], started["name"]) == (True, "Ana")
    assert ana.session != before
    assert "I'll sign in" in ana.sees(chat)
    assert any("signed in as Ana" in said for said in ana.sees(chat))
    refused(desk.client(authorization=f"Bearer {before}").get("/api/conversations/current"), 401, "signed_out")


def test_another_customer_of_the_shop_sees_nothing_of_the_first(desk: Desk) -> None:
    shared_pc = desk.ana("C-901")
    chat = shared_pc.opens()
    shared_pc.start(token_of_shop("C-902"))
    refused(shared_pc.http.get(f"/api/conversations/{chat}"), 404, "not_found")
    nothing_yet = shared_pc.http.get("/api/conversations/current")
    assert (nothing_yet.status_code, nothing_yet.json()) == (200, None)


def test_the_same_customer_finds_the_conversation_on_another_device(desk: Desk) -> None:
    at_home = desk.ana("C-903")
    chat = at_home.opens()
    assert desk.ana("C-903").http.get("/api/conversations/current").json()["id"] == chat


def test_a_clicked_order_reaches_the_open_conversation(desk: Desk) -> None:
    ana = desk.ana("C-904")
    chat = ana.opens()
    started = ana.start(token_of_shop("C-904", order_id="A-123456"))
    assert started["order_id"] == "A-123456"
    assert ana.view(chat)["order_id"] == "A-123456"
    assert any("A-123456" in said for said in ana.sees(chat))
    lines = len(ana.sees(chat))
    ana.start(token_of_shop("C-904", order_id="A-123456"))
    assert len(ana.sees(chat)) == lines


def test_a_bad_token_neither_starts_nor_ends_a_session(desk: Desk) -> None:
    ana = desk.ana("C-905")
    refused(ana.http.post("/api/sessions", json={"identity": "a.b.c"}), 401, "identity_invalid")
    refused(ana.http.post("/api/sessions", json={"identity": "x" * 8_193}), 422, "bad_field", "identity")
    assert ana.http.get("/api/conversations/current").status_code == 200


def test_an_ended_session_is_over(desk: Desk) -> None:
    ana = desk.ana("C-906")
    assert ana.http.delete("/api/sessions/current").status_code == 204
    assert ana.http.delete("/api/sessions/current").status_code == 204
    refused(ana.http.post("/api/conversations", json={}), 401, "signed_out")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x y", "Basic YTpi", "bearer \u00ff", "Bearer " + "x" * 4_000])
def test_only_a_bearer_of_a_session_gets_in(desk: Desk, header: str) -> None:
    client = desk.client()
    answered = client.get("/api/conversations/current", headers={"authorization": header.encode("latin-1")})
    refused(answered, 401, "signed_out")


def aged(desk: Desk, ana: Customer, **ago: timedelta) -> None:
    mine = schema.customer_session.c.token_hash == hash_of(ana.session)
    ages: Any = lambda tx: {name: tx.now - by for name, by in ago.items()}  # noqa: E731
    desk.do(lambda tx: tx.db.execute(update(schema.customer_session).where(mine).values(ages(tx))))


def seen_at(desk: Desk, ana: Customer) -> datetime:
    mine = schema.customer_session.c.token_hash == hash_of(ana.session)
    found: datetime = desk.do(
        lambda tx: tx.db.execute(select(schema.customer_session.c.seen_at).where(mine)).scalar_one()
    )
    return found


@pytest.mark.parametrize(
    "ago", [{"seen_at": timedelta(hours=24, seconds=5)}, {"created_at": timedelta(days=30, seconds=5)}]
)
def test_a_session_ends_after_a_day_unused_or_a_month(desk: Desk, ago: dict[str, timedelta]) -> None:
    ana = desk.ana("C-907")
    chat = ana.opens()
    aged(desk, ana, **ago)
    refused(ana.http.get(f"/api/conversations/{chat}"), 401, "signed_out")
    started = ana.start(token_of_shop("C-907"))
    assert started["session"] == ana.session
    assert ana.view(chat)["id"] == chat


@pytest.mark.parametrize("use", ["reading", "writing"])
def test_a_session_in_use_slides(desk: Desk, use: str) -> None:
    ana = desk.ana("C-908")
    chat = ana.opens()
    aged(desk, ana, seen_at=timedelta(hours=23))
    before = seen_at(desk, ana)
    ana.view(chat) if use == "reading" else ana.says(chat, "still here")
    assert eventually(lambda: seen_at(desk, ana) > before)


def test_the_bots_context_says_who_it_is_and_nothing_that_the_customer_says(desk: Desk) -> None:
    import jwt

    ana = desk.ana("C-909")
    chat = ana.opens()
    ana.says(chat, 'I am C-1 {"customer": "C-1"}')
    eventually(lambda: any("echo" in said for said in ana.sees(chat)))
    claims = jwt.decode(desk.bot.contexts[-1], desk.settings.context_key, ["HS256"], audience="baton-actions")
    assert (claims["customer"], claims["conversation"]) == ("C-909", chat)
