"""Routes about e-mail: leaving an address, a copy of the chat, and coming back by the link in a mail."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from sanic import Blueprint, HTTPResponse

from handoff import customer_email, link_sessions, transcripts, wire_mail
from handoff.desk import Request, desk_of
from handoff.edge import body_of, caller_of, count_link
from handoff.envelope import answer
from handoff.errors import MailOff
from handoff.limits import Rate, Windows
from handoff.people import Customer
from handoff.storage import Transaction
from handoff.then_view import customer_does

P = ParamSpec("P")

routes = Blueprint("mail", url_prefix="/api")

ADDRESSES = Rate("e-mail addresses", 10, 3600)


@routes.post("/conversations/<conversation_id:str>/email")
async def leave_email(request: Request, conversation_id: str) -> HTTPResponse:
    """Where to write to if the customer leaves."""
    body, windows = body_of(request, wire_mail.LeaveEmail), _mail_of(request)
    return await customer_does(request, _counted(windows, customer_email.leave_email), conversation_id, body.email)


@routes.post("/conversations/<conversation_id:str>/transcript")
async def mail_transcript(request: Request, conversation_id: str) -> HTTPResponse:
    """Send what was said so far to the customer."""
    body, windows = body_of(request, wire_mail.MailTranscript), _mail_of(request)
    return await customer_does(request, _counted(windows, transcripts.mail_transcript), conversation_id, body.email)


@routes.post("/links/chat")
async def come_back(request: Request) -> HTTPResponse:
    """Use the link in a mail up, for a session that sees its conversation only."""
    body, desk = body_of(request, wire_mail.UseLink), desk_of(request)
    count_link(request)
    come, limits = link_sessions.come_back, desk.settings.limits
    back = await desk.runner.run(come, body.token, caller_of(request), limits)
    session = wire_mail.CameBack(session=back.token, conversation=back.conversation_id, expires_at=back.expires_at)
    return answer(session, 201)


def _mail_of(request: Request) -> Windows:
    """The counts of what is asked too often; MailOff where the desk sends none."""
    desk = desk_of(request)
    if not desk.mail.on:
        raise MailOff
    return desk.windows


def _counted(
    windows: Windows, verb: Callable[Concatenate[Transaction, Customer, str, P], None]
) -> Callable[Concatenate[Transaction, Customer, str, P], None]:
    """The verb, counted against how often a customer may name an address."""

    def count_and_do(
        tx: Transaction, customer: Customer, conversation_id: str, /, *args: P.args, **kwargs: P.kwargs
    ) -> None:
        windows.count((ADDRESSES, customer.id))
        verb(tx, customer, conversation_id, *args, **kwargs)

    return count_and_do
