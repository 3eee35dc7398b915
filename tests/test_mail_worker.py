"""A desk sends what is in its outbox: by SMTP, or in the demo onto a page; without a mail server it puts nothing in."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from handoff import outbound
from handoff.migrate import migrate
from handoff.schema_centre import mail
from handoff.storage import Transaction, clock
from handoff.storage_sqlite import database_path, writing_engine
from tests.desk import Desk, eventually, running_desk
from tests.smtp_server import mail_server
from tests.test_desk_process import desk_process, environment

NASTY = '<script>alert(1)</script> javascript:alert(1) http://127.0.0.1:8010/chat/#"onmouseover="x'


def put(desk: Desk, text: str = "What was said") -> None:
    assert desk.do(outbound.put, f"key {text}", "transcript", "ana@example.com", "Your chat", text)


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
        assert (row.state, row.error) == ("due", "452 disk full")
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
