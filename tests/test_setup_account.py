"""The first account outside the demo: a one-time code, an admin, an authenticator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from sqlalchemy import delete

from handoff import schema
from handoff.errors import Forbidden
from handoff.setup_account import VALID_SECONDS, SetUpCode
from tests.desk import Desk, running_desk
from tests.test_customer_input import refused

PASSWORD = "a long pass phrase"


@pytest.fixture
def new_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk outside the demo in which nobody has an account."""
    with running_desk(tmp_path, demo=False) as running:
        running.do(lambda tx: tx.db.execute(delete(schema.rep)))
        yield running


def sets_up(desk: Desk, **changes: Any) -> Any:
    body = {"code": desk.code.code, "name": "Wilma", "display_name": "Wilma", "password": PASSWORD, **changes}
    return desk.client().post("/api/setup", json=body)


def test_whoever_reads_the_console_makes_the_first_account(new_desk: Desk) -> None:
    client = new_desk.client()
    assert client.get("/api/setup").json() == {"needed": True}
    made = sets_up(new_desk, code=f" {new_desk.code.code.lower()} ")
    assert made.status_code == 201
    assert made.json()["totp_secret"] in made.json()["totp_uri"]
    assert client.get("/api/setup").json() == {"needed": False}
    code = pyotp.TOTP(made.json()["totp_secret"]).now()
    signed_in = client.post("/api/rep/sign-in", json={"name": "wilma", "password": PASSWORD, "totp": code})
    assert signed_in.json()["rep"]["role"] == "admin"


def test_there_is_one_first_account(new_desk: Desk) -> None:
    assert sets_up(new_desk).status_code == 201
    refused(sets_up(new_desk, name="second"), 404, "not_found")


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA-AAAA", "ünï"])
def test_a_wrong_code_makes_nothing(new_desk: Desk, code: str) -> None:
    refused(sets_up(new_desk, code=code), 403, "forbidden")
    assert new_desk.client().get("/api/setup").json() == {"needed": True}


def test_guessing_codes_is_slow(new_desk: Desk) -> None:
    assert [sets_up(new_desk, code="x").status_code for _ in range(21)] == [403] * 20 + [429]


def test_a_short_password_is_refused(new_desk: Desk) -> None:
    refused(sets_up(new_desk, password="too short"), 422, "bad_field", "password")


def test_a_code_is_good_for_half_an_hour() -> None:
    now = [0.0]
    code = SetUpCode(lambda: now[0])
    code.check(code.code)
    now[0] = VALID_SECONDS + 1
    with pytest.raises(Forbidden, match="older than 30 minutes"):
        code.check(code.code)
