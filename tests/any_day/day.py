"""A day at a small centre, before anything happens: who works where and when, and how the machine gets at it all."""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition
from sqlalchemy import event, insert

from handoff import ids, offers, schema
from handoff.clock_set import Steady
from handoff.errors import DeskError
from handoff.offer_plan import plan
from handoff.people import Rep
from handoff.schema import conversation
from handoff.schema_centre import holiday, skill
from handoff.skills import SKILLS
from handoff.storage_sqlite import writing_engine
from tests.any_day import must_hold
from tests.any_day.book import Book
from tests.any_day.hours import Hours, Place
from tests.any_day.sight import Sight, rows_now
from tests.record import Record
from tests.test_offers import knows, lapse_all, pushed_team

ANY = st.integers(0, 99)
WHO = st.integers(0, 4)
NEEDS = st.sampled_from([None, None, "billing", "orders"])
KNOWN = ["billing", "orders", "lang_de"]
LEVELS = st.dictionaries(st.sampled_from(KNOWN), st.integers(1, 3))
LONDON, SEATTLE = ZoneInfo("Europe/London"), ZoneInfo("America/Los_Angeles")
TODAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 23)


def while_some(*states: str) -> Any:
    """The rule makes sense while there is a chat in one of these states."""
    return precondition(lambda day: any(talk.state in states for talk in day.book.before.talks.values()))


class Day(RuleBasedStateMachine):
    """Ruth, Sam and Nina are offered chats, Paul claims by himself, Lena leads. Few places: soon all have too much.

    Ruth and Paul are of no site. Sam works in Leeds, which closes at 18:00; Nina in Kennewick, until 2:00 in London.
    Nina has a team of her own.
    """

    @initialize(
        levels=st.lists(LEVELS, min_size=3, max_size=3),
        begins=st.sampled_from([9, 15.8, 17.75, 17.75, 25.75, 25.75]),
        off=st.sampled_from([None, None, TODAY, TOMORROW]),
        needs=st.lists(NEEDS, min_size=1, max_size=5),
        capacity=st.integers(1, 2),
    )
    def morning(
        self,
        levels: list[dict[str, int]],
        begins: float = 9,
        off: date | None = None,
        needs: tuple[str | None, ...] | list[str | None] = (),
        capacity: int = 1,
    ) -> None:
        """The reps come to work and some customers are there already, for whom the first have time at once.

        Ids count up instead of being random: the same steps make the same day.
        """
        numbers = count(1)
        secrets = SimpleNamespace(token_hex=lambda size: f"{next(numbers):0{2 * size}x}")
        self.ids = mock.patch.object(ids, "secrets", secrets)
        self.ids.start()
        self.folder = tempfile.mkdtemp()
        self.record = Record(quick_engine(Path(self.folder)))
        self.record.later(hours=begins - 9)
        self.hours, self.book = Hours(), Book()
        self.customers = 0
        self._open_sites(off)
        self._staff(levels, capacity)
        self.steady = Steady(lambda: self.book.seconds)
        self.steady.begin(self.record.now)
        for need in needs:
            self.comes(need)
        self.the_promises_hold()
        self.take_what_is_offered()

    def _open_sites(self, off: date | None) -> None:
        leeds, kennewick = self.record.site("Leeds"), self.record.site("Kennewick", "America/Los_Angeles")
        self.sites = {"Sam": leeds, "Nina": kennewick}
        day = [(8 * 60, 18 * 60)]
        self.places = {"Sam": Place(LONDON, day, {off} if off else set()), "Nina": Place(SEATTLE, day)}
        if off:
            row = {"site_id": leeds, "day": off.isoformat(), "name": "Off"}
            self.record.do(lambda tx: tx.db.execute(insert(holiday).values(row)))

    def _staff(self, levels: list[dict[str, int]], capacity: int) -> None:
        one, other, pull = (pushed_team(self.record, mode) for mode in ("push", "push", "pull"))
        self.teams = [one, other, pull]
        for name in (*SKILLS, "lang_de"):
            self.record.do(lambda tx, name=name: tx.db.execute(insert(skill).values(name=name, title=name)))
        where = {"Ruth": one, "Sam": one, "Nina": other, "Paul": pull, "Lena": None}
        self.reps = [
            self.record.rep(
                name,
                team_id=team,
                site_id=self.sites.get(name),
                capacity=capacity,
                role="lead" if name == "Lena" else "rep",
            )
            for name, team in where.items()
        ]
        self.lena = self.reps[-1]
        self.ada = self.record.rep("Ada", here=False, role="admin")
        for rep, known in zip(self.reps[:3], levels, strict=True):
            knows(self.record, rep, **known)
        self.hours.place = {rep.id: self.places[rep.display_name] for rep in self.reps[1:3]}
        self.open_consoles = {rep.id for rep in self.reps}
        self.book.heard(self.open_consoles)

    def teardown(self) -> None:
        """The end of the day. Who waits at it is helped if only somebody has time."""
        if not hasattr(self, "record"):
            return
        try:
            if sys.exc_info()[0] is None:
                self.settle()
        finally:
            self.record.engine.dispose()
            shutil.rmtree(self.folder)
            self.ids.stop()

    def settle(self) -> None:
        raise NotImplementedError

    def comes(self, skill: str | None = None, language: str | None = None, upset: bool = False) -> None:
        """One customer more."""
        self.customers += 1
        talk = self.record.waiting(self.record.customer(f"Customer {self.customers}", f"C-{self.customers}"))
        about = {"skill": skill, "language": language, "priority": int(upset)}
        change = conversation.update().where(conversation.c.id == talk).values(about)
        self.record.do(lambda tx: tx.db.execute(change))

    def take_what_is_offered(self) -> None:
        """Whoever is there takes it."""
        for row in self.sight().offers.values():
            if row.rep_id in self.open_consoles:
                self.attempt(offers.accept, self.rep(row.rep_id), row.id)
                self.the_promises_hold()

    @precondition(lambda self: hasattr(self, "record"))
    @invariant()
    def the_promises_hold(self) -> None:
        """After each step, and after the round of offers that every desk makes twice a second."""
        lapse_all(self.record)
        before = self.sight()
        for match in self.record.do(plan):
            self.record.do(offers.make, match)
        after = self.sight()
        must_hold.in_a_round(before, after, self.book)
        must_hold.always(after, self.book)
        self.book.turn_over(after)

    def sight(self) -> Sight:
        """How things stand. Whoever has come to hold a chat since is needed in it."""
        rows = self.record.do(rows_now)
        self.book.note_new_owners(rows["conversation"], self.record.now)
        return Sight(self.record.now, rows, self.hours, set(self.book.needs))

    def one(self, which: int, *states: str) -> Any:
        """One of the conversations in these states; None if there is none."""
        found = self.sight().of(*states)
        return found[which % len(found)] if found else None

    def held_by_somebody_here(self, which: int) -> tuple[Any, Rep] | None:
        """A chat and its rep, who can act in it."""
        found = [talk for talk in self.sight().of("with_rep") if talk.owner_id in self.open_consoles]
        talk = found[which % len(found)] if found else None
        return (talk, self.rep(talk.owner_id)) if talk else None

    def at_work(self, who: int) -> Rep | None:
        """This rep, if their console is open."""
        return self.reps[who] if self.reps[who].id in self.open_consoles else None

    def rep(self, rep_id: str) -> Rep:
        return next(rep for rep in self.reps if rep.id == rep_id)

    def attempt(self, verb: Any, *args: Any) -> bool:
        """The verb may be refused, in plain words; it may not fail. Whether it was done."""
        refusal = self.record.refused(verb, *args)
        if refusal is not None and not isinstance(refusal, DeskError):
            raise refusal
        return refusal is None

    def window(self, minutes: int) -> tuple[Any, Any]:
        since = self.record.now + timedelta(minutes=minutes)
        return since, since + timedelta(minutes=20)


def quick_engine(folder: Path) -> Any:
    """A real SQLite that needn't survive the machine."""
    engine = writing_engine(folder / "desk.sqlite")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    schema.metadata.create_all(engine)
    return engine
