"""Run a command quietly: its output goes to a log, the person sees how long it has been going on."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from deploy.places import ROOT, shown

LINES_SHOWN = 30
SECONDS_BETWEEN_LINES = 15


class Stopped(Exception):
    """Set-up or start can't go on; the text says why and what to do, in words for the person at the keyboard."""


def run(command: Sequence[object], log: Path, env: dict[str, str] | None = None, cwd: Path = ROOT) -> None:
    """Run `command` to its end, output into `log` (appended); Stopped with the log's last lines if it fails."""
    words = [str(word) for word in command]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        out.write("\n$ {}\n".format(" ".join(words)).encode())
        out.flush()
        code = subprocess.call(words, cwd=str(cwd), env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    if code != 0:
        raise Stopped(f"{Path(words[0]).name} failed ({code}). The end of {shown(log)}:\n\n{last_lines(log)}")


def asked(command: Sequence[object], env: dict[str, str] | None = None, seconds: float = 20) -> str | None:
    """What `command` prints, stripped; None if it can't be run, fails or takes too long."""
    words: list[str] = [str(word) for word in command]
    try:
        answer = subprocess.run(
            words,
            env=env,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.decode(errors="replace").strip()


def last_lines(log: Path, count: int = LINES_SHOWN) -> str:
    """The last `count` lines of a log, indented; empty if there is none."""
    if not log.exists():
        return ""
    return "\n".join("    " + line for line in log.read_text(errors="replace").splitlines()[-count:])


class Ticker:
    """Shows that something is still going on: a counter on a terminal, now and then a line elsewhere."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.began = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Ticker:
        self._show(self.text + (" …" if sys.stdout.isatty() else " …\n"))
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        self._thread.join()
        if sys.stdout.isatty():
            self._show("\r\033[K")

    @property
    def seconds(self) -> int:
        """Whole seconds since the start."""
        return round(time.monotonic() - self.began)

    def _tick(self) -> None:
        while not self._over.wait(1 if sys.stdout.isatty() else SECONDS_BETWEEN_LINES):
            if sys.stdout.isatty():
                self._show(f"\r\033[K{self.text} … {self.seconds} s")
            else:
                self._show(f"      still at it … {self.seconds} s\n")

    @staticmethod
    def _show(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


def searched_path() -> list[Path]:
    """The folders of PATH, in order, each once."""
    folders = [Path(folder) for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if folder]
    return list(dict.fromkeys(folders))
