"""The customer's routes: each reads the request, runs one verb, answers."""

from collections.abc import Callable
from typing import ParamSpec

from sanic import Blueprint, HTTPResponse

from handoff import (
    closing,
    conversations,
    customer_sessions,
    identity,
    messages,
    rep_queue,
    views,
    wire_chat,
    wire_requests,
)
from handoff.customer_sessions import Started
from handoff.desk import Request, desk_of
from handoff.edge import as_customer, body_of, caller_of, page_asked_for, reading_as_customer
from handoff.envelope import answer, nothing
from handoff.errors import BadField
from handoff.limits import Rate, Windows
from handoff.messages import Stored
from handoff.people import Customer
from handoff.settings import Limits
from handoff.storage import Transaction
from handoff.then_view import customer_does

P = ParamSpec("P")

routes = Blueprint("customer", url_prefix="/api")


@routes.post("/sessions")
async def start_session(request: Request) -> HTTPResponse:
    """Start a session, or keep, upgrade or replace the running one."""
    body, desk = body_of(request, wire_requests.StartSession), desk_of(request)
    limits, caller = desk.settings.limits, caller_of(request)
    desk.windows.count((Rate("sessions", limits.sessions_per_address_per_5_minutes, 300), caller.address))
    known = identity.verify(body.identity, desk.settings) if body.identity else None
    return answer(_as_wire(await desk.runner.run(customer_sessions.start, caller, known, limits)), 201)


@routes.delete("/sessions/current")
async def end_session(request: Request) -> HTTPResponse:
    """Sign the customer out here."""
    desk = desk_of(request)
    await desk.runner.run(customer_sessions.end, caller_of(request), desk.settings.limits)
    return nothing()


@routes.post("/conversations")
async def open_conversation(request: Request) -> HTTPResponse:
    """Open a conversation, or join the open one."""
    body_of(request, wire_requests.OpenConversation)
    new, view = await as_customer(request, _open)
    return answer(view, 201 if new else 200)


@routes.get("/conversations/current")
async def current_conversation(request: Request) -> HTTPResponse:
    """The open conversation, else the latest; null before the first."""
    return answer(await reading_as_customer(request, _current))


@routes.get("/conversations/<conversation_id:str>")
async def conversation(request: Request, conversation_id: str) -> HTTPResponse:
    """One conversation's state."""
    return answer(await reading_as_customer(request, views.customer_view, conversation_id))


@routes.get("/conversations/<conversation_id:str>/messages")
async def messages_after(request: Request, conversation_id: str) -> HTTPResponse:
    """A page of messages."""
    page = page_asked_for(request)
    return answer(await reading_as_customer(request, messages.messages_after, conversation_id, *page))


@routes.post("/conversations/<conversation_id:str>/messages", ctx_message=True)
async def say(request: Request, conversation_id: str) -> HTTPResponse:
    """Store what the customer says or presses."""
    body, desk = body_of(request, wire_requests.SendMessage), desk_of(request)
    stored = await as_customer(request, _say, desk.windows, desk.settings.limits, conversation_id, body)
    return answer(stored.message, 201 if stored.new else 200)


@routes.post("/conversations/<conversation_id:str>/person")
async def ask_for_person(request: Request, conversation_id: str) -> HTTPResponse:
    """The customer wants a person."""
    return await _do(request, rep_queue.ask_for_person, conversation_id)


@routes.post("/conversations/<conversation_id:str>/stop-waiting")
async def stop_waiting(request: Request, conversation_id: str) -> HTTPResponse:
    """The customer goes back to the bot."""
    return await _do(request, rep_queue.stop_waiting, conversation_id)


@routes.post("/conversations/<conversation_id:str>/close")
async def close(request: Request, conversation_id: str) -> HTTPResponse:
    """The customer is done."""
    return await _do(request, closing.close_by_customer, conversation_id)


@routes.post("/conversations/<conversation_id:str>/reopen")
async def reopen(request: Request, conversation_id: str) -> HTTPResponse:
    """It wasn't solved after all; answers with the conversation that goes on."""
    return await _do(request, closing.reopen, conversation_id)


@routes.put("/conversations/<conversation_id:str>/vote")
async def vote(request: Request, conversation_id: str) -> HTTPResponse:
    """Did we solve the problem?"""
    body = body_of(request, wire_requests.Vote)
    return await customer_does(request, closing.vote, conversation_id, body.solved, body.words)


async def _do(
    request: Request, verb: Callable[[Transaction, Customer, str], str | None], conversation_id: str
) -> HTTPResponse:
    body_of(request, wire_requests.Nothing)
    return await customer_does(request, verb, conversation_id)


def _open(tx: Transaction, customer: Customer) -> tuple[bool, wire_chat.CustomerView]:
    opened = conversations.open_conversation(tx, customer)
    return opened.new, views.customer_view(tx, customer, opened.id)


def _current(tx: Transaction, customer: Customer) -> wire_chat.CustomerView | None:
    found = conversations.current_conversation(tx, customer)
    return views.customer_view(tx, customer, found) if found else None


def _say(
    tx: Transaction,
    customer: Customer,
    windows: Windows,
    limits: Limits,
    conversation_id: str,
    body: wire_requests.SendMessage,
) -> Stored:
    short = Rate("messages in 10 s", limits.messages_per_10_seconds, 10)
    windows.count((short, customer.id), (Rate("messages in 5 min", limits.messages_per_5_minutes, 300), customer.id))
    if body.text is not None and body.button is None:
        return messages.send(tx, customer, conversation_id, body.client_id, body.text)
    if body.button is not None and body.text is None:
        return messages.press(tx, customer, conversation_id, body.client_id, body.button)
    raise BadField("Send either `text` or `button`.", field="text")


def _as_wire(started: Started) -> wire_chat.SessionStarted:
    return wire_chat.SessionStarted(
        session=started.token,
        verified=started.customer.verified,
        name=started.customer.name,
        order_id=started.customer.order_id,
        expires_at=started.expires_at,
    )
