"""Helps stay with their topic when in doubt, and don't say the same twice; what wasn't understood is guessed at."""

from actions.discovery import all_actions
from actions.everyday import AskAgain
from actions.going_on import GoOn
from actions.handoff import HandOver
from actions.orders import TrackOrder
from actions.workplace import Workplace
from tests.larkfield import ANA, LATE, ON_TIME, Chat, sqlite_shop_url, track_order, workplace

__all__ = ["sqlite_shop_url", "track_order", "workplace"]

TITLES = {"late_delivery": "A late order", "refund_status": "A refund", "talk_to_human": "Talk to a person"}
DOMAIN = {"responses": {f"utter_guess_{topic}": [{"text": title}] for topic, title in TITLES.items()}}


def ranked(**confidences: float) -> dict[str, object]:
    """What a message carries whose intents are ranked like this."""
    return {"intent_ranking": [{"name": name, "confidence": confidence} for name, confidence in confidences.items()]}


def test_words_that_bring_back_the_same_answer_get_the_offer_of_a_person(track_order: TrackOrder) -> None:
    chat = Chat(customer=ANA, page=LATE)
    first = chat.ask(track_order, "late_delivery")
    assert first.asked == "helped"
    again = chat.ask(track_order, "late_delivery")
    assert (again.names, again.asked) == (["utter_nothing_new", "utter_ask_person"], "person")
    assert chat.ask(HandOver(track_order.workplace), "affirm").note("handoff")["reason"] == "not_solved"


def test_a_detail_or_a_button_may_bring_back_the_same_answer(track_order: TrackOrder) -> None:
    chat = Chat(customer=ANA)
    told = chat.ask(track_order, "track_package", order_number=ON_TIME).responses
    assert chat.ask(track_order, "track_package", order_number=ON_TIME).responses == told
    chat.pressed = True
    assert chat.ask(track_order, "track_package").responses == told


def test_a_question_may_be_asked_twice_but_not_three_times(track_order: TrackOrder) -> None:
    chat = Chat()
    asked = [chat.ask(track_order, "track_package").asked for _ in range(3)]
    assert asked == ["order_number", "order_number", "person"]


def test_a_doubtful_change_of_topic_in_the_middle_isnt_made(track_order: TrackOrder) -> None:
    chat = Chat(slots={"about": "refund_status", "asked": "order_number"})
    answer = chat.ask(track_order, "track_package", ranked(track_package=0.3))
    assert (answer.responses, answer.asked) == (["utter_not_understood"], "order_number")
    assert chat.slots["about"] == "refund_status"
    assert chat.ask(track_order, "track_package", ranked(track_package=0.6)).slots["about"] == "track_package"


def test_a_doubtful_topic_at_the_beginning_is_taken_up(track_order: TrackOrder) -> None:
    assert Chat().ask(track_order, "track_package", ranked(track_package=0.3)).asked == "order_number"


def test_what_was_perhaps_meant_is_offered(workplace: Workplace) -> None:
    all_actions()
    said = ranked(late_delivery=0.2, refund_status=0.15, track_package=0.13, greet=0.1)
    answer = Chat(domain=DOMAIN).ask(AskAgain(workplace), "nlu_fallback", said)
    assert answer.names == ["utter_ask_meant"]
    assert [(button["title"], button["payload"]) for button in answer.buttons] == [
        ("A late order", "/late_delivery"),
        ("A refund", "/refund_status"),
        ("Talk to a person", "/talk_to_human"),
    ]


def test_nothing_is_offered_that_is_no_more_likely_than_anything_else(workplace: Workplace) -> None:
    said = ranked(late_delivery=0.08, greet=0.3)
    assert Chat(domain=DOMAIN).ask(AskAgain(workplace), "nlu_fallback", said).names == ["utter_ask_again"]


def test_two_misunderstandings_hand_over_whichever_was_offered(workplace: Workplace) -> None:
    chat = Chat(domain=DOMAIN)
    chat.ask(AskAgain(workplace), "nlu_fallback", ranked(late_delivery=0.2))
    handed = chat.ask(AskAgain(workplace), "nlu_fallback", ranked(late_delivery=0.2))
    assert handed.note("handoff") == {"reason": "misunderstood", "topic": None}


def test_who_goes_on_explaining_when_a_person_is_offered_gets_one(workplace: Workplace) -> None:
    chat = Chat(slots={"asked": "person", "person_reason": "refund", "about": "refund_status"})
    answer = chat.ask(AskAgain(workplace), "nlu_fallback")
    assert answer.note("handoff") == {"reason": "refund", "topic": "refund_status"}


def test_who_is_upset_and_not_understood_gets_an_apology_and_not_a_riddle(workplace: Workplace) -> None:
    upset = {"tone": {"upset": 0.9, "unliteral": 0.0, "words": []}, **ranked(late_delivery=0.2)}
    answer = Chat(domain=DOMAIN).ask(AskAgain(workplace), "nlu_fallback", upset)
    assert answer.names == ["utter_sorry", "utter_ask_person"]


def test_words_after_an_answer_that_arent_understood_lead_to_a_person(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    assert chat.ask(GoOn(workplace), "inform_order", order_number=LATE).asked == "helped"
    answer = chat.ask(AskAgain(workplace), "nlu_fallback")
    assert (answer.responses, answer.asked) == (["utter_not_understood"], "person")


def test_each_action_is_there_once() -> None:
    titles = [action.title for action in all_actions()]
    assert len(titles) == len(set(titles))
