"""Whatever happens in whatever order: exactly one owner, nobody given too much, nobody waits while a fit rep is free.

A machine plays days at random on a real SQLite: customers come, leave, write, leave messages and ask for calls; reps
come, step away, drop out, sign out, take, let pass, claim, answer, promise, pass on, give back and close; the clock
moves. After each step, and after the round of offers that every desk makes twice a second, this must hold. Who was
promised a call or an answer waits from the moment it's due.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import text

from handoff import (
    availability,
    calls,
    closing,
    hand_on,
    ids,
    moves,
    offer_plan,
    offers,
    promises,
    rep_queue,
    reps,
    routing,
    routing_values,
    schema,
    sweeper,
    transfers,
)
from handoff.errors import DeskError
from handoff.people import Customer, Rep
from handoff.presence import GONE_AFTER, seen
from handoff.schema import conversation
from handoff.schema_centre import offer, promise, wait
from handoff.skills import SKILLS
from handoff.staff import Member, staff
from handoff.storage_sqlite import writing_engine
from handoff.wire_lead import TransferTo
from tests.record import Record
from tests.test_offers import knows, next_round, pushed_team

WHO = st.integers(0, 2)
ANY = st.integers(0, 99)
SKILL = st.sampled_from([None, *SKILLS])
EVERYBODY_MAY = 121.0
"""Seconds in the queue after which no skill is asked for any more (routing_values.Patience.anybody)."""


class AnyDay(RuleBasedStateMachine):
    """Three reps to whom chats are offered, one at once each: soon all have too much to do."""

    @initialize(
        levels=st.lists(st.dictionaries(st.sampled_from(list(SKILLS)), st.integers(1, 3)), min_size=3, max_size=3)
    )
    def morning(self, levels: list[dict[str, int]]) -> None:
        """The reps come to work. Ids count up instead of being random: the same steps make the same day."""
        numbers = count(1)
        secrets = SimpleNamespace(token_hex=lambda size: f"{next(numbers):0{2 * size}x}")
        self.ids = mock.patch.object(ids, "secrets", secrets)
        self.ids.start()
        self.folder = tempfile.TemporaryDirectory()
        engine = writing_engine(Path(self.folder.name) / "desk.sqlite")
        schema.metadata.create_all(engine)
        self.record = Record(engine)
        where = pushed_team(self.record)
        self.reps = [self.record.rep(name, team_id=where, capacity=1) for name in ("Ruth", "Sam", "Nina")]
        for rep, known in zip(self.reps, levels, strict=True):
            knows(self.record, rep, **known)
        self.open_consoles = {rep.id for rep in self.reps}
        self.began = self.record.now
        self.customers = 0
        self.given: dict[str, int] = {}

    def teardown(self) -> None:
        if hasattr(self, "record"):
            self.record.engine.dispose()
            self.folder.cleanup()
            self.ids.stop()

    @rule(skills=st.lists(SKILL, min_size=1, max_size=3))
    def customers_come(self, skills: list[str | None]) -> None:
        for skill in skills:
            self.customers += 1
            talk = self.record.waiting(self.record.customer(f"Customer {self.customers}", f"C-{self.customers}"))
            self._write(conversation.update().where(conversation.c.id == talk).values(skill=skill))

    @rule(which=ANY)
    def a_customer_leaves(self, which: int) -> None:
        if talk := self._one(which, state="waiting"):
            self.record.do(rep_queue.stop_waiting, Customer(talk.customer_id), talk.id)

    @rule(which=ANY)
    def a_customer_writes(self, which: int) -> None:
        if talk := self._one(which, state="with_rep"):
            self.record.says(Customer(talk.customer_id), talk.id, "And now?")

    @rule(which=ANY)
    def a_customer_leaves_a_message(self, which: int) -> None:
        if talk := self._one(which, state="waiting"):
            self.record.do(promises.leave_message, Customer(talk.customer_id), talk.id, "Please write.")

    @rule(which=ANY, minutes=st.sampled_from([0, 1, 10]))
    def a_customer_asks_for_a_call(self, which: int, minutes: int) -> None:
        if talk := self._one(which, state="waiting"):
            since, until = self._window(minutes)
            self.record.do(promises.ask_for_call, Customer(talk.customer_id), talk.id, "020 7946 0000", since, until)

    @rule(which=ANY, to=st.sampled_from(["queue", "bot"]))
    def a_customer_takes_it_back(self, which: int, to: str) -> None:
        if talk := self._one(which, state="promised"):
            self._try(promises.take_back, Customer(talk.customer_id), talk.id, to)

    @rule(which=ANY)
    def who_was_promised_something_comes_again(self, which: int) -> None:
        talk = self._one(which, state="promised")
        if talk and not self._open_chats_of(talk.customer_id):
            self.record.waiting(Customer(talk.customer_id), "Are you there?")

    @rule(who=WHO)
    def a_rep_comes(self, who: int) -> None:
        self.record.do(reps.sign_in, self.reps[who])
        self.open_consoles.add(self.reps[who].id)

    @rule(who=WHO)
    def a_reps_browser_dies(self, who: int) -> None:
        self.open_consoles.discard(self.reps[who].id)

    @rule(who=WHO)
    def a_rep_signs_out(self, who: int) -> None:
        self.record.do(reps.sign_out, self.reps[who])
        self.open_consoles.discard(self.reps[who].id)

    @rule(who=WHO, verb=st.sampled_from([offers.step_away, availability.come_back]))
    def a_rep_steps_away_or_is_back(self, who: int, verb: Any) -> None:
        if self.reps[who].id in self.open_consoles:
            self.record.do(verb, self.reps[who])

    @rule(who=WHO, verb=st.sampled_from([offers.accept, offers.accept, offers.skip]))
    def a_rep_answers_an_offer(self, who: int, verb: Any) -> None:
        for row in self.record.rows(offer, rep_id=self.reps[who].id, state="open"):
            self._try(verb, self.reps[who], row.id)

    @rule(who=WHO, which=ANY, state=st.sampled_from(["waiting", "waiting", "promised"]))
    def a_rep_claims(self, who: int, which: int, state: str = "waiting") -> None:
        if talk := self._one(which, state=state):
            self._try(rep_queue.claim, self.reps[who], talk.id)

    @rule(which=ANY)
    def a_rep_answers(self, which: int) -> None:
        if talk := self._one(which, state="with_rep"):
            self.record.replies(self._rep(talk.owner_id), talk.id, "It comes tomorrow.")

    @rule(which=ANY, minutes=st.sampled_from([None, 0, 5]))
    def a_rep_promises_an_answer_or_a_call(self, which: int, minutes: int | None) -> None:
        if talk := self._one(which, state="with_rep"):
            rep = self._rep(talk.owner_id)
            if minutes is None:
                self.record.do(hand_on.answer_later, rep, talk.id, "Ask the depot.")
            else:
                self.record.do(calls.call_later, rep, talk.id, "020 7946 0000", *self._window(minutes))

    @rule(which=ANY)
    def a_rep_gives_back(self, which: int) -> None:
        if talk := self._one(which, state="with_rep"):
            self.record.do(rep_queue.release, self._rep(talk.owner_id), talk.id)

    @rule(which=ANY, to=WHO, skill=SKILL)
    def a_rep_passes_it_on(self, which: int, to: int, skill: str | None) -> None:
        if talk := self._one(which, state="with_rep"):
            target = TransferTo(skill=skill) if skill else TransferTo(rep=self.reps[to].id)
            self._try(transfers.transfer, self._rep(talk.owner_id), talk.id, target, "")

    @rule(which=ANY)
    def a_rep_closes(self, which: int) -> None:
        if talk := self._one(which, state="with_rep"):
            self.record.do(closing.close_by_rep, self._rep(talk.owner_id), talk.id, "late_delivery", "carrier")

    @rule(seconds=st.sampled_from([1, 19, 20, 45, 60, 130, 400, 1500]))
    def time_goes_by(self, seconds: int) -> None:
        self.record.later(seconds=seconds)
        self.record.do(seen, sorted(self.open_consoles))
        self.record.do(sweeper.sweep, self.began - GONE_AFTER)

    @precondition(lambda self: hasattr(self, "record"))
    @invariant()
    def the_promises_hold(self) -> None:
        next_round(self.record)
        self._each_has_one_owner()
        self._nobody_has_too_much()
        self._offers_are_sound()
        self._nobody_waits_while_a_fit_rep_is_free()

    def _each_has_one_owner(self) -> None:
        owners = text(
            "SELECT c.id FROM conversation c LEFT JOIN assignment a ON a.conversation_id = c.id AND a.ended_at IS NULL"
            " GROUP BY c.id HAVING count(a.id) != (c.state = 'with_rep') OR (c.owner_id IS NOT max(a.rep_id))"
        )
        assert self._read(owners) == []

    def _nobody_has_too_much(self) -> None:
        """Nobody is given a chat while one needs them: only customers who write make it more, and two is the end."""
        for each in self._staff():
            assert each.held <= 2 * each.capacity, each
            if each.held > self.given.get(each.id, 0) + 1 or (
                each.held > self.given.get(each.id, 0) and each.load > each.capacity
            ):
                raise AssertionError(f"{each.name} was given one too many: {each}")
            self.given[each.id] = each.held

    def _offers_are_sound(self) -> None:
        """Each open offer is of what waits or is due, in this stay, to somebody who is there and has room."""
        waits = {talk.id for talk, _ in self._who_waits()}
        able = {each.id for each in self._staff() if each.presence == "here" and each.load < each.capacity}
        for row in self.record.rows(offer, state="open"):
            [talk] = self.record.rows(conversation, id=row.conversation_id)
            assert talk.owner_epoch == row.epoch
            assert talk.id in waits
            assert row.rep_id in able

    def _nobody_waits_while_a_fit_rep_is_free(self) -> None:
        """Told from the tables alone: a chat or a due promise waits, and a free rep, who may have it, wasn't asked."""
        rows = self.record.rows(offer)
        offered = {row.conversation_id for row in rows if row.state == "open"}
        busy = {row.rep_id for row in rows if row.state == "open"}
        free = [
            each
            for each in self._staff()
            if each.presence == "here" and each.id not in busy and each.load < each.capacity
            and each.held < 2 * each.capacity
        ]  # fmt: skip
        due_to = {talk.customer_id for talk, _ in self._who_waits() if talk.state == "promised"}
        for talk, since in self._who_waits():
            waited = (self.record.now - since).total_seconds()
            # Who waits beside a promise that is due goes on in that, which is offered.
            if talk.id not in offered and not (talk.state == "waiting" and talk.customer_id in due_to):
                fit = [each for each in free if self._may_have(talk, waited, each)]
                unasked = [each.name for each in fit if not self._was_asked(talk, each.id)]
                assert not unasked, f"{talk.id} waits {waited} s while {unasked} are free"

    def _may_have(self, talk: Any, waited: float, rep: Member) -> bool:
        """Surely: after two minutes, where no subject was chosen, or as somebody idle who knows it."""
        idle_and_trained = rep.load == 0 and talk.skill in rep.skills
        return waited >= EVERYBODY_MAY or (not talk.wanted_rep_id and (not talk.skill or idle_and_trained))

    def _was_asked(self, talk: Any, rep_id: str) -> bool:
        asked = self.record.rows(offer, conversation_id=talk.id, rep_id=rep_id, epoch=talk.owner_epoch)
        had = self.record.rows(schema.assignment, conversation_id=talk.id, rep_id=rep_id, epoch=talk.owner_epoch - 1)
        return bool(had) or any(row.state in ("skipped", "expired") for row in asked)

    def _who_waits(self) -> list[tuple[Any, Any]]:
        """The chats in the line, and what is due of what was promised; each with since when."""
        stays = {row.conversation_id: row.arrived_at for row in self.record.rows(wait, ended_at=None)}
        kept = {row.conversation_id: row.from_at for row in self.record.rows(promise, ended_at=None)}
        in_line = [(talk, stays[talk.id]) for talk in self.record.rows(conversation, state="waiting")]
        promised = [(talk, kept[talk.id]) for talk in self.record.rows(conversation, state="promised")]
        helped = {talk.customer_id for talk in self.record.rows(conversation, state="with_rep")}
        due = [(t, at) for t, at in promised if at <= self.record.now and t.customer_id not in helped]
        return [*in_line, *due]

    def _open_chats_of(self, customer_id: str) -> list[Any]:
        theirs = self.record.rows(conversation, customer_id=customer_id)
        return [talk for talk in theirs if talk.state not in ("promised", "closed")]

    def _window(self, minutes: int) -> tuple[Any, Any]:
        since = self.record.now + timedelta(minutes=minutes)
        return since, since + timedelta(minutes=20)

    def _staff(self) -> list[Member]:
        return list(self.record.do(staff))

    def _rep(self, rep_id: str) -> Rep:
        return next(rep for rep in self.reps if rep.id == rep_id)

    def _one(self, which: int, **equal: Any) -> Any:
        """One of the conversations that are like this; None if there is none."""
        found = sorted(self.record.rows(conversation, **equal), key=lambda row: (row.opened_at, row.id))
        return found[which % len(found)] if found else None

    def _try(self, verb: Any, *args: Any) -> None:
        """The verb may be refused, in plain words; it may not fail."""
        refusal = self.record.refused(verb, *args)
        assert refusal is None or isinstance(refusal, DeskError)

    def _write(self, change: Any) -> None:
        self.record.do(lambda tx: tx.db.execute(change))

    def _read(self, query: Any) -> list[Any]:
        return list(self.record.do(lambda tx: tx.db.execute(query).all()))


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(
    max_examples=30,
    stateful_step_count=40,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def day() -> Iterator[AnyDay]:
    """A day whose steps a test chooses. Nobody knows anything special."""
    day = AnyDay()
    day.morning([{}, {}, {}])
    yield day
    day.teardown()


def test_a_claim_that_isnt_counted_is_found(day: AnyDay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rep_queue, "check_room", lambda *_: None)
    day.customers_come([None, None])
    day.a_rep_claims(0, 0)
    day.the_promises_hold()
    day.a_rep_claims(0, 0)
    with pytest.raises(AssertionError, match="given one too many"):
        day.the_promises_hold()


def test_a_customer_who_is_forgotten_is_found(day: AnyDay, monkeypatch: pytest.MonkeyPatch) -> None:
    decide = routing.decide
    monkeypatch.setattr(
        routing, "decide", lambda line, *rest: decide(sorted(line, key=routing_values.in_line)[:1], *rest)
    )
    day.customers_come([None, None])
    with pytest.raises(AssertionError, match="are free"):
        day.the_promises_hold()


def test_a_promise_that_is_due_and_forgotten_is_found(day: AnyDay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offer_plan, "is_offerable", lambda _: conversation.c.state == "waiting")
    day.customers_come([None])
    day.a_customer_leaves_a_message(0)
    with pytest.raises(AssertionError, match="are free"):
        day.the_promises_hold()


def test_an_offer_of_a_chat_that_waits_no_more_is_found(day: AnyDay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moves, "end_offer", lambda *_: None)
    day.customers_come([None])
    day.the_promises_hold()
    day.a_customer_leaves(0)
    with pytest.raises(AssertionError):
        day._offers_are_sound()


def test_an_offer_to_somebody_who_is_gone_is_found(day: AnyDay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offers, "standing", lambda *_: offers.Standing(frozenset(), frozenset(), ()))
    day.customers_come([None, None, None])
    day.the_promises_hold()
    day.a_reps_browser_dies(0)
    day.time_goes_by(60)
    with pytest.raises(AssertionError):
        day.the_promises_hold()
