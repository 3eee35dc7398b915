"""The routes about what the desk knows already: each reads the request, runs one verb, answers."""

from sanic import Blueprint, HTTPResponse

from handoff import past, suggesting, wire_knowing, wire_requests
from handoff.desk import Request, desk_of
from handoff.edge import as_rep, body_of, page_asked_for, reading_as_rep
from handoff.envelope import answer

routes = Blueprint("knowing", url_prefix="/api/rep/conversations/<conversation_id:str>")


@routes.get("/past")
async def past_conversations(request: Request, conversation_id: str) -> HTTPResponse:
    """The verified customer's closed conversations, for the rep who holds this one."""
    return answer(await reading_as_rep(request, past.past_conversations, conversation_id))


@routes.post("/past/<past_id:str>/look")
async def look_back(request: Request, conversation_id: str, past_id: str) -> HTTPResponse:
    """Open a past conversation to read it; the history says that it was looked at."""
    body_of(request, wire_requests.Nothing)
    return answer(await as_rep(request, past.look_back, conversation_id, past_id))


@routes.get("/past/<past_id:str>/messages")
async def past_messages(request: Request, conversation_id: str, past_id: str) -> HTTPResponse:
    """A page of a past conversation that was opened."""
    page = page_asked_for(request)
    return answer(await reading_as_rep(request, past.past_messages, conversation_id, past_id, *page))


@routes.get("/suggestions")
async def suggestions(request: Request, conversation_id: str) -> HTTPResponse:
    """Macros and past replies that may answer what the customer said last, for the rep who holds the chat."""
    question = await reading_as_rep(request, suggesting.question_of, conversation_id)
    return answer(wire_knowing.Suggestions(suggestions=await desk_of(request).suggesting.suggest(question)))
