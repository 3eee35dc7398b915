"""The demo shop's web server: pages, sign-in by picking a person, and the tokens for the chat."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from sanic import HTTPResponse, Request, Sanic, html, json, redirect
from sanic.exceptions import NotFound, SanicException
from sqlalchemy.exc import SQLAlchemyError

from demo.database import reading_engine
from demo.identity import COOKIE, SIGN_IN_LIFE, identity_token, sign_in_cookie, signed_in_as
from demo.pages import HERE, page_templates
from demo.people import PEOPLE
from demo.settings import Settings
from demo.shelves import Row, Shelves

log = logging.getLogger("demo.server")

Page = Callable[[Request, Row], Awaitable[HTTPResponse]]


def create_app(settings: Settings) -> Sanic[Any, Any]:
    """The demo shop's app."""
    app = Sanic("larkfield", configure_logging=False)
    app.config.update(REQUEST_MAX_SIZE=16 * 1024, REQUEST_TIMEOUT=10, RESPONSE_TIMEOUT=10, ACCESS_LOG=False)
    app.ctx.settings, app.ctx.templates = settings, page_templates()
    app.ctx.shelves = Shelves(reading_engine(settings.shop_url))
    app.register_middleware(_find_customer, "request")
    app.register_middleware(_protect, "response")
    app.static("/static", HERE / "static", name="static")
    for path, page in {
        "/": home,
        "/sign-in": choose_person,
        "/orders": my_orders,
        "/orders/<number:str>": order,
        "/library": my_library,
    }.items():
        app.add_route(page, path)
    app.add_route(identity, "/identity")
    app.add_route(health, "/health")
    app.add_route(sign_in, "/sign-in", methods=["POST"], name="do_sign_in")
    app.add_route(sign_out, "/sign-out", methods=["POST"])
    app.exception(Exception)(_explain)
    return app


def signed_in(page: Page) -> Callable[..., Awaitable[HTTPResponse]]:
    """Show the page to signed-in customers; others are asked to sign in first."""

    @wraps(page)
    async def guarded(request: Request, **parts: str) -> HTTPResponse:
        customer = request.ctx.customer
        return await page(request, customer, **parts) if customer else redirect("/sign-in")

    return guarded


async def home(request: Request) -> HTTPResponse:
    """What is sold here."""
    return _page(request, "home.html", products=await _read(request.app.ctx.shelves.products))


async def choose_person(request: Request) -> HTTPResponse:
    """The people whom one can be."""
    return _page(request, "sign_in.html", people=PEOPLE)


async def sign_in(request: Request) -> HTTPResponse:
    """Be one of the named people."""
    _only_from_here(request)
    chosen = (request.form or {}).get("customer", "")
    if chosen not in {person.customer_id for person in PEOPLE}:
        raise SanicException("There's no such person to sign in as.", status_code=422)
    response = redirect("/orders")
    _keep(response, sign_in_cookie(request.app.ctx.settings.secret, chosen), int(SIGN_IN_LIFE.total_seconds()))
    return response


async def sign_out(request: Request) -> HTTPResponse:
    """Be nobody again; the page has told the chat before."""
    _only_from_here(request)
    response = redirect("/")
    _keep(response, "", 0)
    return response


@signed_in
async def my_orders(request: Request, customer: Row) -> HTTPResponse:
    """The customer's orders and coins."""
    shelves: Shelves = request.app.ctx.shelves
    orders = await _read(shelves.orders_of, customer["customer_id"])
    coins = await _read(shelves.coins_of, customer["customer_id"])
    return _page(request, "orders.html", orders=orders, coins=coins)


@signed_in
async def order(request: Request, customer: Row, number: str) -> HTTPResponse:
    """One order with its parcels, and the button that opens the chat about it."""
    found = await _own_order(request, customer, number)
    token = identity_token(request.app.ctx.settings.secret, customer, found["number"])
    return _page(request, "order.html", order=found, order_identity=token)


@signed_in
async def my_library(request: Request, customer: Row) -> HTTPResponse:
    """The customer's e-books."""
    books = await _read(request.app.ctx.shelves.library_of, customer["customer_id"])
    return _page(request, "library.html", books=books)


async def identity(request: Request) -> HTTPResponse:
    """A fresh token for the chat, about the order in `?order=` if there is one; only for this site's own pages."""
    customer = request.ctx.customer
    if not customer or request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return json({"error": {"code": "not_signed_in", "message": "Please sign in first."}}, status=401)
    number = request.args.get("order")
    if number:
        await _own_order(request, customer, number)
    return json({"token": identity_token(request.app.ctx.settings.secret, customer, number)})


async def health(request: Request) -> HTTPResponse:
    """200 when there's something to sell."""
    found = await _read(request.app.ctx.shelves.products)
    return json({"status": "ok" if found else "empty"}, status=200 if found else 503)


async def _own_order(request: Request, customer: Row, number: str) -> Row:
    found: Row | None = await _read(request.app.ctx.shelves.order_of, customer["customer_id"], number)
    if found is None:
        raise NotFound("There's no such order on your account.")
    return found


async def _find_customer(request: Request) -> None:
    settings: Settings = request.app.ctx.settings
    customer_id = signed_in_as(settings.secret, request.cookies.get(COOKIE))
    request.ctx.customer = await _read(request.app.ctx.shelves.customer, customer_id) if customer_id else None


async def _protect(request: Request, response: HTTPResponse) -> None:
    """Only this shop's and the desk's scripts run; only the desk's frame is shown; nobody frames the shop."""
    desk = request.app.ctx.settings.desk_url
    response.headers["content-security-policy"] = (
        f"default-src 'none'; script-src 'self' {desk}; style-src 'self' {desk}; img-src 'self' data:; "
        f"connect-src 'self'; frame-src {desk}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["x-content-type-options"] = "nosniff"
    response.headers["referrer-policy"] = "same-origin"
    if not request.path.startswith("/static/"):
        response.headers["cache-control"] = "no-store"


async def _explain(request: Request, error: Exception) -> HTTPResponse:
    """A page for what went wrong, in plain words."""
    status = error.status_code if isinstance(error, SanicException) else 500
    if isinstance(error, SQLAlchemyError):
        status = 503
    if status >= 500:
        log.error("a page failed", exc_info=error)
    message = (
        str(error) if isinstance(error, SanicException) and status < 500 else "That's on our side. Please try again."
    )
    if request.path in ("/health", "/identity"):
        return json({"error": {"code": "failed", "message": message}}, status=status)
    request.ctx.customer = getattr(request.ctx, "customer", None)
    return _page(request, "trouble.html", status=status, message=message)


def _keep(response: HTTPResponse, cookie: str, seconds: int) -> None:
    """Loopback has no TLS, so the cookie can't be marked as secure."""
    response.add_cookie(COOKIE, cookie, httponly=True, samesite="Strict", secure=False, max_age=seconds)


def _only_from_here(request: Request) -> None:
    origin = request.headers.get("origin")
    if origin is not None and origin != f"http://{request.host}":
        raise SanicException("Please use the shop's own buttons.", status_code=403)


def _page(request: Request, template: str, status: int = 200, **parts: Any) -> HTTPResponse:
    settings: Settings = request.app.ctx.settings
    customer = request.ctx.customer
    token = identity_token(settings.secret, customer) if customer else None
    shown = request.app.ctx.templates.get_template(template).render(
        customer=customer, desk=settings.desk_url, identity=token, lang=request.args.get("lang"), **parts
    )
    return html(shown, status=status)


async def _read(method: Callable[..., Any], *args: Any) -> Any:
    return await asyncio.to_thread(method, *args)
