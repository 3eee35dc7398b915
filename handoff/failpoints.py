"""Named places where a test kills the process: `CRASH_AT=before_commit` ends it as `kill -9` would."""

import os


def failpoint(name: str) -> None:
    """End this process at once, without clean-up, if the environment names this place."""
    if os.environ.get("CRASH_AT") == name:
        os._exit(137)
