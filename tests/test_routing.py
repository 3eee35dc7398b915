"""Who is offered which chat, and why: the core alone, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from handoff.routing import decide, first_come
from handoff.routing_values import PATIENCE, Chat, Decisions, RepNow

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def chat(id: str = "ana", waited: float = 0, **more: Any) -> Chat:
    return Chat(id=id, arrived_at=ago(waited), **more)


def ruth(**more: Any) -> RepNow:
    return RepNow(**{"id": "ruth", "name": "Ruth", **more})


def sam(**more: Any) -> RepNow:
    return RepNow(**{"id": "sam", "name": "Sam", **more})


def given_to(decided: Decisions) -> dict[str, str]:
    return {match.chat_id: match.rep_id for match in decided.matches}


def test_priority_comes_before_arrival_and_arrival_before_the_rest() -> None:
    line = [chat("late", 1), chat("early", 9), chat("upset", 0, priority=1)]
    assert given_to(decide(line, [ruth()], NOW)) == {"upset": "ruth"}
    assert given_to(decide(line[:2], [ruth()], NOW)) == {"early": "ruth"}


def test_the_best_come_first_and_more_of_the_busy_may_get_it_as_it_waits() -> None:
    best = ruth(skills={"orders": 3}, load=3)
    for level, wait in ((2, PATIENCE.level_2), (1, PATIENCE.level_1), (0, PATIENCE.anybody)):
        other = sam(skills={"orders": level} if level else {}, load=1)
        before, after = (decide([chat(waited=wait - step, skill="orders")], [best, other], NOW) for step in (1, 0))
        assert (given_to(before), given_to(after)) == ({}, {"ana": "sam"}), level
        assert before.look_again_at == NOW + timedelta(seconds=1)


def test_somebody_idle_who_knows_it_comes_before_somebody_busy_who_knows_it_best() -> None:
    best, good = ruth(skills={"orders": 3}, load=1), sam(skills={"orders": 1})
    assert given_to(decide([chat(skill="orders")], [best, good], NOW)) == {"ana": "sam"}
    assert given_to(decide([chat(skill="orders")], [best, sam()], NOW)) == {"ana": "ruth"}


def test_of_equally_busy_reps_the_better_one_comes_first() -> None:
    for load in (0, 1):
        best = ruth(skills={"orders": 3}, load=load, last_got_at=ago(1))
        good = sam(skills={"orders": 2}, load=load, last_got_at=ago(900))
        assert given_to(decide([chat(waited=PATIENCE.level_2, skill="orders")], [good, best], NOW)) == {"ana": "ruth"}


def test_where_nobody_there_knows_it_best_nobody_waits_for_them() -> None:
    assert given_to(decide([chat(skill="billing")], [sam(skills={"billing": 1})], NOW)) == {"ana": "sam"}
    assert given_to(decide([chat(skill="billing")], [sam()], NOW)) == {"ana": "sam"}


def test_the_best_who_let_it_pass_are_not_waited_for_either() -> None:
    asked = chat(skill="orders", asked={"ruth": ago(1)})
    crew = [ruth(skills={"orders": 3}), sam(skills={"orders": 2})]
    assert given_to(decide([asked], crew, NOW)) == {"ana": "sam"}


def test_the_wanted_rep_is_first_for_a_minute_then_everybody() -> None:
    wanted, free = ruth(load=3), sam()
    early, late = (chat(waited=wait, wanted_rep_id="ruth") for wait in (59, 60))
    assert given_to(decide([early], [wanted, free], NOW)) == {}
    assert "Ruth" in decide([early], [wanted, free], NOW).waits["ana"]
    assert given_to(decide([late], [wanted, free], NOW)) == {"ana": "sam"}
    assert given_to(decide([early], [ruth(), free], NOW)) == {"ana": "ruth"}


def test_a_wanted_rep_who_has_gone_or_passed_is_not_waited_for() -> None:
    wanted = chat(wanted_rep_id="ruth")
    for gone in (ruth(here=False), ruth(away=True), ruth(disabled=True)):
        assert given_to(decide([wanted], [gone, sam()], NOW)) == {"ana": "sam"}
    passed = chat(wanted_rep_id="ruth", asked={"ruth": ago(5)})
    assert given_to(decide([passed], [ruth(), sam()], NOW)) == {"ana": "sam"}


def test_a_language_is_waited_for_and_gives_way_in_the_end() -> None:
    busy, plain = ruth(skills={"lang_es": 1}, load=3), sam()
    early, late = (chat(waited=PATIENCE.language - step, language="lang_es") for step in (1, 0))
    for crew in ([busy, plain], [plain]):
        before, after = (decide([one], crew, NOW) for one in (early, late))
        assert (given_to(before), given_to(after)) == ({}, {"ana": "sam"})
        assert before.look_again_at == NOW + timedelta(seconds=1)
    assert after.matches[0].reason == "free, while nobody who speaks Spanish was free"


def test_who_speaks_the_language_comes_first_however_long_it_waited() -> None:
    speaks, idle = ruth(skills={"lang_es": 1}, load=2), sam(skills={"orders": 3})
    late = chat(waited=9_999, language="lang_es", skill="orders")
    assert given_to(decide([late], [idle, speaks], NOW)) == {"ana": "ruth"}


def test_a_chat_for_a_team_stays_there_unless_nobody_of_it_is_there() -> None:
    theirs, others = ruth(team_id="returns", load=3), sam(team_id="everyday")
    assert given_to(decide([chat(waited=9_999, team_id="returns")], [theirs, others], NOW)) == {}
    assert given_to(decide([chat(waited=PATIENCE.team, team_id="returns")], [others], NOW)) == {"ana": "sam"}


def test_the_lowest_load_comes_first_then_who_has_gone_longest_without() -> None:
    crew = [ruth(load=1, last_got_at=ago(900)), sam(load=0, last_got_at=ago(1))]
    assert given_to(decide([chat()], crew, NOW)) == {"ana": "sam"}
    crew = [ruth(last_got_at=ago(900)), sam(last_got_at=ago(1))]
    assert given_to(decide([chat()], crew, NOW)) == {"ana": "ruth"}


def test_nobody_gets_a_chat_who_cant_take_one() -> None:
    unfit: list[dict[str, Any]] = [
        {"here": False},
        {"open": False},
        {"away": True},
        {"disabled": True},
        {"mode": "pull"},
        {"offered": True},
        {"load": 3},
        {"held": 6},
        {"breather_until": ago(-1)},
    ]
    for why in unfit:
        assert given_to(decide([chat(waited=9_999)], [ruth(**why)], NOW)) == {}, why
    assert given_to(decide([chat()], [ruth(breather_until=ago(0), load=2, held=5)], NOW)) == {"ana": "ruth"}


def test_nobody_is_asked_twice_until_all_were_and_then_not_at_once() -> None:
    both = [ruth(), sam()]
    assert given_to(decide([chat(asked={"ruth": ago(300)})], both, NOW)) == {"ana": "sam"}
    asked = {"ruth": ago(PATIENCE.ask_again), "sam": ago(PATIENCE.ask_again + 1)}
    assert given_to(decide([chat(asked=asked)], both, NOW)) == {"ana": "sam"}
    fresh = decide([chat(asked={"ruth": ago(10), "sam": ago(20)})], both, NOW)
    assert "asked already" in fresh.waits["ana"]
    assert fresh.look_again_at == ago(-PATIENCE.level_2)


def test_each_is_told_why() -> None:
    crew = [ruth(skills={"orders": 3, "lang_es": 2}), sam(skills={"orders": 2})]
    decided = decide([chat(skill="orders", language="lang_es")], crew, NOW)
    assert [match.reason for match in decided.matches] == ["fluent in Spanish and best at orders"]
    assert decide([chat()], crew, NOW).matches[0].reason == "the freest of 2"
    busy = [ruth(skills={"billing": 3}, load=3), sam()]
    waits = decide([chat(skill="billing")], busy, NOW).waits
    assert waits == {"ana": "Nobody who is best at billing is free: 1 is here, and busy."}
    assert decide([chat()], [], NOW).waits == {"ana": "Nobody is here."}


def test_a_breather_that_ends_is_looked_at_then() -> None:
    assert decide([chat()], [ruth(breather_until=ago(-90))], NOW).look_again_at == ago(-90)


def test_first_come_knows_arrival_and_idle_time_only() -> None:
    line = [chat("late", 1, priority=9), chat("early", 9, skill="billing")]
    crew = [ruth(load=1, last_got_at=ago(900)), sam(last_got_at=ago(1), skills={"billing": 3})]
    assert given_to(first_come(line, crew, NOW)) == {"early": "ruth", "late": "sam"}
    assert first_come(line, crew[:1], NOW).waits.keys() == {"late"}


SKILLS = st.sampled_from(["orders", "billing", "lang_es"])
SECONDS = st.integers(0, 400)
REPS = st.builds(
    dict,
    team_id=st.sampled_from([None, "a", "b"]),
    mode=st.sampled_from(["push", "push", "pull"]),
    skills=st.dictionaries(SKILLS, st.integers(1, 3)),
    load=st.integers(0, 3),
    held=st.integers(0, 7),
    away=st.booleans(),
    here=st.booleans(),
    offered=st.booleans(),
    last_got_at=st.none() | SECONDS.map(ago),
    breather_until=st.none() | st.integers(-60, 60).map(ago),
)
CHATS = st.builds(
    dict,
    arrived_at=SECONDS.map(ago),
    priority=st.integers(0, 2),
    skill=st.sampled_from([None, "orders", "billing"]),
    language=st.sampled_from([None, None, "lang_es"]),
    team_id=st.sampled_from([None, None, "a"]),
    wanted_rep_id=st.sampled_from([None, None, "rep 0"]),
    asked=st.dictionaries(st.sampled_from(["rep 0", "rep 1"]), st.integers(0, 120).map(ago)),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(CHATS, max_size=8), st.lists(REPS, max_size=6))
def test_whatever_the_line_and_the_crew(chats: list[dict[str, Any]], reps: list[dict[str, Any]]) -> None:
    """One rep each, only who can take one, in line; and nobody waits while somebody is free who surely may get it."""
    line = [Chat(id=f"chat {number}", **each) for number, each in enumerate(chats)]
    crew = {f"rep {number}": RepNow(id=f"rep {number}", **each) for number, each in enumerate(reps)}
    decided = decide(line, crew.values(), NOW)
    got = given_to(decided)
    assert len(set(got.values())) == len(got) == len(decided.matches)
    assert {one.id for one in line} == got.keys() | decided.waits.keys()
    assert all(crew[rep_id].is_free(NOW) for rep_id in got.values())
    assert all(got[one.id] not in one.asked or one.asked[got[one.id]] <= ago(60) for one in line if one.id in got)
    left = [rep for id, rep in crew.items() if rep.is_free(NOW) and id not in got.values()]
    for one in (one for one in line if one.id not in got):
        assert not [rep for rep in left if surely_may_get(rep, one)], one


def surely_may_get(rep: RepNow, one: Chat) -> bool:
    """By the rules as they are written down: knows it best, in its team and language, isn't second to a wanted one."""
    if one.wanted_rep_id not in (None, rep.id) and one.arrived_at > ago(PATIENCE.wanted_rep):
        return False
    knows = one.skill is None or rep.skills.get(one.skill) == 3 or one.arrived_at <= ago(PATIENCE.anybody)
    speaks = one.language is None or one.language in rep.skills
    return knows and speaks and rep.id not in one.asked and one.team_id in (None, rep.team_id)
