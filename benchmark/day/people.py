"""Chats and reps as they stand at a moment of the simulated day, and how the desk's router sees them."""

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmark.day.assumptions import Assumptions
from benchmark.day.crew import RepPlan
from benchmark.day.customers import Customer
from handoff.estimates import Range
from handoff.routing_values import Chat, RepNow, free_places


class Clock:
    """Seconds since midnight UTC of the measured day, as instants."""

    def __init__(self, known: Assumptions) -> None:
        self._midnight = datetime(known.day.year, known.day.month, known.day.day, tzinfo=UTC)

    def at(self, seconds: float) -> datetime:
        """The instant."""
        return self._midnight + timedelta(seconds=seconds)

    def seconds(self, instant: datetime) -> float:
        """And back."""
        return (instant - self._midnight).total_seconds()


@dataclass(slots=True, eq=False)
class Case:
    """A chat. `state` is coming, waiting, with_rep or ended; `epoch` grows with each move, so that what was to happen
    before one doesn't happen after it."""

    customer: Customer
    state: str = "coming"
    outcome: str = ""
    epoch: int = 0
    stays: int = 0
    queued_at: float = 0.0
    place: int = 0
    told: Range | None = None
    asked: dict[str, float] = field(default_factory=dict)
    offers: int = 0
    offered_to: "Rep | None" = None
    owner: "Rep | None" = None
    first_rep: "Rep | None" = None
    answered_at: float | None = None
    left_at: float | None = None
    first_said_at: float | None = None
    last_said_at: float = 0.0
    said: int = 0
    changed_hands: bool = False
    view: Chat | None = None

    @property
    def over(self) -> bool:
        """Whether nothing is left to say: the customer has gone, or had the last answer."""
        return self.left_at is not None or self.said == len(self.customer.answers)

    def seen(self, clock: Clock) -> Chat:
        """As the router sees it; `view` is set to None when that changes."""
        if self.view is None:
            self.view = Chat(
                id=self.customer.id,
                arrived_at=clock.at(self.customer.comes),
                queued_at=clock.at(self.queued_at),
                priority=self.customer.priority,
                skill=self.customer.skill,
                language=self.customer.language_skill,
                asked={rep: clock.at(when) for rep, when in self.asked.items()},
            )
        return self.view


@dataclass(slots=True, eq=False)
class Rep:
    """A rep. `here` is what the desk believes; `cut_off` counts what keeps them from it in truth. `takes_offers`:
    the desk has reason to offer them something, room apart."""

    plan: RepPlan
    on_shift: bool = False
    here: bool = False
    cut_off: int = 0
    site_open: bool = False
    takes_offers: bool = False
    break_due: float = 0.0
    on_break: bool = False
    winding_down: bool = False
    set_away: bool = False
    misses: int = 0
    leaving: bool = False
    epoch: int = 0
    busy: bool = False
    offer: Case | None = None
    needs: deque[Case] = field(default_factory=deque)
    held: dict[str, Case] = field(default_factory=dict)
    last_got_at: float | None = None
    got: int = 0
    worked: float = 0.0
    there: float = 0.0
    there_since: float | None = None
    view: RepNow | None = None

    @property
    def away(self) -> bool:
        """Whether the desk is to offer them nothing: they said so, or let too many offers pass."""
        return bool(self.break_due) or self.on_break or self.winding_down or self.set_away

    @property
    def room(self) -> int:
        """How many more chats they may have."""
        return free_places(len(self.needs), len(self.held), self.plan.capacity)

    def seen(self, clock: Clock) -> RepNow:
        """As the router sees them; `view` is set to None when that changes."""
        if self.view is None:
            self.view = RepNow(
                id=self.plan.id,
                name=self.plan.id,
                skills=self.plan.skills,
                load=len(self.needs),
                held=len(self.held),
                capacity=self.plan.capacity,
                offered=self.offer is not None,
                here=self.here,
                open=self.site_open,
                away=self.away,
                last_got_at=None if self.last_got_at is None else clock.at(self.last_got_at),
            )
        return self.view
