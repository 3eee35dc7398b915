"""Rasa's one door: the desk's private channel. The dialogue state comes with the turn and leaves with the answer."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from traceback import format_tb
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.exceptions import PayloadTooLarge
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import turn_answer, turn_request
from bot.quicker_rasa import make_rasa_quicker
from bot.turn import (
    ActionEndpoint,
    SwallowedErrors,
    Turn,
    TurnStore,
    current,
    forget_question,
)
from bot.turn_answer import Collected
from bot.turn_request import Refused, TurnRequest
from bot.vectors import Vectors

DEADLINE_SECONDS = 7.0
"""The desk waits 8 s for a turn; the actions have 5 s of it."""
LARGEST_BODY = 2 * 1024 * 1024
# A goodbye is answered without an action, so the bot can start before the action server.
WARM_UP = {"turn_id": "warm-up", "conversation": "0" * 32, "text": "goodbye"}

logger = logging.getLogger(__name__)


class PrivateChannel(InputChannel):
    """`credentials.yml` names it with the desk's token: `bot.channel.PrivateChannel: {token: …}`."""

    @classmethod
    def name(cls) -> str:
        """The address is /webhooks/baton/."""
        return "baton"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "PrivateChannel":
        """Refuses to start without a token of at least 16 characters."""
        token = (credentials or {}).get("token")
        if not isinstance(token, str) or len(token) < 16:
            raise ValueError("bot.channel.PrivateChannel needs a token of at least 16 characters in credentials.yml.")
        return cls(token)

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._vectors = Vectors()
        self._warm = False
        self._dropped = 0

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """`POST turn`, `POST vectors`, `GET health`; not Rasa's way in (`on_new_message`), which swallows failures."""
        routes = Blueprint("baton_private_channel")

        @routes.post("/turn")  # Sanic 21.12 wants functions here: it writes an attribute on them
        async def turn(request: Request) -> HTTPResponse:
            return await self.turn(request)

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return await self.health(request)

        @routes.post("/vectors")
        async def vectors(request: Request) -> HTTPResponse:
            return await self.vectors(request)

        routes.listener("before_server_start")(_limit_bodies)
        routes.listener("after_server_start")(self._prepare)
        return routes

    async def turn(self, request: Request) -> HTTPResponse:
        """Answer one turn: 200, or an envelope with 4xx for a bad request and 502 for a failure."""
        return await self._serve(request, lambda: self._answer(request.app.ctx.agent, request.body))

    async def vectors(self, request: Request) -> HTTPResponse:
        """The sentence vectors of a few texts: 200, or an envelope as for a turn."""
        return await self._serve(request, lambda: self._vectors.answer(request.body))

    async def health(self, request: Request) -> HTTPResponse:
        """200 once a whole turn has been answered, else 503."""
        if not self._warm:
            return _error(503, {"code": "starting", "message": "The bot isn't ready yet."})
        return _json(200, {"status": "ok", "model": _model(request.app.ctx.agent), "dropped": self._dropped})

    async def _serve(self, request: Request, work: Callable[[], Awaitable[dict[str, Any]]]) -> HTTPResponse:
        if not self._is_allowed(request):
            return _error(401, {"code": "unauthorized", "message": "The token is missing or wrong."})
        try:
            return _json(200, await work())
        except Refused as refused:
            return _error(refused.status, refused.error)
        except asyncio.TimeoutError:
            logger.error("A turn took longer than %s s and was given up.", DEADLINE_SECONDS)
            return _error(502, {"code": "failed", "message": "The bot took too long."})
        except Exception as error:
            logger.error("A turn failed: %s at\n%s", type(error).__name__, "".join(format_tb(error.__traceback__)))
            return _error(502, {"code": "failed", "message": "The bot failed."})

    def _is_allowed(self, request: Request) -> bool:
        given = request.headers.get("authorization", "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(given, b"Bearer " + self._token)

    async def _answer(self, agent: Agent, body: bytes) -> dict[str, Any]:
        if agent.processor is None:
            raise Refused(502, "failed", "No model is loaded.")
        wanted = turn_request.read(body, agent.processor.domain)
        before = len(wanted.tracker.events)
        turn, collected = await _run(agent, wanted)
        forget_question(turn.tracker, before)
        self._dropped += collected.dropped
        _check(turn, collected)
        return _described(agent, wanted, turn, collected, before)

    async def _prepare(self, app: Sanic, _: Any) -> None:
        """Ready only after a whole turn: the first one after a start is slow."""
        agent: Agent = app.ctx.agent
        if agent.processor is None:
            logger.error("No model is loaded, so the bot can't answer.")
            return
        SwallowedErrors.watch()
        make_rasa_quicker()
        agent.processor.tracker_store = TurnStore(agent.processor.domain)
        if agent.processor.action_endpoint:
            agent.processor.action_endpoint = ActionEndpoint.like(agent.processor.action_endpoint)
        await self._answer(agent, json.dumps(WARM_UP).encode())
        self._warm = True


async def _run(agent: Agent, wanted: TurnRequest) -> "tuple[Turn, Collected]":
    """Let Rasa take the turn within the deadline, in a context of its own."""
    turn, collected = Turn(wanted.tracker), Collected(agent.processor.domain)
    message = UserMessage(
        wanted.said,
        collected,
        wanted.conversation,
        input_channel=PrivateChannel.name(),
        message_id=wanted.turn_id,
        metadata=wanted.metadata(),
    )
    current.set(turn)
    try:
        await asyncio.wait_for(agent.processor.handle_message(message), DEADLINE_SECONDS)
    finally:
        current.set(None)
    return turn, collected


def _check(turn: Turn, collected: Collected) -> None:
    """Half an answer and no answer are failures, never a 200."""
    if turn.trouble:
        logger.error("A turn failed: %s", "; ".join(turn.trouble))
        raise Refused(502, "failed", "The bot failed.")
    if not collected.messages and "handoff" not in collected.told:
        logger.error("A turn ended without an answer.")
        raise Refused(502, "empty_answer", "The bot had nothing to say.")


def _described(agent: Agent, wanted: TurnRequest, turn: Turn, collected: Collected, before: int) -> dict[str, Any]:
    return {
        "turn_id": wanted.turn_id,
        "conversation": wanted.conversation,
        "model": _model(agent),
        "messages": collected.messages,
        "understood": turn_answer.understood(turn.tracker),
        "topic": turn_answer.topic(collected.told, turn.tracker),
        "handoff": collected.told.get("handoff"),
        "wrong_order": collected.told.get("wrong_order"),
        "check": collected.told.get("check"),
        "close": collected.told.get("close", False),
        "events": [turn_answer.storable(event) for event in list(turn.tracker.events)[before:]],
    }


def _model(agent: Agent) -> str:
    """The file's name and the first signs of the training's own id: a model that is trained again is another one."""
    return f"{agent.processor.model_filename.split('.')[0]}-{agent.model_id[:8]}"


def _limit_bodies(app: Sanic, _: Any) -> None:
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY
    app.error_handler.add(PayloadTooLarge, _too_large)


def _too_large(request: Request, error: Exception) -> HTTPResponse:
    return _error(413, {"code": "too_long", "message": "The body is too large.", "limit": LARGEST_BODY})


def _error(status: int, error: dict[str, Any]) -> HTTPResponse:
    return _json(status, {"error": error})


def _json(status: int, body: dict[str, Any]) -> HTTPResponse:
    return response.raw(json.dumps(body, default=float).encode(), status=status, content_type="application/json")
