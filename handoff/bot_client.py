"""Asking the bot: one private call per turn, tried again within its eight seconds while the bot can't be reached."""

import asyncio
from typing import Protocol

import httpx
import msgspec

from handoff.bot_answer import BotAnswer
from handoff.turns import Turn

TURN_SECONDS = 8.0
RETRY_SECONDS = 0.4
LARGEST_ANSWER = 1_000_000


class BotFailed(Exception):
    """The bot gave no usable answer; `why` is one of unreachable, timeout, refused, bad_answer."""

    def __init__(self, why: str):
        self.why = why
        super().__init__(why)


class Bot(Protocol):
    """Whoever answers turns: Rasa, or a test's script."""

    async def answer(self, turn: Turn, context: str) -> BotAnswer:
        """The answer to a turn; BotFailed when there is none."""

    async def close(self) -> None: ...


class RasaBot:
    """Rasa behind its private channel; further addresses are fallen back to when the first can't be reached."""

    def __init__(self, addresses: list[str], token: str):
        self._addresses = addresses
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {token}"}, timeout=TURN_SECONDS, trust_env=False
        )

    async def answer(self, turn: Turn, context: str) -> BotAnswer:
        try:
            async with asyncio.timeout(TURN_SECONDS):
                return _believed(turn, await self._ask(_question(turn, context)))
        except TimeoutError as error:
            raise BotFailed("timeout") from error

    async def close(self) -> None:
        await self._client.aclose()

    async def _ask(self, question: bytes) -> bytes:
        while True:
            for address in self._addresses:
                try:
                    return await self._post(address, question)
                except httpx.ConnectError:
                    continue
                except httpx.TimeoutException as error:
                    raise BotFailed("timeout") from error
                except httpx.HTTPError as error:
                    raise BotFailed("unreachable") from error
            await asyncio.sleep(RETRY_SECONDS)

    async def _post(self, address: str, question: bytes) -> bytes:
        headers = {"Content-Type": "application/json"}
        response = await self._client.post(f"{address}/webhooks/baton/turn", content=question, headers=headers)
        if response.status_code != 200 or len(response.content) > LARGEST_ANSWER:
            raise BotFailed("refused")
        return response.content


def _question(turn: Turn, context: str) -> bytes:
    asked = {"text": turn.text} if turn.payload is None else {"payload": turn.payload}
    question = {
        "turn_id": turn.id,
        "conversation": turn.conversation_id,
        "context": context,
        "state": turn.state,
        **asked,
    }
    return msgspec.json.encode(question)


def _believed(turn: Turn, body: bytes) -> BotAnswer:
    try:
        answer = msgspec.json.decode(body, type=BotAnswer)
    except msgspec.DecodeError as error:
        raise BotFailed("bad_answer") from error
    if (answer.turn_id, answer.conversation) != (turn.id, turn.conversation_id) or not (
        answer.messages or answer.handoff
    ):
        raise BotFailed("bad_answer")
    return answer
