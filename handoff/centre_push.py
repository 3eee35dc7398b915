"""Tells leads that something in the centre has changed, at most once a second; what it is, their page fetches."""

from collections.abc import Iterable

from handoff import wire_frames
from handoff.changing import LEADING
from handoff.hub import Hub
from handoff.open_socket import Socket
from handoff.outbox import encoded
from handoff.people import Rep
from handoff.soon import Soon
from handoff.storage import ConversationChanged, Notice, QueueChanged

PAUSE_SECONDS = 1.0
CHANGED = encoded(wire_frames.CentreChanged())


class CentrePush:
    """The open consoles of leads and admins hear of each change of the queue, of a chat, and of who is there."""

    def __init__(self, hub: Hub, pause: float = PAUSE_SECONDS):
        self._hub = hub
        self._soon = Soon("telling leads", pause, self._tell)

    def hear(self, notices: Iterable[Notice]) -> None:
        """Something was committed, here or in another desk."""
        if any(isinstance(notice, (QueueChanged, ConversationChanged)) for notice in notices):
            self.changed()

    def changed(self) -> None:
        """Tell them soon; nothing happens where no lead is connected."""
        if any(_leads(socket) for socket in self._hub.sockets):
            self._soon.ask()

    async def stop(self) -> None:
        """Tell nobody any more."""
        await self._soon.stop()

    async def _tell(self) -> None:
        for socket in [each for each in self._hub.sockets if _leads(each)]:
            socket.outbox.put(CHANGED)


def _leads(socket: Socket) -> bool:
    return isinstance(socket.who, Rep) and socket.who.role in LEADING
