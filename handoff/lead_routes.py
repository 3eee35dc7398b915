"""The routes of leads: the centre now, looking at a chat, taking it over, moving several."""

from sanic import Blueprint, HTTPResponse

from handoff import blocks, lead, looking, wire_lead, wire_requests
from handoff.desk import Request, desk_of
from handoff.edge import as_rep, body_of, reading_as_rep
from handoff.envelope import answer
from handoff.errors import BadField, LostToAnother, NotFound, NotPossibleNow
from handoff.lead_view import lead_view
from handoff.then_view import rep_does

routes = Blueprint("lead", url_prefix="/api/rep")


@routes.get("/lead")
async def centre(request: Request) -> HTTPResponse:
    """Who waits, who works, and how many more chats they can take."""
    return answer(await reading_as_rep(request, lead_view, desk_of(request).settings.shift_notice))


@routes.post("/conversations/<conversation_id:str>/look")
async def look(request: Request, conversation_id: str) -> HTTPResponse:
    """Look at any conversation; the history says that it was looked at."""
    body_of(request, wire_requests.Nothing)
    return await rep_does(request, looking.look, conversation_id)


@routes.post("/conversations/<conversation_id:str>/take-over")
async def take_over(request: Request, conversation_id: str) -> HTTPResponse:
    """Claim what another rep holds."""
    body_of(request, wire_requests.Nothing)
    return await rep_does(request, lead.take_over, conversation_id)


@routes.post("/move-chats")
async def move_chats(request: Request) -> HTTPResponse:
    """Pass several chats on; each has its own transaction and its own outcome."""
    body = body_of(request, wire_lead.MoveChats)
    asked = dict.fromkeys(body.conversations)
    return answer(wire_lead.MovedChats(moved=[await _move(request, each, body) for each in asked]))


@routes.post("/conversations/<conversation_id:str>/end-abusive")
async def end_abusive(request: Request, conversation_id: str) -> HTTPResponse:
    """End an abusive chat; its customer can't reach people for a while."""
    return await rep_does(request, blocks.end_abusive, conversation_id, body_of(request, wire_lead.EndAbusive))


@routes.get("/blocks")
async def all_blocks(request: Request) -> HTTPResponse:
    """Who can't reach people now."""
    return answer(await reading_as_rep(request, blocks.blocks))


@routes.post("/blocks/<block_id:str>/undo")
async def undo_block(request: Request, block_id: str) -> HTTPResponse:
    """Let a customer reach people again."""
    body = body_of(request, wire_lead.UndoBlock)
    return answer(await as_rep(request, blocks.undo, block_id, body.reason))


async def _move(request: Request, conversation_id: str, body: wire_lead.MoveChats) -> wire_lead.Moved:
    try:
        await as_rep(request, lead.move_chat, conversation_id, body.to, body.note)
    except (NotFound, NotPossibleNow, LostToAnother, BadField) as refusal:
        return wire_lead.Moved(id=conversation_id, refusal=refusal.words)
    return wire_lead.Moved(id=conversation_id)
