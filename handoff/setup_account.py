"""The first account outside the demo: made once, by whoever can read the one-time code on the desk's console."""

import hmac
import secrets
import time
from collections.abc import Callable

import pyotp

from handoff import reps
from handoff.errors import Forbidden, NotFound
from handoff.storage import Transaction

VALID_SECONDS = 30 * 60
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class SetUpCode:
    """A code of 80 random bits, good for half an hour from the start of the desk."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._until = clock() + VALID_SECONDS
        groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
        self.code = "-".join(groups)

    def check(self, given: str) -> None:
        """Forbidden unless it's the code and still good."""
        if self._clock() > self._until:
            raise Forbidden("The set-up code is older than 30 minutes. Start the desk again to get a new one.")
        if not hmac.compare_digest(self.code.encode(), given.strip().upper().encode()):
            raise Forbidden("That isn't the set-up code. It's in the output of the desk's start.")


def needed(tx: Transaction) -> bool:
    """Whether nobody has an account yet."""
    return not reps.any_account(tx)


def make_first_account(tx: Transaction, name: str, display_name: str, password_hash: str, totp_secret: str) -> None:
    """The first admin; NotFound once there is any account."""
    if not needed(tx):
        raise NotFound
    reps.add_account(tx, name, display_name, "admin", password_hash, totp_secret)


def new_totp(name: str) -> tuple[str, str]:
    """A secret for an authenticator app, and the address that its QR code holds."""
    secret = pyotp.random_base32()
    return secret, totp_uri(name, secret)


def totp_uri(name: str, secret: str) -> str:
    """The address that brings a secret into an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Baton")
