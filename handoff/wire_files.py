"""What travels about read marks and reps' pictures."""

from typing import Annotated

import msgspec

from handoff.wire_base import Request, Wire


class ReadUntil(Request, frozen=True, kw_only=True):
    seq: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class RepPicture(Wire, frozen=True, kw_only=True):
    """The id under which `/api/pictures/<id>` shows it; null for none."""

    picture: str | None
