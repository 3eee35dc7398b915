"""The simulated day: the same each time, nobody lost, and each rule that a router breaks is noticed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest

from benchmark.day.agenda import Agenda
from benchmark.day.assumptions import BAD, MARKETS, ORDINARY, SITES, TOPICS
from benchmark.day.centre import Lived, live
from benchmark.day.crew import crew_of, open_times
from benchmark.day.customers import customers_of
from benchmark.day.fairness import gini, overtakings
from benchmark.day.figures import figures_of
from benchmark.day.line import Router
from benchmark.day.people import Case
from benchmark.day.watch import ABSENT, FULL, IDLE, OVER, PASSED, TWICE, UNFIT
from handoff.routing import decide, first_come
from handoff.routing_values import Chat, Decisions, Match, RepNow, in_line

SMALL = replace(ORDINARY, reps=20, chats=300)
SMALL_BAD = replace(BAD, reps=20, chats=300)


@pytest.fixture(scope="module")
def routed() -> Lived:
    return live(SMALL, decide, by_skill=True)


@pytest.fixture(scope="module")
def plain() -> Lived:
    return live(SMALL, first_come, by_skill=False)


@pytest.fixture(scope="module")
def bad() -> Lived:
    return live(SMALL_BAD, decide, by_skill=True)


@pytest.fixture(params=["routed", "plain", "bad"])
def lived(request: pytest.FixtureRequest) -> Lived:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Lived)
    return found


def test_the_same_seed_gives_the_same_day_and_another_seed_another(routed: Lived) -> None:
    assert figures_of(live(SMALL, decide, by_skill=True)) == figures_of(routed)
    assert figures_of(live(replace(SMALL, seed="another"), decide, by_skill=True)) != figures_of(routed)


def test_the_same_customers_come_whoever_decides(routed: Lived, plain: Lived, bad: Lived) -> None:
    customers = [[case.customer for case in each.cases] for each in (routed, plain, bad)]
    assert customers[0] == customers[1] == customers[2]
    assert len(customers[0]) == 300


def test_each_chat_ends_in_exactly_one_way(lived: Lived) -> None:
    assert {case.state for case in lived.cases} == {"ended"}
    assert sum(figures_of(lived).outcomes.values()) == 300
    for case in lived.cases:
        said_all = case.said == len(case.customer.answers)
        assert (case.outcome == "served") == (said_all and case.left_at is None)
        assert case.outcome != "message" or (case.answered_at is None and case.left_at is None)
        assert case.outcome != "abandoned" or case.left_at is not None


def test_at_the_days_end_nobody_holds_anything(lived: Lived) -> None:
    assert not any(rep.held or rep.needs or rep.offer for rep in lived.reps)


def test_nothing_that_must_not_be_happens(lived: Lived) -> None:
    assert +lived.watch.broken == Counter()
    assert lived.watch.counts["decisions"] > 300


def test_reps_do_let_offers_pass_lose_connections_and_pass_chats_on(routed: Lived, bad: Lived) -> None:
    assert routed.watch.counts["offers let pass"] > 0
    assert any(case.stays for case in bad.cases)
    assert max(case.offers for case in routed.cases) > 1


def test_a_bad_day_is_the_ordinary_one_until_the_site_drops_out(routed: Lived, bad: Lived) -> None:
    begins = 3600 * SMALL_BAD.outage_hour
    before = [
        (one, other)
        for one, other in zip(routed.cases, bad.cases, strict=True)
        if one.customer.comes < begins and one.answered_at and one.answered_at < begins
    ]
    assert len(before) > 50
    assert all(one.answered_at == other.answered_at for one, other in before)
    assert figures_of(bad).rep_hours < figures_of(routed).rep_hours


def test_with_all_sites_closed_customers_leave_a_message() -> None:
    dublin = replace(SITES[0], share=1.0)
    lived = live(replace(SMALL, sites=(dublin,)), decide, by_skill=True)
    spans = open_times(lived.known, dublin)
    closed = [case for case in lived.cases if not any(a <= case.customer.comes < b for a, b in spans)]
    assert len(closed) > 20
    assert {case.outcome for case in closed} == {"message"}


def to_whoever_is_first(line: list[Chat], crew: list[RepNow], now: datetime) -> Decisions:
    """Gives each chat to the first rep on the list, whether they're there, fit and free or not."""
    return Decisions([Match(chat.id, crew[0].id, "") for chat in line] if crew else [], {}, None)


def to_those_with_no_place(line: list[Chat], crew: list[RepNow], now: datetime) -> Decisions:
    """Fit and there, but without a look at what they have in hand."""
    return decide(line, [replace(rep, load=0, held=0, offered=False) for rep in crew], now)


def to_those_away(line: list[Chat], crew: list[RepNow], now: datetime) -> Decisions:
    return decide(line, [replace(rep, here=True, open=True, away=False) for rep in crew], now)


def to_nobody(line: list[Chat], crew: list[RepNow], now: datetime) -> Decisions:
    return Decisions([], {}, None)


def the_latest_first(line: list[Chat], crew: list[RepNow], now: datetime) -> Decisions:
    """One chat at a time, from the end of the line."""
    for chat in sorted(line, key=in_line, reverse=True):
        decided = decide([chat], crew, now)
        if decided.matches:
            return decided
    return Decisions([], {}, None)


def the_same_to_all(line: list[Chat], crew: list[RepNow], now: datetime) -> Decisions:
    free = [rep for rep in crew if rep.is_free(now)]
    return Decisions([Match(line[0].id, rep.id, "") for rep in free[:2]], {}, None)


@pytest.mark.parametrize(
    ("router", "what"),
    [
        (to_whoever_is_first, {ABSENT, FULL, UNFIT}),
        (to_those_with_no_place, {FULL, OVER}),
        (to_those_away, {ABSENT}),
        (to_nobody, {IDLE}),
        (the_latest_first, {PASSED, IDLE}),
        (the_same_to_all, {TWICE}),
        (first_come, {UNFIT}),
    ],
)
def test_a_broken_router_is_caught(router: Router, what: set[str]) -> None:
    lived = live(replace(SMALL, chats=600), router, by_skill=True)
    assert what <= set(+lived.watch.broken)


def test_gini_is_nought_for_equals_and_grows_with_the_gap() -> None:
    assert gini([2.0, 2.0, 2.0]) == pytest.approx(0)
    assert gini([0.0, 0.0, 3.0]) == pytest.approx(2 / 3)
    assert gini([]) == 0


def test_who_was_overtaken_is_counted_among_their_kind() -> None:
    ana, ben, cleo = (Case(customer) for customer in customers_of(SMALL, 0)[:3])
    ana.answered_at, ben.answered_at, cleo.answered_at = 900.0, 500.0, 700.0
    assert overtakings([cleo, ana, ben], lambda case: 0) == [0, 0, 2]
    assert overtakings([cleo, ana, ben], lambda case: case is ana) == [0, 0, 0]


def test_what_is_taken_for_granted_adds_up() -> None:
    assert sum(site.share for site in SITES) == pytest.approx(1)
    assert sum(market.share for market in MARKETS) == pytest.approx(1)
    assert sum(topic.share for topic in TOPICS.values()) == pytest.approx(1)
    assert all(sum(market.languages.values()) == pytest.approx(1) for market in MARKETS)


def test_somebody_is_on_shift_at_any_hour_and_shifts_lie_within_their_sites_hours() -> None:
    crew = crew_of(ORDINARY)
    assert len(crew) == 500
    for hour in range(24):
        assert any(shift.start <= 3600 * hour < shift.end for rep in crew for shift in rep.shifts)
    hours = {site.name: open_times(ORDINARY, site) for site in SITES}
    assert all(
        any(opens <= shift.start and shift.end <= closes for opens, closes in hours[rep.site])
        for rep in crew
        for shift in rep.shifts
    )


def test_things_happen_in_order_of_time_and_then_of_planning() -> None:
    agenda, seen = Agenda(), list[str]()
    agenda.at(2, seen.append, "late")
    agenda.at(1, seen.append, "early")
    agenda.at(1, lambda: agenda.after(0.5, seen.append, "between"))
    agenda.at(9, seen.append, "never")
    agenda.run(until=9)
    assert seen == ["early", "between", "late"]
