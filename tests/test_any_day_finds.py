"""The days of `test_any_day` find what they are for: each story holds, and no longer once the desk is broken.

The stories are short, so that it's clear what is found; days at random find all of these too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from benchmark.day.watch import ABSENT, IDLE
from handoff import (
    capacity,
    messages,
    moves,
    offer_plan,
    offers,
    rep_queue,
    reps,
    routing,
    routing_values,
    shift_ends,
    sweeper,
)
from handoff.schema import conversation
from handoff.schema import rep as rep_table
from handoff.states import State
from tests.any_day import day, must_hold
from tests.any_day.clock import Clock
from tests.any_day.customers import goes_back_to_the_bot, leaves_a_message, writes
from tests.any_day.reps import answers, gives_it_back

SAM, PAUL = 1, 3
Patch = pytest.MonkeyPatch
Story = Callable[["Steps"], None]


class Steps:
    """A day whose steps are chosen, each followed by a look. Nobody knows anything special."""

    def __init__(self, hour: float) -> None:
        self.day = Clock()
        self.day.morning([{}, {}, {}], hour)

    def __getattr__(self, name: str) -> Callable[..., None]:
        def step(*args: Any) -> None:
            getattr(self.day, name)(*args)
            self.day.the_promises_hold()

        return step


def paul_claims_one_too_many(on: Steps) -> None:
    on.customers_come([None, None])
    on.a_rep_claims(PAUL, 0)
    on.a_rep_claims(PAUL, 0)


def paul_claims_a_third_while_two_think(on: Steps) -> None:
    on.customers_come([None, None, None])
    on.customers_come([None, None, None])
    for _ in range(3):
        on.a_rep_claims(PAUL, 0)
        on.everybody_answers()


def four_come_at_once(on: Steps) -> None:
    on.customers_come([None, None, None, None])


def somebody_leaves_a_message(on: Steps) -> None:
    on.customers_come([None])
    on.a_customer_who_waits(0, leaves_a_message)


def somebody_leaves_the_line(on: Steps) -> None:
    on.customers_come([None])
    on.a_customer_who_waits(0, goes_back_to_the_bot)


def sams_browser_dies_with_an_offer(on: Steps) -> None:
    on.customers_come([None, None])
    on.a_reps_browser_dies(SAM)
    on.a_moment_passes(45)


def sams_browser_dies_with_a_chat(on: Steps) -> None:
    on.customers_come([None])
    on.a_rep_claims(SAM, 0)
    on.a_reps_browser_dies(SAM)
    on.a_moment_passes(130)


def sam_goes_home_and_two_come(on: Steps) -> None:
    on.a_while_passes(3600)
    on.customers_come([None, None])


def sam_goes_home_and_leaves_a_chat(on: Steps) -> None:
    on.customers_come([None])
    on.a_rep_claims(SAM, 0)
    on.a_while_passes(1500)


def paul_gives_one_back(on: Steps) -> None:
    on.customers_come([None, None])
    on.a_rep_claims(PAUL, 0)
    on.a_moment_passes(1)
    on.a_rep_who_has_a_chat(0, gives_it_back)


def paul_is_disabled_with_a_chat(on: Steps) -> None:
    on.customers_come([None])
    on.a_rep_claims(PAUL, 0)
    on.an_account_is_changed(PAUL, "disabled", 0)


def somebody_writes_after_all(on: Steps) -> None:
    on.customers_come([None])
    on.a_rep_claims(PAUL, 0)
    on.a_rep_who_has_a_chat(0, answers)
    on.a_while_passes(1500)
    on.a_customer_who_is_helped(0, writes)
    on.a_while_passes(1500)


def all_that_is_held_counts_for_nothing(patch: Patch) -> None:
    patch.setattr(capacity, "free_places", lambda load, _, limit: max(0, limit - load))


def closing_ends_nothing(patch: Patch) -> None:
    """An assignment goes on for ever."""
    keep = moves._keep_assignments
    patch.setattr(moves, "_keep_assignments", lambda *a: keep(*a) if a[2].state is State.WITH_REP else None)


def only_the_first_is_looked_at(patch: Patch) -> None:
    decide = routing.decide
    first = lambda line, *rest: decide(sorted(line, key=routing_values.in_line)[:1], *rest)  # noqa: E731
    patch.setattr(routing, "decide", first)


def who_comes_back_comes_last(patch: Patch) -> None:
    move = moves.move
    anew = lambda tx, *a, **more: move(tx, *a, **{**more, "arrived_at": tx.now})  # noqa: E731
    patch.setattr(rep_queue, "move", anew)


def disabling_signs_nobody_out(patch: Patch) -> None:
    disabled = lambda tx, who: tx.db.execute(  # noqa: E731
        update(rep_table).where(rep_table.c.id == who.id).values(disabled_at=tx.now)
    )
    patch.setattr(reps, "disable", disabled)


def the_clock_goes_on_though_a_customer_writes(patch: Patch) -> None:
    patch.setitem(messages._TIMER_AFTER_CUSTOMER, State.WITH_REP, lambda _: {})


def instead(thing: Any, name: str, returned: Any = None) -> Callable[[Patch], None]:
    """What does nothing but return this."""
    return lambda patch: patch.setattr(thing, name, lambda *_: returned)


promises_are_forgotten = instead(offer_plan, "is_offerable", conversation.c.state == "waiting")
offers_stay = instead(offers, "standing", offers.Standing(frozenset(), frozenset(), ()))
FOUND: list[tuple[float, Story, Callable[[Patch], None], str]] = [
    (9, paul_claims_one_too_many, instead(rep_queue, "check_room"), "one too many"),
    (9, paul_claims_a_third_while_two_think, all_that_is_held_counts_for_nothing, "one too many"),
    (9, four_come_at_once, only_the_first_is_looked_at, IDLE),
    (9, somebody_leaves_a_message, promises_are_forgotten, IDLE),
    (9, somebody_leaves_the_line, instead(moves, "end_offer"), "doesn't wait"),
    (9, sams_browser_dies_with_an_offer, offers_stay, "isn't there"),
    (9, sams_browser_dies_with_a_chat, instead(sweeper, "_lost", []), "is gone and holds chats"),
    (17.75, sam_goes_home_and_two_come, instead(offer_plan, "off_shift", frozenset()), ABSENT),
    (17.75, sam_goes_home_and_leaves_a_chat, instead(shift_ends, "pass_on_left"), "whose shift ended"),
    (9, paul_gives_one_back, who_comes_back_comes_last, "lost their place"),
    (9, paul_gives_one_back, closing_ends_nothing, "assigned"),
    (9, somebody_writes_after_all, the_clock_goes_on_though_a_customer_writes, "was with_rep and is closed"),
    (9, paul_is_disabled_with_a_chat, disabling_signs_nobody_out, "disabled and holds"),
]  # fmt: skip


@pytest.mark.parametrize(("hour", "story", "broken", "words"), FOUND)
def test_it_is_found(
    hour: float, story: Story, broken: Callable[[Patch], None], words: str, monkeypatch: Patch
) -> None:
    monkeypatch.setattr(Clock, "settle", lambda _: None)
    for is_broken in (False, True):
        on = Steps(hour)
        try:
            if is_broken:
                broken(monkeypatch)
                with pytest.raises(AssertionError, match=words):
                    story(on)
            else:
                story(on)
        finally:
            on.day.teardown()


def test_who_is_forgotten_is_found_at_the_end_of_the_day(monkeypatch: Patch) -> None:
    """Also if nobody had looked at each round of offers."""
    on = Steps(9)
    on.day.comes()
    monkeypatch.setattr(must_hold, "in_a_round", lambda *_: None)
    monkeypatch.setattr(day, "plan", lambda _: [])
    monkeypatch.setattr(offers, "standing", lambda _: offers.Standing(frozenset(), frozenset(), ()))
    with pytest.raises(AssertionError):
        on.day.teardown()
