"""What a customer types, passed on at most twice a second by each connection: the newest then, so the last arrives."""

import asyncio
from collections.abc import Callable

EVERY_SECONDS = 0.5


class PreviewPush:
    """Passes on at once, then rests; of what comes meanwhile only the newest is passed on after it."""

    def __init__(
        self,
        show: Callable[[str, str], None],
        later: Callable[[float, Callable[[], None]], asyncio.TimerHandle],
    ):
        self._show = show
        self._later = later
        self._waiting: tuple[str, str] | None = None
        self._rest: asyncio.TimerHandle | None = None

    def change(self, conversation_id: str, text: str) -> None:
        """This stands in the box of this conversation now."""
        self._waiting = (conversation_id, text)
        if self._rest is None:
            self._pass_on()

    def stop(self) -> None:
        """The connection is gone, and with it what was still to be passed on."""
        self._waiting = None
        if self._rest:
            self._rest.cancel()

    def _pass_on(self) -> None:
        self._rest = None
        if self._waiting:
            newest, self._waiting = self._waiting, None
            self._show(*newest)
            self._rest = self._later(EVERY_SECONDS, self._pass_on)
