"""A runner whose transactions know the shop's time zone, for the times that verbs tell people."""

from typing import ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from handoff.storage import Runner, Transaction, Verb

P = ParamSpec("P")
T = TypeVar("T")


class ZonedRunner:
    """Runs verbs by another runner, in this zone."""

    def __init__(self, runner: Runner, zone: ZoneInfo):
        self._runner = runner
        self._zone = zone

    async def run(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._runner.run(self._zoned(verb), *args, **kwargs)

    async def read(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._runner.read(self._zoned(verb), *args, **kwargs)

    async def close(self) -> None:
        await self._runner.close()

    def _zoned(self, verb: Verb[P, T]) -> Verb[P, T]:
        def zoned(tx: Transaction, /, *args: P.args, **kwargs: P.kwargs) -> T:
            tx.zone = self._zone
            return verb(tx, *args, **kwargs)

        return zoned
