"""Fulfils what Baton asks of the demo shop, and moves returns and refunds on: `python -m demo.worker`.

Each request is one transaction: the effect and the word that it's done are written together or not at all, so a worker
killed at any point leaves the request as it was, to be done by the next.
"""

import json
import logging
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.exc import SQLAlchemyError

from demo.database import writing_engine
from demo.fulfil import Refused, fulfil
from demo.returns import move_next
from demo.schema import requests
from demo.settings import read_settings

log = logging.getLogger("demo.worker")

LOOK_SECONDS = 0.5
BEAT_SECONDS = 2.0


def main() -> None:
    """Work until stopped; the beat file is touched every 2 s while the database answers."""
    logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = read_settings()
    work(writing_engine(settings.shop_url), settings.worker_beat, settings.step)


def work(engine: Engine, beat: Path, step: timedelta) -> None:
    """Settle requests as they come, and move on what has stood still for `step`, for ever."""
    beat.parent.mkdir(parents=True, exist_ok=True)
    last_beat = 0.0
    while True:
        try:
            while settle_next(engine) or move_on(engine, step):
                pass
            if time.monotonic() - last_beat >= BEAT_SECONDS:
                beat.touch()
                last_beat = time.monotonic()
        except SQLAlchemyError as error:
            log.warning("the shop's database failed: %s", type(error).__name__)
        time.sleep(LOOK_SECONDS)


def settle_next(engine: Engine) -> bool:
    """Settle the request that has waited longest, in one transaction; False if there's none."""
    with engine.begin() as db:
        request = _next_request(db)
        if request is not None:
            _settle(db, request, datetime.now(UTC))
    return request is not None


def move_on(engine: Engine, step: timedelta) -> bool:
    """Move one return or refund a step on, in one transaction; False if none has stood still for that long."""
    with engine.begin() as db:
        return move_next(db, datetime.now(UTC), step)


def _next_request(db: Connection) -> dict[str, Any] | None:
    waiting = select(requests).where(requests.c.status == "asked").order_by(requests.c.asked_at, requests.c.key)
    row = db.execute(waiting.limit(1).with_for_update(skip_locked=True)).mappings().one_or_none()
    return dict(row) if row else None


def _settle(db: Connection, request: dict[str, Any], now: datetime) -> None:
    status, result = "done", None
    try:
        with db.begin_nested():
            result = fulfil(db, request, now)
    except Refused as refusal:
        status, result = "refused", {"reason": str(refusal)}
    except SQLAlchemyError:
        raise
    except Exception as error:  # one bad request must not stop the others
        log.error("a request of kind %s failed: %s", request["kind"], type(error).__name__)
        status, result = "refused", {"reason": "The shop couldn't do this."}
    mine = requests.c.key == request["key"]
    db.execute(update(requests).where(mine).values(status=status, result=json.dumps(result), settled_at=now))


if __name__ == "__main__":
    main()
