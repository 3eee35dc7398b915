"""What leads and admins do on any day: with chats of others, and with who works when."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from handoff import admin_reps, blocks, lead
from handoff.people import Customer, Rep
from handoff.schema_centre import block
from handoff.topics import ABUSIVE
from handoff.wire_admin import ChangeRep
from handoff.wire_hours import RepDay, RepHours, TimesOfDay
from tests.any_day.day import ANY, WHO, while_some
from tests.any_day.hours import Times
from tests.any_day.reps import PLACES, Reps

TIMES: list[Times] = [[], [(0, 1440)], [(600, 780)], [(480, 590), (960, 1110)], [(1320, 1800)]]
"""Off; all day; late morning; morning and evening; a night."""


class Leads(Reps):
    """Lena takes over and moves chats and changes hours and limits; Ada, who isn't there, disables and enables."""

    @while_some("with_rep", "waiting")
    @rule(which=ANY)
    def lena_takes_over(self, which: int) -> None:
        talk = self.one(which, "with_rep", "with_rep", "waiting")
        if talk and self.lena.id in self.open_consoles:
            self.book.took_over = self.lena.id
            self.record.do(lead.take_over, self.lena, talk.id)

    @while_some("waiting", "with_rep", "promised")
    @rule(which=ANY, place=PLACES, to=ANY)
    def lena_moves_a_chat(self, which: int, place: str, to: int) -> None:
        if talk := self.one(which, "waiting", "with_rep", "promised"):
            self.attempt(lead.move_chat, self.lena, talk.id, self.target(place, to), "He knows it.")

    @precondition(lambda day: any(talk.cause == ABUSIVE for talk in day.book.before.talks.values()))
    @rule(comes_back=st.booleans())
    def lena_lets_who_was_blocked_reach_people_again(self, comes_back: bool) -> None:
        for row in self.record.rows(block, undone_at=None):
            self.attempt(blocks.undo, self.lena, row.id, "They said sorry.")
            if comes_back and self.sight().talks[row.conversation_id].state == "closed":
                self.record.waiting(Customer(row.customer_id), "Sorry.")

    @rule(who=WHO, does=st.sampled_from(["limit", "team", "hours", "today", "disabled"]), which=ANY)
    def an_account_is_changed(self, who: int, does: str, which: int) -> None:
        rep = self.reps[who]
        if does == "limit":
            self.change(self.lena, rep, capacity=1 + which % 2)
        elif does == "team":
            self.change(self.lena, rep, team_id=self.teams[which % len(self.teams)])
        elif does == "disabled":
            self.ada_disables_or_enables(rep)
        elif rep.id in self.hours.place:
            self.lena_changes_hours(rep, TIMES[which % len(TIMES)], only_today=does == "today")

    def lena_changes_hours(self, rep: Rep, times: Times, only_today: bool) -> None:
        """Of each day, or of this one. Whoever is sent off in the middle of a shift ends with this minute."""
        today = self.record.now.astimezone(self.hours.place[rep.id].zone).date()
        now_on = self.hours.change(rep.id, self.record.now, times, today if only_today else None)
        days = [RepDay(day=day.isoformat(), hours=spans(TimesOfDay, of)) for day, of in now_on.days.items()]
        weekly = [RepHours(weekday=day, opens=a, closes=b) for day in range(7) for a, b in now_on.weekly]
        self.change(self.lena, rep, hours=weekly, days=days)

    def ada_disables_or_enables(self, rep: Rep) -> None:
        disabled = not self.sight().staff[rep.id].disabled_at
        self.change(self.ada, rep, disabled=disabled)
        if disabled:
            self.has_left(rep.id)

    def change(self, who: Rep, rep: Rep, **changes: Any) -> None:
        """The rest stays as it is."""
        account = self.record.do(admin_reps.one_rep, rep.id)
        as_it_is = {name: getattr(account, name) for name in ChangeRep.__struct_fields__}
        self.record.do(admin_reps.change_rep, who, rep.id, ChangeRep(**{**as_it_is, **changes}))


def spans(kind: Any, times: Times) -> list[Any]:
    return [kind(opens=begins, closes=ends) for begins, ends in times]
