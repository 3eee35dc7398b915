"""Where things lie in this clone; every path is absolute.

BATON_VAR names another folder for what a running Baton writes, so that several may run from one clone (tests do).
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE = ROOT / "var"
VAR = Path(os.environ.get("BATON_VAR") or MADE).resolve()
LOGS = VAR / "log"
RUN = VAR / "run"
TOOLS = ROOT / ".tools"
WEB = ROOT / "web"
DIST = WEB / "dist"
MODELS = MADE / "model"
ENCODER = MADE / "encoder"
BOT = ROOT / ".venv" / "bot"
DESK = ROOT / ".venv" / "desk"
BOT_PYTHON = BOT / "bin" / "python"
DESK_PYTHON = DESK / "bin" / "python"
TEMPLATES = ROOT / "deploy"
SUPERVISORD_CONF = VAR / "supervisord.conf"


def shown(path: Path) -> str:
    """The path as a person in the clone would write it."""
    try:
        return str(path.relative_to(ROOT))
    except ValueError:
        return str(path)
