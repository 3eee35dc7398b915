"""What a desk does on its own: sweeps, beats, presence, sign-ins that run out, Redis. No task may die silently."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from typing import Any

from handoff import absence, beats, files, mail_news, outbound, reps
from handoff.clock_set import count_idle_anew, put_right
from handoff.desk import Desk
from handoff.errors import StorageUnavailable
from handoff.ranges import renew_ranges
from handoff.shift_ends import pass_on_left
from handoff.sites import CentreState, centre_state
from handoff.storage import Transaction
from handoff.sweeper import sweep

LOG = logging.getLogger("baton.background")
PRESENCE_SECONDS = 10
CENTRE_SECONDS = 2
SIGN_INS_SECONDS = 2
MAIL_SECONDS = 2
REACH_SECONDS = 5
LATE_SECONDS = 30
FORGET_SECONDS = 3600
TIDY_SECONDS = 3600
LEARN_SECONDS = 60
RANGES_SECONDS = 5
SHIFTS_SECONDS = 5
PAUSE_AFTER_FAILURE = 1


class Background:
    """The running tasks of a desk; made inside the event loop."""

    def __init__(self, desk: Desk):
        self._desk = desk
        self._centre: CentreState | None = None
        self._tasks = [asyncio.create_task(each) for each in self._all()]

    async def stop(self) -> None:
        """End them all, and the bot's turns."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._desk.mail.stop()
        await self._desk.turn_worker.stop()
        await self._desk.queue_push.stop()
        await self._desk.looker_push.stop()
        await self._desk.centre_push.stop()

    def _all(self) -> list[Coroutine[Any, Any, None]]:
        desk = self._desk
        tasks = [
            every(1, "sweeping", self._sweep),
            every(desk.settings.limits.beat_seconds, "beats", lambda: beats.beat(desk.runner, desk.hub)),
            every(PRESENCE_SECONDS, "presence", lambda: beats.tell_who_is_here(desk.runner, desk.hub, desk.visitors)),
            every(SIGN_INS_SECONDS, "ending sign-ins", self._end_overdue_sign_ins),
            every(SHIFTS_SECONDS, "ending shifts", self._end_shifts),
            every(RANGES_SECONDS, "renewing ranges", self._renew_ranges),
            every(CENTRE_SECONDS, "watching the centre", self._watch_centre),
            every(0, "offering chats", desk.offering.next_round),
            every(0, "measuring lag", desk.lag.look),
            every(
                TIDY_SECONDS, "tidying files", lambda: files.tidy(desk.runner, desk.files, time.time() - TIDY_SECONDS)
            ),
        ]
        tasks.append(every(LEARN_SECONDS, "learning answers", desk.suggesting.learn))
        tasks.append(every(REACH_SECONDS, "reaching customers", self._reach))
        tasks.append(every(FORGET_SECONDS, "forgetting old mail", lambda: desk.runner.run(outbound.forget_old)))
        if desk.mail.on:
            tasks.append(every(MAIL_SECONDS, "mail", desk.mail.send_due))
            tasks.append(every(LATE_SECONDS, "telling of late mail", lambda: desk.runner.run(mail_news.tell_late)))
        if desk.wake:
            tasks += [every(0, "waking others", desk.wake.publish), every(0, "hearing others", desk.wake.listen)]
        return tasks

    async def _sweep(self) -> None:
        await self._desk.runner.run(sweep, await self._steady_since())

    async def _steady_since(self) -> datetime:
        """When the desk started or its clock was set; what that upsets is put right before anybody goes by it."""
        steady, at = self._desk.steady, await self._desk.runner.read(now)
        if not steady.goes_on(at):
            await self._desk.runner.run(put_right)
            if steady.since:
                await self._desk.runner.run(count_idle_anew)
            steady.begin(at)
        return steady.since or at

    async def _end_shifts(self) -> None:
        await self._desk.runner.run(pass_on_left)

    async def _reach(self) -> None:
        await self._desk.runner.run(absence.reach, self._desk.mail.on)

    async def _renew_ranges(self) -> None:
        await self._desk.runner.run(renew_ranges)

    async def _watch_centre(self) -> None:
        """Those who wait, and leads, see it when somebody comes or leaves, and when the desk opens or closes."""
        now = await self._desk.runner.read(centre_state)
        if now != self._centre:
            self._centre = now
            self._desk.queue_push.changed()
            self._desk.centre_push.changed()

    async def _end_overdue_sign_ins(self) -> None:
        await self._steady_since()
        await self._desk.runner.run(reps.end_overdue, self._desk.settings.limits)


async def every(seconds: float, what: str, work: Callable[[], Awaitable[None]]) -> None:
    """Do the work again and again; a failure is logged and the next time comes all the same."""
    while True:
        try:
            await work()
        except StorageUnavailable:
            LOG.warning("%s: storage unavailable", what)
            await asyncio.sleep(PAUSE_AFTER_FAILURE)
        except Exception:
            LOG.exception("%s failed", what)
            await asyncio.sleep(PAUSE_AFTER_FAILURE)
        await asyncio.sleep(seconds)


def now(tx: Transaction) -> datetime:
    """The database's time."""
    return tx.now
