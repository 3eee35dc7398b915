"""Ask programs whether they can really serve."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from pathlib import Path

from deploy.programs import Program, ports

ANSWER_SECONDS = 3
BEAT_SECONDS = 15
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def healthy(program: Program) -> bool:
    """Whether the program answers its health check, or has touched its file of late; True if it has neither."""
    if isinstance(program.health, Path):
        return beats(program.health)
    if program.port is None:
        return True
    return answers(f"http://127.0.0.1:{ports()[program.port]}{program.health}")


def answers(url: str) -> bool:
    """Whether the address answers 200 within three seconds, asked directly and not through a proxy."""
    try:
        with _direct.open(url, timeout=ANSWER_SECONDS) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError, ValueError):
        return False


def beats(file: Path) -> bool:
    """Whether the file was touched in the last seconds."""
    try:
        return time.time() - file.stat().st_mtime < BEAT_SECONDS
    except OSError:
        return False
