"""Customers who asked this desk for something a moment ago: those whose sockets are blocked are there too."""

import time
from collections.abc import Callable

LATELY_SECONDS = 15


class Visitors:
    """When each was last here, in memory; forgotten soon after. For one thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._seen: dict[str, float] = {}

    def note(self, customer_id: str) -> None:
        """This customer's page has asked for something."""
        self._seen[customer_id] = self._clock()

    def lately(self) -> set[str]:
        """Who was here in the last fifteen seconds."""
        since = self._clock() - LATELY_SECONDS
        self._seen = {customer_id: at for customer_id, at in self._seen.items() if at > since}
        return set(self._seen)
