"""`make run`: make what is missing, then start everything and stay until Ctrl-C. Run by any Python from 3.8 on."""

from __future__ import annotations

import fcntl
import os
import sys
from typing import TextIO

from deploy.commands import Stopped
from deploy.held_ports import refuse_held_ports
from deploy.places import DESK_PYTHON, RUN
from deploy.programs import ports
from deploy.setup import in_plain_words, set_up

LOCK = RUN / "run.lock"


def main() -> int:
    """Check what can be checked at once, set up, then become the process that starts and watches over the rest."""
    os.environ.setdefault("BATON_DEMO", "1")
    return in_plain_words(_run)


def hold_lock() -> TextIO:
    """Hold the lock of the one `make run` in this clone, also across exec; Stopped if another holds it."""
    RUN.mkdir(parents=True, exist_ok=True)
    lock = LOCK.open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        holder = LOCK.read_text()
        raise Stopped(f"Baton runs in this clone already (process {holder}). Ctrl-C there stops it.") from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    os.set_inheritable(lock.fileno(), True)
    return lock


def _run() -> None:
    lock = hold_lock()
    refuse_held_ports(ports())
    set_up()
    sys.stdout.flush()
    os.execv(str(DESK_PYTHON), [str(DESK_PYTHON), "-m", "deploy.serve", str(lock.fileno())])


if __name__ == "__main__":
    sys.exit(main())
