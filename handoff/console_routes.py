"""What the console asks for beside the conversations themselves."""

from sanic import Blueprint, HTTPResponse

from handoff import macros
from handoff.desk import Request
from handoff.edge import reading_as_rep
from handoff.envelope import answer

routes = Blueprint("console", url_prefix="/api/rep")


@routes.get("/macros")
async def all_macros(request: Request) -> HTTPResponse:
    """The canned answers."""
    return answer(await reading_as_rep(request, macros.macros_for))
