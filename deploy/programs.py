"""The programs that Baton consists of: how each is started, where it listens, what it may know."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from deploy.bot_environment import bot_environment
from deploy.commands import Stopped
from deploy.places import BOT_PYTHON, DESK_PYTHON, LOGS, MODELS, RUN, VAR

DEFAULT_PORTS = {"shop": 8000, "desk": 8010, "bot": 8020, "actions": 8030}
WORKER_BEAT = RUN / "shop_worker.beat"
SECRET_NAMES = {
    "bot_token": "BATON_BOT_TOKEN",
    "actions_token": "BATON_ACTIONS_TOKEN",
    "context_key": "BATON_CONTEXT_KEY",
    "shop_jwt_secret": "BATON_SHOP_JWT_SECRET",
}
DEFAULT_PLACES = {
    "DATABASE_URL": f"sqlite:///{VAR / 'desk.sqlite'}",
    "SHOP_DATABASE_URL": f"sqlite:///{VAR / 'shop.sqlite'}",
    "BATON_FILES": str(VAR / "files"),
}


@dataclass(frozen=True)
class Program:
    """One program. `health` is its path on `port`, or the file that it touches; `grace` is for loading, in seconds.

    `secrets` and `settings` are all that it's told beyond the ports; a setting ending in * stands for all so begun.
    """

    name: str
    words: tuple[str, ...]
    port: str | None = None
    health: str | Path | None = None
    grace: int = 60
    secrets: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()

    @property
    def is_bot(self) -> bool:
        """Whether it runs in the bot's interpreter, knowing as little as can be."""
        return self.port == "bot"


RASA_FILES = ("--credentials", str(VAR / "credentials.yml"), "--endpoints", str(VAR / "endpoints.yml"))
DESK_SECRETS = ("bot_token", "context_key", "shop_jwt_secret")
ACTIONS_SECRETS = ("actions_token", "context_key")
DESK_SETTINGS = ("DATABASE_URL", "SHOP_DATABASE_URL", "REDIS_URL", "BATON_*")
SHOP = ("SHOP_DATABASE_URL", "BATON_DEMO", "BATON_TIME_ZONE")
BATON_PROGRAMS = (
    Program("bot_a", ("-m", "rasa", "run", "--quiet", *RASA_FILES), "bot", "/webhooks/baton/health", grace=120),
    Program("actions", ("-m", "actions"), "actions", "/health", secrets=ACTIONS_SECRETS, settings=SHOP),
    Program("desk", ("-m", "handoff"), "desk", "/health", secrets=DESK_SECRETS, settings=DESK_SETTINGS),
    Program("watcher", ("-m", "deploy.watcher"), settings=("BATON_DEMO", "BATON_VAR")),
)
SHOP_PROGRAMS = (
    Program("shop", ("-m", "demo"), "shop", "/health", secrets=("shop_jwt_secret",), settings=SHOP),
    Program(
        "shop_worker",
        ("-m", "demo.worker"),
        health=WORKER_BEAT,
        settings=(*SHOP, "BATON_WORKER_BEAT", "BATON_SHOP_STEP_SECONDS"),
    ),
)


def programs() -> tuple[Program, ...]:
    """All programs of this installation; the shop's only where BATON_DEMO=1."""
    return BATON_PROGRAMS + SHOP_PROGRAMS if is_demo() else BATON_PROGRAMS


def is_demo() -> bool:
    """Whether the demo shop and the demo's sign-ins are wanted (BATON_DEMO=1)."""
    return os.environ.get("BATON_DEMO") == "1"


def ports(environment: Mapping[str, str] = os.environ) -> dict[str, int]:
    """The port of each listener; BATON_<NAME>_PORT chooses another. Stopped for what is no port or is there twice."""
    chosen: dict[str, int] = {}
    for name, default in DEFAULT_PORTS.items():
        chosen[name] = _port(f"BATON_{name.upper()}_PORT", environment, default)
        if list(chosen.values()).count(chosen[name]) > 1:
            raise Stopped(
                f"BATON_{name.upper()}_PORT={chosen[name]} is another program's port too. Choose one for each."
            )
    return chosen


def command(program: Program) -> list[str]:
    """The command line of a program; no secret is in it."""
    if program.is_bot:
        listen = ["-m", str(MODELS), "-i", "127.0.0.1", "-p", str(ports()["bot"])]
        return [str(BOT_PYTHON), *program.words, *listen]
    return [str(DESK_PYTHON), *program.words]


def environment(program: Program, secrets: Mapping[str, str]) -> dict[str, str]:
    """All that the program finds in its environment: what it needs to know and nothing else."""
    if program.is_bot:
        return bot_environment()
    told = {**DEFAULT_PLACES, "BATON_WORKER_BEAT": str(WORKER_BEAT), **os.environ}
    chosen = {name: value for name, value in told.items() if _may_know(program, name)}
    numbers = {f"BATON_{name.upper()}_PORT": str(port) for name, port in ports().items()}
    known = {SECRET_NAMES[name]: secrets[name] for name in program.secrets}
    return {**basics(), **chosen, **numbers, **known}


def basics() -> dict[str, str]:
    """What every program of the desk's interpreter finds."""
    machine = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
    return {**machine, "PYTHONUNBUFFERED": "1"}


def environment_file(name: str) -> Path:
    """The file that holds a program's environment, readable by its owner only."""
    return VAR / "environment" / f"{name}.json"


def log_file(name: str) -> Path:
    """Where what the program says is kept."""
    return LOGS / f"{name}.log"


def _may_know(program: Program, name: str) -> bool:
    return name not in SECRET_NAMES.values() and any(fnmatchcase(name, setting) for setting in program.settings)


def _port(name: str, environment: Mapping[str, str], default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stopped(f"{name}={text} is no port. Choose a number from 1024 to 65535.")
    return int(text)
