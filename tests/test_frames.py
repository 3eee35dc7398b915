"""What arrives on a connection that isn't there any more."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from sanic.exceptions import WebsocketClosed

from handoff.frames import Frames, HangUp
from handoff.settings import Limits


class GoneBrowser:
    """A connection whose browser has left."""

    async def recv(self) -> str:
        raise WebsocketClosed("closed")


def test_a_browser_that_leaves_before_its_hello_is_nobodys_fault() -> None:
    frames = Frames(cast(Any, GoneBrowser()), cast(Any, None), Limits())
    with pytest.raises(HangUp) as end:
        asyncio.run(frames.hello())
    assert end.value.code == 1000
