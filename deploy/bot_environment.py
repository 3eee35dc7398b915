"""The environment in which Rasa trains, is tested and runs: nothing of the machine's but PATH, HOME and LANG."""

from __future__ import annotations

import os

from deploy.places import MADE, VAR

HOME = VAR / "bot-home"
UNAVOIDABLE = {
    "RASA_TELEMETRY_ENABLED": "false",  # else Rasa calls home
    "RASA_CACHE_DIRECTORY": str(MADE / "rasa-cache"),  # else .rasa/ in the clone
    "TF_CPP_MIN_LOG_LEVEL": "3",  # else TensorFlow fills the log with what this processor lacks
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",  # else Rasa's own old SQLAlchemy warns on each start
    "PYTHONUNBUFFERED": "1",
}


def bot_environment() -> dict[str, str]:
    """PATH, a HOME of its own, LANG, and what Rasa and TensorFlow can't do without."""
    HOME.mkdir(parents=True, exist_ok=True)
    machine = {"PATH": os.environ.get("PATH", os.defpath), "LANG": os.environ.get("LANG", "C.UTF-8")}
    return {**machine, "HOME": str(HOME), **UNAVOIDABLE}
