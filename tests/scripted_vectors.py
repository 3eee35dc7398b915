"""Sentence vectors for tests, without the bot: texts that share words are near one another."""

import math
import re
from array import array
from random import Random

from handoff.bot_client import BotFailed
from handoff.vector_client import DIMENSIONS, Encoded


class ScriptedVectors:
    """A vector for each text: the more words two have in common, the nearer they are. Or the bot is down."""

    def __init__(self) -> None:
        self.down = False
        self.asked: list[str] = []
        self.encoder = "scripted"

    async def vectors(self, texts: list[str], seconds: float) -> Encoded:
        if self.down:
            raise BotFailed("unreachable")
        self.asked += texts
        return Encoded(self.encoder, [words_as_vector(text) for text in texts])

    async def close(self) -> None:
        pass


def words_as_vector(text: str) -> array[float]:
    """Each word has a direction of its own; the sum of them has length 1."""
    words = set(re.findall(r"\w+", text.lower()))
    chances = [Random(word) for word in words]
    sums = [sum(chance.gauss(0, 1) for chance in chances) for _ in range(DIMENSIONS)]
    length = math.sqrt(sum(number * number for number in sums)) or 1.0
    return array("f", [number / length for number in sums])
