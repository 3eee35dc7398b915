"""Settings: read once, checked at start, with a plain sentence for what is missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from handoff.addresses import is_loopback
from handoff.settings import Limits, SettingsError, read_settings

SECRET = "x" * 40
ENOUGH = {"BATON_BOT_TOKEN": SECRET, "BATON_CONTEXT_KEY": SECRET}
PEM = "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----"


def test_the_demo_needs_two_secrets_and_nothing_else() -> None:
    settings = read_settings({**ENOUGH, "BATON_DEMO": "1"})
    assert settings.origins == ("http://127.0.0.1:8010", "http://localhost:8010")
    assert settings.shop_origins == ("http://127.0.0.1:8000", "http://localhost:8000")
    assert (settings.proxies, settings.forwarded_secret, settings.redis_url) == (None, None, None)


def test_outside_the_demo_no_page_may_hold_the_widget_unless_named() -> None:
    assert read_settings(ENOUGH).shop_origins == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"BATON_BOT_TOKEN": ""}, "Set BATON_BOT_TOKEN"),
        ({"BATON_CONTEXT_KEY": "short"}, "at least 32 characters"),
        ({"BATON_DEMO": "1", "BATON_HOST": "0.0.0.0"}, "loopback only"),
        ({"BATON_DEMO": "1", "BATON_HOST": "desk.example"}, "loopback only"),
        ({"BATON_DESK_PORT": "eighty"}, "whole number"),
        ({"BATON_DESK_PORT": "٨٠"}, "whole number"),
        ({"BATON_LIMIT_FRAME_BYTES": "-1"}, "whole number"),
        ({"BATON_ORIGINS": "*"}, "exact origins"),
        ({"BATON_SHOP_ORIGINS": "https://*.shop.example"}, "exact origins"),
        ({"BATON_SHOP_ORIGINS": "https://shop.example/path"}, "exact origins"),
        ({"BATON_SHOP_JWT_SECRET": "short"}, "BATON_SHOP_JWT_SECRET"),
        ({"BATON_SHOP_JWT_SECRET": SECRET}, "BATON_IDENTITY_ISSUER"),
        ({"BATON_IDENTITY_KEYS": "{"}, "BATON_IDENTITY_KEYS"),
        ({"BATON_IDENTITY_KEYS": '{"a": {"algorithm": "none", "key": ""}}'}, "HS256 or ES256"),
        ({"BATON_IDENTITY_KEYS": '{"a": {"algorithm": "HS256", "key": "short"}}'}, "shorter than 32"),
        ({"BATON_IDENTITY_KEYS": '{"a": {"algorithm": "ES256", "key": "secret"}}'}, "public key as PEM"),
    ],
)
def test_what_is_wrong_is_said_plainly(changes: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(words)):
        read_settings({**ENOUGH, **changes})


def test_a_shop_may_sign_with_several_keys() -> None:
    import json

    keys = {"2026-a": {"algorithm": "HS256", "key": SECRET}, "2026-b": {"algorithm": "ES256", "key": PEM}}
    environment = {**ENOUGH, "BATON_IDENTITY_KEYS": json.dumps(keys), "BATON_IDENTITY_ISSUER": "https://shop.example"}
    settings = read_settings(environment)
    assert settings.identity_keys["2026-b"].algorithm == "ES256"
    assert SECRET not in repr(settings)
    assert PEM not in repr(settings)


def test_limits_are_raised_by_setting() -> None:
    raised = read_settings({**ENOUGH, "BATON_LIMIT_MESSAGES_PER_10_SECONDS": "500"}).limits
    assert raised == Limits(messages_per_10_seconds=500)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("127.9.9.9", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.0.1", False),
        ("", False),
    ],
)
def test_loopback_is_what_only_this_machine_reaches(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_nothing_in_the_desk_reads_the_environment_elsewhere() -> None:
    allowed = {"settings.py", "failpoints.py", "__main__.py", "demo_reps.py", "migrate.py"}
    readers = {path.name for path in Path("handoff").rglob("*.py") if "os.environ" in path.read_text()}
    assert readers <= allowed


def test_a_settings_object_doesnt_change() -> None:
    settings: Any = read_settings(ENOUGH)
    with pytest.raises(AttributeError):
        settings.port = 1
