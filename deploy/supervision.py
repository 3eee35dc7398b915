"""Start supervisord and speak with it. Runs in the desk's environment."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import xmlrpc.client
from dataclasses import dataclass
from typing import Any

from supervisor.xmlrpc import SupervisorTransport

from deploy.places import DESK, DESK_PYTHON, ROOT, SUPERVISORD_CONF, TEMPLATES
from deploy.programs import environment_file
from deploy.settings import socket_file


@dataclass(frozen=True)
class State:
    """supervisord's view of a program: its state's name, its process (0 if none), when it began (Unix time), and for
    how many seconds it has been going on, or has been over."""

    name: str
    state: str
    pid: int
    began: float
    seconds: float


def start() -> subprocess.Popen[bytes]:
    """Start supervisord as our child in a group of its own, so that Ctrl-C reaches us alone; it ends when we do."""
    child = [str(DESK_PYTHON), str(TEMPLATES / "child.py"), "--parent", str(os.getpid()), "--signal", "TERM"]
    words = [str(DESK / "bin" / "supervisord"), "-c", str(SUPERVISORD_CONF)]
    return subprocess.Popen(
        [*child, str(environment_file("supervisord")), str(DESK_PYTHON), *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def states() -> dict[str, State]:
    """Every program's state; empty while supervisord doesn't answer."""
    try:
        infos: Any = _speak().supervisor.getAllProcessInfo()
        return {info["name"]: _state(info) for info in infos}
    except (OSError, http.client.HTTPException, xmlrpc.client.Error):
        return {}


def kill(name: str) -> None:
    """Kill a program's process with SIGKILL; supervisord starts it again at once."""
    _quietly("signalProcess", name, "KILL")


def start_afresh(name: str) -> None:
    """Stop a program and start it now, so that the pause between tries is short again."""
    _quietly("stopProcess", name)
    _quietly("startProcess", name, False)


def _quietly(method: str, *words: object) -> None:
    try:
        getattr(_speak().supervisor, method)(*words)
    except (OSError, http.client.HTTPException, xmlrpc.client.Error) as error:
        print(f"supervisord refused {method} {words}: {error}", file=sys.stderr)


def _speak() -> xmlrpc.client.ServerProxy:
    transport = SupervisorTransport(None, None, serverurl=f"unix://{socket_file()}")
    return xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport)


def _state(info: dict[str, object]) -> State:
    name, state, pid = str(info["name"]), str(info["statename"]), int(str(info["pid"]))
    began, ended, now = (float(str(info[key])) for key in ("start", "stop", "now"))
    return State(name, state, pid, began, now - (began if pid else ended))
