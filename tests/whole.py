"""Start the whole of Baton, real model and all, on ports and in a folder of its own, as `make run` does."""

from __future__ import annotations

import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.places import DESK_PYTHON, ROOT
from deploy.programs import DEFAULT_PORTS
from deploy.verify import plain_environment
from tests.services import free_port

START_SECONDS = 240


@dataclass(frozen=True)
class Baton:
    """A running Baton. Addresses have no slash at the end; `var` is where it writes."""

    process: subprocess.Popen[str]
    var: Path
    ports: dict[str, int]

    @property
    def shop(self) -> str:
        """The demo shop's address."""
        return f"http://127.0.0.1:{self.ports['shop']}"

    @property
    def desk(self) -> str:
        """The desk's address."""
        return f"http://127.0.0.1:{self.ports['desk']}"


@contextmanager
def running(var: Path, hands: int = 1_000, **settings: str) -> Iterator[Baton]:
    """Baton, healthy, with further settings by environment; stopped at the end. What it said is in the failure.

    Reps may have `hands` chats at once: as many as the tests of a whole run leave with them.
    """
    ports = {name: free_port() for name in DEFAULT_PORTS}
    numbers = {f"BATON_{name.upper()}_PORT": str(port) for name, port in ports.items()}
    environment = {**plain_environment(), **numbers, "BATON_VAR": str(var), "BATON_DEMO": "1", **settings}
    with subprocess.Popen(
        [DESK_PYTHON, "-m", "deploy.serve"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            _wait_for_greeting(process)
            _give_reps_hands(var / "desk.sqlite", hands)
            yield Baton(process, var, ports)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _give_reps_hands(database: Path, how_many: int) -> None:
    with closing(sqlite3.connect(database, timeout=30)) as db, db:
        db.execute("UPDATE rep SET capacity = ?", (how_many,))


def _wait_for_greeting(process: subprocess.Popen[str]) -> None:
    said = []
    too_late = threading.Timer(START_SECONDS, process.terminate)
    too_late.start()
    try:
        for line in process.stdout or ():
            said.append(line)
            if line.startswith("Baton is running"):
                return
    finally:
        too_late.cancel()
    raise AssertionError(f"Baton didn't start:\n{''.join(said)}")
