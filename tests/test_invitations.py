"""An invitation lets one person in, once, within seven days, and nobody else."""

from __future__ import annotations

import asyncio
from typing import Any

import pyotp
import pytest

from handoff import admin_reps, invitations, outbound, reps, schema
from handoff.errors import BadField, DeskError, Forbidden, LinkUsed, NotFound, NotPossibleNow
from handoff.invitations import Made, NewSignIn
from handoff.people import Rep
from handoff.schema_mail import invitation, mail, mail_link
from handoff.storage import Runner
from handoff.wire_admin import ChangeRep, Invite
from tests.desk import Desk, RepClient
from tests.record import Record
from tests.test_admin import change_of, person, seen
from tests.test_races import race

DESK = "https://desk.example"
SECRET = pyotp.random_base32()


def invited(record: Record, ada: Rep, role: str = "rep", mail_on: bool = True, **more: Any) -> Made:
    asked = Invite(email="ida@example.com", role=role, **more)  # type: ignore[arg-type]
    made: Made = record.do(invitations.invite, ada, asked, mail_on)
    return made


def chosen(name: str = "ida") -> NewSignIn:
    return NewSignIn(name, name.title(), "a hash", SECRET)


def refused(record: Record, token: str, name: str = "ida") -> DeskError | None:
    return record.refused(invitations.accept, token, chosen(name))


def test_ida_makes_her_account_with_the_role_that_ada_chose(record: Record) -> None:
    ada = person(record, "Ada", "admin")
    made = invited(record, ada, "lead")
    shown = record.do(invitations.look, made.token)
    assert (shown.role, shown.email, shown.name, shown.second_factor) == ("lead", "ida@example.com", None, True)
    assert record.do(invitations.accept, made.token, chosen()) == ("ida", True)
    account = record.do(reps.account_named, "ida")
    assert (account.rep.role, account.rep.display_name, account.totp_secret) == ("lead", "Ida", SECRET)
    assert record.rows(schema.rep, name="ida")[0].email == "ida@example.com"


def test_a_rep_needs_no_second_factor(record: Record) -> None:
    made = invited(record, person(record, "Ada", "admin"))
    assert record.do(invitations.accept, made.token, chosen()) == ("ida", False)
    assert record.do(reps.account_named, "ida").totp_secret is None


def test_a_link_works_once(record: Record) -> None:
    made = invited(record, person(record, "Ada", "admin"))
    record.do(invitations.accept, made.token, chosen())
    assert isinstance(refused(record, made.token, "eve"), LinkUsed)
    assert isinstance(record.refused(invitations.look, made.token), LinkUsed)


def test_looking_at_it_uses_nothing_up(record: Record) -> None:
    made = invited(record, person(record, "Ada", "admin"))
    for _ in range(3):
        record.do(invitations.look, made.token)
    record.do(invitations.accept, made.token, chosen())


def test_the_mail_has_a_link_of_its_own_and_one_of_the_two_lets_somebody_in(record: Record) -> None:
    made = invited(record, person(record, "Ada", "admin"))
    letter = record.do(outbound.lease, DESK)
    mailed = letter.text.partition("#invitation=")[2].split()[0]
    assert mailed != made.token
    assert letter.to == "ida@example.com"
    record.do(invitations.accept, mailed, chosen())
    assert isinstance(refused(record, made.token, "eve"), LinkUsed)


def test_without_mail_the_link_is_there_to_copy_and_nothing_is_sent(record: Record) -> None:
    invited(record, person(record, "Ada", "admin"), mail_on=False)
    assert record.rows(mail) == []


def test_after_seven_days_it_leads_nowhere(record: Record) -> None:
    ada = person(record, "Ada", "admin")
    made = invited(record, ada)
    record.later(days=7, seconds=1)
    assert isinstance(refused(record, made.token), LinkUsed)
    assert [each.state for each in record.do(invitations.all_invitations)] == ["expired"]


def test_a_withdrawn_one_leads_nowhere_and_isnt_mailed(record: Record) -> None:
    ada = person(record, "Ada", "admin")
    made = invited(record, ada)
    assert record.do(invitations.withdraw, ada, made.invitation.id).state == "withdrawn"
    assert record.do(invitations.withdraw, ada, made.invitation.id).state == "withdrawn"
    assert isinstance(refused(record, made.token), LinkUsed)
    assert record.do(outbound.lease, DESK) is None


def test_a_used_one_cant_be_withdrawn(record: Record) -> None:
    ada = person(record, "Ada", "admin")
    made = invited(record, ada)
    record.do(invitations.accept, made.token, chosen())
    assert isinstance(record.refused(invitations.withdraw, ada, made.invitation.id), NotPossibleNow)
    assert isinstance(record.refused(invitations.withdraw, ada, "nowhere"), NotFound)


@pytest.mark.parametrize("role", ["rep", "lead"])
def test_only_admins_invite(record: Record, role: str) -> None:
    who = person(record, "Ruth", role)
    asked = Invite(email="ida@example.com", role="rep")
    assert isinstance(record.refused(invitations.invite, who, asked, True), Forbidden)


def test_an_admin_who_was_dismissed_has_let_nobody_in(record: Record) -> None:
    ada, otto = person(record, "Ada", "admin"), person(record, "Otto", "admin")
    made = invited(record, otto, "admin")
    record.do(admin_reps.change_rep, ada, otto.id, change_of(seen(record, otto), disabled=True))
    assert isinstance(refused(record, made.token), LinkUsed)


def test_a_name_that_is_taken_is_refused_and_the_link_still_works(record: Record) -> None:
    made = invited(record, person(record, "Ada", "admin"))
    assert isinstance(refused(record, made.token, "ada"), BadField)
    record.do(invitations.accept, made.token, chosen())


@pytest.mark.parametrize("wrong", [{"team_id": "nowhere"}, {"site_id": "nowhere"}, {"rep_id": "nobody"}])
def test_what_isnt_there_is_refused(record: Record, wrong: dict[str, str]) -> None:
    ada = person(record, "Ada", "admin")
    asked = Invite(email="ida@example.com", role="rep", **wrong)
    assert isinstance(record.refused(invitations.invite, ada, asked, True), BadField)
    assert record.rows(mail) == []


def test_lena_who_lost_her_phone_chooses_her_sign_in_anew_and_is_signed_out_elsewhere(record: Record) -> None:
    ada, lena = person(record, "Ada", "admin"), person(record, "Lena", "lead")
    record.do(reps.sign_in, lena)
    made = invited(record, ada, "rep", rep_id=lena.id)
    assert record.do(invitations.look, made.token).name == "lena"
    assert record.do(invitations.accept, made.token, chosen("eve")) == ("lena", True)
    account = record.do(reps.account_named, "lena")
    assert (account.password_hash, account.totp_secret, account.rep.role) == ("a hash", SECRET, "lead")
    assert record.rows(schema.rep_session)[0].ended_at is not None
    assert record.do(reps.account_named, "eve") is None


def test_a_new_sign_in_for_somebody_disabled_meanwhile_leads_nowhere(record: Record) -> None:
    ada, lena = person(record, "Ada", "admin"), person(record, "Lena", "lead")
    made = invited(record, ada, rep_id=lena.id)
    record.do(admin_reps.change_rep, ada, lena.id, change_of(seen(record, lena), disabled=True))
    assert isinstance(refused(record, made.token), LinkUsed)


def test_ten_at_once_accept_and_one_gets_in(record: Record, database_url: str) -> None:
    made = invited(record, person(record, "Ada", "admin"))
    # The race runs by the database's own clock.
    for table in (mail_link, invitation):
        later = table.update().values(expires_at=record.now.replace(year=2999))
        record.do(lambda tx, later=later: tx.db.execute(later))

    async def story(runner: Runner) -> list[Any]:
        tries = (runner.run(invitations.accept, made.token, chosen(f"ida{number}")) for number in range(10))
        return await asyncio.gather(*tries, return_exceptions=True)

    results = race(record, database_url, story)
    assert sum(isinstance(each, tuple) for each in results) == 1
    assert sum(isinstance(each, LinkUsed) for each in results) == 9
    assert len([row for row in record.rows(schema.rep) if row.name.startswith("ida")]) == 1


def test_from_the_invitation_to_the_first_sign_in(desk: Desk) -> None:
    ada = RepClient(desk, "ada")
    made = ada.http.post("/api/admin/invitations", json={"email": "ida@example.com", "role": "lead"}).json()
    token = made["link"].partition("#invitation=")[2]
    nobody = desk.client(origin=desk.origin)
    new = {"token": token, "name": "Ida", "display_name": "Ida", "password": "a long pass phrase"}
    assert nobody.post("/api/invitation/accept", json={**new, "password": "short"}).status_code == 422
    accepted = nobody.post("/api/invitation/accept", json=new)
    assert accepted.status_code == 201
    assert nobody.post("/api/invitation/accept", json=new).status_code == 410
    words = {"name": "ida", "password": "a long pass phrase"}
    assert nobody.post("/api/rep/sign-in", json=words).json()["error"]["code"] == "totp_needed"
    code = pyotp.TOTP(accepted.json()["totp_secret"]).now()
    signed_in = nobody.post("/api/rep/sign-in", json={**words, "totp": code})
    assert signed_in.json()["rep"]["role"] == "lead"
    shown = ada.http.get("/api/admin").json()
    assert shown["invitations"][0]["state"] == "used"
    assert token not in str(shown)


def test_a_disabled_reps_console_is_cut_off(desk: Desk) -> None:
    ada, sam = RepClient(desk, "ada"), RepClient(desk, "sam")
    account = next(each for each in ada.http.get("/api/admin").json()["reps"] if each["name"] == "sam")
    change = {name: account[name] for name in ChangeRep.__struct_fields__}
    with sam.socket() as line:
        changed = ada.http.put(f"/api/admin/reps/{account['id']}", json={**change, "capacity": 3, "disabled": True})
        assert changed.status_code == 200, changed.text
        assert line.closed() == 4401
    assert sam.http.get("/api/rep/queue").status_code == 401
