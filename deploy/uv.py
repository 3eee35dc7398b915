"""Find uv, which makes the environments: the machine's, else one of our own, installed by pip into .tools/uv."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from deploy.commands import Stopped, asked, run
from deploy.places import LOGS, ROOT, TOOLS

OLDEST = (0, 8)
OWN = TOOLS / "uv"
LOCK = ROOT / "requirements" / "uv.txt"


def uv() -> Path:
    """The uv to use; Stopped if there is none yet."""
    for found in (shutil.which("uv"), str(OWN / "bin" / "uv")):
        if found and version_of(found) >= OLDEST:
            return Path(found)
    raise Stopped("uv is gone. Run the same command again to get it back.")


def have_uv() -> str:
    """Make sure that there is a uv; says where it is. Stopped where it can't be installed."""
    try:
        return f"{uv()}"
    except Stopped:
        _install()
        return f"{uv()}, installed by pip"


def version_of(program: str) -> tuple[int, ...]:
    """The version that `uv --version` tells, such as (0, 9, 2); (0,) if it tells none."""
    match = re.match(r"uv (\d+)\.(\d+)\.(\d+)", asked([program, "--version"]) or "")
    return tuple(int(part) for part in match.groups()) if match else (0,)


def environment() -> dict[str, str]:
    """The environment for uv: soon done where the network is closed, not led astray by an active environment."""
    leave_out = {"VIRTUAL_ENV", "CONDA_PREFIX", "PYENV_VERSION"}
    inherited = {name: value for name, value in os.environ.items() if name not in leave_out}
    return {"UV_HTTP_CONNECT_TIMEOUT": "5", "UV_NO_PROGRESS": "1", **inherited}


def _install() -> None:
    shutil.rmtree(str(OWN), ignore_errors=True)
    unfinished = TOOLS / "uv.unfinished"
    shutil.rmtree(str(unfinished), ignore_errors=True)
    run(
        [*_pip(), "install", "-q", "--require-hashes", "--target", unfinished, "-r", LOCK],
        LOGS / "setup-uv.log",
    )
    unfinished.rename(OWN)


def _pip() -> tuple[str, ...]:
    python = _python_with_pip()
    if python is None:
        raise Stopped(
            "There is neither uv nor pip on this machine. Get one of them, then run the same command again:\n"
            "  - Debian, Ubuntu:  apt-get install python3-pip\n"
            "  - anywhere:        install uv as https://docs.astral.sh/uv says"
        )
    return python, "-m", "pip", "--disable-pip-version-check"


def _python_with_pip() -> str | None:
    for python in (sys.executable, shutil.which("python3"), "/usr/bin/python3"):
        if python and asked([python, "-m", "pip", "--version"]):
            return python
    return None
