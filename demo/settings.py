"""What the demo shop is told by its environment, read once."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

SHOP = "sqlite:///var/shop.sqlite"
STEP_SECONDS = 120
"""Days in a real shop; two minutes let one watch it."""


@dataclass(frozen=True)
class Settings:
    """`desk_url` is where the widget comes from; `secret` signs identity tokens and, in another form, the sign-ins.

    `step` is how long a return or refund takes from one state to the next.
    """

    host: str
    port: int
    desk_url: str
    shop_url: str
    secret: str
    worker_beat: Path
    step: timedelta


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings; SystemExit with a plain sentence where the demo shop must not start."""
    host = environment.get("BATON_SHOP_HOST", "127.0.0.1")
    if not _is_loopback(host):
        raise SystemExit(f"The demo shop signs anybody in, so it listens on loopback only, not on {host}.")
    desk_port = environment.get("BATON_DESK_PORT", "8010")
    return Settings(
        host=host,
        port=int(environment.get("BATON_SHOP_PORT", "8000")),
        desk_url=environment.get("BATON_DESK_URL", f"http://127.0.0.1:{desk_port}").rstrip("/"),
        shop_url=environment.get("SHOP_DATABASE_URL", SHOP),
        secret=environment.get("BATON_SHOP_JWT_SECRET", ""),
        worker_beat=Path(environment.get("BATON_WORKER_BEAT", "var/shop_worker.beat")),
        step=timedelta(seconds=float(environment.get("BATON_SHOP_STEP_SECONDS", STEP_SECONDS))),
    )


def with_secret(settings: Settings) -> Settings:
    """The same settings; SystemExit if there's no secret to sign with."""
    if len(settings.secret) < 32:
        raise SystemExit("The demo shop needs BATON_SHOP_JWT_SECRET, at least 32 characters; `make run` sets it.")
    return settings


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
