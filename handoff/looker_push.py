"""Tells reps who else looks at the chats that they have open; woken by hints, read from the table."""

from dataclasses import dataclass, field

from handoff import wire_frames
from handoff.hub import Hub
from handoff.lookers import lookers_for
from handoff.open_socket import Socket
from handoff.people import Rep
from handoff.soon import Soon
from handoff.storage import LookersChanged, Notice, Runner


@dataclass(slots=True)
class LookerPush:
    """One reading at a time; calls made meanwhile are one."""

    runner: Runner
    hub: Hub
    _due: set[str] = field(default_factory=set)
    _soon: Soon = field(init=False)

    def __post_init__(self) -> None:
        self._soon = Soon("showing who looks at chats", 0, self._show_all)

    def hear(self, notices: list[Notice]) -> None:
        """Something was committed."""
        changed = {notice.conversation_id for notice in notices if isinstance(notice, LookersChanged)}
        self._due |= changed & self.hub.watching.keys()
        if self._due:
            self._soon.ask()

    async def stop(self) -> None:
        await self._soon.stop()

    async def _show_all(self) -> None:
        while self._due:
            conversation_id = self._due.pop()
            try:
                await self._show(conversation_id)
            except Exception:
                self._due.add(conversation_id)
                raise

    async def _show(self, conversation_id: str) -> None:
        readers = {each.who.id: each.who for each in self._watching(conversation_id) if isinstance(each.who, Rep)}
        if readers:
            found = await self.runner.read(lookers_for, conversation_id, list(readers.values()))
            for socket in self._watching(conversation_id):
                _tell_if_new(socket, conversation_id, tuple(found.get(socket.who.id, ())))

    def _watching(self, conversation_id: str) -> list[Socket]:
        return [socket for socket in self.hub.watching.get(conversation_id, ()) if socket.is_rep]


def _tell_if_new(socket: Socket, conversation_id: str, names: tuple[str, ...]) -> None:
    cursor = socket.cursors[conversation_id]
    if cursor.lookers != names:
        cursor.lookers = names
        socket.tell(wire_frames.Lookers(conversation=conversation_id, names=list(names)))
