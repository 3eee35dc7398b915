"""Sends what is due: one letter at a time, by SMTP, or in the demo into the table that /mail shows."""

import asyncio
import logging

from handoff import outbound
from handoff.failpoints import failpoint
from handoff.mail_settings import Smtp
from handoff.outbound import Letter, NotSent
from handoff.settings import Settings
from handoff.storage import Runner

LOG = logging.getLogger("baton.mail")


class MailWorker:
    """Mail of one desk. `on` is False where no mail server is set and it isn't the demo: then nothing is offered."""

    def __init__(self, runner: Runner, settings: Settings):
        self._runner = runner
        self._server = settings.smtp
        self._origin = settings.origins[0] if settings.origins else ""
        self.on = settings.mail

    async def send_due(self) -> None:
        """Send until nothing is due."""
        while letter := await self._runner.run(outbound.lease, self._origin):
            await self._send(letter)

    async def _send(self, letter: Letter) -> None:
        if self._server is None:
            await self._runner.run(outbound.keep, letter)
            return
        try:
            await asyncio.to_thread(_hand_over, letter, self._server)
        except NotSent as trouble:
            LOG.warning("mail %s (%s), attempt %s: %s", letter.id, letter.kind, letter.attempt, trouble.code)
            await self._runner.run(outbound.not_sent, letter, trouble)
        else:
            failpoint("mail_sent")
            await self._runner.run(outbound.sent, letter)


def _hand_over(letter: Letter, server: Smtp) -> None:
    # smtplib is loaded with the first letter: a desk without mail starts sooner after a kill.
    from handoff.smtp import deliver

    deliver(letter, server)
