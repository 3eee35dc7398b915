"""Reps at work: what they hold, one answer after the other, and what becomes of it when they go."""

from collections.abc import Callable
from typing import Protocol

from benchmark.day.agenda import Agenda
from benchmark.day.assumptions import Assumptions
from benchmark.day.people import Case, Rep
from benchmark.day.watch import Watch


class Line(Protocol):
    """What the floor asks of the line."""

    def back(self, case: Case, lost: Rep) -> None: ...
    def look(self) -> None: ...
    def withdraw(self, rep: Rep) -> None: ...


class Floor:
    """A rep answers one chat at a time, in the order in which they began to need them."""

    def __init__(self, known: Assumptions, agenda: Agenda, watch: Watch) -> None:
        self._known, self._agenda, self._watch = known, agenda, watch
        self.line: Line
        self.when_free: Callable[[Rep], None] = lambda rep: None

    def claim(self, rep: Rep, case: Case) -> None:
        """The rep has the chat from now on."""
        now = self._agenda.now
        case.state, case.owner, case.offered_to = "with_rep", rep, None
        case.epoch += 1
        if case.answered_at is None:
            case.answered_at, case.first_rep = now, rep
        rep.offer, rep.last_got_at, rep.misses = None, now, 0
        rep.got += 0 <= now < 86_400
        rep.held[case.customer.id] = case
        rep.needs.append(case)
        rep.view = None
        self._watch.claimed(rep)
        self.work(rep)

    def work(self, rep: Rep) -> None:
        """The next answer, if somebody needs one and the rep is at it."""
        if rep.busy or rep.on_break or rep.cut_off or not rep.on_shift or not rep.needs:
            return
        rep.busy = True
        seconds = self._seconds(rep, rep.needs[0])
        self._agenda.after(seconds, self._answered, rep, rep.epoch, seconds)

    def interrupt(self, rep: Rep) -> None:
        """What is being written is lost."""
        rep.epoch += 1
        rep.busy = False

    def hand_back(self, rep: Rep) -> None:
        """All their chats go back to their old place; those in which all was said are closed."""
        self.interrupt(rep)
        held = list(rep.held.values())
        rep.held.clear()
        rep.needs.clear()
        rep.view = None
        for case in held:
            case.owner = None
            case.epoch += 1
            if case.over:
                self._end(case)
            else:
                case.changed_hands = True
                self.line.back(case, rep)

    def _seconds(self, rep: Rep, case: Case) -> float:
        customer, skilled = case.customer, self._known.skilled
        seconds = customer.answers[case.said] + (self._known.reading if case.changed_hands else 0.0)
        if customer.skill:
            seconds *= skilled.at_level[rep.plan.skills.get(customer.skill, 0)]
        if customer.language_skill and customer.language_skill not in rep.plan.skills:
            seconds *= skilled.translating
        return seconds

    def _answered(self, rep: Rep, epoch: int, seconds: float) -> None:
        if rep.epoch != epoch:
            return
        was_full = rep.room <= 0
        case = rep.needs.popleft()
        rep.busy, rep.view = False, None
        rep.worked += seconds if 0 <= self._agenda.now < 86_400 else 0.0
        case.said, case.changed_hands, case.last_said_at = case.said + 1, False, self._agenda.now
        if case.first_said_at is None:
            case.first_said_at = self._agenda.now
        self._then(case)
        self._look_if_freed(rep, was_full)
        self.work(rep)

    def _then(self, case: Case) -> None:
        pause = case.customer.pauses[case.said - 1]
        if not case.over:
            self._agenda.after(pause, self._wrote, case, case.epoch)
        else:
            fades = case.customer.fades or case.left_at is not None
            self._agenda.after(self._known.fade_after if fades else pause, self._close, case, case.epoch)

    def _wrote(self, case: Case, epoch: int) -> None:
        rep = case.owner
        if case.epoch == epoch and rep:
            rep.needs.append(case)
            rep.view = None
            if rep.offer and rep.room <= 0:
                self._watch.counts["offers withdrawn as customers who wrote had filled the place"] += 1
                self.line.withdraw(rep)
            self.work(rep)

    def _close(self, case: Case, epoch: int) -> None:
        rep = case.owner
        if case.epoch != epoch or rep is None:
            return
        was_full = rep.room <= 0
        del rep.held[case.customer.id]
        rep.view = case.owner = None
        self._end(case)
        self.when_free(rep)
        self._look_if_freed(rep, was_full)

    def _look_if_freed(self, rep: Rep, was_full: bool) -> None:
        """Only somebody who had no place and has one now can change what was decided."""
        if was_full and rep.room > 0:
            self.line.look()

    def _end(self, case: Case) -> None:
        case.state, case.epoch = "ended", case.epoch + 1
        case.outcome = "served" if case.left_at is None else "abandoned"
