"""Whether this desk can really serve: a write that reaches the disk, a read, an event loop that isn't stuck."""

import asyncio
import time

from sanic import Blueprint, HTTPResponse
from sqlalchemy import delete, insert

from handoff import wire_requests
from handoff.desk import Request, desk_of
from handoff.envelope import TooBusy, answer
from handoff.errors import StorageUnavailable
from handoff.presence import count_here
from handoff.schema import health
from handoff.storage import Transaction

routes = Blueprint("health")

SECONDS = 3
WORST_LAG = 1.0


@routes.get("/health")
async def is_well(request: Request) -> HTTPResponse:
    """200 when a write and a read succeed within three seconds and the loop lags less than one."""
    desk, started = desk_of(request), time.monotonic()
    try:
        async with asyncio.timeout(SECONDS):
            await desk.runner.run(write)
            await desk.runner.read(count_here)
    except TimeoutError as error:
        raise StorageUnavailable(retry_after=2) from error
    if desk.lag.worst > WORST_LAG:
        raise TooBusy(retry_after=2)
    took = round((time.monotonic() - started) * 1000)
    return answer(
        wire_requests.Health(write_ms=took, loop_lag_ms=round(desk.lag.worst * 1000), sockets=len(desk.hub.sockets))
    )


def write(tx: Transaction) -> None:
    """Write the one row of the table `health`."""
    tx.db.execute(delete(health).where(health.c.id == 1))
    tx.db.execute(insert(health).values(id=1, at=tx.now))
