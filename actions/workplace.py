"""What actions work with, and how they look things up without holding up others."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import ParamSpec, TypeVar

from actions.policy import Policy
from actions.requests import Requests
from actions.shop import Shop

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Workplace:
    """What all actions work with. `zone` is where the shop's days begin; `clock` tells the time, aware."""

    shop: Shop
    requests: Requests
    policy: Policy
    context_key: str
    zone: tzinfo = UTC
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


async def look_up(method: Callable[Asked, Answer], *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
    """Call one of the shop's methods without holding up the other turns."""
    return await asyncio.to_thread(method, *args, **kwargs)
