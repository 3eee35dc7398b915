"""Remove what was made: the demo's data (`reset`) or all of it (`clean`). Refused while Baton runs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from deploy.commands import Stopped
from deploy.places import DIST, ROOT, TOOLS, VAR, WEB, shown
from deploy.run import hold_lock
from deploy.setup import in_plain_words

MADE = (ROOT / ".venv", TOOLS, DIST, WEB / "node_modules", VAR)


def main() -> int:
    """Do what the command line says; the code to exit with."""
    works = {"reset": reset, "clean": clean}
    return in_plain_words(works[sys.argv[1]])


def reset() -> None:
    """Remove the demo's databases and the files that were sent, so that the next start makes new ones."""
    lock = hold_lock()
    for file in (*sorted(VAR.glob("*.sqlite*")), VAR / "files"):
        _remove(file)
    lock.close()


def clean() -> None:
    """Remove everything that git doesn't know and that the set-up makes again."""
    lock = hold_lock()
    for made in MADE:
        _remove(made)
    lock.close()


def _remove(path: Path) -> None:
    if not path.exists():
        return
    if ROOT not in path.parents:
        raise Stopped(f"{path} is outside the clone; it stays.")
    shutil.rmtree(str(path)) if path.is_dir() else path.unlink()
    print(f"Removed {shown(path)}")


if __name__ == "__main__":
    sys.exit(main())
