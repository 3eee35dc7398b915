"""`python -m benchmark`: measure all parts, or those that the command line names, and print what came out."""

import argparse
import gc
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmark import machine
from benchmark.parts import assignments_part, birth_part, claims_part, desk_part, messages_part, turns_part
from benchmark.tables import heading

PARTS: dict[str, Callable[[Path], None]] = {
    "messages": messages_part,
    "claims": claims_part,
    "assignments": assignments_part,
    "desk": desk_part,
    "turns": turns_part,
    "birth": birth_part,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="those to measure; all if none is named")
    wanted = parser.parse_args().parts or list(PARTS)
    logging.disable(logging.WARNING)
    gc.set_threshold(50_000, 50, 100)  # as the desk does
    with tempfile.TemporaryDirectory(prefix="baton-benchmark-") as folder:
        heading("This machine")
        for line in (*machine.described(), f"{machine.syncs_per_second(Path(folder)):.0f} fdatasync a second"):
            print(f"  {line}", flush=True)
        for part in wanted:
            PARTS[part](Path(folder))


if __name__ == "__main__":
    main()
