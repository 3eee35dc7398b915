"""Works off the bot's turns: lease, ask, accept or give up; one turn of a conversation at a time."""

import asyncio
import logging
import time
from collections.abc import Callable

from handoff import turns
from handoff.bot_client import Bot, BotFailed
from handoff.errors import StorageUnavailable
from handoff.failpoints import failpoint
from handoff.storage import Runner
from handoff.turns import Turn

AT_ONCE = 8
log = logging.getLogger("baton.turns")


class TurnWorker:
    """Wakes for conversations whose turn is due; what a kill or a lost wake leaves undone, the sweeper wakes again."""

    def __init__(self, runner: Runner, bot: Bot, sign: Callable[[Turn], str]):
        self._runner = runner
        self._bot = bot
        self._sign = sign
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._woken: set[str] = set()
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def wake(self, conversation_id: str) -> None:
        """Look for a due turn of this conversation; call it on the event loop."""
        self._woken.add(conversation_id)
        if conversation_id not in self._tasks:
            self._tasks[conversation_id] = asyncio.create_task(self._serve(conversation_id))

    async def stop(self) -> None:
        """End all work. A turn that was under way is leased again once its lease runs out."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._bot.close()

    async def _serve(self, conversation_id: str) -> None:
        try:
            while conversation_id in self._woken:
                self._woken.discard(conversation_id)
                await self._work_off(conversation_id)
        except StorageUnavailable:
            log.warning("turn of %s waits: storage unavailable", conversation_id)
        except Exception:
            log.exception("turn of %s failed", conversation_id)
        finally:
            del self._tasks[conversation_id]

    async def _work_off(self, conversation_id: str) -> None:
        async with self._slots:
            while asked := await self._runner.run(turns.lease, conversation_id):
                failpoint("turn_leased")
                await self._answer(asked)

    async def _answer(self, asked: Turn) -> None:
        started = time.monotonic()
        try:
            answer = await self._bot.answer(asked, self._sign(asked))
        except BotFailed as failed:
            log.warning("turn %s of %s: %s", asked.id, asked.conversation_id, failed.why)
            await self._runner.run(turns.give_up, asked, failed.why, _since(started))
            return
        failpoint("bot_answered")
        await self._runner.run(turns.accept, asked, answer, _since(started))


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
