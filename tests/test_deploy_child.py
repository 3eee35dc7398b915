"""No program outlives its parent, and each gets exactly the environment that was written for it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from deploy.places import ROOT

CHILD = str(ROOT / "deploy" / "child.py")
PARENT = """
import os, subprocess, sys
child = subprocess.Popen([sys.executable, sys.argv[1], "--parent", str(os.getpid()), sys.argv[2], *sys.argv[3:]])
print(child.pid, flush=True)
child.wait()
"""


def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    environment = written(tmp_path, {})
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, CHILD, environment, "/bin/sleep", "60"], stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        wait_until(lambda: name_of(child) == "sleep")
        parent.send_signal(signal.SIGKILL)
    wait_until(lambda: name_of(child) is None)


def test_a_child_whose_parent_is_gone_already_does_not_start(tmp_path: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    started = child("--parent", gone.stdout.strip(), written(tmp_path, {}), "/bin/echo", "started")
    assert started.returncode == 1
    assert started.stdout == ""
    assert started.stderr == "The parent was gone before its child had started.\n"


def test_the_parent_may_be_named_by_the_file_that_holds_its_process_id(tmp_path: Path) -> None:
    (tmp_path / "pid").write_text(f"{os.getpid()}\n")
    started = child("--parent", str(tmp_path / "pid"), written(tmp_path, {}), "/bin/echo", "started")
    assert started.stdout == "started\n"


def test_a_child_gets_the_written_environment_and_nothing_of_ours(tmp_path: Path) -> None:
    environment = {"PATH": "/usr/bin:/bin", "SAID": 'quotes " and %(percent)s and = and \n lines'}
    us = ["--parent", str(os.getpid())]
    printed = child(*us, written(tmp_path, environment), sys.executable, "-c", "import os; print(dict(os.environ))")
    told = eval(printed.stdout)
    told.pop("LC_CTYPE", None)  # Python itself sets it where there's no locale
    assert told == environment


def child(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, CHILD, *words], capture_output=True, text=True, timeout=20)


def written(folder: Path, environment: dict[str, str]) -> str:
    (folder / "environment.json").write_text(json.dumps(environment))
    return str(folder / "environment.json")


def name_of(process: int) -> str | None:
    """The program's name; None when it has ended (or waits only to be buried)."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return None
    name, state = fields[fields.index("(") + 1 : fields.rindex(")")], fields[fields.rindex(")") + 2]
    return None if state == "Z" else name


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it didn't happen within 10 s"
        time.sleep(0.02)
