"""Who the shop says it is: the checks of its signed token. What was wrong goes to the log, never to the customer."""

import logging
import re
import time
from dataclasses import dataclass
from typing import Any

import jwt

from handoff.email_addresses import is_email_address
from handoff.errors import IdentityInvalid
from handoff.settings import IdentityKey, Settings

LOG = logging.getLogger("baton.identity")
LONGEST_TOKEN_BYTES = 8192
LONGEST_LIFE_SECONDS = 3600
CLOCK_SECONDS = 60
PRINTABLE = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]+\Z")


@dataclass(frozen=True, slots=True)
class Identity:
    """A customer of the shop, as signed by it: `sub` is the shop's customer id, `order_id` the order clicked on."""

    sub: str
    name: str | None = None
    order_id: str | None = None
    email: str | None = None


def verify(token: str, settings: Settings) -> Identity:
    """The identity in a token of the shop; IdentityInvalid otherwise."""
    try:
        return _identity(_claims(token, settings))
    except (jwt.InvalidTokenError, ValueError, OverflowError, TypeError, _Wrong) as error:
        LOG.warning("identity refused: %s", _reason(error))
        raise IdentityInvalid from error


class _Wrong(Exception):
    """A claim that is signed but not acceptable; the text is the reason code."""


def _reason(error: Exception) -> str:
    """A code for the integrator's log; nothing of the token itself."""
    if isinstance(error, _Wrong):
        return str(error)
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__.removesuffix("Error")).lower()


def _claims(token: str, settings: Settings) -> dict[str, Any]:
    if len(token.encode()) >= LONGEST_TOKEN_BYTES:
        raise _Wrong("too_long")
    key = _key_named(jwt.get_unverified_header(token), settings)
    claims: dict[str, Any] = jwt.decode(
        token,
        key.key,
        algorithms=[key.algorithm],
        audience=settings.identity_audience,
        issuer=settings.identity_issuer,
        leeway=CLOCK_SECONDS,
        options={"require": ["exp", "sub", "aud", "iss"], "strict_aud": True},
    )
    return claims


def _key_named(header: dict[str, Any], settings: Settings) -> IdentityKey:
    if "crit" in header:
        raise _Wrong("crit")
    kid = header.get("kid")
    key = settings.identity_keys.get(kid) if isinstance(kid, str) else None
    if key is None:
        raise _Wrong("unknown_kid")
    return key


def _identity(claims: dict[str, Any]) -> Identity:
    if claims["exp"] > time.time() + LONGEST_LIFE_SECONDS + CLOCK_SECONDS:
        raise _Wrong("lives_too_long")
    sub = _words(claims, "sub", 128)
    if not sub:
        raise _Wrong("no_sub")
    email = _words(claims, "email", 254)
    reachable = email if email and is_email_address(email) else None
    return Identity(sub, _words(claims, "name", 80), _words(claims, "order_id", 64), reachable)


def _words(claims: dict[str, Any], name: str, longest: int) -> str | None:
    value = claims.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > longest or not PRINTABLE.match(value):
        raise _Wrong(f"bad_{name}")
    return value
