"""Where is my order? What Ana and the others, signed in, are told, asked and spared."""

import json

from actions.orders import TrackOrder
from tests.larkfield import (
    ANA,
    BEN,
    BENS_ORDER,
    CHLOE,
    DELIVERED,
    DEV,
    ELIF,
    FARID,
    GRACE,
    JUN,
    KOFI,
    LATE,
    LEA,
    ON_TIME,
    TODAY,
    Chat,
    own_shop_url,
    sqlite_shop_url,
    track_order,
    workplace,
)

__all__ = ["own_shop_url", "sqlite_shop_url", "track_order", "workplace"]

UNKNOWN = "A-999998"


def test_ana_is_asked_nothing_on_the_page_of_her_late_order(track_order: TrackOrder) -> None:
    answer = Chat(customer=ANA, page=LATE).ask(track_order, "track_package")
    assert answer.responses == ["utter_order_late", "utter_late_choice_to_come"]
    assert answer.fields("utter_order_late") == {
        "order_number": LATE,
        "carrier": answer.fields("utter_order_late")["carrier"],
        "last_scan": answer.fields("utter_order_late")["last_scan"],
        "promised": "Saturday 13 June",
        "expected": "Wednesday 17 June",
    }
    assert answer.fields("utter_order_late")["last_scan"].endswith("depot, Saturday 13 June at 18:40")
    assert answer.asked == "helped"


def test_a_late_order_is_about_lateness_however_it_was_asked(track_order: TrackOrder) -> None:
    answer = Chat(customer=ANA, page=LATE).ask(track_order, "track_package")
    assert answer.slots["about"] == "late_delivery"
    answer = Chat(customer=ANA, page=ON_TIME).ask(track_order, "track_package")
    assert answer.slots["about"] == "track_package"


def test_ana_who_names_her_order_is_asked_nothing(track_order: TrackOrder) -> None:
    answer = Chat(customer=ANA).ask(track_order, "track_package", order_number=ON_TIME)
    assert answer.responses == ["utter_order_on_the_way"]
    assert answer.fields("utter_order_on_the_way")["expected"] == "tomorrow"
    assert answer.fields("utter_order_on_the_way")["last_scan"].endswith("yesterday at 18:40")


def test_the_order_that_ana_names_beats_the_page_she_is_on(track_order: TrackOrder) -> None:
    answer = Chat(customer=ANA, page=LATE).ask(track_order, "track_package", order_number=DELIVERED)
    assert answer.responses == ["utter_order_delivered"]


def test_ana_need_not_name_her_order_twice(track_order: TrackOrder) -> None:
    chat = Chat(customer=ANA, page=LATE)
    chat.ask(track_order, "track_package", order_number=ON_TIME)
    chat.events.append({"event": "user"})
    assert chat.ask(track_order, "track_package").responses == ["utter_order_on_the_way"]


def test_a_page_that_ana_comes_to_later_beats_the_order_she_named_before(track_order: TrackOrder) -> None:
    chat = Chat(customer=ANA)
    chat.ask(track_order, "track_package", order_number=ON_TIME)
    chat.page = LATE
    assert chat.ask(track_order, "track_package").responses[0] == "utter_order_late"


def test_ana_picks_from_her_recent_orders_if_none_is_known(track_order: TrackOrder) -> None:
    answer = Chat(customer=ANA).ask(track_order, "track_package")
    assert (answer.responses, answer.asked) == ([], "pick")
    assert [button["title"].split(":")[0] for button in answer.buttons] == [ON_TIME, LATE, DELIVERED]
    assert all(len(button["title"]) <= 60 for button in answer.buttons)


def test_the_button_that_ana_picks_leads_to_that_order(track_order: TrackOrder) -> None:
    chat = Chat(customer=ANA)
    button = chat.ask(track_order, "track_package").buttons[1]
    intent, _, entities = button["payload"].removeprefix("/").partition("{")
    answer = chat.ask(track_order, intent, **json.loads("{" + entities))
    assert answer.responses[0] == "utter_order_late"


def test_chloe_has_one_order_and_is_not_asked_which(track_order: TrackOrder) -> None:
    answer = Chat(customer=CHLOE).ask(track_order, "track_package")
    assert (answer.responses, answer.asked) == (["utter_order_lost", "utter_amends"], "amends")
    assert answer.fields("utter_order_lost")["last_scan"].endswith("Thursday 28 May at 22:10")


def test_jun_has_ordered_nothing_and_is_offered_a_person(track_order: TrackOrder) -> None:
    answer = Chat(customer=JUN).ask(track_order, "track_package")
    assert (answer.responses, answer.asked) == (["utter_no_orders"], "person")


def test_ben_is_told_of_the_weather_and_the_new_date(track_order: TrackOrder) -> None:
    answer = Chat(customer=BEN, page=BENS_ORDER).ask(track_order, "late_delivery")
    assert answer.responses[0] == "utter_order_late_weather"
    assert answer.fields("utter_order_late_weather")["expected"] == "Thursday 18 June"


def test_kofi_is_told_that_nobody_knows_the_new_date(track_order: TrackOrder) -> None:
    answer = Chat(customer=KOFI).ask(track_order, "late_delivery")
    assert answer.responses[0] == "utter_order_late_no_date"
    assert answer.fields("utter_order_late_no_date")["promised"] == "Thursday 11 June"


def test_dev_reported_his_parcel_missing_and_hears_how_that_stands(track_order: TrackOrder) -> None:
    answer = Chat(customer=DEV, page="A-131908").ask(track_order, "track_package")
    assert (answer.responses, answer.asked) == (["utter_order_delivered_missing", "utter_claim_reported"], "helped")
    assert answer.fields("utter_order_delivered_missing")["delivered"] == "Saturday 13 June"


def test_one_missing_parcel_doesnt_make_the_next_order_missing(track_order: TrackOrder) -> None:
    chat = Chat(customer=DEV, page="A-131908")
    chat.ask(track_order, "track_package")
    answer = chat.ask(track_order, "inform_order", order_number="A-130442")
    assert answer.responses == ["utter_order_delivered"]


def test_elif_is_told_of_each_of_her_two_parcels(track_order: TrackOrder) -> None:
    answer = Chat(customer=ELIF).ask(track_order, "track_package")
    assert answer.responses == ["utter_order_split", "utter_parcel_delivered", "utter_parcel_on_the_way"]
    assert answer.fields("utter_order_split")["parcels"] == "2"
    assert answer.fields("utter_parcel_on_the_way")["parcel"].startswith("2 (")
    assert answer.fields("utter_parcel_on_the_way")["expected"] == "Wednesday 17 June"


def test_farids_cancelled_order_is_cancelled(track_order: TrackOrder) -> None:
    answer = Chat(customer=FARID, page="A-152266").ask(track_order, "track_package")
    assert (answer.responses, answer.asked) == (["utter_order_cancelled"], "helped")


def test_graces_returned_order_is_returned(track_order: TrackOrder) -> None:
    answer = Chat(customer=GRACE, page="A-162871").ask(track_order, "track_package")
    assert (answer.responses, answer.asked) == (["utter_order_returned"], "helped")


def test_leas_order_is_being_packed(track_order: TrackOrder) -> None:
    answer = Chat(customer=LEA, page="A-205518").ask(track_order, "track_package")
    assert answer.fields("utter_order_processing") == {"order_number": "A-205518", "expected": "Friday 19 June"}


def test_today_is_a_monday_so_that_the_days_above_are_right() -> None:
    assert f"{TODAY:%A}" == "Monday"
