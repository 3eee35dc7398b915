"""The route of the figures, for leads and admins."""

from typing import cast, get_args

from sanic import Blueprint, HTTPResponse

from handoff.desk import Request
from handoff.edge import reading_as_rep
from handoff.envelope import answer
from handoff.errors import BadField
from handoff.figures import figures
from handoff.wire_figures import Period

routes = Blueprint("figures", url_prefix="/api")


@routes.get("/rep/figures")
async def look(request: Request) -> HTTPResponse:
    """Votes, waits and how conversations went, in a period: today, 7_days or 28_days."""
    return answer(await reading_as_rep(request, figures, period_asked_for(request)))


def period_asked_for(request: Request) -> Period:
    """The `period` of a request, today if it names none; BadField for another one."""
    given: list[str] = request.get_args(keep_blank_values=True).getlist("period", ["today"])
    if len(given) != 1 or given[0] not in get_args(Period):
        raise BadField("`period` must be today, 7_days or 28_days.", field="period")
    return cast(Period, given[0])
