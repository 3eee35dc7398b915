"""Builds the desk's web application out of settings and parts; importing this does nothing."""

import secrets
from typing import TYPE_CHECKING, Any

from sanic import Sanic
from sanic.response import BaseHTTPResponse

from actions.shop import Shop
from handoff import (
    admin_routes,
    console_routes,
    customer_routes,
    demo_mail,
    figure_routes,
    file_routes,
    health,
    invitation_routes,
    knowing_routes,
    lead_routes,
    mail_routes,
    offer_routes,
    pages,
    passing_routes,
    promise_routes,
    reading_routes,
    rep_picture_routes,
    rep_routes,
    shift_routes,
)
from handoff.background import Background
from handoff.bot_client import Bot, RasaBot
from handoff.centre_push import CentrePush
from handoff.closed_chats import closed_chats
from handoff.context import sign_context
from handoff.desk import Desk, Request
from handoff.dialling import dialling_by
from handoff.door import DeskRequest
from handoff.edge import check_socket
from handoff.envelope import Refusals
from handoff.figures import figures
from handoff.file_store import FileStore
from handoff.hub import Hub
from handoff.limits import Places, Windows
from handoff.looker_push import LookerPush
from handoff.loop_lag import LoopLag
from handoff.mail_worker import MailWorker
from handoff.offering import Offering
from handoff.passwords import Passwords
from handoff.queue_push import QueuePush
from handoff.settings import Settings
from handoff.setup_account import SetUpCode
from handoff.shared_reading import SharedReading
from handoff.sockets import console_socket, customer_socket
from handoff.storage import Notice, open_runner
from handoff.suggesting import Suggesting
from handoff.turn_worker import TurnWorker
from handoff.vector_client import RasaVectors, VectorSource
from handoff.visitors import Visitors
from handoff.zoned import ZonedRunner

if TYPE_CHECKING:
    from handoff.redis_wake import RedisWake

App = Sanic[Any, Any]

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
}
SOCKETS = {"/api/socket": customer_socket, "/api/rep/socket": console_socket}


def create_app(
    settings: Settings,
    *,
    bot: Bot | None = None,
    shop: Shop | None = None,
    set_up_code: SetUpCode | None = None,
    vectors: VectorSource | None = None,
) -> App:
    """The application. Its parts are opened in the event loop that serves it and closed when it stops."""
    app: App = Sanic(
        f"baton_{secrets.token_hex(4)}", request_class=DeskRequest, error_handler=Refusals(), configure_logging=False
    )
    _configure(app, settings)
    _add_routes(app)
    code = set_up_code or SetUpCode()

    @app.before_server_start
    async def open_desk(app: App) -> None:
        app.ctx.desk = open_parts(settings, bot or RasaBot([settings.bot_url], settings.bot_token), shop, code, vectors)
        app.ctx.background = Background(app.ctx.desk)

    @app.before_server_stop
    async def close_sockets(app: App) -> None:
        await app.ctx.background.stop()
        await app.ctx.desk.hub.stop()

    @app.after_server_stop
    async def close_desk(app: App) -> None:
        await app.ctx.desk.close()

    return app


def open_parts(
    settings: Settings, bot: Bot, shop: Shop | None, code: SetUpCode, vectors: VectorSource | None = None
) -> Desk:
    """All parts of a desk, wired; call it inside the running event loop."""
    limits = settings.limits
    desk: Desk

    def push(notices: list[Notice]) -> None:
        desk.push(notices)

    def hear(notices: list[Notice]) -> None:
        desk.hear(notices)

    runner = open_runner(settings.database_url, push)
    if settings.time_zone:
        runner = ZonedRunner(runner, settings.time_zone)
    hub = Hub(runner)
    queue_push = QueuePush(runner, hub)
    desk = Desk(
        settings=settings,
        shop=shop or Shop(settings.shop_database_url),
        passwords=Passwords(),
        windows=Windows(),
        open_requests=Places(limits.open_requests_per_address),
        customer_sockets=Places(limits.sockets_per_customer),
        anonymous_sockets=Places(limits.anonymous_sockets_per_address),
        set_up_code=code,
        lag=LoopLag(),
        runner=runner,
        files=FileStore(settings.files, limits.file_bytes, limits.file_pixels),
        hub=hub,
        queue_push=queue_push,
        offering=Offering(runner, queue_push.changed),
        looker_push=LookerPush(runner, hub),
        centre_push=CentrePush(hub),
        suggesting=Suggesting(runner, vectors or RasaVectors(settings.bot_url, settings.bot_token)),
        turn_worker=TurnWorker(runner, bot, lambda turn: sign_context(turn, settings.context_key)),
        mail=MailWorker(runner, settings),
        visitors=Visitors(),
        dialling=dialling_by(settings.dial_webhook),
        figures=SharedReading(lambda window: runner.read(figures, window)),
        closed=SharedReading(lambda search: runner.read(closed_chats, search)),
        wake=_wake(settings, hear, hub.typing),
    )
    return desk


def _wake(settings: Settings, *told: Any) -> "RedisWake | None":
    if not settings.redis_url:
        return None
    # Imported only where Redis is used: a desk without it starts a tenth sooner after a kill.
    from handoff.redis_wake import RedisWake

    return RedisWake(settings.redis_url, *told)


def _configure(app: App, settings: Settings) -> None:
    limits = settings.limits
    app.config.update(
        ACCESS_LOG=False,
        REQUEST_MAX_SIZE=limits.body_bytes,
        REQUEST_TIMEOUT=limits.request_seconds,
        RESPONSE_TIMEOUT=30,
        KEEP_ALIVE_TIMEOUT=75,
        GRACEFUL_SHUTDOWN_TIMEOUT=10,
        WEBSOCKET_MAX_SIZE=limits.frame_bytes,
        WEBSOCKET_PING_INTERVAL=20,
        WEBSOCKET_PING_TIMEOUT=20,
        PROXIES_COUNT=settings.proxies,
        FORWARDED_SECRET=settings.forwarded_secret,
        FALLBACK_ERROR_FORMAT="json",
    )


def _add_routes(app: App) -> None:
    for routes in (
        customer_routes.routes,
        rep_routes.routes,
        console_routes.routes,
        passing_routes.routes,
        lead_routes.routes,
        offer_routes.routes,
        figure_routes.routes,
        pages.routes,
        promise_routes.routes,
        shift_routes.routes,
        demo_mail.routes,
        mail_routes.routes,
        admin_routes.routes,
        invitation_routes.routes,
        file_routes.routes,
        reading_routes.routes,
        knowing_routes.routes,
        rep_picture_routes.routes,
        health.routes,
    ):
        app.blueprint(routes)
    for path, serve in SOCKETS.items():
        app.add_websocket_route(serve, path)

    async def refuse_foreign_sockets(request: Request) -> None:
        if request.route and f"/{request.route.path}" in SOCKETS:
            check_socket(request)

    async def add_headers(request: Request, response: BaseHTTPResponse) -> None:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)

    app.register_middleware(refuse_foreign_sockets, "request")
    app.register_middleware(add_headers, "response")
