"""The routes of a shift's end: where the rep's shift stands, and handing on what they hold."""

from sanic import Blueprint, HTTPResponse

from handoff import hand_on, wire_shifts
from handoff.desk import Request, desk_of
from handoff.edge import body_of, reading_as_rep
from handoff.envelope import answer
from handoff.shift_views import shift_for
from handoff.then_view import rep_does

routes = Blueprint("shifts", url_prefix="/api/rep")
R = "/conversations/<conversation_id:str>"


@routes.get("/shift")
async def shift(request: Request) -> HTTPResponse:
    """When the rep's shift ends, and what still needs a next step; null for a rep without a site."""
    return answer(await reading_as_rep(request, shift_for, desk_of(request).settings.shift_notice))


@routes.post(f"{R}/hand-on")
async def hand_chat_on(request: Request, conversation_id: str) -> HTTPResponse:
    """Give it to somebody who stays, or to the line, with the next step in words."""
    body = body_of(request, wire_shifts.HandOn)
    notice = desk_of(request).settings.shift_notice
    return await rep_does(request, hand_on.hand_on, conversation_id, body.to, body.next_step, notice)


@routes.post(f"{R}/answer-later")
async def answer_later(request: Request, conversation_id: str) -> HTTPResponse:
    """Promise the customer an answer later, with the next step in words for whoever gives it."""
    body = body_of(request, wire_shifts.AnswerLater)
    return await rep_does(request, hand_on.answer_later, conversation_id, body.next_step)
