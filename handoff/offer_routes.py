"""The routes of offers: take one or let it pass, be away or back, and why a chat came to whom."""

from sanic import Blueprint, HTTPResponse

from handoff import availability, offers
from handoff.desk import Request
from handoff.edge import as_rep, body_of, reading_as_rep
from handoff.envelope import answer, nothing
from handoff.people import Rep
from handoff.storage import Transaction
from handoff.views import rep_view
from handoff.why import reasons
from handoff.wire_console import RepView
from handoff.wire_requests import Nothing

routes = Blueprint("offers", url_prefix="/api/rep")


@routes.post("/offers/<offer_id:str>/accept")
async def accept(request: Request, offer_id: str) -> HTTPResponse:
    """Take what is offered."""
    body_of(request, Nothing)
    return answer(await as_rep(request, _accept, offer_id))


@routes.post("/offers/<offer_id:str>/skip")
async def skip(request: Request, offer_id: str) -> HTTPResponse:
    """Let it pass: the next one is asked."""
    body_of(request, Nothing)
    await as_rep(request, offers.skip, offer_id)
    return nothing()


@routes.post("/away")
async def step_away(request: Request) -> HTTPResponse:
    """Be offered nothing until one is back; what one holds stays."""
    body_of(request, Nothing)
    await as_rep(request, offers.step_away)
    return nothing()


@routes.post("/back")
async def come_back(request: Request) -> HTTPResponse:
    """Be offered chats again."""
    body_of(request, Nothing)
    await as_rep(request, availability.come_back)
    return nothing()


@routes.get("/conversations/<conversation_id:str>/reasons")
async def why(request: Request, conversation_id: str) -> HTTPResponse:
    """How a chat came to whoever has it."""
    return answer(await reading_as_rep(request, reasons, conversation_id))


def _accept(tx: Transaction, rep: Rep, offer_id: str) -> RepView:
    return rep_view(tx, rep, offers.accept(tx, rep, offer_id))
