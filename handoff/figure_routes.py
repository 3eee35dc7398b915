"""The routes of the figures and of closed chats, for leads and admins."""

import json
from typing import cast, get_args

from sanic import Blueprint, HTTPResponse

from handoff.bodies import decode
from handoff.closed_chats import search_of
from handoff.desk import Request, desk_of
from handoff.edge import reading_as_rep
from handoff.envelope import answer
from handoff.errors import BadField
from handoff.figures import window_of
from handoff.wire_figures import FindClosed, Period

routes = Blueprint("figures", url_prefix="/api")


@routes.get("/rep/figures")
async def look(request: Request) -> HTTPResponse:
    """Votes, waits and how conversations went, in a period: today, 7_days or 28_days."""
    window = await reading_as_rep(request, window_of, period_asked_for(request))
    return answer(await desk_of(request).figures.get(window))


@routes.get("/rep/closed")
async def closed(request: Request) -> HTTPResponse:
    """Closed chats, the newest first, a page at a time: by period or day, topic, who helped, vote and cause."""
    search = await reading_as_rep(request, search_of, closed_asked_for(request))
    return answer(await desk_of(request).closed.get(search))


def closed_asked_for(request: Request) -> FindClosed:
    """What a request looks for; what is left empty isn't looked for. BadField for what can't be read."""
    given: dict[str, list[str]] = request.get_args(keep_blank_values=True)
    for name, values in given.items():
        if len(values) > 1:
            raise BadField(f"Give `{name[:40]}` once.", field=name[:40])
    found: FindClosed = decode(json.dumps({name: values[0] for name, values in given.items() if values[0]}), FindClosed)
    return found


def period_asked_for(request: Request) -> Period:
    """The `period` of a request, today if it names none; BadField for another one."""
    given: list[str] = request.get_args(keep_blank_values=True).getlist("period", ["today"])
    if len(given) != 1 or given[0] not in get_args(Period):
        raise BadField("`period` must be today, 7_days or 28_days.", field="period")
    return cast(Period, given[0])
