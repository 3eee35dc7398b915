"""Before the programs start: write what they read, bring the databases up to date, fill the demo.

Run as `python -m deploy.prepare` by the desk's Python where systemd starts supervisord; `make run` does it by itself.
"""

from __future__ import annotations

import sys
import time

from deploy.commands import run
from deploy.places import DESK_PYTHON, LOGS
from deploy.programs import environment, is_demo, programs
from deploy.settings import SECRETS, ensured_secrets, write_settings
from deploy.setup import in_plain_words

MIGRATE = ("desk", "handoff.migrate", "The desk's database")
DEMO = (("shop", "demo.seed", "The demo shop's database"), ("desk", "handoff.demo_reps", "The demo's reps"))


def main() -> int:
    """Prepare; the code to exit with."""
    return in_plain_words(prepare)


def prepare() -> None:
    """Do it all; quick and harmless when it has been done before."""
    write_settings()
    known = ensured_secrets(SECRETS)
    environments = {program.name: environment(program, known) for program in programs()}
    for name, module, title in (MIGRATE, *DEMO) if is_demo() else (MIGRATE,):
        began = time.monotonic()
        run([DESK_PYTHON, "-m", module], LOGS / f"{module}.log", env=environments[name])
        print(f"{title}: {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
