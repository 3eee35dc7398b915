"""Reps come, take breaks, lose their connection and go home; a site may drop out."""

from collections.abc import Callable, Iterable

from benchmark.day.agenda import Agenda
from benchmark.day.assumptions import Assumptions
from benchmark.day.crew import Shift, open_times
from benchmark.day.dice import dice
from benchmark.day.floor import Floor
from benchmark.day.people import Rep

BACK_WITHIN = 180
DAY = 86_400


class Shifts:
    """Puts the working days of all reps on the agenda. `withdraw` takes back the offer that a rep has."""

    def __init__(self, known: Assumptions, agenda: Agenda, floor: Floor, withdraw: Callable[[Rep], None]) -> None:
        self._known, self._agenda, self._floor, self._withdraw = known, agenda, floor, withdraw
        self.passed_on = 0
        floor.when_free = self._when_free

    def plan(self, reps: Iterable[Rep]) -> None:
        """Everything that is known beforehand."""
        reps = list(reps)
        for rep in reps:
            for shift in rep.plan.shifts:
                self._plan(rep, shift)
        for site in self._known.sites:
            there = [rep for rep in reps if rep.plan.site == site.name]
            for opens, closes in open_times(self._known, site):
                self._agenda.at(opens, self._site, there, True)
                self._agenda.at(closes, self._site, there, False)
        self._plan_outage([rep for rep in reps if rep.plan.site == self._known.outage_site])

    def _plan(self, rep: Rep, shift: Shift) -> None:
        self._agenda.at(shift.start, self._come, rep)
        self._agenda.at(shift.end - self._known.winding_down, self._wind_down, rep)
        self._agenda.at(shift.end, self._leave, rep)
        self._agenda.at(shift.end + self._known.overtime, self._leave_now, rep)
        for begins, length in shift.breaks:
            self._agenda.at(begins, self._due_for_break, rep, length)
        if shift.drop:
            self._agenda.at(shift.drop[0], self._cut, rep)
            self._agenda.at(shift.drop[1], self._restore, rep)

    def _plan_outage(self, reps: list[Rep]) -> None:
        begins = 3600 * self._known.outage_hour
        for rep in reps:
            late = dice(self._known.seed, "outage", rep.plan.id).uniform(0, BACK_WITHIN)
            self._agenda.at(begins, self._cut, rep)
            self._agenda.at(begins + 3600 + late, self._restore, rep)

    def _site(self, reps: Iterable[Rep], is_open: bool) -> None:
        for rep in reps:
            rep.site_open = is_open
            self._changed(rep)

    def _come(self, rep: Rep) -> None:
        rep.on_shift, rep.here = True, not rep.cut_off
        rep.winding_down = rep.leaving = rep.on_break = rep.set_away = False
        rep.break_due = 0.0
        self._changed(rep)

    def _wind_down(self, rep: Rep) -> None:
        rep.winding_down = True
        self._changed(rep)

    def _leave(self, rep: Rep) -> None:
        rep.leaving = rep.on_shift
        self._when_free(rep)

    def _leave_now(self, rep: Rep) -> None:
        if rep.leaving:
            self.passed_on += sum(not case.over for case in rep.held.values())
            self._floor.hand_back(rep)
            self._sign_off(rep)

    def _sign_off(self, rep: Rep) -> None:
        rep.on_shift = rep.here = rep.leaving = False
        self._changed(rep)

    def _when_free(self, rep: Rep) -> None:
        """With nothing in hand, it's time for the break that is due, or to go home."""
        if rep.held or rep.offer:
            return
        if rep.leaving:
            self._sign_off(rep)
        elif rep.break_due:
            self._begin_break(rep)

    def _due_for_break(self, rep: Rep, length: float) -> None:
        if rep.on_shift:
            rep.break_due = length
            self._changed(rep)
            self._agenda.after(self._known.break_waits, self._begin_break, rep)
            self._when_free(rep)

    def _begin_break(self, rep: Rep) -> None:
        if rep.break_due and rep.on_shift:
            rep.on_break = True
            self._agenda.after(rep.break_due, self._end_break, rep)
            rep.break_due = 0.0
            self._changed(rep)

    def _end_break(self, rep: Rep) -> None:
        rep.on_break = False
        self._changed(rep)

    def set_away(self, rep: Rep) -> None:
        """They let offers pass; after a while they see it and are back."""
        rep.set_away, rep.misses = True, 0
        self._changed(rep)
        self._agenda.after(self._known.back_after, self._is_back, rep)

    def _is_back(self, rep: Rep) -> None:
        rep.set_away = False
        self._changed(rep)

    def _cut(self, rep: Rep) -> None:
        rep.cut_off += 1
        self._floor.interrupt(rep)
        self._agenda.after(self._known.lost_after, self._notice, rep)

    def _notice(self, rep: Rep) -> None:
        """The desk's beats say that the browser has gone."""
        if rep.cut_off and rep.here:
            rep.here = False
            self._floor.hand_back(rep)
            self._changed(rep)
            self._when_free(rep)

    def _restore(self, rep: Rep) -> None:
        rep.cut_off -= 1
        rep.here = rep.on_shift and not rep.cut_off
        self._changed(rep)

    def _changed(self, rep: Rep) -> None:
        """The router is to look at them anew; they go on with what needs them; the hours count while they're there."""
        rep.view = None
        rep.takes_offers = rep.here and rep.site_open and not rep.away
        if not rep.takes_offers:
            self._withdraw(rep)
        self._count_hours(rep)
        self._floor.work(rep)
        if rep.takes_offers:
            self._floor.line.look()

    def _count_hours(self, rep: Rep) -> None:
        now = min(max(self._agenda.now, 0.0), DAY)
        if rep.there_since is not None:
            rep.there += now - rep.there_since
        rep.there_since = now if rep.on_shift and rep.here and not rep.on_break else None
