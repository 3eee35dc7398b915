"""Details that go on with a topic, topics left and taken up again, and the check at the end."""

from actions.everyday import AskAgain, Complaint, NeverMind, SmallTalk
from actions.find_order import OrderHelp
from actions.going_on import Close, ComeBack, GoOn, NotSolved, Solved
from actions.handoff import HandOver, OfferPerson
from actions.orders import TrackOrder
from actions.shop import Order
from actions.turn import Turn
from actions.workplace import Workplace
from tests.larkfield import ANA, LATE, ON_TIME, Chat, sqlite_shop_url, track_order, workplace

__all__ = ["sqlite_shop_url", "track_order", "workplace"]


class Giftwrap(OrderHelp):
    """A help that needs a customer who is signed in."""

    title = "action_giftwrap"
    topics = ("giftwrap",)

    async def help_owner(self, turn: Turn, order: Order) -> None:
        turn.ask("helped")


def test_a_bare_order_number_is_about_where_the_order_is(workplace: Workplace) -> None:
    answer = Chat(customer=ANA).ask(GoOn(workplace), "inform_order", order_number=LATE)
    assert (answer.responses[0], answer.slots["about"]) == ("utter_order_late", "late_delivery")


def test_a_number_goes_on_with_the_topic_at_hand(workplace: Workplace) -> None:
    chat = Chat(customer=ANA, slots={"about": "giftwrap", "asked": "pick"})
    answer = chat.ask(GoOn(workplace), "inform_order", order_number=LATE)
    assert (answer.asked, answer.slots["about"]) == ("helped", "giftwrap")


def test_who_isnt_signed_in_is_asked_to_sign_in_for_what_only_the_owner_may_have(workplace: Workplace) -> None:
    answer = Chat().ask(Giftwrap(workplace), "giftwrap")
    assert (answer.responses, answer.asked) == (["utter_sign_in"], "person")


def test_a_topic_left_at_a_question_is_offered_again_once_the_next_is_solved(workplace: Workplace) -> None:
    chat = Chat()
    assert chat.ask(TrackOrder(workplace), "track_package").asked == "order_number"
    assert chat.ask(Giftwrap(workplace), "giftwrap").slots["unfinished"] == "track_package"
    answer = chat.ask(Solved(workplace), "affirm")
    assert (answer.asked, answer.names, answer.note("check")) == (
        "come_back",
        ["utter_ask_come_back_track_package"],
        "yes",
    )
    answer = chat.ask(ComeBack(workplace), "affirm")
    assert (answer.asked, answer.slots["about"], answer.slots["unfinished"]) == ("order_number", "track_package", None)


def test_a_topic_that_was_answered_is_not_offered_again(workplace: Workplace) -> None:
    chat = Chat(customer=ANA, page=LATE)
    assert chat.ask(TrackOrder(workplace), "late_delivery").asked == "helped"
    chat.ask(Giftwrap(workplace), "giftwrap")
    assert chat.ask(Solved(workplace), "affirm").asked == "close"


def test_a_second_request_in_one_message_is_offered_once_the_first_is_solved(workplace: Workplace) -> None:
    chat = Chat(customer=ANA, page=LATE)
    chat.ask(TrackOrder(workplace), "late_delivery", said={"also": ["change_address"]})
    assert chat.ask(Solved(workplace), "affirm").names == ["utter_ask_come_back_change_address"]


def test_a_second_request_that_nobody_helps_with_is_not_offered(workplace: Workplace) -> None:
    chat = Chat(customer=ANA, page=LATE)
    chat.ask(TrackOrder(workplace), "late_delivery", said={"also": ["complaint", 7]})
    assert chat.ask(Solved(workplace), "affirm").asked == "close"


def test_ana_who_isnt_helped_is_offered_a_person_who_learns_so(workplace: Workplace) -> None:
    chat = Chat(customer=ANA, page=LATE)
    chat.ask(TrackOrder(workplace), "late_delivery")
    answer = chat.ask(NotSolved(workplace), "deny")
    assert (answer.asked, answer.note("check")) == ("person", "no")
    handed = chat.ask(HandOver(workplace), "affirm").note("handoff")
    assert handed == {"reason": "not_solved", "topic": "late_delivery"}


def test_closing_is_agreed_and_told_to_the_desk(workplace: Workplace) -> None:
    answer = Chat(customer=ANA).ask(Close(workplace), "affirm")
    assert (answer.responses, answer.note("close")) == (["utter_closing"], True)


def test_small_talk_in_the_middle_repeats_the_question(workplace: Workplace) -> None:
    chat = Chat()
    chat.ask(TrackOrder(workplace), "track_package")
    answer = chat.ask(SmallTalk(workplace), "bot_challenge")
    assert (answer.names, answer.asked) == (["utter_bot_challenge", "utter_ask_order_number"], "order_number")


def test_listed_orders_stay_open_and_are_not_listed_twice(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    assert chat.ask(TrackOrder(workplace), "track_package").asked == "pick"
    answer = chat.ask(SmallTalk(workplace), "greet")
    assert (answer.names, answer.asked) == (["utter_greet"], "pick")


def test_bitter_thanks_get_no_cheerful_answer(workplace: Workplace) -> None:
    answer = Chat().ask(SmallTalk(workplace), "thanks", said={"tone": {"upset": 0.2, "unliteral": 0.9, "words": []}})
    assert (answer.responses, answer.asked) == (["utter_sorry"], "person")
    assert Chat().ask(SmallTalk(workplace), "thanks", said={"tone": "odd"}).responses == ["utter_thanks"]


def test_praise_that_may_not_be_meant_gets_a_plain_answer(workplace: Workplace) -> None:
    wry = {"tone": {"upset": 0.0, "unliteral": 0.3, "words": []}}
    assert Chat().ask(SmallTalk(workplace), "small_talk", said=wry).responses == ["utter_plain"]


def test_thanks_for_nothing_is_no_yes(workplace: Workplace) -> None:
    wry = {"tone": {"upset": 0.1, "unliteral": 0.4, "words": []}}
    answer = Chat(slots={"asked": "helped"}).ask(Solved(workplace), "thanks", said=wry)
    assert (answer.note("check"), answer.asked) == ("no", "person")


def test_the_bot_apologises_once(workplace: Workplace) -> None:
    chat = Chat()
    assert chat.ask(Complaint(workplace), "complaint").names == ["utter_sorry", "utter_ask_person"]
    assert chat.ask(Complaint(workplace), "complaint").names == ["utter_ask_person"]


def test_never_mind_leaves_everything(workplace: Workplace) -> None:
    chat = Chat()
    chat.ask(TrackOrder(workplace), "track_package")
    chat.ask(Giftwrap(workplace), "giftwrap")
    answer = chat.ask(NeverMind(workplace), "never_mind")
    assert (answer.slots["about"], answer.slots["unfinished"], answer.asked) == (None, None, None)


def test_a_number_that_isnt_at_hand_leads_to_a_person(workplace: Workplace) -> None:
    chat = Chat()
    chat.ask(TrackOrder(workplace), "track_package")
    assert chat.ask(OfferPerson(workplace), "deny").asked == "person"


def test_two_messages_that_arent_understood_hand_over_also_at_a_question(workplace: Workplace) -> None:
    chat = Chat()
    chat.ask(TrackOrder(workplace), "track_package")
    chat.ask(AskAgain(workplace), "nlu_fallback")
    assert chat.ask(AskAgain(workplace), "nlu_fallback").note("handoff")["reason"] == "misunderstood"


def test_another_order_named_later_is_the_one_that_is_meant(workplace: Workplace) -> None:
    chat = Chat(customer=ANA)
    chat.ask(GoOn(workplace), "inform_order", order_number=LATE)
    assert chat.ask(GoOn(workplace), "inform_order", order_number=ON_TIME).responses == ["utter_order_on_the_way"]
