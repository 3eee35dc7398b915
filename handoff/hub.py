"""Who watches which conversation and what each is still missing: woken by hints, fed from the table, by one path."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from handoff import wire_chat, wire_console, wire_frames
from handoff.errors import NotFound, StorageUnavailable
from handoff.messages import messages_after
from handoff.open_socket import FROM_NOW, Cursor, Socket
from handoff.people import Customer, Rep
from handoff.storage import ConversationChanged, Notice, Runner, SessionsEnded, Transaction
from handoff.views import customer_view, rep_view

LOG = logging.getLogger("baton.hub")
PAGE = 200


@dataclass(frozen=True, slots=True)
class Look:
    """What one reader is missing of one conversation; `view` only if it's newer than what they have."""

    page: wire_chat.MessagePage
    view: wire_chat.CustomerView | wire_console.RepView | None


class Hub:
    """The open sockets of this desk. All methods are called on the event loop."""

    def __init__(self, runner: Runner):
        self._runner = runner
        self.sockets: set[Socket] = set()
        self.watching: defaultdict[str, set[Socket]] = defaultdict(set)
        self._due: set[str] = set()
        self._readings: dict[str, asyncio.Task[None]] = {}

    def hear(self, notices: Iterable[Notice]) -> None:
        """Something was committed, here or in another desk."""
        for notice in notices:
            match notice:
                case ConversationChanged(conversation_id):
                    self.wake(conversation_id)
                case SessionsEnded(token_hashes):
                    self.end_sessions(set(token_hashes))

    def join(self, socket: Socket) -> None:
        """A connection whose person is known."""
        self.sockets.add(socket)

    def leave(self, socket: Socket) -> None:
        """A connection is gone."""
        self.sockets.discard(socket)
        for conversation_id in list(socket.cursors):
            self.unwatch(socket, conversation_id)

    def watch(self, socket: Socket, conversation_id: str, cursor: Cursor) -> None:
        """Keep a socket up to date with a conversation from its cursor on, if its person may see it."""
        socket.cursors[conversation_id] = cursor
        self.watching[conversation_id].add(socket)
        self.wake(conversation_id)

    def unwatch(self, socket: Socket, conversation_id: str) -> None:
        """Stop it."""
        socket.cursors.pop(conversation_id, None)
        self.watching[conversation_id].discard(socket)
        if not self.watching[conversation_id]:
            del self.watching[conversation_id]

    def wake(self, conversation_id: str) -> None:
        """Send everyone who watches the conversation what they are missing; calls made meanwhile are one."""
        if conversation_id not in self.watching:
            return
        self._due.add(conversation_id)
        if conversation_id not in self._readings:
            self._readings[conversation_id] = asyncio.create_task(self._serve(conversation_id))

    def end_sessions(self, token_hashes: set[str]) -> None:
        """Close the sockets of these sessions."""
        for socket in [each for each in self.sockets if each.token_hash in token_hashes]:
            socket.outbox.close(4401, "signed out")

    def typing(self, conversation_id: str, kind: str) -> None:
        """A customer or a rep is typing: tell the other side. Lossy; nothing is kept."""
        for socket in self.watching.get(conversation_id, ()):
            view = socket.cursors[conversation_id].view
            if kind == "rep" and isinstance(view, wire_chat.CustomerView):
                socket.tell(_types(conversation_id, "rep", view.owner.name))
            elif kind == "customer" and isinstance(view, wire_console.RepView):
                socket.tell(_types(conversation_id, "customer", view.brief.customer_name))

    def preview(self, conversation_id: str, text: str) -> None:
        """A customer has this in their box: show it to the rep who holds the conversation. Nothing is kept."""
        for socket in self.watching.get(conversation_id, ()):
            view = socket.cursors[conversation_id].view
            if isinstance(view, wire_console.RepView) and view.yours:
                socket.tell(wire_frames.Previewed(conversation=conversation_id, text=text))

    async def stop(self) -> None:
        """Let every connection go; browsers come back by themselves."""
        for socket in list(self.sockets):
            socket.outbox.close(1001, "restarting")
        for task in list(self._readings.values()):
            task.cancel()
        await asyncio.gather(*self._readings.values(), return_exceptions=True)

    async def _serve(self, conversation_id: str) -> None:
        try:
            while conversation_id in self._due:
                self._due.discard(conversation_id)
                await self._read_and_send(conversation_id)
        except StorageUnavailable:
            LOG.warning("conversation %s waits to be pushed: storage unavailable", conversation_id)
        except Exception:
            LOG.exception("pushing conversation %s failed", conversation_id)
        finally:
            del self._readings[conversation_id]

    async def _read_and_send(self, conversation_id: str) -> None:
        asked = dict(_readers(conversation_id, self.watching.get(conversation_id, ())))
        looks = await self._runner.read(look, conversation_id, list(asked.values()))
        for socket in list(self.watching.get(conversation_id, ())):
            reader = asked.get(socket.who.id)
            # A socket that came during the reading, and lacks more than was read, has its own wake.
            if reader and socket.cursors[conversation_id].seq >= reader.after:
                self._send(socket, conversation_id, looks[socket.who.id])

    def _send(self, socket: Socket, conversation_id: str, found: Look | None) -> None:
        cursor = socket.cursors[conversation_id]
        if found is None:
            self.unwatch(socket, conversation_id)
            if cursor.wants_replay:
                socket.refuse(NotFound.code, NotFound.message)
            return
        if cursor.wants_replay:
            socket.tell(_replay(conversation_id, found.page, cursor))
        else:
            self._send_new(socket, conversation_id, found.page, cursor)
        if found.view and found.view.version > cursor.version:
            cursor.view = found.view
            socket.tell(state_frame(found.view))
        if cursor.leaving:
            self.unwatch(socket, conversation_id)

    def _send_new(self, socket: Socket, conversation_id: str, page: wire_chat.MessagePage, cursor: Cursor) -> None:
        for message in page.messages:
            if message.seq and message.seq > cursor.seq:
                socket.tell(wire_frames.Said(message=message))
                cursor.seq = message.seq
        if cursor.seq == FROM_NOW:
            cursor.seq = page.head
        if page.more:
            self.wake(conversation_id)


@dataclass(frozen=True, slots=True)
class Reader:
    """One person and what their sockets have: the lowest `seq` and version among them."""

    who: Customer | Rep
    after: int
    version: int


def look(tx: Transaction, conversation_id: str, readers: list[Reader]) -> dict[str, Look | None]:
    """What each reader is missing, by their id; None where the conversation isn't theirs to see."""
    return {reader.who.id: _look_for(tx, conversation_id, reader) for reader in readers}


def _look_for(tx: Transaction, conversation_id: str, reader: Reader) -> Look | None:
    try:
        page = messages_after(tx, reader.who, conversation_id, reader.after, PAGE)
        return Look(page, _view(tx, reader.who, conversation_id) if page.version > reader.version else None)
    except NotFound:
        return None


def _view(tx: Transaction, who: Customer | Rep, conversation_id: str) -> wire_chat.CustomerView | wire_console.RepView:
    return customer_view(tx, who, conversation_id) if isinstance(who, Customer) else rep_view(tx, who, conversation_id)


def _readers(conversation_id: str, sockets: Iterable[Socket]) -> Iterable[tuple[str, Reader]]:
    cursors = defaultdict(list)
    for socket in sockets:
        cursors[socket.who.id].append((socket.who, socket.cursors[conversation_id]))
    for id, theirs in cursors.items():
        after, version = min(each.seq for _, each in theirs), min(each.version for _, each in theirs)
        yield id, Reader(theirs[0][0], after, version)


def _replay(conversation_id: str, page: wire_chat.MessagePage, cursor: Cursor) -> wire_frames.Replay:
    missed = [message for message in page.messages if message.seq and message.seq > cursor.seq]
    cursor.seq, cursor.wants_replay = max(cursor.seq, page.head), False  # with `more` the client fetches the rest
    return wire_frames.Replay(
        conversation=conversation_id, messages=missed, head=page.head, version=page.version, more=page.more
    )


def state_frame(view: wire_chat.CustomerView | wire_console.RepView) -> wire_frames.DeskFrame:
    """The frame that carries a view."""
    if isinstance(view, wire_chat.CustomerView):
        return wire_frames.CustomerState(conversation=view)
    return wire_frames.RepState(conversation=view)


def _types(conversation_id: str, kind: str, name: str | None) -> wire_frames.SomeoneTypes:
    return wire_frames.SomeoneTypes(conversation=conversation_id, who=wire_chat.Author(kind=kind, name=name))  # type: ignore[arg-type]
