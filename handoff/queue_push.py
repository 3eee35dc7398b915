"""Shows the queue as it changes: their lists to reps, their place to those who wait; at most once in 200 ms."""

from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import msgspec
from msgspec.structs import replace as replaced
from sqlalchemy import select

from handoff import wire_chat, wire_console
from handoff.hub import Hub, state_frame
from handoff.open_socket import FROM_NOW, Cursor, Socket
from handoff.people import Rep
from handoff.rep_lists import OwnState, Waiting, held_list, lists_of, own_states, waiting_list
from handoff.schema import conversation
from handoff.sites import CentreState, centre_state
from handoff.soon import Soon
from handoff.states import State
from handoff.storage import Notice, QueueChanged, Runner, Transaction
from handoff.waits import places

PAUSE_SECONDS = 0.2
HELD_AT_ONCE = 500

Holdings: TypeAlias = dict[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class QueueNow:
    """One reading of the queue: what all reps share, what those hold whose holdings changed, and everyone's place."""

    waiting: Waiting
    holdings: Holdings
    held: dict[str, list[wire_console.QueueItem]]
    places: dict[str, int]
    centre: CentreState
    own: dict[str, OwnState]


@dataclass(slots=True)
class QueuePush:
    """Reads the queue once for all who watch it. What a rep holds is read again only when it changed."""

    runner: Runner
    hub: Hub
    _soon: Soon = field(init=False)
    _holdings: Holdings = field(default_factory=dict)
    _held: dict[str, list[wire_console.QueueItem]] = field(default_factory=dict)
    _offers: dict[str, wire_console.Offer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._soon = Soon("showing the queue", PAUSE_SECONDS, self._show)

    def hear(self, notices: list[Notice]) -> None:
        """Something was committed."""
        if any(isinstance(notice, QueueChanged) for notice in notices):
            self.changed()

    def changed(self) -> None:
        """Show the queue soon; calls made meanwhile are one."""
        self._soon.ask()

    async def stop(self) -> None:
        await self._soon.stop()

    async def _show(self) -> None:
        reps = {each.who.id: each.who for each in self.hub.sockets if isinstance(each.who, Rep)}
        known = {rep_id: self._holdings[rep_id] for rep_id in reps if rep_id in self._holdings}
        now = await self.runner.read(read_queue, list(reps.values()), known)
        self._holdings = now.holdings
        self._held = {rep_id: now.held.get(rep_id, self._held.get(rep_id, [])) for rep_id in reps}
        open_now = {own.offer.id for own in now.own.values() if own.offer}
        self._offers = {id: told for id, told in self._offers.items() if id in open_now}
        self._tell_reps(now)
        self._tell_those_who_wait(now)

    def _tell_reps(self, now: QueueNow) -> None:
        shared = msgspec.Raw(msgspec.json.encode(now.waiting.items))
        for socket in list(self.hub.sockets):
            if isinstance(socket.who, Rep) and socket.who.id in self._held and socket.who.id in now.own:
                held, own = self._held[socket.who.id], now.own[socket.who.id]
                if own.offer and socket.last_queue:  # told once: seconds that tick away are no news
                    own = replace(own, offer=self._offers.setdefault(own.offer.id, own.offer))
                _tell_if_new(socket, _queue_frame(socket.who, now.waiting, held, own, shared))
                self._follow(socket, {item.id for item in held})

    def _follow(self, socket: Socket, held: set[str]) -> None:
        """Keep a rep's socket up to date with what they hold, and with the rest only where they asked for it."""
        for conversation_id in held - socket.cursors.keys():
            self.hub.watch(socket, conversation_id, Cursor(FROM_NOW))
        for conversation_id, cursor in list(socket.cursors.items()):
            if conversation_id not in held and not cursor.asked_for:
                cursor.leaving = True
                self.hub.wake(conversation_id)

    def _tell_those_who_wait(self, now: QueueNow) -> None:
        for conversation_id in now.places.keys() & self.hub.watching.keys():
            for socket in self.hub.watching[conversation_id]:
                view = socket.cursors[conversation_id].view
                if isinstance(view, wire_chat.CustomerView) and view.state == "waiting":
                    _tell_place(socket, conversation_id, view, now)


def read_queue(tx: Transaction, reps: list[Rep], known: Holdings) -> QueueNow:
    """The queue now. `known` is what each rep held when their list was last read; lists are read where it differs."""
    holdings = _holdings(tx, [rep.id for rep in reps])
    changed = [rep for rep in reps if known.get(rep.id) != holdings[rep.id]]
    held = {rep.id: held_list(tx, rep) for rep in changed}
    own = own_states(tx, [rep.id for rep in reps])
    return QueueNow(waiting_list(tx), holdings, held, places(tx), centre_state(tx), own)


def _holdings(tx: Transaction, rep_ids: list[str]) -> Holdings:
    """What each rep holds, as cheaply as a change of it can be seen: ids, versions and newest messages."""
    found: dict[str, list[Any]] = {rep_id: [] for rep_id in rep_ids}
    columns = (conversation.c.owner_id, conversation.c.id, conversation.c.version, conversation.c.last_seq)
    held = select(*columns).where(conversation.c.state == State.WITH_REP).order_by(conversation.c.id)
    for start in range(0, len(rep_ids), HELD_AT_ONCE):
        some = conversation.c.owner_id.in_(rep_ids[start : start + HELD_AT_ONCE])
        for owner_id, *rest in tx.db.execute(held.where(some)):
            found[owner_id].append(tuple(rest))
    return {rep_id: tuple(rows) for rep_id, rows in found.items()}


def _queue_frame(
    rep: Rep, waiting: Waiting, held: list[wire_console.QueueItem], own: OwnState, shared: msgspec.Raw
) -> str:
    """The rep's lists; the part that all share was encoded once, unless somebody waits for this rep."""
    if rep.id in waiting.wishes.values():
        lists: Any = lists_of(rep, waiting, held, own)
    else:
        lists = {
            "you": own.you,
            "offer": own.offer,
            "waiting": shared,
            "due": waiting.due,
            "mine": held,
            "waiting_total": waiting.total,
        }
    return msgspec.json.encode({"kind": "queue", "queue": lists}).decode()


def _tell_if_new(socket: Socket, frame: str) -> None:
    if socket.last_queue != frame:
        socket.last_queue = frame
        socket.outbox.put(frame)


def _tell_place(socket: Socket, conversation_id: str, view: wire_chat.CustomerView, now: QueueNow) -> None:
    place = now.places[conversation_id]
    here, opens_at = now.centre.here, now.centre.opens_at if now.centre.nobody_comes else None
    if (view.place, view.reps_here, view.opens_at) != (place, here, opens_at):
        renewed = replaced(view, place=place, reps_here=here, opens_at=opens_at)
        socket.cursors[conversation_id].view = renewed
        socket.tell(state_frame(renewed))
