"""`make lock`: choose the packages' versions anew. Lock files hold hashes, no addresses, no paths."""

from __future__ import annotations

import sys

from deploy import uv
from deploy.commands import run
from deploy.places import LOGS, ROOT, shown
from deploy.setup import in_plain_words

REQUIREMENTS = ROOT / "requirements"
NAMELESS = ("--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate", "-q")
WISHES = {
    "bot": ("--python-version", "3.10", "--override", "requirements/bot-overrides.txt"),
    "desk": ("--python-version", "3.11"),
    "node": ("--python-version", "3.11"),
    "uv": ("--python-version", "3.11"),
}


def main() -> int:
    """Compile every requirements/*.in; the code to exit with."""
    return in_plain_words(compile_all)


def compile_all() -> None:
    """Write each lock file from its wishes."""
    print(f"uv: {uv.have_uv()}")
    for name, wishes in WISHES.items():
        target = REQUIREMENTS / f"{name}.txt"
        source = f"requirements/{name}.in"
        run(
            [uv.uv(), "pip", "compile", "--upgrade", *NAMELESS, *wishes, source, "-o", target],
            LOGS / "lock.log",
            env=uv.environment(),
        )
        print(f"{shown(target)} is up to date")


if __name__ == "__main__":
    sys.exit(main())
