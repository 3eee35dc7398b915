"""Accepting an invitation: nobody is signed in yet, and the link is all they have."""

from sanic import Blueprint, HTTPResponse

from handoff import invitations, setup_account, wire_admin
from handoff.desk import Request, desk_of
from handoff.edge import body_of, check_same_site, count_link
from handoff.envelope import answer
from handoff.errors import BadField
from handoff.invitations import NewSignIn
from handoff.sign_in import sign_in_name

routes = Blueprint("invitation", url_prefix="/api/invitation")


@routes.post("/look")
async def look(request: Request) -> HTTPResponse:
    """What a link invites to; using nothing up."""
    body = body_of(request, wire_admin.LookAtInvitation)
    count_link(request)
    return answer(await desk_of(request).runner.read(invitations.look, body.token))


@routes.post("/accept")
async def accept(request: Request) -> HTTPResponse:
    """Make the account; the key for the authenticator app, if one is needed, is shown this once."""
    desk, body = desk_of(request), body_of(request, wire_admin.AcceptInvitation)
    check_same_site(request)
    count_link(request)
    await desk.runner.read(invitations.look, body.token)
    name = _name(body.name)
    hashed = await desk.passwords.hash(body.password)
    secret, _ = setup_account.new_totp(name)
    chosen = NewSignIn(name, body.display_name, hashed, secret)
    signs_in_as, needs_code = await desk.runner.run(invitations.accept, body.token, chosen)
    return answer(_accepted(signs_in_as, secret if needs_code else None), 201)


def _name(text: str) -> str:
    name = sign_in_name(text)
    if not name or not name.isprintable():
        raise BadField("Choose a name to sign in with.", field="name")
    return name


def _accepted(name: str, secret: str | None) -> wire_admin.InvitationAccepted:
    uri = setup_account.totp_uri(name, secret) if secret else None
    return wire_admin.InvitationAccepted(name=name, totp_secret=secret, totp_uri=uri)
