"""Asking the bot for sentence vectors: quickly or not at all. While it's down nobody waits for it."""

import logging
import time
from array import array
from base64 import b64decode
from dataclasses import dataclass
from typing import Annotated, Protocol

import httpx
import msgspec

from handoff.bot_client import BotFailed

LOG = logging.getLogger("baton.vectors")
DIMENSIONS = 384
MOST_TEXTS = 32
MOST_CHARACTERS = 1_000
LARGEST_ANSWER = 200_000
REST_SECONDS = 10.0
"""After a failure nothing is asked for so long."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Vectors of unit length, one for each text; only vectors of one `encoder` can be compared."""

    encoder: str
    vectors: list[array[float]]


class VectorSource(Protocol):
    """Whoever makes sentence vectors: the bot's process, or a test's script."""

    async def vectors(self, texts: list[str], seconds: float) -> Encoded:
        """Of at most 32 texts of at most 1,000 characters; BotFailed if there are none in time."""

    async def close(self) -> None: ...


class RasaVectors:
    """The bot's private channel."""

    def __init__(self, address: str, token: str):
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._client = httpx.AsyncClient(base_url=address, headers=headers, trust_env=False)
        self._rests_until = 0.0

    async def vectors(self, texts: list[str], seconds: float) -> Encoded:
        if time.monotonic() < self._rests_until:
            raise BotFailed("unreachable")
        try:
            return _believed(texts, await self._post(texts, seconds))
        except BotFailed as failed:
            self._rests_until = time.monotonic() + REST_SECONDS
            LOG.info("no vectors for %s s: %s", REST_SECONDS, failed.why)
            raise

    async def close(self) -> None:
        await self._client.aclose()

    async def _post(self, texts: list[str], seconds: float) -> bytes:
        content = msgspec.json.encode({"texts": texts})
        try:
            response = await self._client.post("/webhooks/baton/vectors", content=content, timeout=seconds)
        except httpx.TimeoutException as error:
            raise BotFailed("timeout") from error
        except httpx.HTTPError as error:
            raise BotFailed("unreachable") from error
        if response.status_code != 200 or len(response.content) > LARGEST_ANSWER:
            raise BotFailed("refused")
        return response.content


class _Answer(msgspec.Struct, frozen=True):
    encoder: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    vectors: Annotated[list[str], msgspec.Meta(max_length=MOST_TEXTS)]


def vector_of(content: bytes) -> array[float]:
    """A vector from its bytes; ValueError if they're not 384 float32."""
    vector = array("f")
    vector.frombytes(content)
    if len(vector) != DIMENSIONS:
        raise ValueError(f"{len(vector)} numbers, not {DIMENSIONS}")
    return vector


def _believed(texts: list[str], body: bytes) -> Encoded:
    try:
        answer = msgspec.json.decode(body, type=_Answer)
        vectors = [vector_of(b64decode(each, validate=True)) for each in answer.vectors]
    except ValueError as error:  # msgspec's and base64's own are such
        raise BotFailed("bad_answer") from error
    if len(vectors) != len(texts):
        raise BotFailed("bad_answer")
    return Encoded(answer.encoder, vectors)
