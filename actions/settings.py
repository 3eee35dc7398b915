"""What the action server is told by its environment, read once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

PORT = 8030
SHOP = "sqlite:///var/shop.sqlite"


@dataclass(frozen=True)
class Settings:
    """`token` lets the bot in, `context_key` proves the desk's word, `zone` is where the shop's days begin."""

    token: str
    context_key: str
    shop_url: str
    port: int
    zone: ZoneInfo


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings; SystemExit with a plain sentence if a secret is missing."""
    return Settings(
        token=_secret(environment, "BATON_ACTIONS_TOKEN"),
        context_key=_secret(environment, "BATON_CONTEXT_KEY"),
        shop_url=environment.get("SHOP_DATABASE_URL", SHOP),
        port=int(environment.get("BATON_ACTIONS_PORT", PORT)),
        zone=ZoneInfo(environment.get("BATON_TIME_ZONE", "UTC")),
    )


def _secret(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if len(value) < 32:
        raise SystemExit(f"The action server needs {name}, a secret of at least 32 characters; `make run` sets it.")
    return value
