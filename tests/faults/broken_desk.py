"""A desk with a fault put in: `python -m tests.faults.broken_desk <fault>`, to show that the checker finds it.

`armable` is no fault: that desk is whole until SIGUSR1 comes; then it crashes at the failpoint named in its folder.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import text

from handoff import __main__ as desk
from handoff import beats, messages, storage_sqlite, turns
from handoff.hub import Hub

FORGOTTEN = "goodbye"
FAILPOINT = "failpoint"


def acknowledges_before_commit() -> None:
    """Messages are answered first and committed then; twice the desk dies in between."""

    def in_one_transaction(db: Any, batch: list[Any], attempt: Any) -> list[Any]:
        with db.begin():
            now = storage_sqlite.clock(db)
            before = _said(db)
            done = [attempt(storage_sqlite.Transaction(db, now), job) for job in batch]
            for each in done:
                each.future.get_loop().call_soon_threadsafe(each.answer)
            time.sleep(0.1)
            if _said(db) >= before + 2:  # at least two, for one of them may be said once more under its own id
                _die_twice()
        return done

    storage_sqlite._in_one_transaction = in_one_transaction  # type: ignore[assignment]


def _said(db: Any) -> int:
    """How many messages of people the record holds."""
    return int(db.scalar(text("SELECT count(*) FROM message WHERE author_kind IN ('customer', 'rep')")))


def _die_twice() -> None:
    """Die as `kill -9` would have it, unless this desk has died twice already."""
    deaths = Path(os.environ["BATON_VAR"]) / "deaths"
    so_far = int(deaths.read_text()) if deaths.exists() else 0
    if so_far < 2:
        deaths.write_text(str(so_far + 1))
        time.sleep(0.4)  # the answers leave
        os.kill(os.getpid(), signal.SIGKILL)


def forgets_what_was_said_before() -> None:
    """A repeat of a message is stored again."""
    add = messages.add_message
    messages._repeated = lambda *_: None  # type: ignore[assignment]
    messages.add_message = lambda *args, client_id=None, **more: add(*args, **more)  # type: ignore[assignment]


def lets_the_bot_talk_over_reps() -> None:
    """A late answer is stored, whoever owns the conversation by then."""
    finish = turns._finish
    turns._finish = lambda *args: finish(*args) or True  # type: ignore[assignment]


def loses_a_push() -> None:
    """A goodbye is not pushed; only the next beat tells that there is something new."""
    send_new = Hub._send_new

    def send_most(self: Hub, socket: Any, conversation_id: str, page: Any, cursor: Any) -> None:
        send_new(self, _Deaf(socket), conversation_id, page, cursor)

    Hub._send_new = send_most  # type: ignore[method-assign]


def loses_a_push_for_good() -> None:
    """The same, and the beats don't tell."""
    loses_a_push()
    beats._beat_one = lambda *_: None  # type: ignore[assignment]


class _Deaf:
    """A socket that doesn't get goodbyes."""

    def __init__(self, socket: Any):
        self._socket = socket

    def tell(self, frame: Any) -> None:
        if FORGOTTEN not in frame.message.text:
            self._socket.tell(frame)


def armable() -> None:
    """Once SIGUSR1 has come the next pass of the failpoint kills it."""
    named = Path(os.environ["BATON_VAR"]) / FAILPOINT
    signal.signal(signal.SIGUSR1, lambda *_: os.environ.update(CRASH_AT=named.read_text()))


FAULTS: dict[str, Callable[[], None]] = {
    "none": lambda: None,
    "acknowledges_before_commit": acknowledges_before_commit,
    "forgets_what_was_said_before": forgets_what_was_said_before,
    "lets_the_bot_talk_over_reps": lets_the_bot_talk_over_reps,
    "loses_a_push": loses_a_push,
    "loses_a_push_for_good": loses_a_push_for_good,
    "armable": armable,
}

if __name__ == "__main__":
    [fault] = sys.argv[1:]
    FAULTS[fault]()
    desk.main()
