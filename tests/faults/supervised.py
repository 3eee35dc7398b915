"""Processes under supervisord, seen from outside: their ids, killing one, and how long until it serves again."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import time
import xmlrpc.client
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supervisor.xmlrpc import SupervisorTransport

from deploy.health import answers
from deploy.places import DESK_PYTHON, ROOT, TEMPLATES
from deploy.verify import plain_environment
from tests.desk import sqlite_with_reps
from tests.services import free_port

AS_USUAL = ("-m", "handoff")
START_SECONDS = 60
UNLIMITED = (
    "messages_per_10_seconds",
    "messages_per_5_minutes",
    "sessions_per_address_per_5_minutes",
    "open_requests_per_address",
    "anonymous_sockets_per_address",
)


@dataclass(frozen=True)
class KeptDesk:
    """A desk of its own process, on SQLite in `var`, under a real supervisord."""

    var: Path
    address: str

    @property
    def database(self) -> Path:
        return self.var / "desk.sqlite"

    def pid(self) -> int:
        """The desk's process; 0 while there is none."""
        return processes(self.var).get("desk", 0)

    def kill(self, with_signal: int = signal.SIGKILL) -> int:
        """Send the desk a signal, `kill -9` unless told otherwise; returns the process that got it."""
        pid = self.pid()
        assert pid, "there was no desk to kill"
        os.kill(pid, with_signal)
        return pid

    def serves_again_after(self, killed: int, since: float) -> float:
        """Wait for a new process that answers its health check; the seconds since `since` (time.monotonic)."""
        eventually(lambda: self.pid() not in (0, killed) and answers(f"{self.address}/health"), START_SECONDS)
        return time.monotonic() - since


@contextmanager
def kept_desk(var: Path, bot_port: int, words: tuple[str, ...] = AS_USUAL, **settings: str) -> Iterator[KeptDesk]:
    """A desk that serves, with the demo's reps in its record; `words` start another program in its place."""
    var.mkdir()
    sqlite_with_reps(var)
    port = free_port()
    environment = {
        **plain_environment(),
        **{f"BATON_LIMIT_{name.upper()}": "1000000" for name in UNLIMITED},
        "BATON_VAR": str(var),
        "BATON_DEMO": "1",
        "BATON_DESK_PORT": str(port),
        "BATON_BOT_PORT": str(bot_port),
        **settings,
    }
    with supervisord(var, environment, words):
        desk = KeptDesk(var, f"http://127.0.0.1:{port}")
        eventually(lambda: answers(f"{desk.address}/health"), START_SECONDS)
        yield desk


@contextmanager
def supervisord(var: Path, environment: dict[str, str], words: tuple[str, ...]) -> Iterator[None]:
    """supervisord with the desk alone; both end with this process, however that happens."""
    told = var / "supervisord-environment.json"
    told.write_text(json.dumps(environment))
    child = [DESK_PYTHON, TEMPLATES / "child.py", "--parent", str(os.getpid()), "--signal", "TERM", told]
    with subprocess.Popen([*child, DESK_PYTHON, "-m", "tests.faults.keep", *words], cwd=ROOT) as daemon:
        try:
            yield
        finally:
            daemon.terminate()
            daemon.wait(30)


def processes(var: Path) -> dict[str, int]:
    """Every program's process by the program's name; 0 where there is none now, nothing while supervisord is silent."""
    infos: Any = []
    with suppress(OSError, http.client.HTTPException, xmlrpc.client.Error):
        transport = SupervisorTransport(None, None, serverurl=f"unix://{var}/run/supervisor.sock")
        with xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport) as supervisord:
            infos = supervisord.supervisor.getAllProcessInfo()
    return {info["name"]: info["pid"] for info in infos}


def eventually(check: Callable[[], Any], seconds: float) -> Any:
    """The first true thing that `check` returns."""
    deadline = time.monotonic() + seconds
    while not (found := check()):
        assert time.monotonic() < deadline, f"it didn't happen within {seconds} s"
        time.sleep(0.03)
    return found
