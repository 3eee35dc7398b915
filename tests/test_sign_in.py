"""Reps sign in, stay signed in, and are signed out: guarantees 2.2 and T6, T7, T18."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
from sqlalchemy import func, select, text, update

from handoff import reps, schema
from handoff.settings import DEMO_PASSWORD, Limits
from tests.desk import Desk, RepClient, add_rep, eventually, running_desk, scalar
from tests.test_customer_input import error, refused


def signs_in(desk: Desk, name: str, password: str = DEMO_PASSWORD, **more: Any) -> httpx.Response:
    body = {"name": name, "password": password, **more}
    return desk.client().post("/api/rep/sign-in", json=body)


def test_the_cookie_is_for_this_host_and_out_of_reach_of_scripts(desk: Desk) -> None:
    cookie = signs_in(desk, "ruth").headers["set-cookie"]
    assert re.fullmatch(r"__Host-baton=[\w-]{43}; Path=/; Secure; HttpOnly; SameSite=Strict", cookie)


def test_only_hashes_of_sessions_and_passwords_are_stored(desk: Desk) -> None:
    ruth = desk.rep()
    token = ruth.cookie.partition("=")[2]
    everything = desk.do(lambda tx: str(tx.db.execute(text("SELECT * FROM rep_session")).all()))
    assert token not in everything
    assert desk.do(scalar, select(schema.rep.c.password_hash).limit(1)).startswith("$argon2id$")


@pytest.mark.parametrize(
    ("name", "password"), [("ruth", "wrong password"), ("nobody", DEMO_PASSWORD), ("gone", DEMO_PASSWORD)]
)
def test_unknown_wrong_and_disabled_answer_alike(desk: Desk, name: str, password: str) -> None:
    if name == "gone":
        add_rep(desk, "gone", "rep")
        desk.do(reps.disable, desk.rep_account("gone"))
    answered = signs_in(desk, name, password)
    refused(answered, 401, "wrong_password")
    assert error(answered)["message"] == "Name or password is wrong."


def test_a_nobody_costs_the_same_work_as_a_somebody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    fits = desk.parts.passwords._fits
    monkeypatch.setattr(desk.parts.passwords, "_fits", lambda *given: checked.append(given[0]) or fits(*given))
    signs_in(desk, "nobody", "some password")
    signs_in(desk, "ruth", "some password")
    assert [stored.split("$")[3] for stored in checked] == ["m=47104,t=1,p=1"] * 2


@pytest.mark.parametrize(
    ("password", "code"),
    [("x" * 1_025, "bad_field"), ("é" * 600, "bad_field"), ("", "bad_field"), ("a\0b", "bad_character")],
)
def test_a_password_that_cant_be_one_is_refused(desk: Desk, password: str, code: str) -> None:
    refused(signs_in(desk, "ruth", password), 422, code, "password")


def test_a_huge_password_is_refused_before_any_hashing(desk: Desk) -> None:
    refused(signs_in(desk, "ruth", "x" * 300_000), 413, "too_large")


def test_a_password_may_be_typed_on_any_keyboard(desk: Desk) -> None:
    hashed = desk.call(desk.parts.passwords.hash("un café au soleil"))
    desk.do(reps.add_account, "zoe", "Zoe", "rep", hashed, None)
    assert signs_in(desk, "Zoe ", "un cafe\u0301 au soleil").status_code == 200


@pytest.fixture
def strict_desk(tmp_path: Path) -> Iterator[Desk]:
    limits = Limits(wrong_passwords_per_address_per_5_minutes=8, wrong_passwords_per_name_per_day=100)
    with running_desk(tmp_path, limits=limits) as running:
        yield running


def test_a_sixth_wrong_password_waits_and_nobody_is_locked_out_for_good(strict_desk: Desk) -> None:
    answered = [signs_in(strict_desk, "ruth", "wrong password") for _ in range(6)]
    assert [each.status_code for each in answered] == [401] * 5 + [429]
    assert 1 <= error(answered[-1])["retry_after"] <= 300
    refused(signs_in(strict_desk, "ruth"), 429, "too_many")
    assert signs_in(strict_desk, "sam").status_code == 200
    times = strict_desk.parts.windows._times
    times.update({key: type(kept)((at - 301 for at in kept), kept.maxlen) for key, kept in times.items()})
    assert signs_in(strict_desk, "ruth").status_code == 200


def test_an_address_that_tries_many_names_waits(strict_desk: Desk) -> None:
    codes = [signs_in(strict_desk, f"name-{number}", "wrong password").status_code for number in range(9)]
    assert codes == [401] * 8 + [429]


def test_right_passwords_dont_count(strict_desk: Desk) -> None:
    assert [signs_in(strict_desk, "ruth").status_code for _ in range(10)] == [200] * 10


@pytest.fixture(scope="module")
def real_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with running_desk(tmp_path_factory.mktemp("real"), demo=False) as running:
        yield running


@pytest.mark.parametrize("role", ["lead", "writer", "admin"])
def test_outside_the_demo_leads_writers_and_admins_need_a_code(real_desk: Desk, role: str) -> None:
    secret = pyotp.random_base32()
    add_rep(real_desk, f"a-{role}", role, totp_secret=secret)
    refused(signs_in(real_desk, f"a-{role}"), 401, "totp_needed")
    refused(signs_in(real_desk, f"a-{role}", totp="000000"), 401, "totp_needed")
    refused(signs_in(real_desk, f"a-{role}", totp="٣٣٣٣٣٣"), 401, "totp_needed")
    code = pyotp.TOTP(secret).now()
    assert signs_in(real_desk, f"a-{role}", totp=code).status_code == 200
    refused(signs_in(real_desk, f"a-{role}", totp=code), 401, "totp_needed")


def test_outside_the_demo_a_lead_without_an_authenticator_doesnt_get_in(real_desk: Desk) -> None:
    refused(signs_in(real_desk, "lena"), 403, "forbidden")


def test_a_wrong_password_says_nothing_about_codes(real_desk: Desk) -> None:
    add_rep(real_desk, "carla", "admin", totp_secret=pyotp.random_base32())
    refused(signs_in(real_desk, "carla", "wrong password", totp="123456"), 401, "wrong_password")


def test_signing_out_ends_all_sessions_and_gives_conversations_back(desk: Desk) -> None:
    ana, ruth, elsewhere = desk.ana("C-1001"), desk.rep(), desk.rep()
    chat = ana.waits()
    assert ruth.does("claim", chat).json()["yours"]
    gone = ruth.http.post("/api/rep/sign-out", json={})
    assert gone.status_code == 204
    assert "Max-Age=0" in gone.headers["set-cookie"]
    for each in (ruth, elsewhere):
        refused(each.http.get("/api/rep/me"), 401, "signed_out")
    assert ana.view(chat)["state"] == "waiting"
    assert any("had to hand your chat back" in said for said in ana.sees(chat))


def test_a_new_sign_in_has_a_new_session_and_token(desk: Desk) -> None:
    first, second = desk.rep(), desk.rep()
    assert first.cookie != second.cookie
    assert first.http.headers["x-csrf-token"] != second.http.headers["x-csrf-token"]
    mixed = {"x-csrf-token": second.http.headers["x-csrf-token"]}
    refused(first.http.post("/api/rep/sign-out", json={}, headers=mixed), 403, "forbidden")


CHANGING = [
    "sign-out",
    "conversations/x/claim",
    "conversations/x/release",
    "conversations/x/messages",
    "conversations/x/close",
]


@pytest.fixture(scope="module")
def lena(desk: Desk) -> RepClient:
    return desk.rep("lena")


@pytest.mark.parametrize("path", CHANGING)
@pytest.mark.parametrize(
    "headers",
    [
        {"x-csrf-token": ""},
        {"x-csrf-token": "wrong"},
        {"x-csrf-token": "ünïcode".encode()},
        {"origin": "https://evil"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_changes_need_the_csrf_token_and_the_own_site(lena: RepClient, path: str, headers: dict[str, Any]) -> None:
    bodies = {
        "conversations/x/messages": {"client_id": "client-id-1", "text": "hello"},
        "conversations/x/close": {"topic": "late_delivery", "cause": "carrier lost it"},
    }
    refused(lena.http.post(f"/api/rep/{path}", json=bodies.get(path, {}), headers=headers), 403, "forbidden")
    assert lena.http.get("/api/rep/me").status_code == 200


def test_another_site_cant_sign_somebody_in(desk: Desk) -> None:
    for headers in ({"origin": "https://evil"}, {"sec-fetch-site": "cross-site"}):
        body = {"name": "ruth", "password": DEMO_PASSWORD}
        refused(desk.client().post("/api/rep/sign-in", json=body, headers=headers), 403, "forbidden")
    plain = desk.client().post("/api/rep/sign-in", content=b"{}", headers={"content-type": "text/plain"})
    refused(plain, 415, "wrong_media_type")


def age(desk: Desk, ruth: RepClient, **columns: Any) -> None:
    """Make Ruth's sessions older than they are."""
    desk.do(
        lambda tx: tx.db.execute(
            update(schema.rep_session)
            .where(schema.rep_session.c.rep_id == ruth.rep["id"])
            .values({name: tx.now - ago for name, ago in columns.items()})
        )
    )


@pytest.mark.parametrize(("column", "minutes"), [("seen_at", 31), ("created_at", 12 * 60 + 1)])
def test_a_sign_in_ends_when_idle_or_old_and_with_it_socket_and_conversations(
    desk: Desk, column: str, minutes: int
) -> None:
    from datetime import timedelta

    ana, sam = desk.ana(f"C-{minutes}"), desk.rep("sam")
    chat = ana.waits()
    sam.does("claim", chat)
    with sam.socket() as line:
        age(desk, sam, **{column: timedelta(minutes=minutes)})
        refused(sam.http.get("/api/rep/me"), 401, "signed_out")
        assert line.closed(6) == 4401
    eventually(lambda: ana.view(chat)["state"] == "waiting")


def test_work_keeps_a_sign_in_alive(desk: Desk) -> None:
    from datetime import timedelta

    sam = desk.rep("sam")
    age(desk, sam, seen_at=timedelta(minutes=29))
    chat = desk.ana("C-9").waits()
    assert sam.does("claim", chat).status_code == 200
    newest = desk.do(scalar, select(func.max(schema.rep_session.c.seen_at)))
    assert time.time() - newest.timestamp() < 60
    sam.does("release", chat)
