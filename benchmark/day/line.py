"""The line: who comes, who is offered whom, who loses patience. What is decided, the product's router decides."""

from collections.abc import Callable, Iterable
from datetime import datetime

from benchmark.day.agenda import Agenda
from benchmark.day.assumptions import Assumptions
from benchmark.day.dice import dice, log_normal
from benchmark.day.floor import Floor
from benchmark.day.people import Case, Clock, Rep
from benchmark.day.ranges import Ranges
from benchmark.day.watch import Watch
from handoff.offers import MISSES, OPEN_FOR
from handoff.routing_values import Chat, Decisions, RepNow

Router = Callable[[list[Chat], list[RepNow], datetime], Decisions]
STANDS = OPEN_FOR.total_seconds()


class Waiting:
    """Everybody who waits, and the offers that are open."""

    def __init__(
        self, known: Assumptions, agenda: Agenda, floor: Floor, watch: Watch, router: Router, reps: Iterable[Rep]
    ) -> None:
        self._known, self._agenda, self._floor, self._watch, self._router = known, agenda, floor, watch, router
        self._clock = Clock(known)
        self._reps = {rep.plan.id: rep for rep in reps}
        self._cases: dict[str, Case] = {}
        self._ranges = Ranges(known)
        self._round_is_due = False
        self._again_at = float("inf")
        self.set_away: Callable[[Rep], None] = lambda rep: None
        floor.line = self

    def come(self, case: Case) -> None:
        """Somebody wants a person: they queue, or leave a message."""
        case.place, case.queued_at = self._place(case), self._agenda.now
        case.told = self._ranges.range_for(case, self._cases.values(), self._agenda.now)
        too_long = case.told and case.told.high >= self._known.rather_writes_from and case.customer.rather_writes
        if too_long or not any(rep.site_open for rep in self._reps.values()):
            case.state, case.outcome = "ended", "message"
        else:
            self._queue(case)

    def back(self, case: Case, lost: Rep) -> None:
        """A chat that lost its rep: at its old place, with a new stay and new patience."""
        case.stays, case.queued_at = case.stays + 1, self._agenda.now
        case.place = self._place(case)
        case.asked = {lost.plan.id: self._agenda.now}
        self._queue(case)

    def look(self) -> None:
        """Have the router decide within the next second, if somebody waits."""
        if self._cases and not self._round_is_due:
            every = self._known.round_every
            self._round_is_due = True
            self._agenda.at((self._agenda.now // every + 1) * every, self._round)

    def withdraw(self, rep: Rep) -> None:
        """The rep's offer is no more."""
        if case := rep.offer:
            rep.offer = rep.view = case.offered_to = None
            self.look()

    def _queue(self, case: Case) -> None:
        case.state, case.view = "waiting", None
        case.epoch += 1
        self._cases[case.customer.id] = case
        patience = case.customer.patience
        self._agenda.after(patience[case.stays % len(patience)], self._lose_patience, case, case.epoch)
        self.look()

    def _lose_patience(self, case: Case, epoch: int) -> None:
        if case.epoch != epoch:
            return
        case.left_at = self._agenda.now
        if case.customer.leaves_silently:
            return
        self._leave_line(case, answered=False)
        case.state, case.outcome = "ended", "abandoned"
        case.epoch += 1
        if case.offered_to:
            self.withdraw(case.offered_to)

    def _leave_line(self, case: Case, answered: bool) -> None:
        del self._cases[case.customer.id]
        self._ranges.keep(case, self._agenda.now, answered)

    def _round(self) -> None:
        self._round_is_due = False
        now = self._clock.at(self._agenda.now)
        cases = {id: case for id, case in self._cases.items() if case.offered_to is None}
        if not cases:
            return
        chats: list[Chat] = [case.seen(self._clock) for case in cases.values()]
        signed_on = {id: rep for id, rep in self._reps.items() if rep.on_shift}
        reps: list[RepNow] = [rep.view or rep.seen(self._clock) for rep in signed_on.values()]
        decided = self._router(chats, reps, now)
        self._watch.decided(chats, signed_on, decided, now)
        for match in decided.matches:
            case, rep = cases.get(match.chat_id), self._reps[match.rep_id]
            if case and not case.offered_to and not rep.offer:  # the desk's database would refuse these too
                self._offer(case, rep)
        if decided.look_again_at:
            self._look_again(self._clock.seconds(decided.look_again_at))

    def _look_again(self, at: float) -> None:
        if self._again_at <= self._agenda.now or at < self._again_at:
            self._again_at = at
            self._agenda.at(at, self.look)

    def _offer(self, case: Case, rep: Rep) -> None:
        case.offered_to, rep.offer, rep.view = rep, case, None
        case.offers += 1
        self._watch.offered(rep)
        known, chance = self._known, dice(self._known.seed, "offer", case.customer.id, case.offers)
        misses = chance.random() < known.misses_offer
        answers_after = log_normal(chance, known.answers_offer_median, known.answers_offer_spread)
        if misses or answers_after >= STANDS:
            self._agenda.after(STANDS, self._let_pass, case, rep, case.offers)
        else:
            self._agenda.after(answers_after, self._accept, case, rep, case.offers, STANDS - answers_after)

    def _accept(self, case: Case, rep: Rep, number: int, left: float) -> None:
        if case.offered_to is not rep or case.offers != number:
            return
        if rep.cut_off:
            self._agenda.after(left, self._let_pass, case, rep, number)
        else:
            self._leave_line(case, answered=True)
            self._floor.claim(rep, case)

    def _let_pass(self, case: Case, rep: Rep, number: int) -> None:
        if case.offered_to is rep and case.offers == number:
            self._watch.counts["offers let pass"] += 1
            case.asked[rep.plan.id], case.view = self._agenda.now, None
            self.withdraw(rep)
            rep.misses += 1
            if rep.misses >= MISSES:
                self.set_away(rep)

    def _place(self, case: Case) -> int:
        key = _in_line(case)
        return 1 + sum(_in_line(other) < key for other in self._cases.values())


def _in_line(case: Case) -> tuple[int, float, str]:
    return -case.customer.priority, case.customer.comes, case.customer.id
