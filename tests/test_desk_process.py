"""`python -m handoff` as a process: how it starts, what it refuses to start with, how it stops."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.desk import eventually
from tests.services import free_port

SECRET = "s" * 40


def environment(folder: Path, **changes: str) -> dict[str, str]:
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    known = {
        "DATABASE_URL": f"sqlite:///{folder}/desk.sqlite",
        "BATON_BOT_TOKEN": SECRET,
        "BATON_CONTEXT_KEY": SECRET,
        "BATON_DESK_PORT": str(free_port()),
    }
    return {**plain, **known, **changes}


def run(module: str, known: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module], env=known, capture_output=True, text=True, timeout=60, check=False
    )


@contextmanager
def desk_process(known: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (
        log.open("wb") as out,
        subprocess.Popen([sys.executable, "-m", "handoff"], env=known, stdout=out, stderr=out) as process,
    ):
        try:
            eventually(lambda: healthy(known) or process.poll() is not None, 30)
            yield process
        finally:
            process.terminate()
            process.wait(20)


def healthy(known: dict[str, str]) -> Any:
    try:
        return httpx.get(f"http://127.0.0.1:{known['BATON_DESK_PORT']}/health", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def test_it_starts_on_nothing_says_which_sqlite_and_shows_the_code(tmp_path: Path) -> None:
    known, log = environment(tmp_path), tmp_path / "log"
    with desk_process(known, log) as process:
        assert re.search(r"SQLite 3\.\d+", log.read_text())
        assert re.search(r"code [A-Z2-9]{4}(-[A-Z2-9]{4}){3}", log.read_text())
        second = run("handoff", {**known, "BATON_DESK_PORT": str(free_port())})
        assert second.returncode == 1
        assert "Another desk already uses" in second.stderr
        assert "Traceback" not in second.stderr
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    assert "ERROR" not in log.read_text()


def test_it_refuses_to_start_without_its_secrets_in_one_sentence(tmp_path: Path) -> None:
    refused = run("handoff", environment(tmp_path, BATON_CONTEXT_KEY=""))
    assert refused.returncode == 1
    assert refused.stderr.startswith("Set BATON_CONTEXT_KEY to a random secret")
    assert refused.stderr.count("\n") == 1


def test_the_demos_reps_are_added_once_and_only_in_the_demo(tmp_path: Path) -> None:
    known = environment(tmp_path, BATON_DEMO="1")
    assert "ruth, sam, lena, wen" in run("handoff.demo_reps", known).stdout
    assert "none, they were there" in run("handoff.demo_reps", known).stdout
    outside = {name: value for name, value in known.items() if name != "BATON_DEMO"}
    assert "known password" in run("handoff.demo_reps", outside).stderr
    served = run("handoff", outside)
    assert served.returncode == 1
    assert "still has the demo's password" in served.stderr


def test_migrating_is_a_command_of_its_own(tmp_path: Path) -> None:
    assert "up to date" in run("handoff.migrate", environment(tmp_path)).stdout
