"""Figures of a run, shown with the test (`-rP`) and kept in var/faults.txt so that they can be quoted."""

from __future__ import annotations

import time
from collections.abc import Sequence

from deploy.places import MADE

FILE = MADE / "faults.txt"


def tell(line: str) -> None:
    """Print a line and keep it."""
    print(line)
    MADE.mkdir(exist_ok=True)
    with FILE.open("a") as file:
        file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')}  {line}\n")


def seconds(many: Sequence[float]) -> str:
    """Each time, and the longest."""
    return f"{' '.join(f'{each:.1f}' for each in many)} s, longest {max(many):.1f} s"


def within(limit: float, many: Sequence[float]) -> str:
    """How many of the times kept a limit."""
    return f"{sum(each <= limit for each in many)} of {len(many)} within {limit:g} s"
