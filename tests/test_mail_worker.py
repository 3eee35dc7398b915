"""A desk sends what is in its outbox: by SMTP, or in the demo onto a page; without a mail server it puts nothing in."""

from __future__ import annotations

import logging
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from handoff import absence, mail_rest, mail_worker, outbound
from handoff.mail_rest import SESSIONS
from handoff.migrate import migrate
from handoff.schema import customer as customer_table
from handoff.schema_mail import mail
from handoff.storage import Transaction, clock
from handoff.storage_sqlite import database_path, writing_engine
from tests.desk import Desk, eventually, running_desk
from tests.smtp_server import Fault, Mailbox, mail_server
from tests.test_desk_process import desk_process, environment

NASTY = '<script>alert(1)</script> javascript:alert(1) http://127.0.0.1:8010/chat/#"onmouseover="x'


SLOW = "slow@example.com"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes minutes takes moments."""
    monkeypatch.setattr(outbound, "WAITS", (timedelta(seconds=0.2),))
    monkeypatch.setattr(mail_rest, "FIRST_SECONDS", 0.2)
    monkeypatch.setattr(mail_worker, "LAST_SECONDS", 0.5)


def put(desk: Desk, text: str = "What was said", to: str = "ana@example.com") -> None:
    assert desk.do(outbound.put, f"key {text}", "transcript", to, "Your chat", text)


def state_of(desk: Desk, to: str) -> str:
    return next(str(row.state) for row in desk.do(all_mail) if row.to == to)


def taken(mailbox: Mailbox) -> Counter[str]:
    return Counter(to for _, to, _ in mailbox.envelopes)


def states(desk: Desk) -> list[Any]:
    return [row.state for row in desk.do(lambda tx: tx.db.execute(mail.select()).all())]


def test_a_letter_reaches_the_mail_server_once(tmp_path: Path) -> None:
    with mail_server() as mailbox, running_desk(tmp_path, smtp=mailbox.smtp) as desk:
        put(desk)
        eventually(lambda: states(desk) == ["sent"])
        [message] = mailbox.messages
        assert (message["to"], message["subject"]) == ("ana@example.com", "Your chat")
        assert message.get_content().strip() == "What was said"


def test_a_letter_waits_while_the_mail_server_is_busy_and_the_error_is_kept(tmp_path: Path) -> None:
    with mail_server() as mailbox, running_desk(tmp_path, smtp=mailbox.smtp) as desk:
        mailbox.answers["."] = "452 disk full"
        put(desk)
        [row] = eventually(lambda: [row for row in desk.do(all_mail) if row.error])
        assert (row.state, row.error) == ("due", 'the mail server put it off (the mail server said "452 disk full")')
        assert mailbox.envelopes == []


def test_the_demo_sends_nothing_and_shows_what_it_would_have_sent(tmp_path: Path) -> None:
    with running_desk(tmp_path) as desk:
        put(desk, NASTY)
        eventually(lambda: states(desk) == ["sent"])
        page = desk.client().get("/mail")
        assert page.status_code == 200
        assert "ana@example.com" in page.text
        assert "<script>" not in page.text
        assert "javascript:alert(1)" in page.text
        assert 'href="javascript' not in page.text
        assert '"onmouseover' not in page.text


def test_outside_the_demo_nobody_can_read_mail(tmp_path: Path) -> None:
    with running_desk(tmp_path, demo=False) as desk:
        assert desk.client().get("/mail").status_code == 404


@pytest.mark.parametrize("demo", [True, False])
def test_mail_is_on_in_the_demo_and_off_without_a_server(tmp_path: Path, demo: bool) -> None:
    with running_desk(tmp_path, demo=demo) as desk:
        assert desk.parts.mail.on is demo


def test_a_desk_killed_between_the_servers_250_and_its_commit_sends_again_under_the_same_id(tmp_path: Path) -> None:
    with mail_server() as mailbox:
        known = environment(
            tmp_path,
            BATON_SMTP_HOST="127.0.0.1",
            BATON_SMTP_PORT=str(mailbox.smtp.port),
            BATON_SMTP_TLS="none",
            BATON_SMTP_FROM="Larkfield <help@larkfield.example>",
        )
        on_disk(known, put_one)
        with desk_process({**known, "CRASH_AT": "mail_sent"}, tmp_path / "log") as process:
            assert process.wait(30) == 137
        assert [len(mailbox.envelopes), on_disk(known, only_state)] == [1, "due"]
        on_disk(known, lambda tx: tx.db.execute(mail.update().values(due_at=tx.now)))
        with desk_process(known, tmp_path / "log"):
            eventually(lambda: state_beside(known) == "sent", 30)
        assert len(mailbox.envelopes) == 2
        first, second = mailbox.messages
        assert first["message-id"] == second["message-id"]


@pytest.mark.parametrize("fault", ["hangs", "drips"])
@pytest.mark.usefixtures("in_a_hurry")
def test_while_the_server_hangs_over_bens_address_everybody_elses_mail_goes_out(
    tmp_path: Path, mailbox: Mailbox, fault: Fault
) -> None:
    mailbox.faults[SLOW] = fault
    people = [f"somebody{number}@example.com" for number in range(10)]
    with running_desk(tmp_path, smtp=replace(mailbox.smtp, seconds=60)) as desk:
        put(desk, "to the slow one", SLOW)
        eventually(lambda: mailbox.at_once == 1)
        for each in people:
            put(desk, f"to {each}", each)
        eventually(lambda: taken(mailbox) == Counter(people), 20)
        eventually(lambda: (state_of(desk, SLOW), mailbox.at_once) == ("due", 1))


@pytest.mark.usefixtures("in_a_hurry")
def test_mail_that_hangs_again_and_again_leaves_a_session_to_mail_that_is_new(tmp_path: Path, mailbox: Mailbox) -> None:
    slow = [f"slow{number}@example.com" for number in range(6)]
    mailbox.faults.update(dict.fromkeys(slow, "hangs"))
    with running_desk(tmp_path, smtp=replace(mailbox.smtp, seconds=60)) as desk:
        desk.do(_put_tried, slow)
        eventually(lambda: mailbox.at_once == SESSIONS - 1)
        for number in range(5):
            put(desk, f"number {number}")
        eventually(lambda: taken(mailbox) == Counter({"ana@example.com": 5}))
        assert mailbox.at_once >= SESSIONS - 1


def _put_tried(tx: Transaction, addresses: list[str]) -> None:
    for each in addresses:
        outbound.put(tx, f"to {each}", "transcript", each, "Your chat", "What was said")
    tx.db.execute(mail.update().values(attempts=1))


@pytest.mark.usefixtures("in_a_hurry")
@pytest.mark.parametrize(("answer", "fault"), [("421 closing", None), (None, "hangs"), (None, "breaks off")])
def test_while_the_server_is_down_it_is_tried_gently_and_then_all_mail_goes_out_once(
    tmp_path: Path, mailbox: Mailbox, caplog: pytest.LogCaptureFixture, answer: str | None, fault: Fault | None
) -> None:
    _is_down(mailbox, answer, fault)
    with running_desk(tmp_path, smtp=replace(mailbox.smtp, seconds=0.5)) as desk:
        for number in range(12):
            put(desk, f"number {number}")
        eventually(lambda: any(row.attempts for row in desk.do(all_mail)))
        time.sleep(3)
        assert sum(row.attempts for row in desk.do(all_mail)) <= SESSIONS + 4
        mailbox.answers.clear()
        mailbox.faults.clear()
        eventually(lambda: set(states(desk)) == {"sent"}, 20)
    assert len({message["message-id"] for message in mailbox.messages}) == len(mailbox.envelopes) == 12
    alerts = [each for each in caplog.records if each.name == "baton.mail" and each.levelno == logging.ERROR]
    assert [each.message.startswith("no mail goes out: ") for each in alerts] == [True]


def _is_down(mailbox: Mailbox, answer: str | None, fault: Fault | None) -> None:
    if answer:
        mailbox.answers["CONNECT"] = answer
    if fault:
        mailbox.faults["CONNECT"] = fault


def test_an_address_that_is_refused_ends_its_own_letter_only(tmp_path: Path, mailbox: Mailbox) -> None:
    mailbox.answers["gone@example.com"] = "550 no such mailbox"
    with running_desk(tmp_path, smtp=mailbox.smtp) as desk:
        put(desk, "to nobody", "gone@example.com")
        put(desk, "to Ana")
        eventually(lambda: sorted(states(desk)) == ["failed", "sent"])
    assert taken(mailbox) == Counter({"ana@example.com": 1})


@pytest.mark.parametrize("fault", ["breaks off", "hangs"])
@pytest.mark.usefixtures("in_a_hurry")
def test_a_server_that_takes_a_letter_and_doesnt_say_so_gets_it_again_under_the_same_id_and_both_links_work(
    tmp_path: Path, mailbox: Mailbox, fault: Fault
) -> None:
    mailbox.faults["."] = fault
    with running_desk(tmp_path, smtp=replace(mailbox.smtp, answer_seconds=1)) as desk:
        _ruth_writes_to_ana_who_left(desk)
        eventually(lambda: len(mailbox.envelopes) == 1)
        mailbox.faults.clear()
        eventually(lambda: states(desk) == ["sent"], 10)
        first, second = mailbox.messages
        assert first["message-id"] == second["message-id"]
        links = [re.search(r"/chat/#(\S+)", message.get_content()) for message in (first, second)]
        tokens = [link[1] for link in links if link]
        assert [_comes_back(desk, token) for token in (*tokens, *tokens)] == [201, 201, 410, 410]


def _ruth_writes_to_ana_who_left(desk: Desk) -> None:
    ana, ruth = desk.ana("C-1001", email="ana@example.com"), desk.rep("ruth")
    chat = ana.waits()
    ruth.does("claim", chat)
    ruth.replies(chat, "Your parcel is in Leeds.")
    desk.do(lambda tx: tx.db.execute(customer_table.update().values(seen_at=tx.now - timedelta(minutes=5))))
    assert desk.do(absence.reach, True) == 1


def _comes_back(desk: Desk, token: str) -> int:
    return desk.client().post("/api/links/chat", json={"token": token}).status_code


@pytest.mark.usefixtures("in_a_hurry")
def test_a_desk_stops_though_the_server_hangs_and_the_letter_is_due_for_the_next(
    tmp_path: Path, mailbox: Mailbox
) -> None:
    mailbox.faults["RCPT"] = "hangs"
    with running_desk(tmp_path, smtp=replace(mailbox.smtp, seconds=60)) as desk:
        put(desk)
        eventually(lambda: mailbox.at_once == 1)
        before = time.monotonic()
    assert time.monotonic() - before < 10
    mailbox.faults.clear()
    with running_desk(tmp_path, database_url=desk.settings.database_url, smtp=mailbox.smtp) as next_one:
        eventually(lambda: states(next_one) == ["sent"], 10)
    assert len(mailbox.envelopes) == 1


@pytest.mark.usefixtures("in_a_hurry")
def test_of_two_desks_one_hangs_over_a_letter_the_other_sends_the_rest_and_none_is_sent_twice(
    tmp_path: Path, mailbox: Mailbox, empty_postgres_url: str
) -> None:
    migrate(empty_postgres_url)
    mailbox.faults[SLOW] = "hangs"
    people = [f"somebody{number}@example.com" for number in range(30)]
    server = replace(mailbox.smtp, seconds=4)
    with (
        running_desk(tmp_path, empty_postgres_url, smtp=server) as one,
        running_desk(tmp_path, empty_postgres_url, smtp=server),
    ):
        put(one, "to the slow one", SLOW)
        eventually(lambda: mailbox.at_once == 1)
        for each in people:
            put(one, f"to {each}", each)
        eventually(lambda: taken(mailbox) == Counter(people), 20)
        mailbox.faults.clear()
        eventually(lambda: state_of(one, SLOW) == "sent", 20)
    assert taken(mailbox) == Counter([*people, SLOW])


def on_disk(known: dict[str, str], verb: Any) -> Any:
    """Run a verb in the database of a desk that isn't running."""
    migrate(known["DATABASE_URL"])
    engine = writing_engine(database_path(known["DATABASE_URL"]))
    try:
        with engine.begin() as db:
            return verb(Transaction(db, clock(db)))
    finally:
        engine.dispose()


def state_beside(known: dict[str, str]) -> str:
    """The letter's state as somebody reads it beside the running desk."""
    with closing(sqlite3.connect(database_path(known["DATABASE_URL"]))) as db:
        return str(db.execute("SELECT state FROM mail").fetchone()[0])


def put_one(tx: Any) -> None:
    outbound.put(tx, "k", "transcript", "ana@example.com", "Your chat", "What was said")


def only_state(tx: Any) -> str:
    return str(tx.db.execute(mail.select()).one().state)


def all_mail(tx: Any) -> list[Any]:
    return list(tx.db.execute(mail.select()).all())
