"""Passwords: argon2id in a thread, few at a time, and the same work for a name that nobody has."""

import asyncio
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from handoff.errors import BadCharacter, BadField

AT_ONCE = 2
SHORTEST = 12
LONGEST_BYTES = 1024


class Passwords:
    """Hashes and checks passwords off the event loop (argon2id, 46 MiB, one pass: OWASP's second choice)."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._dummy = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """The hash to store of a new password; BadField or BadCharacter if it can't be one."""
        clean = acceptable(password)
        if len(clean) < SHORTEST:
            raise BadField(f"Take a password of at least {SHORTEST} characters.", field="password", limit=SHORTEST)
        async with self._slots:
            return await asyncio.to_thread(self._hasher.hash, clean)

    async def right(self, password: str, stored: str | None) -> bool:
        """Whether the password fits; as slow for no account (None) as for one."""
        clean = acceptable(password)
        async with self._slots:
            fits = await asyncio.to_thread(self._fits, stored or self._dummy, clean)
        return fits and stored is not None

    def _fits(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False


def acceptable(password: str) -> str:
    """The password in Unicode's composed form, so that every keyboard types the same one; never cut."""
    clean = unicodedata.normalize("NFC", password)
    if "\0" in clean:
        raise BadCharacter(field="password")
    if len(clean.encode()) > LONGEST_BYTES:
        raise BadField("This password is too long.", field="password", limit=LONGEST_BYTES)
    return clean
