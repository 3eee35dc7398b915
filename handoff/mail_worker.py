"""Sends what is due: in a few sessions at once by SMTP, or in the demo into the table that /mail shows."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from handoff import outbound
from handoff.errors import StorageUnavailable
from handoff.failpoints import failpoint
from handoff.mail_rest import SESSIONS, ServerRest
from handoff.mail_settings import Smtp
from handoff.mail_trouble import NotSent
from handoff.outbound import Letter
from handoff.settings import Settings
from handoff.storage import Runner

if TYPE_CHECKING:
    from handoff.smtp_session import Session

LOG = logging.getLogger("baton.mail")
LAST_SECONDS = 5
PAUSE_AFTER_FAILURE = 1


class MailWorker:
    """Mail of one desk. `on` is False where no mail server is set and it isn't the demo: then nothing is offered.

    Sessions have threads of their own, as what a mail server holds up mustn't hold up anything else.
    """

    def __init__(self, runner: Runner, settings: Settings):
        self._runner = runner
        self._server = settings.smtp
        self._origin = settings.origins[0] if settings.origins else ""
        self._rest = ServerRest()
        self._lanes: set[asyncio.Task[None]] = set()
        self._in_hand: set[str] = set()
        self._sessions: set[Session] = set()
        self._threads = ThreadPoolExecutor(SESSIONS, "mail")
        self._stopping = False
        self.on = settings.mail

    async def send_due(self) -> None:
        """Begin to send what is due; returns at once, whatever becomes of it."""
        while letter := await self._next(len(self._lanes)):
            lane = asyncio.create_task(self._send_all(letter))
            self._lanes.add(lane)
            lane.add_done_callback(self._lanes.discard)

    async def stop(self) -> None:
        """Give what is under way a few seconds, as a letter that is cut off at its end may go out twice."""
        self._stopping = True
        lanes = set(self._lanes)
        if lanes:
            await asyncio.wait(lanes, timeout=LAST_SECONDS)
        for session in list(self._sessions):
            session.cut()
        if lanes:
            await asyncio.wait(lanes, timeout=PAUSE_AFTER_FAILURE)
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _send_all(self, letter: Letter | None) -> None:
        """Send this letter, then others, until nothing is due."""
        try:
            while letter:
                self._in_hand.add(letter.id)
                try:
                    await self._send(letter, self._server)
                finally:
                    self._in_hand.discard(letter.id)
                letter = await self._next(len(self._lanes) - 1)
        except StorageUnavailable:
            LOG.warning("mail waits: storage unavailable")
        except Exception:
            LOG.exception("sending mail failed")

    async def _next(self, others: int) -> Letter | None:
        """A letter to send beside `others`. The last session is kept for those that haven't failed yet."""
        if self._stopping or others >= self._rest.sessions:
            return None
        in_hand, untried = sorted(self._in_hand), others == SESSIONS - 1
        return await self._runner.run(outbound.lease, self._origin, in_hand, untried=untried)

    async def _send(self, letter: Letter, server: Smtp | None) -> None:
        if server is None:
            await self._runner.run(outbound.keep, letter)
            return
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._threads, _hand_over, letter, server, self._sessions)
        except NotSent as trouble:
            LOG.warning("mail %s (%s), attempt %s: %s", letter.id, letter.kind, letter.attempt, trouble.code)
            pause = self._rest.failed(trouble) if trouble.by_server else 0
            await _until_stored(partial(self._runner.run, outbound.not_sent, letter, trouble, pause))
            if not trouble.by_server:
                self._rest.worked()
        else:
            failpoint("mail_sent")
            await _until_stored(partial(self._runner.run, outbound.sent, letter))
            self._rest.worked()


async def _until_stored(settle: Callable[[], Awaitable[object]]) -> None:
    """What became of a letter is stored as soon as that's possible: forgotten, it would go out again."""
    while True:
        try:
            await settle()
            return
        except StorageUnavailable:
            await asyncio.sleep(PAUSE_AFTER_FAILURE)


def _hand_over(letter: Letter, server: Smtp, sessions: "set[Session]") -> None:
    # smtplib is loaded with the first letter: a desk without mail starts sooner after a kill.
    from handoff.smtp import deliver
    from handoff.smtp_session import Session

    session = Session(server)
    sessions.add(session)
    try:
        deliver(letter, server, session)
    finally:
        sessions.discard(session)
