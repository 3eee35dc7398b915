"""What tone does to the queue, and what a rep is told of what the bot noticed."""

from typing import Any

import pytest
from ruamel.yaml import YAML
from sqlalchemy import update

from deploy.places import ROOT
from handoff import customer_email, messages, rep_lists, rep_queue, turns, views
from handoff.people import Customer, Rep
from handoff.schema import conversation
from handoff.schema import customer as customer_table
from handoff.wire_console import Brief, Tried
from handoff.words import WORDS, reason_words
from tests.record import Record, answer

CALM = {"upset": 0.1, "unliteral": 0.0, "words": []}
UPSET = {
    "upset": 0.9,
    "unliteral": 0.2,
    "words": [{"word": "ridiculous", "for": "upset"}, {"word": "third time", "for": "upset"}],
}
UNLITERAL = {"upset": 0.2, "unliteral": 0.8, "words": [{"word": "just great", "for": "unliteral"}]}


def test_an_upset_customer_comes_before_those_who_wait_calmly(record: Record) -> None:
    ruth = record.rep("Ruth")
    ana, bob = record.customer("Ana"), record.customer("Bob")
    calm = wants_a_person_after(record, bob, tone=CALM)
    record.later(seconds=1)
    upset = wants_a_person_after(record, ana, tone=UPSET)
    assert [(item.id, item.upset) for item in record.do(rep_lists.queue_for, ruth).waiting] == [
        (upset, True),
        (calm, False),
    ]
    assert (record.view(ana, upset).place, record.view(bob, calm).place) == (1, 2)


def test_of_two_upset_customers_the_first_is_first(record: Record) -> None:
    ruth = record.rep("Ruth")
    first = wants_a_person_after(record, record.customer("Ana"), tone=UPSET)
    record.later(seconds=1)
    second = wants_a_person_after(record, record.customer("Bob"), tone=UPSET)
    assert [item.id for item in record.do(rep_lists.queue_for, ruth).waiting] == [first, second]


def test_a_handoff_by_the_bot_counts_the_turn_that_led_to_it(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    says(record, ana, talk, handoff={"reason": "tone"}, understood={"tone": UPSET})
    [row] = record.rows(conversation, id=talk)
    assert (row.state, row.priority, row.reason) == ("waiting", 1, "tone")


def test_who_has_calmed_down_is_not_put_before_others(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    for tone in (UPSET, CALM, CALM, CALM):
        says(record, ana, talk, understood={"tone": tone})
    record.do(rep_queue.ask_for_person, ana, talk)
    assert record.rows(conversation, id=talk)[0].priority == 0


def test_the_brief_says_how_ana_sounds_and_by_which_words(record: Record) -> None:
    tone = brief_after(record, {"tone": UNLITERAL}, {"tone": UPSET}).tone
    assert tone is not None
    assert (tone.upset, tone.upset_words) == (True, ["ridiculous", "third time"])
    assert (tone.unliteral, tone.unliteral_words) == (True, ["just great"])


def test_nobody_is_said_to_sound_upset_because_of_a_word_like_you(record: Record) -> None:
    words = [{"word": word, "for": "upset"} for word in ("you", "you are", "not", "you people", "!!!")]
    tone = brief_after(record, {"tone": {**UPSET, "words": words}}).tone
    assert tone is not None
    assert (tone.upset, tone.upset_words) == (True, ["you people", "!!!"])


def test_of_a_drawn_out_scream_the_brief_shows_the_beginning(record: Record) -> None:
    tone = brief_after(record, {"tone": {**UPSET, "words": [{"word": "a" * 4_000, "for": "upset"}]}}).tone
    assert tone is not None
    assert tone.upset_words == ["a" * 40]


def test_the_brief_says_nothing_of_an_even_tone(record: Record) -> None:
    assert brief_after(record, {"tone": CALM}, {}).tone is None


def test_the_brief_says_what_else_was_asked_and_in_which_language(record: Record) -> None:
    made = brief_after(
        record,
        {"also": ["refund_status", "late_delivery"], "language": "en"},
        {"also": ["refund_status", "missing_coins"], "language": "es"},
        {"language": "en"},
    )
    assert (made.also, made.language) == (["refund_status", "missing_coins"], "es")


def test_the_brief_says_what_the_bots_last_check_was_answered(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.opened(ana)
    for said in ("yes", "no", None):
        says(record, ana, talk, check=said)
    record.do(rep_queue.ask_for_person, ana, talk)
    assert record.do(views.rep_view, ruth, talk).brief.check == "no"


def test_a_reason_that_nobody_has_put_into_words_is_no_accident() -> None:
    reasons = YAML(typ="safe").load(WORDS)["reasons"]
    assert reason_words("a_reason_of_next_year") == reason_words(None) == reasons["none"]


REASONS = """
    asked misunderstood bot_down tone abuse not_solved other_language policy order_not_found shop_down
    missing_parcel order_problem cancel change_address return refund billing coins device
"""


@pytest.mark.parametrize("reason", REASONS.split())
def test_each_reason_for_a_handoff_is_one_sentence(reason: str) -> None:
    words = reason_words(reason)
    assert words != reason_words(None)
    assert words.endswith(".")
    assert words.count(".") == 1


def test_the_brief_says_what_the_bot_tried_how_it_answered_and_that_it_didnt_help(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.opened(ana)
    says(record, ana, talk, words="Hello!", events=did("action_small_talk"))
    says(record, ana, talk, words="Your order A-104233 is late.", events=did("action_listen", "action_track_order"))
    says(record, ana, talk, words="Would you like a person?", check="no")
    says(record, ana, talk, words="I've asked the shop to send it again.", events=did("action_send_again"))
    record.do(rep_queue.ask_for_person, ana, talk)
    made = record.do(views.rep_view, ruth, talk).brief.tried
    assert [(each.did, each.answer, each.result) for each in made] == [
        ("looked up the order", "Your order A-104233 is late.", "not_solved"),
        ("asked the shop to send it again", "I've asked the shop to send it again.", None),
    ]


def test_a_bot_that_couldnt_answer_is_said_to_have_tried(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "where is it")
    assert record.do(turns.give_up, record.leased(talk), "timeout", 8_000)
    [made] = tried_in(record, ana, talk)
    assert (made.did, made.answer, made.result) == ("couldn't answer", "", None)


def test_a_long_answer_is_cut_at_a_word_and_the_latest_attempts_are_kept(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    for number in range(6):
        says(record, ana, talk, words=f"{number} {'word ' * 100}", events=did("action_refund_status"))
    made = tried_in(record, ana, talk)
    assert [each.answer[0] for each in made] == ["2", "3", "4", "5"]
    assert all(len(each.answer) <= 160 and each.answer.endswith("word…") for each in made)


def test_the_words_for_what_the_bot_tried_are_those_of_actions_that_it_has() -> None:
    yaml = YAML(typ="safe")
    domain = [yaml.load(path) for path in (ROOT / "domain").glob("*.yml")]
    actions = {
        each if isinstance(each, str) else next(iter(each)) for part in domain for each in part.get("actions", ())
    }
    assert set(yaml.load(WORDS)["deeds"]) - {"no_answer"} <= actions


def test_what_the_shop_has_signed_is_proven_and_what_ana_types_is_not(record: Record) -> None:
    ana, ruth = record.customer("Ana", sub="C-1001"), record.rep("Ruth")
    record.do(lambda tx: tx.db.execute(update(customer_table).values(email="ana@example.com")))
    talk = record.opened(ana)
    record.do(lambda tx: tx.db.execute(update(conversation).values(order_id="A-100001")))
    record.do(rep_queue.ask_for_person, ana, talk)
    assert proven(record, ruth, talk) == {"order": True, "email": True, "name": True}
    record.do(customer_email.leave_email, ana, talk, "other@example.com")
    assert proven(record, ruth, talk) == {"order": True, "email": False, "name": True}
    record.do(lambda tx: tx.db.execute(update(conversation).values(unproven_from=3)))
    assert proven(record, ruth, talk) == {"order": False, "email": False, "name": False}
    assert record.do(views.rep_view, ruth, talk).brief.by_link


def test_the_order_that_a_visitor_names_is_only_claimed(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.opened(ana)
    record.says(ana, talk, "Where is my parcel, order A-123456?")
    asked = record.leased(talk)
    record.do(turns.accept, asked, answer(asked, "I see."), 5)
    record.do(rep_queue.ask_for_person, ana, talk)
    assert proven(record, ruth, talk) == {"order": False, "asked": False}


def test_what_was_asked_is_in_anas_words_not_in_a_buttons(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "where is it")
    asked = record.leased(talk)
    button = {"title": "Yes, I'd like to talk to a person", "payload": "/affirm"}
    offered = {"text": "Would you like a person?", "buttons": [button]}
    assert record.do(turns.accept, asked, answer(asked, messages=[offered]), 5)
    [shown] = record.do(messages.messages_after, ana, talk, 0, 10).messages[-1].buttons
    record.do(messages.press, ana, talk, record.client_id(), shown.id)
    asked = record.leased(talk)
    assert record.do(turns.accept, asked, answer(asked, "All right."), 5)
    record.do(rep_queue.ask_for_person, ana, talk)
    known = record.do(views.rep_view, record.rep("Ruth"), talk).brief.known
    assert [fact.value for fact in known if fact.what == "asked"] == ["where is it"]


def test_the_order_is_the_one_that_the_bot_worked_on(record: Record) -> None:
    assert order_after(record, "A-100001", found("A-200002", page="A-100001")) == "A-200002"
    assert order_after(record, None, found("A-200002", page=None)) == "A-200002"


def test_the_page_that_ana_has_come_from_since_beats_the_order_that_she_named_before(record: Record) -> None:
    assert order_after(record, "A-100001", found("A-200002", page=None)) == "A-100001"
    assert order_after(record, "A-100001") == "A-100001"


def test_an_order_that_wasnt_found_is_not_what_the_chat_is_about(record: Record) -> None:
    assert order_after(record, None, found("A-200002", page=None), found(None, page=None)) is None


def order_after(record: Record, page: str | None, *turns_events: list[dict[str, Any]]) -> str | None:
    """The order in the brief of a chat that was begun on this order's page, after turns with these events."""
    ana = record.customer("Ana", sub=record.client_id())
    talk = record.opened(ana)
    for events in turns_events:
        says(record, ana, talk, events=events)
    record.do(lambda tx: tx.db.execute(update(conversation).where(conversation.c.id == talk).values(order_id=page)))
    record.do(rep_queue.ask_for_person, ana, talk)
    made: Brief = record.do(views.rep_view, record.rep(f"Ruth {talk}"), talk).brief
    return made.order_id


def found(order: str | None, page: str | None) -> list[dict[str, Any]]:
    """The events of a turn in which the bot worked on an order, or found none."""
    values = {"order_number": order, "page_order": page}
    return [{"event": "slot", "name": name, "value": value} for name, value in values.items()]


def proven(record: Record, rep: Rep, talk: str) -> dict[str, bool]:
    """Of each known fact, whether the shop vouches for it."""
    return {fact.what: fact.proven for fact in record.do(views.rep_view, rep, talk).brief.known}


def tried_in(record: Record, who: Customer, talk: str) -> list[Tried]:
    """What Ruth is told that the bot tried, once they wait for a person."""
    record.do(rep_queue.ask_for_person, who, talk)
    made: list[Tried] = record.do(views.rep_view, record.rep("Ruth"), talk).brief.tried
    return made


def did(*actions: str) -> list[dict[str, Any]]:
    """A turn's events in which the bot ran these."""
    return [{"event": "user", "text": "…"}, *({"event": "action", "name": name} for name in actions)]


def says(record: Record, who: Customer, talk: str, words: str = "I see.", **answered: Any) -> None:
    """They say something, and the bot answers."""
    record.says(who, talk, "where is it")
    asked = record.leased(talk)
    assert record.do(turns.accept, asked, answer(asked, words, **answered), 5)
    record.later(seconds=1)


def wants_a_person_after(record: Record, who: Customer, **understood: Any) -> str:
    """A conversation that waits, after a turn of theirs in which this was understood."""
    talk = record.opened(who)
    says(record, who, talk, understood=understood)
    record.do(rep_queue.ask_for_person, who, talk)
    return talk


def brief_after(record: Record, *understood: dict[str, Any]) -> Brief:
    """What Ruth is told about Ana, after turns in which this was understood, about a late delivery."""
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.opened(ana)
    for each in understood:
        says(record, ana, talk, understood=each, topic="late_delivery")
    record.do(rep_queue.ask_for_person, ana, talk)
    made: Brief = record.do(views.rep_view, ruth, talk).brief
    return made
