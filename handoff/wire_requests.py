"""What pages ask of the desk, how it refuses, and what it says of itself."""

from typing import Annotated

import msgspec

from handoff.wire_base import ClientId, Id, Request, Wire


class ErrorDetail(Wire, frozen=True, kw_only=True):
    code: str
    message: str
    request_id: str
    field: str | None = None
    limit: int | None = None
    retry_after: int | None = None


class ErrorEnvelope(Wire, frozen=True, kw_only=True):
    error: ErrorDetail


class StartSession(Request, frozen=True, kw_only=True):
    identity: Annotated[str, msgspec.Meta(max_length=8192)] | None = None


class OpenConversation(Request, frozen=True, kw_only=True):
    pass


class SendMessage(Request, frozen=True, kw_only=True):
    """`text` or `button`, exactly one; `client_id` is the sender's own id, which makes a repeat harmless."""

    client_id: ClientId
    text: str | None = None
    button: Id | None = None


class RepReply(Request, frozen=True, kw_only=True):
    client_id: ClientId
    text: str


class Vote(Request, frozen=True, kw_only=True):
    """`words` is a sentence that goes with it: left out, the one that's there stays; empty, it's taken away."""

    solved: bool
    words: Annotated[str, msgspec.Meta(max_length=500)] | None = None


class CloseConversation(Request, frozen=True, kw_only=True):
    topic: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    cause: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]


class Nothing(Request, frozen=True, kw_only=True):
    pass


class SignIn(Request, frozen=True, kw_only=True):
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
    totp: Annotated[str, msgspec.Meta(max_length=10)] | None = None


class SetUp(Request, frozen=True, kw_only=True):
    code: Annotated[str, msgspec.Meta(max_length=80)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    display_name: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    password: Annotated[str, msgspec.Meta(min_length=12, max_length=1024)]


class SetUpNeeded(Wire, frozen=True, kw_only=True):
    needed: bool


class SetUpDone(Wire, frozen=True, kw_only=True):
    """For the authenticator app, shown this once; `totp_uri` is what its QR code holds."""

    totp_secret: str
    totp_uri: str


class WidgetConfig(Wire, frozen=True, kw_only=True):
    """The pages that may hold the widget's frame and talk to it, and whether the desk can send mail."""

    shop_origins: list[str]
    mail: bool = False


class Health(Wire, frozen=True, kw_only=True):
    """How long a write took, how late the event loop was at worst lately, and how many sockets are open."""

    write_ms: int
    loop_lag_ms: int
    sockets: int
