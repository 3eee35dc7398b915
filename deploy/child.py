"""Start a program that ends when its parent does, with exactly the environment that a file holds.

`child.py --parent <process id, or a file with it> [--signal TERM] <environment.json> <program> <arguments…>`
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Tie this process to its parent, then become the program."""
    wanted = arguments()
    die_with_parent(signal.Signals[f"SIG{wanted.signal}"])
    if os.getppid() != parent(wanted.parent):
        sys.exit("The parent was gone before its child had started.")
    environment = json.loads(Path(wanted.environment).read_text())
    os.execve(wanted.program[0], wanted.program, environment)


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--parent", required=True)
    parser.add_argument("--signal", default="KILL")
    parser.add_argument("environment")
    parser.add_argument("program", nargs=argparse.REMAINDER)
    return parser.parse_args()


def die_with_parent(with_signal: int) -> None:
    """Have the kernel send us `with_signal` as soon as our parent has ended, however that happened."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, with_signal, 0, 0, 0) != 0:
        sys.exit(f"prctl failed: {os.strerror(ctypes.get_errno())}")


def parent(named: str) -> int:
    """The parent's process id; it may be given by the file that holds it."""
    return int(named if named.isdigit() else Path(named).read_text())


if __name__ == "__main__":
    main()
