"""One simulated day of a centre, from the evening two days before to the last chat's end."""

from dataclasses import dataclass

from benchmark.day.agenda import Agenda
from benchmark.day.assumptions import Assumptions
from benchmark.day.crew import crew_of
from benchmark.day.customers import customers_of
from benchmark.day.floor import Floor
from benchmark.day.line import Router, Waiting
from benchmark.day.people import Case, Rep
from benchmark.day.shifts import DAY, Shifts
from benchmark.day.watch import Watch

UNTIL_ALL_IS_DONE = DAY * 1.9


@dataclass(frozen=True, slots=True)
class Lived:
    """The day as it went: the measured day's chats, the reps, what was counted."""

    known: Assumptions
    cases: list[Case]
    reps: list[Rep]
    watch: Watch
    passed_on: int


def live(known: Assumptions, router: Router, by_skill: bool) -> Lived:
    """Live through the day before and the day; `by_skill` says by which rules the router is watched."""
    reps = [Rep(plan) for plan in crew_of(known)]
    agenda, watch = Agenda(), Watch(reps, by_skill)
    floor = Floor(known, agenda, watch)
    line = Waiting(known, agenda, floor, watch, router, reps)
    shifts = Shifts(known, agenda, floor, line.withdraw)
    line.set_away = shifts.set_away
    shifts.plan(reps)
    before, cases = ([Case(each) for each in customers_of(known, day)] for day in (-1, 0))
    for case in (*before, *cases):
        agenda.at(case.customer.comes, line.come, case)
    agenda.run(UNTIL_ALL_IS_DONE)
    return Lived(known, cases, reps, watch, shifts.passed_on)
