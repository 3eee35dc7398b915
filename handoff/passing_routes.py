"""Routes for passing a chat on, with what only reps see: colleagues, transfer, return to the bot, notes."""

from sanic import Blueprint, HTTPResponse

from handoff import notes, transfers, wire_lead
from handoff.colleagues import colleagues
from handoff.desk import Request, desk_of
from handoff.edge import as_rep, body_of, reading_as_rep
from handoff.envelope import answer
from handoff.then_view import rep_does

routes = Blueprint("passing", url_prefix="/api/rep")


@routes.get("/colleagues")
async def who_else(request: Request) -> HTTPResponse:
    """To whom a chat can be passed on."""
    return answer(await reading_as_rep(request, colleagues, desk_of(request).settings.shift_notice))


@routes.post("/conversations/<conversation_id:str>/transfer")
async def transfer(request: Request, conversation_id: str) -> HTTPResponse:
    """Pass it to a colleague, a team or a skill, with a note for them."""
    body = body_of(request, wire_lead.Transfer)
    return await rep_does(request, transfers.transfer, conversation_id, body.to, body.note)


@routes.post("/conversations/<conversation_id:str>/return-to-bot")
async def return_to_bot(request: Request, conversation_id: str) -> HTTPResponse:
    """Give it back to the bot with what was learnt."""
    return await rep_does(request, transfers.return_to_bot, conversation_id, body_of(request, wire_lead.ReturnToBot))


@routes.post("/conversations/<conversation_id:str>/notes", ctx_message=True)
async def write_note(request: Request, conversation_id: str) -> HTTPResponse:
    """Store a note that only reps see."""
    body = body_of(request, wire_lead.WriteNote)
    stored = await as_rep(request, notes.write_note, conversation_id, body.client_id, body.text)
    return answer(stored.message, 201 if stored.new else 200)
