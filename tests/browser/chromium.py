"""Find a Chromium for the browser tests: the machine's, else Playwright's own, else from the system's packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL_SECONDS = 300


class NoChromium(Exception):
    """No Chromium could be found or installed; the text says what was tried."""


def find_chromium(playwright: Playwright) -> str:
    """The path of a Chromium that starts; NoChromium if none can be had."""
    for candidate in candidates(playwright):
        if candidate and starts(candidate):
            return candidate
    raise NoChromium(
        f"No Chromium: none of {', '.join(NAMES)} in PATH, Playwright couldn't fetch its own, and apt-get couldn't "
        "install one. Install Chromium by the system's package manager and run the tests again."
    )


def candidates(playwright: Playwright) -> Iterator[str | None]:
    """Where a Chromium may be, the cheapest first; later ones are installed only when they're asked for."""
    for name in NAMES:
        yield shutil.which(name)
    yield playwright.chromium.executable_path
    if _done([sys.executable, "-m", "playwright", "install", "chromium"]):
        yield playwright.chromium.executable_path
    if _apt_get("update") and _apt_get("install", "-y", "--no-install-recommends", "chromium"):
        yield shutil.which("chromium")


def starts(program: str) -> bool:
    """Whether the program is there and tells its version."""
    return Path(program).exists() and _done([program, "--version"])


def flags() -> list[str]:
    """What Chromium needs to run here: root has no sandbox."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


def _apt_get(*words: str) -> bool:
    allowed = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    return _done([*allowed, "apt-get", "-q", *words])


def _done(command: list[str]) -> bool:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=INSTALL_SECONDS, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return False
    return True
