"""Sentence vectors for the desk: of a few short texts at a time, one request after the other, beside the turns."""

import asyncio
from base64 import b64encode
from typing import Any

from bot import encoder_files
from bot.encoding import Encoder
from bot.turn_request import Refused, fields_of, is_writable

MOST_TEXTS = 32
MOST_CHARACTERS = 1_000
"""Of one text."""


class Vectors:
    """Answers `{"texts": […]}` with `{"encoder", "vectors"}`: each the base64 of 384 little-endian float32 of length 1.

    The encoding runs in a thread, so turns go on meanwhile; the encoder's weights are those that the model uses.
    """

    def __init__(self) -> None:
        self._encoder: Encoder | None = None
        self._one_at_a_time: asyncio.Lock | None = None

    async def answer(self, body: bytes) -> dict[str, Any]:
        """Refused (400 or 422) for anything but 1 to 32 strings of at most 1,000 characters with a word in them."""
        texts = _texts(body)
        self._one_at_a_time = self._one_at_a_time or asyncio.Lock()
        async with self._one_at_a_time:
            vectors = await asyncio.get_running_loop().run_in_executor(None, self._encode, texts)
        return {"encoder": encoder_files.WEIGHTS_SHA256[:16], "vectors": vectors}

    def _encode(self, texts: list[str]) -> list[str]:
        self._encoder = self._encoder or Encoder(encoder_files.onnx_file())
        return [b64encode(vector.astype("<f4").tobytes()).decode() for vector in self._encoder.encode(texts)]


def _texts(body: bytes) -> list[str]:
    texts = fields_of(body, frozenset({"texts"})).get("texts")
    if not isinstance(texts, list) or not 0 < len(texts) <= MOST_TEXTS:
        raise Refused(422, "bad_request", f"Give 1 to {MOST_TEXTS} texts.", "texts")
    if not all(isinstance(text, str) and len(text) <= MOST_CHARACTERS for text in texts):
        raise Refused(422, "bad_request", f"A text is a string of at most {MOST_CHARACTERS} characters.", "texts")
    if not all(text.strip() and is_writable(text) for text in texts):
        raise Refused(422, "bad_request", "A text is empty, or holds a character that can't be stored.", "texts")
    return texts
