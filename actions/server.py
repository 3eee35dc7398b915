"""The action server: rasa-sdk's executor behind a token, a size limit and answers that never repeat what came in.

rasa-sdk's own web server isn't used: it listens on every address, asks for no token, unpacks whatever is sent to it and
answers an error with the whole request, which holds the conversation.
"""

import asyncio
import hmac
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Annotated, Any

import msgspec
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionMissingDomainException, ActionNotFoundException
from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import SanicException

from actions.discovery import all_actions
from actions.policy import read_policy
from actions.requests import Requests
from actions.settings import Settings
from actions.shop import Shop, ShopDown
from actions.workplace import Workplace

log = logging.getLogger("actions")

LARGEST_BODY = 2 * 1024 * 1024
LOOKUPS_AT_ONCE = 16
MEANINGS = {
    400: ("bad_request", "The request couldn't be read."),
    401: ("unauthorised", "This server answers the bot only."),
    404: ("not_found", "There is no such page or action."),
    405: ("not_allowed", "That isn't possible here."),
    413: ("too_large", "The request is too large."),
    415: ("compressed", "Send the body as it is, not compressed."),
    422: ("bad_call", "The call isn't one that the bot would send."),
    500: ("failed", "The action failed."),
    503: ("shop_unavailable", "The shop's database doesn't answer."),
}


class TrackerState(msgspec.Struct):
    """The conversation as Rasa sends it; what else it holds isn't needed."""

    sender_id: str
    slots: dict[str, Any] = {}
    latest_message: dict[str, Any] | None = None
    events: list[dict[str, Any]] = []


class ActionCall(msgspec.Struct):
    """One call of an action."""

    next_action: Annotated[str, msgspec.Meta(min_length=1)]
    tracker: TrackerState
    domain: dict[str, Any] | None = None


def create_app(settings: Settings, workplace: Workplace | None = None) -> Sanic[Any, Any]:
    """The app; it serves `POST /webhook` with the token, and `GET /health` without."""
    app = Sanic("baton_actions", configure_logging=False)
    app.config.update(REQUEST_MAX_SIZE=LARGEST_BODY, REQUEST_TIMEOUT=10, RESPONSE_TIMEOUT=10, ACCESS_LOG=False)
    place = workplace or _workplace(settings)
    app.ctx.token, app.ctx.shop, app.ctx.executor = settings.token, place.shop, _executor(place)
    app.register_middleware(_let_in, "request")
    app.add_route(_health, "/health")
    app.add_route(_webhook, "/webhook", methods=["POST"])
    app.exception(Exception)(_explain)
    app.before_server_start(_make_room)
    return app


def _workplace(settings: Settings) -> Workplace:
    shop, requests = Shop(settings.shop_url), Requests(settings.shop_url)
    return Workplace(shop, requests, read_policy(), settings.context_key, settings.zone)


async def _make_room(app: Sanic[Any, Any]) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(LOOKUPS_AT_ONCE))


async def _let_in(request: Request) -> HTTPResponse | None:
    """None to let the request pass, else why it's refused."""
    if request.path == "/health":
        return None
    given, due = request.headers.get("authorization", ""), f"Bearer {request.app.ctx.token}"
    if not hmac.compare_digest(given.encode(), due.encode()):
        return _refusal(401)
    return _refusal(415) if request.headers.get("content-encoding") else None


async def _health(request: Request) -> HTTPResponse:
    """200 when orders can really be looked up."""
    try:
        await asyncio.to_thread(request.app.ctx.shop.check)
    except ShopDown:
        return _refusal(503)
    return _json({"status": "ok"})


async def _webhook(request: Request) -> HTTPResponse:
    try:
        call = msgspec.json.decode(request.body, type=ActionCall)
    except msgspec.ValidationError:
        return _refusal(422)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return _refusal(400)
    return await _run(request.app.ctx.executor, call)


async def _run(executor: ActionExecutor, call: ActionCall) -> HTTPResponse:
    started = time.perf_counter()
    outcome = "failed"
    try:
        result = await executor.run(msgspec.to_builtins(call) | {"domain": call.domain or {}})
        outcome = "done"
        return _json(result.model_dump())
    except (ActionNotFoundException, ActionMissingDomainException):
        outcome = "unknown"
        return _refusal(404)
    finally:
        took = (time.perf_counter() - started) * 1000
        name = call.next_action if outcome == "done" else "-"
        log.info("action=%s conversation=%s outcome=%s ms=%.0f", name, _hashed(call.tracker.sender_id), outcome, took)


async def _explain(request: Request, error: Exception) -> HTTPResponse:
    """Sanic's own errors by their status, all else as a failure; the log gets the error's kind and place."""
    if isinstance(error, SanicException) and error.status_code < 500:
        return _refusal(error.status_code)
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
    log.error("an action failed: %s at %s", type(error).__name__, where)
    return _refusal(500)


def _executor(workplace: Workplace) -> ActionExecutor:
    executor = ActionExecutor()
    for action in all_actions():
        executor.register_action(action(workplace))
    return executor


def _refusal(status: int) -> HTTPResponse:
    code, message = MEANINGS.get(status, MEANINGS[400])
    return _json({"error": {"code": code, "message": message}}, status)


def _json(body: object, status: int = 200) -> HTTPResponse:
    return HTTPResponse(msgspec.json.encode(body), status=status, content_type="application/json")


def _hashed(value: str) -> str:
    return sha256(value.encode("utf-8", "replace")).hexdigest()[:12]
