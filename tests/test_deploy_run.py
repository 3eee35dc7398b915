"""The whole of Baton under supervision: whatever is killed or hangs comes back, and nothing outlives a stop."""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy import run
from deploy.commands import Stopped
from deploy.health import answers
from deploy.held_ports import is_free
from deploy.places import ROOT
from deploy.serve import greeting
from tests.whole import Baton, running

BACK_SECONDS = {"desk": 5, "actions": 10, "shop": 10, "shop_worker": 20, "watcher": 10, "bot_a": 90}
ASK = "import sys; from deploy.supervision import states; print(getattr(states().get(sys.argv[1]), 'pid', 0))"
HEALTH = {"bot_a": ("bot", "/webhooks/baton/health"), "actions": ("actions", "/health"), "shop": ("shop", "/health")}
HEALTH["desk"] = ("desk", "/health")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Baton]:
    """A Baton of this file's own, since its tests are rough."""
    with running(tmp_path_factory.mktemp("supervised")) as baton:
        yield baton


def test_each_address_that_people_are_told_answers(started: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_DEMO", "1")
    for name, port in started.ports.items():
        monkeypatch.setenv(f"BATON_{name.upper()}_PORT", str(port))
    told = re.findall(r"http://\S+", greeting())
    assert {f"{started.shop}/", f"{started.desk}/console/", f"{started.desk}/mail"} <= set(told)
    for address in told:
        with urllib.request.urlopen(address, timeout=10) as page:
            assert page.status == 200


@pytest.mark.parametrize("name", BACK_SECONDS)
def test_a_program_that_is_killed_comes_back_by_itself(started: Baton, name: str) -> None:
    before = process_of(started, name)
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: process_of(started, name) not in (0, before) and well(started, name), BACK_SECONDS[name])


def test_a_desk_that_hangs_is_found_and_started_again(started: Baton) -> None:
    before = process_of(started, "desk")
    os.kill(before, signal.SIGSTOP)
    wait_until(lambda: process_of(started, "desk") not in (0, before) and well(started, "desk"), 60)
    assert "desk: kill" in (started.var / "log" / "watcher.log").read_text()


def test_supervisord_comes_back_too_and_leaves_no_program_of_its_own_behind(started: Baton) -> None:
    old = {name: process_of(started, name) for name in BACK_SECONDS}
    os.kill(int((started.var / "run" / "supervisord.pid").read_text()), signal.SIGKILL)
    wait_until(lambda: not any(lives(process) for process in old.values()), 10)
    wait_until(lambda: all(well(started, name) for name in HEALTH), 120)


def test_what_ana_writes_is_in_no_log(started: Baton) -> None:
    canary = f"canary{secrets.token_hex(8)}"
    session = call(f"{started.desk}/api/sessions", {})["session"]
    conversation = call(f"{started.desk}/api/conversations", {}, session)["id"]
    address = f"{started.desk}/api/conversations/{conversation}/messages"
    said = call(address, {"client_id": secrets.token_hex(16), "text": f"where is my package {canary}"}, session)
    wait_until(lambda: call(f"{address}?after={said['seq']}", None, session)["messages"] != [], 15)
    logs = list((started.var / "log").glob("*.log"))
    assert {"desk.log", "bot_a.log", "actions.log"} <= {log.name for log in logs}
    assert [log.name for log in logs if canary in log.read_text(errors="replace")] == []


def test_no_secret_is_in_a_command_line(started: Baton) -> None:
    known = json.loads((started.var / "secrets.json").read_text()).values()
    lines = [Path(f"/proc/{process_of(started, name)}/cmdline").read_text() for name in BACK_SECONDS]
    assert not [secret for secret in known if secret in "".join(lines)]


@pytest.mark.parametrize(("ending", "code"), [(signal.SIGINT, 0), (signal.SIGKILL, -signal.SIGKILL)])
def test_the_end_of_make_run_leaves_no_process_and_no_held_port(tmp_path: Path, ending: int, code: int) -> None:
    with running(tmp_path) as baton:
        processes = [process_of(baton, name) for name in BACK_SECONDS]
        assert all(processes)
        baton.process.send_signal(ending)
        assert baton.process.wait(timeout=40) == code
        wait_until(lambda: not any(lives(process) for process in processes), 40)
    assert [port for port in baton.ports.values() if not is_free(port)] == []


def test_a_second_make_run_is_told_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "RUN", tmp_path)
    monkeypatch.setattr(run, "LOCK", tmp_path / "run.lock")
    lock = run.hold_lock()
    with pytest.raises(Stopped, match=rf"Baton runs in this clone already \(process {os.getpid()}\)"):
        run.hold_lock()
    lock.close()
    run.hold_lock().close()


def process_of(baton: Baton, name: str) -> int:
    """The program's process id as supervisord sees it; 0 if it has none or supervisord doesn't answer."""
    told = {**os.environ, "BATON_VAR": str(baton.var)}
    answer = subprocess.run([sys.executable, "-c", ASK, name], cwd=ROOT, env=told, capture_output=True, text=True)
    return int(answer.stdout)


def well(baton: Baton, name: str) -> bool:
    """Whether the program can really serve; those without a port count as well when they run."""
    if name not in HEALTH:
        return True
    port, path = HEALTH[name]
    return answers(f"http://127.0.0.1:{baton.ports[port]}{path}")


def lives(process: int) -> bool:
    """Whether the process still runs (one that waits only to be buried doesn't)."""
    try:
        return not re.search(r"^State:\s+Z", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    except OSError:
        return False


def call(url: str, body: dict[str, Any] | None, session: str = "") -> Any:
    """GET, or POST with a body, as a customer's browser would."""
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {session}"} if session else {})}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=10) as answer:
        return json.load(answer)


def wait_until(condition: Callable[[], bool], seconds: float) -> None:
    """Wait for the condition; a failure tells for how long."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"it didn't happen within {seconds} s"
        time.sleep(0.2)
