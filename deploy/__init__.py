"""Set-up, running and supervision. What makes the environments needs only Python 3.8 and its library."""

import sys

# Said here because an older Python can't even read the other modules.
if sys.version_info < (3, 8):  # noqa: UP036
    sys.exit("Baton's set-up needs Python 3.8 or later. Name one: make run PYTHON=python3.12")
