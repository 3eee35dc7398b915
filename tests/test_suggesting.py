"""Ruth gets macros and replies that helped before, nothing personal among them, and none while the bot is down."""

from __future__ import annotations

import random
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from handoff import closing, learning, suggesting
from handoff.errors import NotFound
from handoff.ids import new_id
from handoff.nearest import Known, nearest, signs_of
from handoff.people import Customer, Rep
from handoff.schema import vote
from handoff.schema_centre import macro
from handoff.schema_knowing import known_answer, learnt
from tests.desk import Desk, RepClient
from tests.record import Record
from tests.scripted_vectors import words_as_vector

ASKED = "Does the reading lamp come with a bulb?"
BOTS = "scripted"
"""The encoder of the bot."""
HELPED = "Yes, a bulb is in the box. You only need to screw it in."


def test_a_reply_that_got_a_yes_is_known_by_the_question_that_it_answered(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    answered(record, ana, ruth, solved=True)
    found = record.do(learning.to_learn, BOTS)
    assert [(source.kind, source.words, source.text) for source in found.sources] == [("reply", ASKED, HELPED)]
    learns_all(record)
    assert [(each.kind, each.text) for each in record.do(learning.known_answers, BOTS)] == [("reply", HELPED)]
    assert record.do(learning.to_learn, BOTS) == learning.ToLearn([], [])
    assert ASKED not in str(record.rows(known_answer))


@pytest.mark.parametrize("solved", [False, None])
def test_without_a_yes_nothing_is_learnt(record: Record, solved: bool | None) -> None:
    answered(record, record.customer("Ana"), record.rep("Ruth"), solved=solved)
    assert record.do(learning.to_learn, BOTS) == learning.ToLearn([], [])


def test_a_yes_that_becomes_a_no_takes_the_reply_back(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = answered(record, ana, ruth, solved=True)
    learns_all(record)
    record.do(closing.vote, ana, talk, False)
    assert record.do(learning.known_answers, BOTS) == []


def test_a_yes_for_the_bot_and_an_old_one_teach_nothing(record: Record) -> None:
    ruth = record.rep("Ruth")
    answered(record, record.customer("Ana"), ruth, solved=True)
    record.do(lambda tx: tx.db.execute(update(vote).values(owner_kind="bot")))
    assert record.do(learning.to_learn, BOTS).chats == []
    record.do(lambda tx: tx.db.execute(update(vote).values(owner_kind="rep")))
    record.later(days=181)
    assert record.do(learning.to_learn, BOTS).chats == []


def test_only_what_follows_the_customers_own_words_counts(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.replies(ruth, talk, "Thank you for waiting so long today.")  # follows the desk's line
    record.says(ana, talk, "ok")
    record.replies(ruth, talk, "Thank you, this is being sent again.")  # "ok" is no question
    record.says(ana, talk, ASKED)
    record.replies(ruth, talk, HELPED)
    record.replies(ruth, talk, "Please keep the box until then.")  # follows the rep's own
    ends(record, ana, ruth, talk, solved=True)
    assert [source.text for source in record.do(learning.to_learn, BOTS).sources] == [HELPED]


def test_a_chat_without_anything_to_learn_is_looked_through_once(record: Record) -> None:
    answered(
        record, record.customer("Ana"), record.rep("Ruth"), solved=True, reply="It's the blue one, Ana, sent on 3 May."
    )
    found = record.do(learning.to_learn, BOTS)
    assert (found.sources, len(found.chats)) == ([], 1)
    learns_all(record)
    assert len(record.rows(learnt)) == 1


def test_a_macro_is_learnt_again_when_it_changes_and_not_shown_when_it_retires(record: Record) -> None:
    record.rep("Ruth")
    adds_macro(record, "Hello {customer_name}, the bulb is in the box.")
    [source] = record.do(learning.to_learn, BOTS).sources
    assert source.words == "About bulbs. Hello , the bulb is in the box."
    learns_all(record)
    assert [(each.kind, each.name, each.text) for each in record.do(learning.known_answers, BOTS)] == [
        ("macro", "bulb", "Hello {customer_name}, the bulb is in the box.")
    ]
    record.do(lambda tx: tx.db.execute(update(macro).values(text="There is no bulb in it.")))
    assert [each.words for each in record.do(learning.to_learn, BOTS).sources] == [
        "About bulbs. There is no bulb in it."
    ]
    record.do(lambda tx: tx.db.execute(update(macro).values(disabled_at=tx.now)))
    assert record.do(learning.known_answers, BOTS) == []


def test_another_encoder_learns_all_anew_beside_the_first_whose_own_goes_a_day_later(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    answered(record, ana, ruth, solved=True)
    adds_macro(record, "The bulb is in the box.")
    learns_all(record)
    assert record.do(learning.latest_encoder) == BOTS
    record.later(days=2)
    assert record.do(learning.known_answers, "newer") == []
    learns_all(record, "newer")
    assert {each.encoder for each in record.do(learning.known_answers, "newer")} == {"newer"}
    assert len(record.do(learning.known_answers, "newer")) == len(record.do(learning.known_answers, BOTS)) == 2
    assert record.do(learning.to_learn, BOTS) == record.do(learning.to_learn, "newer") == learning.ToLearn([], [])
    assert record.do(learning.latest_encoder) == "newer"
    record.later(days=2)
    answered(record, ana, ruth, solved=True)
    learns_all(record, "newer")
    for table in (known_answer, learnt):
        assert {row.encoder for row in record.rows(table)} == {"newer"}


def test_a_reply_whose_yes_is_half_a_year_old_is_neither_suggested_nor_kept(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    old = answered(record, ana, ruth, solved=True)
    learns_all(record)
    record.later(days=179)
    assert [each.text for each in record.do(learning.known_answers, BOTS)] == [HELPED]
    record.later(days=2)
    assert record.do(learning.known_answers, BOTS) == []
    new = answered(record, ana, ruth, solved=True)
    learns_all(record)
    for table in (known_answer, learnt):
        assert [row.conversation_id for row in record.rows(table)] == [new]
    record.do(closing.vote, ana, new, False)
    assert old not in record.do(learning.to_learn, BOTS).chats


def test_a_macro_that_has_retired_is_forgotten_when_something_is_learnt_and_comes_back_with_it(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    adds_macro(record, "The bulb is in the box.")
    learns_all(record)
    record.do(lambda tx: tx.db.execute(update(macro).values(disabled_at=tx.now)))
    answered(record, ana, ruth, solved=True)
    learns_all(record)
    assert [row.kind for row in record.rows(known_answer)] == ["reply"]
    record.do(lambda tx: tx.db.execute(update(macro).values(disabled_at=None)))
    assert [source.kind for source in record.do(learning.to_learn, BOTS).sources] == ["macro"]


def test_the_question_is_what_ana_typed_since_ruths_last_words(record: Record) -> None:
    ana, ruth, sam = record.customer("Ana"), record.rep("Ruth"), record.rep("Sam")
    talk = record.held(ana, ruth)
    assert record.do(suggesting.question_of, ruth, talk) == "Where is my parcel?"
    record.replies(ruth, talk, "Let me look.")
    assert record.do(suggesting.question_of, ruth, talk) is None
    for text in ("one two", "ok", "three four", "five six"):
        record.says(ana, talk, text)
    assert record.do(suggesting.question_of, ruth, talk) == "three four five six"
    assert isinstance(record.refused(suggesting.question_of, sam, talk), NotFound)


def test_the_sieve_finds_what_measuring_all_would_find() -> None:
    """Of 300 made-up sentences the three nearest by exact likeness; a sixth of all is measured."""
    chance = random.Random(7)
    words = [f"word{number}" for number in range(400)]
    known = [known_reply(" ".join(chance.sample(words, 8))) for _ in range(300)]
    kept = 0
    for _ in range(20):
        question = words_as_vector(" ".join(chance.sample(words, 8)))
        exact = sorted(known, key=lambda each: -sum(map(float.__mul__, question, each.vector)))[:3]
        kept += {each.text for each in exact} <= {each.text for _, each in nearest(question, known)}
    assert kept >= 19


def test_of_many_the_three_best_are_chosen_and_the_same_words_once() -> None:
    near = [(0.9, known_reply("One")), (0.8, known_reply("one")), (0.7, known_reply("Two"))]
    near += [(0.59, known_reply("Far")), (0.65, known_reply("Three")), (0.61, known_reply("Four"))]
    assert [each.text for each in suggesting.chosen(near)] == ["One", "Two", "Three"]


def test_ruth_gets_them_over_http_and_none_while_the_bot_is_down(desk: Desk) -> None:
    desk.do(lambda tx: tx.db.execute(insert(macro), macro_row("bulb", "A bulb is in the box of the reading lamp.")))
    ruth, ana = desk.rep("ruth"), desk.ana()
    talk = ana.waits()
    ruth.does("claim", talk)
    ana.says(talk, "Is a bulb in the box of the lamp?")
    desk.call(desk.parts.suggesting.learn())
    assert [(each["kind"], each["name"]) for each in suggested(ruth, talk)] == [("macro", "bulb")]
    desk.vectors.down = True
    assert suggested(ruth, talk) == []
    desk.vectors.down = False
    desk.vectors.encoder = "another one"
    kept = desk.do(learnt_by)
    assert suggested(ruth, talk) == []
    assert desk.do(learnt_by) == kept == ["scripted"]
    desk.call(desk.parts.suggesting.learn())
    assert [each["name"] for each in suggested(ruth, talk)] == ["bulb"]
    assert desk.do(learnt_by) == ["another one", "scripted"]


def learnt_by(tx: Any) -> list[str]:
    return sorted(tx.db.execute(select(known_answer.c.encoder).distinct()).scalars())


def suggested(ruth: RepClient, talk: str) -> Any:
    answered = ruth.http.get(f"/api/rep/conversations/{talk}/suggestions")
    assert answered.status_code == 200, answered.text
    return answered.json()["suggestions"]


def answered(record: Record, customer: Customer, rep: Rep, *, solved: bool | None, reply: str = HELPED) -> str:
    """A closed chat in which the rep answered this question, and what the customer said of it."""
    talk = record.held(customer, rep)
    record.says(customer, talk, ASKED)
    record.replies(rep, talk, reply)
    ends(record, customer, rep, talk, solved)
    return talk


def ends(record: Record, customer: Customer, rep: Rep, talk: str, solved: bool | None) -> None:
    record.do(closing.close_by_rep, rep, talk, "device_help", "asked")
    if solved is not None:
        record.do(closing.vote, customer, talk, solved)


def learns_all(record: Record, encoder: str = BOTS) -> None:
    while (found := record.do(learning.to_learn, encoder)).sources or found.chats:
        vectors = [words_as_vector(source.words) for source in found.sources]
        record.do(learning.keep, found, encoder, vectors)


def known_reply(text: str) -> Known:
    vector = words_as_vector(text)
    return Known("reply", text, "scripted", vector, signs_of(vector))


def adds_macro(record: Record, text: str) -> None:
    record.do(lambda tx: tx.db.execute(insert(macro), macro_row("bulb", text)))


def macro_row(name: str, text: str) -> dict[str, Any]:
    from datetime import UTC, datetime

    return {"id": new_id(), "name": name, "title": "About bulbs", "text": text, "changed_at": datetime.now(UTC)}
