"""Which machine, which commit, how busy: figures without these say nothing."""

import os
import platform
import sqlite3
import time
from pathlib import Path

from deploy.commands import asked
from deploy.places import ROOT

SYNCS = 200


def described() -> list[str]:
    """The machine and the state of this clone, a line each."""
    changed = " with changes" if asked(["git", "-C", ROOT, "status", "--porcelain"]) else ""
    return [
        f"commit {asked(['git', '-C', ROOT, 'rev-parse', '--short', 'HEAD']) or 'unknown'}{changed}",
        f"{os.cpu_count()} cores, {processor()}, {memory()}",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
        f"{os.getloadavg()[0]:.1f} programs wanted to run at once in the minute before",
    ]


def processor() -> str:
    """The processor's name."""
    for line in _lines("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def memory() -> str:
    """The size of the memory."""
    kilobytes = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return f"{kilobytes / 1024**2:.0f} GB"


def syncs_per_second(folder: Path) -> float:
    """How many times a second this folder's disk takes 4 kB for good (fdatasync)."""
    file = os.open(folder / "synced", os.O_WRONLY | os.O_CREAT)
    began = time.perf_counter()
    for _ in range(SYNCS):
        os.pwrite(file, b"x" * 4096, 0)
        os.fdatasync(file)
    os.close(file)
    return SYNCS / (time.perf_counter() - began)


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text().splitlines() if file.exists() else []
