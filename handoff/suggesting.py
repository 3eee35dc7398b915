"""Suggested replies: the macros and past answers nearest to what the customer says now. Nothing is sent by itself."""

import asyncio
import logging
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import func, select

from handoff import learning
from handoff.bot_client import BotFailed
from handoff.conversations import conversation_of
from handoff.errors import NotFound
from handoff.nearest import Known, nearest
from handoff.people import Rep
from handoff.schema import message
from handoff.storage import Runner, Transaction
from handoff.vector_client import MOST_CHARACTERS, MOST_TEXTS, VectorSource
from handoff.wire_knowing import Suggestion

LOG = logging.getLogger("baton.suggesting")
MOST = 3
LATEST_SAID = 2
SUGGEST_SECONDS = 1.5
LEARN_SECONDS = 15.0
LEAST_LIKE = {"macro": 0.36, "reply": 0.6}
"""Below these the nearest isn't near, by the bot's encoder (tests/bot/test_vectors.py has the sentences). A macro is
found by its own words, a reply by a question like this one, so it must be more like it."""


@dataclass(slots=True)
class Suggesting:
    """Learns in the background, answers from memory: one request to the bot for a question, none while it's down."""

    runner: Runner
    source: VectorSource
    known: list[Known] = field(default_factory=list)
    encoder: str = ""
    """The bot's, as it was named last; until then the one by which something was learnt last."""

    async def learn(self) -> None:
        """Learn what isn't known yet, then read all that is; without the bot only what is known already."""
        self.encoder = self.encoder or await self.runner.read(learning.latest_encoder)
        try:
            while (found := await self.runner.read(learning.to_learn, self.encoder)).sources or found.chats:
                await self._learn(found)
        except BotFailed as failed:
            LOG.info("nothing was learnt: %s", failed.why)
        self.known = await self.runner.read(learning.known_answers, self.encoder)

    async def suggest(self, question: str | None) -> list[Suggestion]:
        """Up to three; none for no question, without the bot, or when nothing is near.

        If the bot has got another encoder there are none either, until `learn` has learnt by it.
        """
        if not question or not self.known:
            return []
        try:
            asked = await self.source.vectors([question], SUGGEST_SECONDS)
        except BotFailed:
            return []
        self.encoder = asked.encoder
        known = [each for each in self.known if each.encoder == asked.encoder]
        return chosen(await asyncio.to_thread(nearest, asked.vectors[0], known))

    async def close(self) -> None:
        await self.source.close()

    async def _learn(self, found: learning.ToLearn) -> None:
        words = [each.words for each in found.sources]
        encoder, vectors = self.encoder, list[array[float]]()
        for start in range(0, len(words), MOST_TEXTS):
            made = await self.source.vectors(words[start : start + MOST_TEXTS], LEARN_SECONDS)
            encoder, vectors = made.encoder, vectors + made.vectors
        await self.runner.run(learning.keep, found, encoder, vectors)
        self.encoder = encoder


def question_of(tx: Transaction, rep: Rep, conversation_id: str) -> str | None:
    """What the customer has said since the rep's last words, in the chat that the rep holds (else NotFound).

    The newest two messages that they typed, of two words or more; None if there's none.
    """
    if conversation_of(tx, rep, conversation_id).owner_id != rep.id:
        raise NotFound
    here = message.c.conversation_id == conversation_id
    last = select(func.coalesce(func.max(message.c.seq), 0)).where(here, message.c.author_kind == "rep")
    typed = (message.c.author_kind == "customer") & message.c.button_id.is_(None) & message.c.attachment_id.is_(None)
    query = select(message.c.text).where(here, typed, message.c.seq > last.scalar_subquery())
    said = [
        text for text in tx.db.execute(query.order_by(message.c.seq.desc()).limit(5)).scalars() if " " in text.strip()
    ]
    return " ".join(reversed(said[:LATEST_SAID]))[-MOST_CHARACTERS:] or None


def chosen(found: Iterable[tuple[float, Known]]) -> list[Suggestion]:
    """The three that stand highest above what their kind needs at least; the same words only once."""
    near = [(_above(like, each), each) for like, each in found if like >= LEAST_LIKE[each.kind]]
    once: dict[str, Known] = {}
    for _, each in sorted(near, key=lambda pair: -pair[0]):
        once.setdefault(each.text.casefold(), each)
    best = list(once.values())[:MOST]
    return [Suggestion(kind=each.kind, name=each.name, title=each.title, text=each.text) for each in best]


def _above(like: float, each: Known) -> float:
    least = LEAST_LIKE[each.kind]
    return (like - least) / (1 - least)
