"""Delivered, says the carrier, and it isn't there: Ravi's was left outside yesterday, Dev's was reported."""

import pytest
from sqlalchemy import Engine

from actions.missing import MissingParcel
from actions.orders import TrackOrder
from actions.search import (
    AskClaim,
    LookForParcel,
    NotThere,
    OtherParcel,
    ReportMissing,
    ThisParcel,
    WaitForParcel,
)
from actions.turn import TurnAction
from actions.workplace import Workplace
from demo.worker import settle_next
from tests.larkfield import (
    ANA,
    BENS_ORDER,
    CHLOE,
    DELIVERED,
    DEV,
    ELIF,
    FARID,
    GRACE,
    LATE,
    ON_TIME,
    Answer,
    Chat,
    change,
    own_shop_url,
    own_workplace,
    shops_own,
    sqlite_shop_url,
    workplace,
)

__all__ = ["own_shop_url", "own_workplace", "shops_own", "sqlite_shop_url", "workplace"]

RAVI, OUTSIDE = "C-1017", "A-209854"
REPORTED = "A-131908"
SPLIT = "A-140027"
ELSEWHERE = f"UPDATE parcels SET delivered_at = '2026-06-01 12:00:00' WHERE order_number = '{OUTSIDE}'"


class Talk:
    """A customer who misses a parcel, and the actions that take their answers."""

    def __init__(self, place: Workplace, customer: str | None = RAVI) -> None:
        self.place, self.chat = place, Chat(customer=customer)

    def says(
        self, action: type[TurnAction], intent: str = "affirm", opening: str | None = None, **entities: str
    ) -> Answer:
        """They say something with this intent, which the rules give to this action."""
        return self.chat.ask(action(self.place), intent, {"opening": opening}, **entities)

    def misses(self, order: str) -> Answer:
        """They say that this order isn't there."""
        return self.says(MissingParcel, "delivered_not_received", order_number=order)

    def asked_for(self) -> list[str]:
        """The kinds of the requests that the shop has got."""
        query = "SELECT kind FROM baton_requests"
        return list(self.place.requests._lookup.run(lambda db: db.exec_driver_sql(query).scalars().all()))


@pytest.fixture
def ravi(own_workplace: Workplace) -> Talk:
    """Ravi, whose parcel was left outside yesterday."""
    return Talk(own_workplace)


def test_ravi_hears_where_it_was_left_and_that_it_may_still_come(ravi: Talk) -> None:
    answer = ravi.says(MissingParcel, "delivered_not_received")
    assert answer.responses == ["utter_missing_where", "utter_missing_note", "utter_missing_may_come"]
    assert answer.fields("utter_missing_where")["order_number"] == OUTSIDE
    assert answer.fields("utter_missing_where")["delivered"].startswith("yesterday at ")
    assert answer.fields("utter_missing_note") == {"note": "Left by the front door, nobody answered"}
    assert (answer.fields("utter_missing_may_come"), answer.asked) == ({"until": "today"}, "wait")


def test_ravi_will_wait(ravi: Talk) -> None:
    ravi.misses(OUTSIDE)
    answer = ravi.says(WaitForParcel)
    assert (answer.responses, answer.asked) == (["utter_missing_waiting"], "helped")
    assert ravi.asked_for() == []


def test_no_it_should_be_here_already_isnt_a_yes(ravi: Talk) -> None:
    ravi.misses(OUTSIDE)
    assert ravi.says(WaitForParcel, "affirm", opening="no").asked == "looked"


def test_one_thing_at_a_time_until_the_claim(ravi: Talk) -> None:
    ravi.misses(OUTSIDE)
    answer = ravi.says(LookForParcel, "deny")
    assert (answer.responses, answer.asked) == (["utter_missing_look_note"], "looked")
    answer = ravi.says(AskClaim, "deny")
    assert (answer.responses, answer.asked) == (["utter_claim_what"], "confirm_claim")
    assert ravi.asked_for() == []
    answer = ravi.says(ReportMissing)
    assert (answer.responses, answer.asked) == (["utter_claim_asked"], "helped")
    assert answer.fields("utter_claim_asked")["answer_days"] == "5 days"
    assert ravi.asked_for() == ["report_missing"]


def test_a_claim_is_made_once_and_ravi_hears_what_became_of_it(ravi: Talk, shops_own: Engine) -> None:
    for action, intent in ((LookForParcel, "deny"), (AskClaim, "deny"), (ReportMissing, "affirm")):
        ravi.chat.slots.update(question_about=OUTSIDE, parcel="1")
        ravi.says(action, intent)
    assert ravi.misses(OUTSIDE).responses == ["utter_claim_asked_before"]
    assert ravi.says(ReportMissing).responses == ["utter_claim_asked_before"]
    assert ravi.asked_for() == ["report_missing"]
    assert settle_next(shops_own)
    for answer in (ravi.misses(OUTSIDE), ravi.says(ReportMissing)):
        assert (answer.responses, answer.asked) == (["utter_claim_reported"], "helped")


def test_a_refused_claim_needs_a_person(ravi: Talk, own_shop_url: str) -> None:
    ravi.misses(OUTSIDE)
    ravi.says(ReportMissing)
    change(own_shop_url, """UPDATE baton_requests SET status = 'refused', result = '{"reason": "Ask Northline."}'""")
    answer = ravi.misses(OUTSIDE)
    assert answer.fields("utter_request_refused") == {"reason": "Ask Northline."}
    assert (answer.asked, ravi.chat.slots["person_reason"]) == ("person", "missing_parcel")


def test_a_day_later_nobody_is_told_to_wait(ravi: Talk, own_shop_url: str) -> None:
    change(own_shop_url, ELSEWHERE)
    answer = ravi.misses(OUTSIDE)
    assert answer.responses == ["utter_missing_where", "utter_missing_note", "utter_missing_look_note"]
    assert answer.asked == "looked"


def test_what_the_carrier_doesnt_say_isnt_told(ravi: Talk, own_shop_url: str) -> None:
    change(own_shop_url, ELSEWHERE, "UPDATE parcel_scans SET detail = '', place = NULL")
    assert ravi.misses(OUTSIDE).responses == ["utter_missing_when", "utter_missing_look"]
    change(own_shop_url, "DELETE FROM parcel_scans")
    assert ravi.misses(OUTSIDE).responses == ["utter_missing_when", "utter_missing_look"]


@pytest.mark.parametrize(("day", "asked"), [("2026-04-16", "looked"), ("2026-04-15", "person")])
def test_after_sixty_days_it_takes_a_person(ravi: Talk, own_shop_url: str, day: str, asked: str) -> None:
    change(own_shop_url, ELSEWHERE.replace("2026-06-01", day))
    answer = ravi.misses(OUTSIDE)
    assert (answer.asked, "utter_missing_too_old" in answer.responses) == (asked, asked == "person")


def test_it_was_behind_the_bin_after_all(ravi: Talk) -> None:
    ravi.misses(OUTSIDE)
    answer = ravi.says(AskClaim, "delivered_not_received", opening="yes")
    assert (answer.note("check"), answer.asked) == ("yes", "close")


def test_nothing_is_reported_without_a_plain_yes(ravi: Talk) -> None:
    ravi.misses(OUTSIDE)
    assert ravi.says(ReportMissing, "delivered_not_received").asked == "confirm_claim"
    assert ravi.asked_for() == []
    ravi.says(ReportMissing, "delivered_not_received", opening="yes")
    assert ravi.asked_for() == ["report_missing"]


@pytest.mark.parametrize("action", [ThisParcel, AskClaim, ReportMissing, NotThere])
def test_what_isnt_understood_and_opens_with_neither_is_asked_again(ravi: Talk, action: type[TurnAction]) -> None:
    asked = ravi.misses(OUTSIDE).asked
    answer = ravi.says(action, "nlu_fallback")
    assert (answer.responses, answer.asked) == (["utter_not_understood"], asked)
    assert ravi.says(action, "nlu_fallback").note("handoff")["reason"] == "misunderstood"


def test_what_isnt_understood_but_opens_with_a_no_is_a_no(ravi: Talk) -> None:
    ravi.misses(OUTSIDE)
    for opening in (None, "no"):
        assert ravi.says(WaitForParcel, "nlu_fallback", opening).asked == "looked"
    assert ravi.says(AskClaim, "nlu_fallback", "no").asked == "confirm_claim"
    assert ravi.says(ReportMissing, "nlu_fallback", "no").responses == ["utter_claim_not_wanted"]
    assert ravi.asked_for() == []


def test_ana_who_has_it_after_all_is_believed(workplace: Workplace) -> None:
    ana = Talk(workplace, ANA)
    ana.says(TrackOrder, "late_delivery", order_number=DELIVERED)
    assert ana.says(NotThere, "nlu_fallback", "yes").asked == "close"


def test_dev_reported_his_and_hears_until_when_he_gets_an_answer(workplace: Workplace) -> None:
    answer = Talk(workplace, DEV).misses(REPORTED)
    assert (answer.responses, answer.asked) == (["utter_claim_reported"], "helped")
    assert answer.fields("utter_claim_reported")["answer"] == "on Friday 19 June"


def test_an_answer_that_is_overdue_needs_a_person(own_workplace: Workplace, own_shop_url: str) -> None:
    change(
        own_shop_url,
        f"UPDATE parcels SET missing_reported_at = '2026-06-09 12:00:00' WHERE order_number = '{REPORTED}'",
    )
    answer = Talk(own_workplace, DEV).misses(REPORTED)
    assert (answer.responses, answer.asked) == (["utter_claim_overdue"], "person")


def test_of_elifs_two_parcels_she_is_asked_which(own_workplace: Workplace) -> None:
    elif_ = Talk(own_workplace, ELIF)
    answer = elif_.misses(SPLIT)
    assert answer.responses == [
        "utter_order_split",
        "utter_parcel_delivered",
        "utter_parcel_on_the_way",
        "utter_missing_which",
    ]
    assert (answer.fields("utter_missing_which"), answer.asked) == ({"parcel": "1"}, "this_parcel")
    assert elif_.says(ThisParcel, "affirm", opening="no").responses == ["utter_missing_others"]
    assert elif_.says(ThisParcel).responses[0] == "utter_missing_where"
    elif_.says(ReportMissing)
    [request] = elif_.asked_for()
    assert request == "report_missing"


def test_the_other_parcel_is_still_coming(own_workplace: Workplace) -> None:
    elif_ = Talk(own_workplace, ELIF)
    elif_.misses(SPLIT)
    answer = elif_.says(OtherParcel, "deny")
    assert (answer.responses, answer.asked) == (["utter_missing_others"], "helped")


def test_of_two_delivered_parcels_the_second_may_be_the_one(own_workplace: Workplace, own_shop_url: str) -> None:
    arrived = "status = 'delivered', delivered_at = '2026-06-14 12:00:00'"
    change(own_shop_url, f"UPDATE parcels SET {arrived} WHERE order_number = '{SPLIT}' AND parcel = 2")
    elif_ = Talk(own_workplace, ELIF)
    elif_.misses(SPLIT)
    answer = elif_.says(OtherParcel, "deny")
    assert (answer.fields("utter_missing_which"), answer.asked) == ({"parcel": "2"}, "this_parcel")
    elif_.says(ThisParcel)
    elif_.says(ReportMissing)
    order = own_workplace.shop.order_of(ELIF, SPLIT)
    assert order
    assert own_workplace.requests.find(f"report_missing:{order.shipments[1].shipment_id}")


@pytest.mark.parametrize(
    ("customer", "order", "responses"),
    [
        (ANA, ON_TIME, ["utter_missing_not_delivered", "utter_order_on_the_way"]),
        (ANA, LATE, ["utter_missing_not_delivered", "utter_order_late", "utter_late_choice_to_come"]),
        (CHLOE, "A-126733", ["utter_missing_not_delivered", "utter_order_lost", "utter_amends"]),
        (FARID, "A-152266", ["utter_order_cancelled"]),
        (GRACE, "A-162871", ["utter_order_returned"]),
    ],
)
def test_what_isnt_marked_as_delivered_is_said_to_be_so(
    workplace: Workplace, customer: str, order: str, responses: list[str]
) -> None:
    assert Talk(workplace, customer).misses(order).responses == responses


def test_ana_who_denies_that_her_late_order_came_is_helped_to_find_it(workplace: Workplace) -> None:
    ana = Talk(workplace, ANA)
    assert ana.says(TrackOrder, "late_delivery", order_number=DELIVERED).asked == "have_it"
    answer = ana.says(NotThere, "deny")
    assert answer.responses[0] == "utter_missing_where"
    assert ana.chat.slots["about"] == "delivered_not_received"


@pytest.mark.parametrize("number", [BENS_ORDER, "A-999998", "' OR 1=1 --"])
def test_foreign_unknown_and_malformed_numbers_answer_alike(workplace: Workplace, number: str) -> None:
    answer = Talk(workplace, ANA).misses(number)
    assert (answer.responses, answer.asked) == (["utter_order_not_found"], "pick")


def test_a_stranger_hears_the_status_and_is_asked_to_sign_in(workplace: Workplace) -> None:
    answer = Chat().ask(
        MissingParcel(workplace), "delivered_not_received", order_number=REPORTED, email="dev@example.com"
    )
    assert (answer.responses, answer.asked) == (["utter_status_delivered", "utter_sign_in"], "person")


@pytest.mark.parametrize("customer", [None, ANA])
def test_a_yes_of_somebody_else_reports_nothing(ravi: Talk, customer: str | None) -> None:
    ravi.misses(OUTSIDE)
    ravi.chat.customer = customer
    ravi.says(ReportMissing)
    assert ravi.asked_for() == []
