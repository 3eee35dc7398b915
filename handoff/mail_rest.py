"""How hard a mail server is tried: after trouble of its own it gets rests, which grow, and one session at a time."""

import logging
import random
import time
from collections.abc import Callable

from handoff.mail_trouble import NotSent

LOG = logging.getLogger("baton.mail")
SESSIONS = 4
"""Few, so that a mail server that counts connections takes them; one that hangs then holds up a quarter of them."""
FIRST_SECONDS = 5.0
LONGEST_SECONDS = 300.0
MOST_DOUBLINGS = 10


class ServerRest:
    """What one desk knows of its mail server. Its trouble is logged as an error when it begins, and when it's over."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._failures = 0
        self._until = 0.0

    @property
    def sessions(self) -> int:
        """How many may be open now."""
        if not self._failures:
            return SESSIONS
        return 1 if self._clock() >= self._until else 0

    def failed(self, trouble: NotSent) -> float:
        """The server had trouble of its own; for how many seconds it now rests."""
        left = self._until - self._clock()
        if left > 0:
            return left
        if not self._failures:
            LOG.error("no mail goes out: %s (%s); it waits, and is tried again", trouble.why, trouble.code)
        wait = spread(min(FIRST_SECONDS * 2.0**self._failures, LONGEST_SECONDS))
        self._failures = min(self._failures + 1, MOST_DOUBLINGS)
        self._until = self._clock() + wait
        return wait

    def worked(self) -> None:
        """The server has dealt with a letter, be it by refusing it."""
        if self._failures:
            LOG.warning("mail goes out again")
        self._failures = 0
        self._until = 0.0


def spread(seconds: float) -> float:
    """A fifth less to a fifth more, so that what failed together isn't tried again together."""
    return seconds * random.uniform(0.8, 1.2)  # noqa: S311
