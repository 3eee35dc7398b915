"""How a rep's call is made: by a `tel:` link on the rep's screen, or by telling a phone system to call."""

import asyncio
import logging
from typing import Protocol

import httpx

from handoff.calls import CallToMake
from handoff.phones import dialled
from handoff.wire_promises import Dialled

LOG = logging.getLogger("baton.dialling")
PATIENCE_SECONDS = 3


class Dialling(Protocol):
    """Makes a call, or says how the rep makes it. It never fails: what didn't work is told in the answer."""

    async def call(self, to_make: CallToMake) -> Dialled: ...


class LinkDialling:
    """The rep's own machine calls when they follow the link."""

    async def call(self, to_make: CallToMake) -> Dialled:
        words = "Your phone or softphone takes it from here."
        return Dialled(how="link", phone=to_make.phone, link=link_of(to_make.phone), words=words)


class WebhookDialling:
    """A phone system calls: `POST {"call", "phone"}` to its address, answered with 2xx within three seconds."""

    def __init__(self, url: str, transport: httpx.AsyncBaseTransport | None = None):
        self._url = url
        self._transport = transport

    async def call(self, to_make: CallToMake) -> Dialled:
        phone, link = to_make.phone, link_of(to_make.phone)
        if await self._told(to_make):
            return Dialled(how="phone_system", phone=phone, link=link, words="The phone system is calling.")
        return Dialled(
            how="by_hand", phone=phone, link=link, words="The phone system didn't take the call. Dial by hand."
        )

    async def _told(self, to_make: CallToMake) -> bool:
        """Whether the phone system took it; the reason why not goes to the log, without the number."""
        client = httpx.AsyncClient(transport=self._transport, follow_redirects=False, trust_env=False)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), client:
                body = {"call": to_make.id, "phone": dialled(to_make.phone)}
                async with client.stream("POST", self._url, json=body, timeout=PATIENCE_SECONDS) as answer:
                    if answer.is_success:
                        return True
                    LOG.warning("the phone system answered %d to call %s", answer.status_code, to_make.id)
        except (httpx.HTTPError, TimeoutError) as error:
            LOG.warning("the phone system didn't take call %s: %s", to_make.id, type(error).__name__)
        return False


def link_of(phone: str) -> str:
    """The number as a `tel:` link (RFC 3966)."""
    return f"tel:{dialled(phone)}"


def dialling_by(webhook: str | None) -> Dialling:
    """The way that the settings name."""
    return WebhookDialling(webhook) if webhook else LinkDialling()
