"""The parts of a running desk, made once by the app and reached by routes through the request."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from sanic import Request as SanicRequest

from actions.shop import Shop
from handoff.centre_push import CentrePush
from handoff.clock_set import Steady
from handoff.closed_chats import Search
from handoff.dialling import Dialling
from handoff.figures import Window
from handoff.file_store import FileStore
from handoff.hub import Hub
from handoff.limits import Places, Windows
from handoff.looker_push import LookerPush
from handoff.loop_lag import LoopLag
from handoff.mail_worker import MailWorker
from handoff.offering import Offering
from handoff.passwords import Passwords
from handoff.queue_push import QueuePush
from handoff.settings import Settings
from handoff.setup_account import SetUpCode
from handoff.shared_reading import SharedReading
from handoff.storage import Notice, Runner, TurnDue
from handoff.suggesting import Suggesting
from handoff.turn_worker import TurnWorker
from handoff.visitors import Visitors
from handoff.wire_figures import ClosedChats, Figures

if TYPE_CHECKING:
    from handoff.redis_wake import RedisWake

Request: TypeAlias = SanicRequest[Any, Any]


@dataclass(slots=True, kw_only=True)
class Desk:
    """What routes and sockets work with."""

    settings: Settings
    shop: Shop
    passwords: Passwords
    windows: Windows
    open_requests: Places
    customer_sockets: Places
    anonymous_sockets: Places
    set_up_code: SetUpCode
    lag: LoopLag
    runner: Runner
    files: FileStore
    hub: Hub
    queue_push: QueuePush
    offering: Offering
    looker_push: LookerPush
    centre_push: CentrePush
    suggesting: Suggesting
    turn_worker: TurnWorker
    mail: MailWorker
    visitors: Visitors
    dialling: Dialling
    figures: SharedReading[Window, Figures]
    closed: SharedReading[Search, ClosedChats]
    wake: "RedisWake | None"
    steady: Steady = field(default_factory=Steady)

    def hear(self, notices: list[Notice]) -> None:
        """Another desk committed something."""
        self.hub.hear(notices)
        self.queue_push.hear(notices)
        self.offering.hear(notices)
        self.looker_push.hear(notices)
        self.centre_push.hear(notices)

    def push(self, notices: list[Notice]) -> None:
        """This desk committed something: tell the open sockets, the bot's turns, and the other desks."""
        self.hear(notices)
        for notice in notices:
            if isinstance(notice, TurnDue):
                self.turn_worker.wake(notice.conversation_id)
        if self.wake:
            self.wake.tell(notices)

    def typing(self, conversation_id: str, kind: str) -> None:
        """A customer or a rep types: show it here and at the other desks."""
        self.hub.typing(conversation_id, kind)
        if self.wake:
            self.wake.tell_typing(conversation_id, kind)

    async def close(self) -> None:
        """Let go of the database, and of Redis."""
        self.files.close()
        await self.runner.close()
        await self.suggesting.close()
        if self.wake:
            await self.wake.close()


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.ctx.desk
    return desk
