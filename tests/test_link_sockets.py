"""Coming back by a link, over the desk's real doors: what it opens, what it doesn't, and who counts as being there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from handoff.schema import customer as customer_table
from handoff.schema_mail import mail
from tests.desk import Customer, Desk, RepClient, dial, eventually, running_desk


def link_of_ana(desk: Desk, ana: Customer, talk: str) -> str:
    """The token in the mail that Ana gets once Ruth has written to her."""
    ruth = desk.rep("ruth")
    assert ana.http.post(f"/api/conversations/{talk}/email", json={"email": "ana@example.com"}).status_code == 200
    assert ruth.does("claim", talk).status_code == 200
    away = timedelta(minutes=3)
    desk.do(lambda tx: tx.db.execute(customer_table.update().values(seen_at=tx.now - away)))
    ruth.replies(talk, "Your parcel is in Leeds.")
    letter = eventually(lambda: desk.do(sent_letter), 20)
    return str(letter.partition("/chat/#")[2].split()[0])


def sent_letter(tx: Any) -> str | None:
    return tx.db.execute(select(mail.c.text).where(mail.c.kind == "rep_wrote", mail.c.state == "sent")).scalar()


def comes_back(desk: Desk, token: str) -> httpx.Response:
    return desk.client().post("/api/links/chat", json={"token": token})


def test_a_link_opens_its_chat_and_no_other_also_beside_anas_own_window(tmp_path: Path) -> None:
    with running_desk(tmp_path) as desk:
        ana = desk.ana("C-9")
        talk = ana.waits()
        token = link_of_ana(desk, ana, talk)
        RepClient(desk, "ruth").does("close", talk, topic="late_delivery", cause="late")
        other = ana.opens()
        back = comes_back(desk, token).json()
        assert back["conversation"] == talk
        stranger = desk.client(authorization=f"Bearer {back['session']}")
        assert stranger.get(f"/api/conversations/{talk}").status_code == 200
        assert stranger.get("/api/conversations/current").json()["id"] == talk
        for method, path, body in (
            ("GET", f"/api/conversations/{other}", None),
            ("GET", f"/api/conversations/{other}/messages", None),
            ("POST", f"/api/conversations/{other}/messages", {"client_id": "client-id-eve", "text": "hi"}),
            ("POST", f"/api/conversations/{other}/person", {}),
            ("POST", f"/api/conversations/{other}/close", {}),
            ("POST", f"/api/conversations/{other}/transcript", {}),
        ):
            assert stranger.request(method, path, json=body).status_code == 404, path
        with ana.socket(other) as own, dial(desk, "/api/socket") as line:
            own.until("replay")
            line.hello(session=back["session"], conversation=other)
            assert line.until("error")["code"] == "not_found"
            ana.says(other, "this is private")
            own.until("message", where=lambda frame: frame["message"]["text"] == "this is private")
            line.hello(conversation=talk)
            line.until("replay")
            assert "this is private" not in str(line.heard)
        assert comes_back(desk, token).status_code == 410


def test_guessing_at_links_is_slowed_down(tmp_path: Path) -> None:
    from handoff.settings import Limits

    with running_desk(tmp_path, limits=Limits(links_per_address_per_5_minutes=3)) as desk:
        tries = [comes_back(desk, f"guess {number}").status_code for number in range(4)]
        look = desk.client().post("/api/invitation/look", json={"token": "guess"})
    assert tries == [410, 410, 410, 429]
    assert look.status_code == 429


def test_who_has_the_chat_open_or_asks_for_news_is_there(tmp_path: Path) -> None:
    with running_desk(tmp_path) as desk:
        ana, bob = desk.ana("C-1", email="ana@example.com"), desk.ana("C-2", email="bob@example.com")
        chat, bobs = ana.opens(), bob.opens()
        desk.do(lambda tx: tx.db.execute(customer_table.update().values(seen_at=None)))
        with ana.socket(chat):
            pass
        assert eventually(lambda: desk.do(seen_at, "C-1"))
        assert eventually(lambda: bob.view(bobs) and desk.do(seen_at, "C-2"), 20)


def seen_at(tx: Any, sub: str) -> Any:
    return tx.db.execute(select(customer_table.c.seen_at).where(customer_table.c.sub == sub)).scalar()


def test_without_a_mail_server_nobody_is_asked_for_an_address(tmp_path: Path) -> None:
    with running_desk(tmp_path, demo=False) as desk:
        assert desk.client().get("/widget/config.json").json()["mail"] is False
        ana = desk.ana()
        chat = ana.waits()
        for step, body in (("email", {"email": "ana@example.com"}), ("transcript", {"email": "ana@example.com"})):
            refused = ana.http.post(f"/api/conversations/{chat}/{step}", json=body)
            assert (refused.status_code, refused.json()["error"]["code"]) == (409, "mail_off")
