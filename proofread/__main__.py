"""`python -m proofread [FOLDER]`: prints what is to be mended in the writers' files; 1 if anything is."""

import sys
from pathlib import Path

from proofread.everything import faults_in

MOST_SHOWN = 12


def main() -> int:
    """Print the faults, and how many more there are; the code to exit with."""
    faults = faults_in(Path(sys.argv[1] if len(sys.argv) > 1 else "."), Path())
    if not faults:
        return 0
    more = [f"… and {len(faults) - MOST_SHOWN} more."] if len(faults) > MOST_SHOWN else []
    told = [f"{fault.file}, line {fault.line}:\n    {fault.words}" for fault in faults[:MOST_SHOWN]]
    head = "A text file can't be used as it is. Nothing was changed, and a bot that runs goes on with what it knows."
    end = "Mend this, save the file, and give the same command again."
    print("\n\n".join([head, *told, *more, end]))  # noqa: T201
    return 1


if __name__ == "__main__":
    sys.exit(main())
