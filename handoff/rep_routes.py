"""The reps' routes: each reads the request, runs one verb, answers. What changes something needs the CSRF token."""

from collections.abc import Callable
from typing import Any

from sanic import Blueprint, HTTPResponse

from handoff import (
    closing,
    messages,
    rep_lists,
    rep_queue,
    reps,
    setup_account,
    views,
    waiting_line,
    wire_console,
    wire_requests,
)
from handoff.addresses import subscriber_of
from handoff.desk import Request, desk_of
from handoff.edge import (
    COOKIE,
    as_rep,
    body_of,
    check_same_site,
    line_asked_for,
    page_asked_for,
    reading_as_rep,
    rep_caller,
    rep_token,
)
from handoff.envelope import answer, nothing
from handoff.limits import Rate
from handoff.order_card import order_shown
from handoff.people import Rep
from handoff.sign_in import sign_in, sign_in_name
from handoff.storage import Transaction
from handoff.then_view import rep_does

routes = Blueprint("rep", url_prefix="/api")


@routes.post("/rep/sign-in")
async def start_session(request: Request) -> HTTPResponse:
    """Sign in; the session goes into the cookie, the CSRF token into the answer."""
    check_same_site(request)
    who, session = await sign_in(
        desk_of(request), body_of(request, wire_requests.SignIn), subscriber_of(request.client_ip)
    )
    response = answer(wire_console.SignedIn(rep=_as_wire(who), csrf=session.csrf))
    response.headers["set-cookie"] = f"{COOKIE}={session.token}; Path=/; Secure; HttpOnly; SameSite=Strict"
    return response


@routes.post("/rep/sign-out")
async def end_session(request: Request) -> HTTPResponse:
    """Sign out everywhere; what the rep holds goes back to the queue."""
    body_of(request, wire_requests.Nothing)
    check_same_site(request)
    desk, caller = desk_of(request), rep_caller(request, reps.EVERYONE)
    await desk.runner.run(reps.as_rep, caller, desk.settings.limits, reps.sign_out)
    response = nothing()
    response.headers["set-cookie"] = f"{COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict"
    return response


@routes.get("/rep/me")
async def me(request: Request) -> HTTPResponse:
    """Who is signed in, and the CSRF token after a reload."""
    desk = desk_of(request)
    session = await desk.runner.read(reps.session_of, rep_token(request), desk.settings.limits, reps.EVERYONE)
    return answer(wire_console.SignedIn(rep=_as_wire(session.rep), csrf=session.csrf))


@routes.get("/rep/queue")
async def queue(request: Request) -> HTTPResponse:
    """Who waits, and what the rep holds."""
    return answer(await reading_as_rep(request, rep_lists.queue_for))


@routes.get("/rep/waiting")
async def waiting(request: Request) -> HTTPResponse:
    """More of who waits than the queue has, or the rep's own subjects first."""
    asked = line_asked_for(request, waiting_line.LONGEST)
    return answer(await reading_as_rep(request, waiting_line.waiting_line, *asked))


@routes.get("/rep/conversations/<conversation_id:str>")
async def conversation(request: Request, conversation_id: str) -> HTTPResponse:
    """A waiting conversation, or one's own, with the brief."""
    return answer(await reading_as_rep(request, views.rep_view, conversation_id))


@routes.get("/rep/conversations/<conversation_id:str>/messages")
async def messages_after(request: Request, conversation_id: str) -> HTTPResponse:
    """A page of messages."""
    page = page_asked_for(request)
    return answer(await reading_as_rep(request, messages.messages_after, conversation_id, *page))


@routes.get("/rep/conversations/<conversation_id:str>/order-card")
async def card(request: Request, conversation_id: str) -> HTTPResponse:
    """What the shop knows about the customer's order: the one asked for, else the conversation's, else the newest."""
    brief = (await reading_as_rep(request, views.rep_view, conversation_id)).brief
    number = request.args.get("order") or brief.order_id
    return answer(await order_shown(desk_of(request).shop, brief.customer_id, number))


@routes.post("/rep/conversations/<conversation_id:str>/claim")
async def claim(request: Request, conversation_id: str) -> HTTPResponse:
    """Take a waiting conversation."""
    return await _do(request, rep_queue.claim, conversation_id)


@routes.post("/rep/conversations/<conversation_id:str>/release")
async def release(request: Request, conversation_id: str) -> HTTPResponse:
    """Give it back to the queue."""
    return await _do(request, rep_queue.release, conversation_id)


@routes.post("/rep/conversations/<conversation_id:str>/messages", ctx_message=True)
async def reply(request: Request, conversation_id: str) -> HTTPResponse:
    """Store the rep's words."""
    body = body_of(request, wire_requests.RepReply)
    stored = await as_rep(request, messages.reply, conversation_id, body.client_id, body.text)
    return answer(stored.message, 201 if stored.new else 200)


@routes.post("/rep/conversations/<conversation_id:str>/close")
async def close(request: Request, conversation_id: str) -> HTTPResponse:
    """Close it, with topic and cause."""
    body = body_of(request, wire_requests.CloseConversation)
    return await rep_does(request, closing.close_by_rep, conversation_id, body.topic, body.cause)


@routes.get("/setup")
async def setup_needed(request: Request) -> HTTPResponse:
    """Whether the first account is still to be made."""
    return answer(wire_requests.SetUpNeeded(needed=await desk_of(request).runner.read(setup_account.needed)))


@routes.post("/setup")
async def set_up(request: Request) -> HTTPResponse:
    """Make the first account, with the code from the desk's console."""
    check_same_site(request)
    desk, body = desk_of(request), body_of(request, wire_requests.SetUp)
    desk.windows.count((Rate("set-up codes", 20, 300), subscriber_of(request.client_ip)))
    desk.set_up_code.check(body.code)
    name, secret_and_uri = sign_in_name(body.name), setup_account.new_totp(body.name)
    made = (name, body.display_name.strip(), await desk.passwords.hash(body.password), secret_and_uri[0])
    await desk.runner.run(setup_account.make_first_account, *made)
    return answer(wire_requests.SetUpDone(totp_secret=secret_and_uri[0], totp_uri=secret_and_uri[1]), 201)


async def _do(request: Request, verb: Callable[[Transaction, Rep, str], None], conversation_id: str) -> HTTPResponse:
    body_of(request, wire_requests.Nothing)
    return await rep_does(request, verb, conversation_id)


def _as_wire(who: Rep) -> wire_console.Rep:
    role: Any = who.role
    return wire_console.Rep(id=who.id, name=who.name, display_name=who.display_name, role=role, picture=who.picture)
