"""What routes share: who calls, the body they sent, and running a verb in their name."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import msgspec

from handoff import customer_sessions, reps
from handoff.addresses import subscriber_of
from handoff.bodies import decode
from handoff.customer_sessions import Caller
from handoff.desk import Request, desk_of
from handoff.errors import BadField, Forbidden
from handoff.limits import Rate
from handoff.page_language import page_language
from handoff.people import Customer, Rep
from handoff.storage import Transaction
from handoff.tokens import keyed_hash

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)

COOKIE = "__Host-baton"
LONGEST_PAGE = 200
LARGEST_SEQ = 2**31 - 1


def body_of(request: Request, kind: type[S]) -> S:
    """The request's body. No body at all is an empty object, which fits where every field may be left out."""
    body: S = decode(request.body or b"{}", kind)
    return body


async def as_customer(
    request: Request, verb: Callable[Concatenate[Transaction, Customer, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run a verb that changes something, for the customer whose session came along; else SignedOut."""
    desk = desk_of(request)
    run = customer_sessions.as_customer
    return await desk.runner.run(run, caller_of(request), desk.settings.limits, verb, *args, **kwargs)


async def reading_as_customer(
    request: Request, verb: Callable[Concatenate[Transaction, Customer, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run a verb that changes nothing, for the customer whose session came along; else SignedOut."""
    desk, caller = desk_of(request), caller_of(request)
    read = customer_sessions.reading_as_customer
    session, result = await desk.runner.read(read, caller, desk.settings.limits, verb, *args, **kwargs)
    desk.visitors.note(session.customer.id)
    if session.wants_slide:
        await desk.runner.run(customer_sessions.slide, session.token_hash)
    return result


async def as_rep(
    request: Request, verb: Callable[Concatenate[Transaction, Rep, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run a verb that changes something, for the signed-in rep whose page sent its CSRF token."""
    check_same_site(request)
    desk = desk_of(request)
    return await desk.runner.run(reps.as_rep, rep_caller(request), desk.settings.limits, verb, *args, **kwargs)


async def reading_as_rep(
    request: Request, verb: Callable[Concatenate[Transaction, Rep, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run a verb that changes nothing, for the signed-in rep."""
    desk = desk_of(request)
    return await desk.runner.read(reps.reading_as_rep, rep_token(request), desk.settings.limits, verb, *args, **kwargs)


def caller_of(request: Request) -> Caller:
    """The customer's session token, if there is one, the keyed hash of their address, and their page's language."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    address = keyed_hash(desk_of(request).settings.context_key, subscriber_of(request.client_ip))
    return Caller(token.strip() if scheme.lower() == "bearer" else None, address, page_language(request.headers))


def rep_caller(request: Request, roles: frozenset[str] = reps.ANSWERING) -> reps.Caller:
    """The rep's session token and CSRF token."""
    return reps.Caller(rep_token(request), request.headers.get("x-csrf-token", ""), roles)


def rep_token(request: Request) -> str | None:
    """The rep's session token from the cookie."""
    token = request.cookies.get(COOKIE)
    return str(token) if token else None


def count_link(request: Request) -> None:
    """TooMany if an address tries out links from mails."""
    desk = desk_of(request)
    rate = Rate("links", desk.settings.limits.links_per_address_per_5_minutes, 300)
    desk.windows.count((rate, subscriber_of(request.client_ip)))


def check_same_site(request: Request) -> None:
    """Forbidden for a request that another site's page makes a browser send."""
    site, origin = request.headers.get("sec-fetch-site", "same-origin"), request.headers.get("origin")
    if site != "same-origin" or (origin is not None and origin not in desk_of(request).settings.origins):
        raise Forbidden


def check_socket(request: Request) -> None:
    """Before a socket's upgrade: Forbidden from any origin but the desk's own, or with a session in the address."""
    if request.query_string:
        raise Forbidden("Send the session in the first frame, never in the address.")
    if request.headers.getall("origin", []) not in [[origin] for origin in desk_of(request).settings.origins]:
        raise Forbidden


def page_asked_for(request: Request) -> tuple[int, int]:
    """`after` and `limit` of a request for messages; BadField unless they are whole numbers in their range."""
    after = _number(request, "after", 0, 0, 2**53)
    return min(after, LARGEST_SEQ), _number(request, "limit", LONGEST_PAGE, 1, LONGEST_PAGE)


def line_asked_for(request: Request, most: int) -> tuple[int, bool]:
    """`most` and `mine_first` of a request for the line; BadField unless they are numbers in their range."""
    return _number(request, "most", most, 1, most), bool(_number(request, "mine_first", 0, 0, 1))


def _number(request: Request, name: str, default: int, least: int, most: int) -> int:
    given: list[str] = request.get_args(keep_blank_values=True).getlist(name, [str(default)])
    text = given[0] if len(given) == 1 else ""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise BadField(f"`{name}` must be a whole number from {least} to {most}.", field=name, limit=most)
    return int(text)
