"""What travels about e-mail: leaving an address, copies of a chat, and coming back by a link."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from handoff.wire_base import Request, Wire

EmailText = Annotated[str, msgspec.Meta(max_length=254)]
LinkToken = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class LeaveEmail(Request, frozen=True, kw_only=True):
    """Where to write to if the customer leaves; null takes it back."""

    email: EmailText | None


class MailTranscript(Request, frozen=True, kw_only=True):
    """Without `email` it goes to the address on file."""

    email: EmailText | None = None


class UseLink(Request, frozen=True, kw_only=True):
    """`token` is what stands after the # in the link."""

    token: LinkToken


class CameBack(Wire, frozen=True, kw_only=True):
    """`session` goes into the Authorization header; it sees this conversation only."""

    session: str
    conversation: str
    expires_at: datetime


class LateMail(Wire, frozen=True, kw_only=True):
    """Mail that should have gone out by now: how much, since when the oldest waits, and the latest error, if any."""

    count: int
    since: datetime
    why: str | None


class MailInTrouble(Wire, frozen=True, kw_only=True):
    """A letter that is late or was given up. `to` is masked, except for invitations; `conversation` is its chat."""

    id: str
    kind: Literal["rep_wrote", "transcript", "invitation"]
    to: str
    customer_name: str | None
    conversation: str | None
    state: Literal["late", "failed"]
    made_at: datetime
    why: str | None
