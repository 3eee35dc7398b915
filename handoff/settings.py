"""What the desk is told from outside: read once from the environment, with plain words for what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from handoff.addresses import is_loopback
from handoff.mail_settings import Smtp, read_smtp

DEMO_PASSWORD = "baton-demo-password"  # noqa: S105  documented; refused on any bind but loopback
SHORTEST_SECRET_BYTES = 32


class SettingsError(Exception):
    """A setting is missing or wrong; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class IdentityKey:
    """How the shop signs: `algorithm` is HS256 with a shared secret, or ES256 with a public key as PEM."""

    algorithm: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is too much. Each is set by BATON_LIMIT_<NAME>; load tests raise them there."""

    messages_per_10_seconds: int = 10
    messages_per_5_minutes: int = 120
    sessions_per_address_per_5_minutes: int = 300
    wrong_passwords_per_name_and_address_per_5_minutes: int = 5
    wrong_passwords_per_address_per_5_minutes: int = 20
    wrong_passwords_per_name_per_day: int = 100
    links_per_address_per_5_minutes: int = 20
    open_requests_per_address: int = 100
    sockets_per_customer: int = 20
    anonymous_sockets_per_address: int = 200
    frames_per_second: int = 50
    body_bytes: int = 256 * 1024
    message_body_bytes: int = 16 * 1024
    file_bytes: int = 10 * 1000 * 1000
    file_pixels: int = 25_000_000
    file_seconds: int = 120
    files_per_chat_per_day: int = 20
    files_per_address_per_hour: int = 100
    frame_bytes: int = 16 * 1024
    outbox_bytes: int = 1024 * 1024
    outbox_seconds: int = 15
    request_seconds: int = 10
    hello_seconds: int = 5
    beat_seconds: int = 15
    rep_idle_minutes: int = 30
    rep_session_hours: int = 12
    customer_idle_hours: int = 24
    customer_session_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that differs between one desk and another. `origins` are the desk's own, as browsers name them."""

    host: str = "127.0.0.1"
    port: int = 8010
    database_url: str = "sqlite:///var/desk.sqlite"
    redis_url: str | None = None
    shop_database_url: str = "sqlite:///var/shop.sqlite"
    bot_url: str = "http://127.0.0.1:8020"
    bot_token: str = field(repr=False)
    context_key: str = field(repr=False)
    demo: bool = False
    demo_password: str = field(default=DEMO_PASSWORD, repr=False)
    origins: tuple[str, ...] = ()
    shop_origins: tuple[str, ...] = ()
    proxies: int | None = None
    forwarded_secret: str | None = field(default=None, repr=False)
    identity_keys: Mapping[str, IdentityKey] = field(default_factory=dict)
    identity_issuer: str = "demo-shop"
    identity_audience: str = "baton"
    pages: Path = Path("web/dist")
    smtp: Smtp | None = None
    files: Path = Path("var/files")
    dial_webhook: str | None = field(default=None, repr=False)
    time_zone: ZoneInfo | None = None
    shift_notice: timedelta = timedelta(minutes=15)
    limits: Limits = Limits()

    @property
    def mail(self) -> bool:
        """Whether mail can be sent; the demo keeps it and shows it at /mail."""
        return self.demo or self.smtp is not None


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment names; SettingsError in plain words for the first that is missing or wrong."""
    host = environment.get("BATON_HOST", "127.0.0.1")
    port = _whole_number(environment, "BATON_DESK_PORT", 8010)
    demo = environment.get("BATON_DEMO") == "1"
    settings = Settings(
        host=host,
        port=port,
        database_url=environment.get("DATABASE_URL", "sqlite:///var/desk.sqlite"),
        redis_url=environment.get("REDIS_URL") or None,
        shop_database_url=environment.get("SHOP_DATABASE_URL", "sqlite:///var/shop.sqlite"),
        bot_url=environment.get("BATON_BOT_URL")
        or f"http://127.0.0.1:{_whole_number(environment, 'BATON_BOT_PORT', 8020)}",
        bot_token=_secret(environment, "BATON_BOT_TOKEN"),
        context_key=_secret(environment, "BATON_CONTEXT_KEY"),
        demo=demo,
        demo_password=environment.get("BATON_DEMO_PASSWORD", DEMO_PASSWORD),
        origins=_origins(environment, "BATON_ORIGINS") or _loopback_origins(port),
        shop_origins=_origins(environment, "BATON_SHOP_ORIGINS") or _demo_shop(environment, demo),
        proxies=_whole_number(environment, "BATON_PROXIES", 0) or None,
        forwarded_secret=environment.get("BATON_FORWARDED_SECRET") or None,
        identity_keys=_identity_keys(environment),
        identity_issuer=environment.get("BATON_IDENTITY_ISSUER", "demo-shop"),
        identity_audience=environment.get("BATON_IDENTITY_AUDIENCE", "baton"),
        pages=Path(environment.get("BATON_PAGES", "web/dist")),
        smtp=_smtp(environment),
        files=Path(environment.get("BATON_FILES", "var/files")),
        dial_webhook=_dial_webhook(environment),
        time_zone=_time_zone(environment),
        shift_notice=timedelta(minutes=_whole_number(environment, "BATON_SHIFT_NOTICE_MINUTES", 15)),
        limits=_limits(environment),
    )
    return _allowed(settings)


def _allowed(settings: Settings) -> Settings:
    if settings.demo and not is_loopback(settings.host):
        raise SettingsError(
            f"BATON_DEMO=1 comes with known passwords, so it runs on loopback only, not on {settings.host}. "
            "Unset BATON_DEMO, or bind to 127.0.0.1."
        )
    if not settings.demo and settings.identity_keys and settings.identity_issuer == "demo-shop":
        raise SettingsError("Set BATON_IDENTITY_ISSUER to the `iss` that the shop writes into its tokens.")
    return settings


def _smtp(environment: Mapping[str, str]) -> Smtp | None:
    try:
        return read_smtp(environment)
    except ValueError as error:
        raise SettingsError(str(error)) from error


def _secret(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if len(value.encode()) < SHORTEST_SECRET_BYTES:
        raise SettingsError(
            f"Set {name} to a random secret of at least {SHORTEST_SECRET_BYTES} characters. `make run` makes one."
        )
    return value


def _identity_keys(environment: Mapping[str, str]) -> dict[str, IdentityKey]:
    """BATON_IDENTITY_KEYS is `{kid: {"algorithm": …, "key": …}}` as JSON; BATON_SHOP_JWT_SECRET adds `demo-1`."""
    text = environment.get("BATON_IDENTITY_KEYS", "{}")
    try:
        keys = msgspec.json.decode(text, type=dict[str, IdentityKey])
    except msgspec.MsgspecError as error:
        raise SettingsError(f"BATON_IDENTITY_KEYS can't be read: {error}") from error
    if "BATON_SHOP_JWT_SECRET" in environment:
        keys["demo-1"] = IdentityKey("HS256", _secret(environment, "BATON_SHOP_JWT_SECRET"))
    for kid, key in keys.items():
        _check_key(kid, key)
    return keys


def _check_key(kid: str, key: IdentityKey) -> None:
    if key.algorithm not in ("HS256", "ES256"):
        raise SettingsError(f"The identity key {kid} must be HS256 or ES256, not {key.algorithm}.")
    if key.algorithm == "HS256" and len(key.key.encode()) < SHORTEST_SECRET_BYTES:
        raise SettingsError(f"The secret of identity key {kid} is shorter than {SHORTEST_SECRET_BYTES} characters.")
    if key.algorithm == "ES256" and "BEGIN PUBLIC KEY" not in key.key:
        raise SettingsError(f"The identity key {kid} must be a public key as PEM (-----BEGIN PUBLIC KEY-----).")


def _dial_webhook(environment: Mapping[str, str]) -> str | None:
    url = environment.get("BATON_DIAL_WEBHOOK") or None
    if url and not url.startswith("https://"):
        raise SettingsError("BATON_DIAL_WEBHOOK gets customers' phone numbers, so it must begin with https://.")
    return url


def _time_zone(environment: Mapping[str, str]) -> ZoneInfo | None:
    name = environment.get("BATON_TIME_ZONE") or None
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError) as error:
        raise SettingsError(f"BATON_TIME_ZONE names a time zone such as Europe/London, not {name!r}.") from error


def _limits(environment: Mapping[str, str]) -> Limits:
    given: dict[str, Any] = {}
    for limit in fields(Limits):
        name = f"BATON_LIMIT_{limit.name.upper()}"
        if name in environment:
            given[limit.name] = _whole_number(environment, name, 0)
    return Limits(**given)


def _whole_number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, str(default))
    if not text.isascii() or not text.isdigit():
        raise SettingsError(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def _origins(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    origins = tuple(part.strip().rstrip("/") for part in environment.get(name, "").split(",") if part.strip())
    for origin in origins:
        if not origin.startswith(("http://", "https://")) or origin.count("/") != 2 or "*" in origin:
            raise SettingsError(
                f"{name} takes exact origins such as https://shop.example, separated by commas, not {origin!r}."
            )
    return origins


def _loopback_origins(port: int) -> tuple[str, ...]:
    return (f"http://127.0.0.1:{port}", f"http://localhost:{port}")


def _demo_shop(environment: Mapping[str, str], demo: bool) -> tuple[str, ...]:
    return _loopback_origins(_whole_number(environment, "BATON_SHOP_PORT", 8000)) if demo else ()
