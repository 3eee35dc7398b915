"""What Baton asks the shop to do: rows of the shop's table `baton_requests`, which the shop fulfils in its own time.

`key` names the thing (`cancel:A-123456`), not the message: asking again, also in another conversation, asks nothing new
and returns what became of the first request.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, column, insert, select, table
from sqlalchemy.exc import IntegrityError

from actions.shop_lookup import Lookup
from actions.shop_reading import read_row
from actions.shop_rows import Time

REQUESTS = table(
    "baton_requests",
    *(column(name) for name in ("key", "kind", "subject", "payload", "status", "result", "asked_at", "settled_at")),
)
READ = [REQUESTS.c[name] for name in ("key", "kind", "subject", "status", "result", "asked_at", "settled_at")]


class RequestStatus(StrEnum):
    """`asked` until the shop has settled it: `done`, or `refused` with a reason."""

    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"


class Outcome(msgspec.Struct, frozen=True):
    """What the shop's `result` may hold for the customer: `reason` says in the shop's words why it refused."""

    reason: str | None = None


@dataclass(frozen=True)
class Request:
    """One thing that the shop was asked for. `result` is the shop's JSON."""

    key: str
    kind: str
    subject: str
    status: RequestStatus
    result: str | None
    asked_at: Time
    settled_at: Time | None
    fresh: bool = False
    """Whether this call has asked for it, so that nobody had before."""

    @property
    def reason(self) -> str:
        """Why the shop refused, in its words; empty if it gave none."""
        try:
            return msgspec.json.decode(self.result or "{}", type=Outcome).reason or ""
        except msgspec.DecodeError:
            return ""


class Requests:
    """The table of requests; `url` is the shop's database, `seconds` the time that one call may take."""

    def __init__(self, url: str, seconds: float = 3.0) -> None:
        self._lookup = Lookup(url, seconds, writing=True)

    def close(self) -> None:
        """Give the connections back."""
        self._lookup.close()

    def ask(self, kind: str, subject: str, payload: dict[str, Any], key: str | None = None) -> Request:
        """Ask once for this thing; the request as it stands now, whoever asked it when.

        `subject` names what it's about (an order, a charge …), `payload` always holds the `customer`; `key` is
        `<kind>:<subject>` unless the thing needs more to be named. Check first that the subject is the customer's.
        ShopDown if the shop doesn't take it in time; asking again is harmless.
        """
        name = key or f"{kind}:{subject}"
        wish = {"key": name, "kind": kind, "subject": subject, "payload": json.dumps(payload, ensure_ascii=False)}
        return self._lookup.run(lambda db: _find(db, name) or _insert(db, wish))

    def find(self, key: str) -> Request | None:
        """The request of this key as it stands; None if nobody has asked for it."""
        return self._lookup.run(lambda db: _find(db, key))

    def about(self, kind: str, subjects: Sequence[str]) -> list[Request]:
        """The requests of this kind about these subjects, the oldest first."""
        wanted = select(*READ).where(REQUESTS.c.kind == kind, REQUESTS.c.subject.in_(subjects))
        oldest = wanted.order_by(REQUESTS.c.asked_at, REQUESTS.c.key)
        return self._lookup.run(lambda db: [read_row(Request, dict(row)) for row in db.execute(oldest).mappings()])


def _insert(db: Connection, wish: dict[str, str]) -> Request:
    """Add it; if somebody was quicker, theirs counts."""
    try:
        with db.begin_nested():
            db.execute(insert(REQUESTS).values(wish))
    except IntegrityError:
        return _found(db, wish["key"])
    return replace(_found(db, wish["key"]), fresh=True)


def _found(db: Connection, key: str) -> Request:
    request = _find(db, key)
    if request is None:
        raise LookupError("a request that was just written isn't there")
    return request


def _find(db: Connection, key: str) -> Request | None:
    row = db.execute(select(*READ).where(REQUESTS.c.key == key)).mappings().one_or_none()
    return read_row(Request, dict(row)) if row else None
