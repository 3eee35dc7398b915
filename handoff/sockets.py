"""The two sockets: the customer's, which says who it is in its first frame, and the console's, which has a cookie."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TypeAlias

from sanic import Websocket

from handoff import absence, customer_sessions, lookers, presence, reps, wire_frames
from handoff.addresses import subscriber_of
from handoff.customer_sessions import Caller
from handoff.desk import Desk, Request, desk_of
from handoff.edge import caller_of, rep_token
from handoff.errors import Forbidden, NotFound, SignedOut, StorageUnavailable, TooMany
from handoff.frames import Frames, HangUp
from handoff.open_socket import FROM_NOW, Cursor, Socket
from handoff.outbox import Outbox
from handoff.people import Customer, Rep
from handoff.preview_push import PreviewPush
from handoff.previews import shown_text
from handoff.wire_chat import CustomerView

LOG = logging.getLogger("baton.sockets")
RETRY_SECONDS = 10
MOST_OPEN = 50


async def customer_socket(request: Request, ws: Websocket) -> None:
    """`/api/socket`: nothing is sent before a `hello` with a running session."""
    await _attend(request, ws, _serve_customer)


async def console_socket(request: Request, ws: Websocket) -> None:
    """`/api/rep/socket`: the cookie says who; the first `hello` opens it, each further one opens a conversation."""
    await _attend(request, ws, _serve_rep)


Serve: TypeAlias = Callable[[Desk, Request, Frames], Awaitable[None]]


async def _attend(request: Request, ws: Websocket, serve: Serve) -> None:
    """Serve until either side leaves; whatever ends it from here has a close code."""
    desk = desk_of(request)
    outbox = Outbox(ws, desk.settings.limits)
    try:
        await serve(desk, request, Frames(ws, outbox, desk.settings.limits))
    except Exception as error:
        end = _ending(error)
        outbox.close(end.code, end.words)
        await outbox.closed()
    finally:
        outbox.stop()


def _ending(error: Exception) -> HangUp:
    match error:
        case HangUp():
            return error
        case SignedOut():
            return HangUp(4401, "signed out")
        case Forbidden():
            return HangUp(4403, "not allowed")
        case TooMany():
            return HangUp(4429, f"too many; try again in {error.retry_after} s")
        case StorageUnavailable():
            return HangUp(1013, "try again in a moment")
    LOG.error("a socket failed", exc_info=error)
    return HangUp(1011, "failed")


async def _serve_customer(desk: Desk, request: Request, frames: Frames) -> None:
    limits = desk.settings.limits
    with ExitStack() as strangers:
        strangers.enter_context(desk.anonymous_sockets.one(subscriber_of(request.client_ip), RETRY_SECONDS))
        hello = await frames.hello()
        caller = Caller(hello.session, caller_of(request).address)
        session = await desk.runner.read(customer_sessions.session_of, caller, limits)
        if session.customer.verified:
            strangers.close()
        with desk.customer_sockets.one(session.customer.id, RETRY_SECONDS):
            try:
                await _listen(desk, Socket(session.customer, session.token_hash, frames.outbox), frames, hello)
            finally:
                with suppress(StorageUnavailable):
                    await desk.runner.run(absence.seen, [session.customer.id])


async def _serve_rep(desk: Desk, request: Request, frames: Frames) -> None:
    session = await desk.runner.read(reps.session_of, rep_token(request), desk.settings.limits)
    hello = await frames.hello()
    await desk.runner.run(presence.seen, [session.rep.id])
    socket = Socket(session.rep, session.token_hash, frames.outbox)
    try:
        await _listen(desk, socket, frames, hello)
    finally:
        with suppress(StorageUnavailable):
            await desk.runner.run(lookers.look_away, session.rep, socket.id)


async def _listen(desk: Desk, socket: Socket, frames: Frames, hello: wire_frames.Hello) -> None:
    with _joined(desk, socket), _previews(desk, socket) as previews:
        socket.tell(wire_frames.Ready())
        await _open(desk, socket, hello)
        async for frame in frames:
            match frame:
                case wire_frames.Hello():
                    await _open(desk, socket, frame)
                case wire_frames.Typing(conversation=conversation_id):
                    _pass_on_typing(desk, socket, conversation_id)
                case wire_frames.Preview(conversation=conversation_id, text=text):
                    _pass_on_preview(socket, previews, conversation_id, text)


@contextmanager
def _joined(desk: Desk, socket: Socket) -> Iterator[None]:
    desk.hub.join(socket)
    try:
        if socket.is_rep:
            desk.queue_push.changed()
        yield
    finally:
        desk.hub.leave(socket)


@contextmanager
def _previews(desk: Desk, socket: Socket) -> Iterator[PreviewPush]:
    def show(conversation_id: str, text: str) -> None:
        # It may have rested: by now the preview may be off, or another conversation open.
        if (view := _own_view(socket, conversation_id)) and view.preview:
            desk.hub.preview(conversation_id, shown_text(text))

    previews = PreviewPush(show, asyncio.get_running_loop().call_later)
    try:
        yield previews
    finally:
        previews.stop()


async def _open(desk: Desk, socket: Socket, hello: wire_frames.Hello) -> None:
    """Keep the socket up to date with the conversation that a `hello` names; a customer's with one at a time."""
    if hello.session and not socket.belongs_to(hello.session):
        raise SignedOut
    if hello.conversation is None:
        return
    if isinstance(socket.who, Customer) and socket.who.only not in (None, hello.conversation):
        # Readings of a conversation are shared by all sockets of a customer, so one by link must not join others.
        socket.refuse(NotFound.code, NotFound.message)
        return
    for other in socket.to_forget(hello.conversation, 1 if not socket.is_rep else MOST_OPEN):
        desk.hub.unwatch(socket, other)
    cursor = Cursor(min(hello.after, FROM_NOW), wants_replay=True, asked_for=True)
    desk.hub.watch(socket, hello.conversation, cursor)
    if isinstance(socket.who, Rep):
        with suppress(StorageUnavailable):
            await desk.runner.run(lookers.look_at, socket.who, hello.conversation, socket.id)


def _pass_on_typing(desk: Desk, socket: Socket, conversation_id: str) -> None:
    if not socket.may_type_in(conversation_id):
        socket.refuse(NotFound.code, NotFound.message)
    else:
        desk.typing(conversation_id, "rep" if socket.is_rep else "customer")


def _pass_on_preview(socket: Socket, previews: PreviewPush, conversation_id: str, text: str) -> None:
    """Where the preview is off it's dropped without a word: the page may not have heard of it yet."""
    view = _own_view(socket, conversation_id)
    if view is None:
        socket.refuse(NotFound.code, NotFound.message)
    elif view.preview:
        previews.change(conversation_id, text)


def _own_view(socket: Socket, conversation_id: str) -> CustomerView | None:
    view = socket.cursors[conversation_id].view if conversation_id in socket.cursors else None
    return view if isinstance(view, CustomerView) else None
