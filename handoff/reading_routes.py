"""The routes of read marks."""

from sanic import Blueprint, HTTPResponse

from handoff import reading, wire_files
from handoff.desk import Request
from handoff.edge import as_customer, as_rep, body_of
from handoff.envelope import nothing

routes = Blueprint("reading", url_prefix="/api")


@routes.post("/conversations/<conversation_id:str>/read")
async def read(request: Request, conversation_id: str) -> HTTPResponse:
    """The customer has seen everything up to a `seq`."""
    seq = body_of(request, wire_files.ReadUntil).seq
    await as_customer(request, reading.read_by_customer, conversation_id, seq)
    return nothing()


@routes.post("/rep/conversations/<conversation_id:str>/read")
async def read_by_rep(request: Request, conversation_id: str) -> HTTPResponse:
    """The rep who helps has seen everything up to a `seq`."""
    seq = body_of(request, wire_files.ReadUntil).seq
    await as_rep(request, reading.read_by_rep, conversation_id, seq)
    return nothing()
