"""The routes of promises: a call back or a message left, for customers; calling, for reps."""

from sanic import Blueprint, HTTPResponse

from handoff import calls, promise_views, promises
from handoff import wire_promises as wire
from handoff.desk import Request, desk_of
from handoff.edge import as_rep, body_of, reading_as_customer, reading_as_rep
from handoff.envelope import answer
from handoff.then_view import customer_does, rep_does
from handoff.wire_requests import Nothing

routes = Blueprint("promises", url_prefix="/api")
C, R = "/conversations/<conversation_id:str>", "/rep/conversations/<conversation_id:str>"


@routes.get(f"{C}/call-times")
async def call_times(request: Request, conversation_id: str) -> HTTPResponse:
    """When a call can be asked for."""
    return answer(await reading_as_customer(request, promise_views.call_times, conversation_id))


@routes.post(f"{C}/call-back")
async def ask_for_call(request: Request, conversation_id: str) -> HTTPResponse:
    """Be called instead of waiting, without losing one's place."""
    body = body_of(request, wire.AskForCall)
    window = (body.phone, body.from_, body.until, body.time_zone)
    return await customer_does(request, promises.ask_for_call, conversation_id, *window)


@routes.post(f"{C}/leave-message", ctx_message=True)
async def leave_message(request: Request, conversation_id: str) -> HTTPResponse:
    """Leave a message instead of waiting."""
    body = body_of(request, wire.LeaveMessage)
    return await customer_does(request, promises.leave_message, conversation_id, body.text)


@routes.post(f"{C}/take-back")
async def take_back(request: Request, conversation_id: str) -> HTTPResponse:
    """No call and no answer after all; answers with the conversation that goes on."""
    body = body_of(request, wire.TakeBack)
    return await customer_does(request, promises.take_back, conversation_id, body.to)


@routes.post(f"{R}/call")
async def call(request: Request, conversation_id: str) -> HTTPResponse:
    """Call the customer, or say how to."""
    body_of(request, Nothing)
    to_make = await as_rep(request, calls.call_to_make, conversation_id)
    return answer(await desk_of(request).dialling.call(to_make))


@routes.post(f"{R}/call-attempts")
async def record_call(request: Request, conversation_id: str) -> HTTPResponse:
    """Write down how a call went."""
    body = body_of(request, wire.CallMade)
    return await rep_does(request, calls.record_call, conversation_id, body.outcome, body.note)


@routes.get(f"{R}/call-times")
async def times_to_call(request: Request, conversation_id: str) -> HTTPResponse:
    """When the customer could be called later, and by which number."""
    return answer(await reading_as_rep(request, promise_views.times_to_call, conversation_id))


@routes.post(f"{R}/call-later")
async def call_later(request: Request, conversation_id: str) -> HTTPResponse:
    """Promise the customer a call at a time that was agreed on."""
    body = body_of(request, wire.CallLater)
    agreed = (body.phone, body.from_, body.until, body.note)
    return await rep_does(request, calls.call_later, conversation_id, *agreed)
