"""Devices that don't do what they should: Ines', Ben's and Pia's readers, and those of people who aren't signed in."""

import json

from actions.device_help import DeviceHelp, PickDevice, ReturnDevice
from actions.guided_help import AnswerToStep
from actions.handoff import HandOver
from actions.workplace import Workplace
from tests.larkfield import ANA, BEN, Answer, Chat, change, own_shop_url, own_workplace, sqlite_shop_url, workplace

__all__ = ["own_shop_url", "own_workplace", "sqlite_shop_url", "workplace"]

INES, PIA = "C-1009", "C-1016"
PIAS_ORDER, BENS_READERS_ORDER = "A-209310", "A-117004"


def write(place: Workplace, chat: Chat, text: str, **entities: str) -> Answer:
    return chat.ask(DeviceHelp(place), "device_help", {"text": text}, **entities)


def no(place: Workplace, chat: Chat) -> Answer:
    return chat.ask(AnswerToStep(place), "deny", {"text": "no"})


def all_the_rest(place: Workplace, chat: Chat) -> list[str]:
    """What is said to *no* after *no*."""
    said: list[str] = []
    while chat.slots["asked"] == "step_worked":
        said += no(place, chat).responses
    return said


def press(place: Workplace, chat: Chat, button: dict[str, str]) -> Answer:
    return write(place, chat, "…", **json.loads(button["payload"].removeprefix("/device_help")))


def test_who_isnt_signed_in_gets_the_steps_for_any_device(workplace: Workplace) -> None:
    chat = Chat()
    assert write(workplace, chat, "my tablet won't turn on").responses == ["utter_device_step_charge"]
    assert all_the_rest(workplace, chat) == [
        "utter_device_step_hold_power",
        "utter_device_step_clean_port",
        "utter_device_step_other_cable",
        "utter_device_all_tried",
    ]
    assert chat.ask(HandOver(workplace), "affirm").note("handoff") == {"reason": "device", "topic": "device_help"}


def test_a_problem_that_isnt_named_is_picked(workplace: Workplace) -> None:
    chat = Chat()
    assert write(workplace, chat, "device not working").asked == "device_problem"
    assert write(workplace, chat, "…", problem="frozen").responses == ["utter_device_step_hold_power"]


def test_none_of_the_problems_is_another_one(workplace: Workplace) -> None:
    chat = Chat()
    write(workplace, chat, "device not working")
    assert chat.ask(DeviceHelp(workplace), "deny").responses == ["utter_device_step_restart"]


def test_ines_old_software_is_named_with_the_newest(own_shop_url: str, own_workplace: Workplace) -> None:
    change(own_shop_url, f"UPDATE devices SET software = '4.1.0' WHERE customer_id = '{INES}'")
    chat = Chat(customer=INES)
    write(own_workplace, chat, "it's so slow")
    no(own_workplace, chat)
    answer = no(own_workplace, chat)
    assert answer.fields("utter_device_step_update_to") == {
        "model": "Lark Reader Plus",
        "software": "4.1.0",
        "newest": "4.2.1",
    }


def test_pia_has_the_newest_software_and_isnt_told_to_update(workplace: Workplace) -> None:
    chat = Chat(customer=PIA)
    write(workplace, chat, "it's so slow")
    assert all_the_rest(workplace, chat) == ["utter_device_step_free_space", "utter_device_all_tried"]


def test_a_printer_is_nobodys_reader(workplace: Workplace) -> None:
    chat = Chat(customer=INES)
    assert write(workplace, chat, "my printer has no wifi").responses == ["utter_device_step_flight_mode"]
    assert "utter_device_step_update" in all_the_rest(workplace, chat)


def test_ana_has_no_device_and_gets_the_general_steps(workplace: Workplace) -> None:
    assert write(workplace, Chat(customer=ANA), "no wifi").responses == ["utter_device_step_flight_mode"]


def test_bens_dead_reader_may_go_back_while_its_time_lasts(workplace: Workplace) -> None:
    chat = Chat(customer=BEN)
    write(workplace, chat, "my reader won't turn on")
    said = all_the_rest(workplace, chat)
    assert (said[-1], chat.slots["asked"]) == ("utter_device_may_go_back", "return_device")
    answer = chat.ask(ReturnDevice(workplace), "affirm")
    assert (answer.slots["about"], answer.slots["order_number"]) == ("return_item", BENS_READERS_ORDER)
    assert answer.slots["unfinished"] is None


def test_ines_dead_reader_is_too_old_to_go_back_and_needs_a_person(workplace: Workplace) -> None:
    chat = Chat(customer=INES)
    write(workplace, chat, "my reader won't turn on")
    assert all_the_rest(workplace, chat)[-1] == "utter_device_all_tried"
    assert chat.slots["asked"] == "person"


def test_what_is_broken_isnt_mended_with_steps(workplace: Workplace) -> None:
    answer = write(workplace, Chat(), "I dropped my tablet and the glass is cracked")
    assert (answer.responses, answer.asked) == (["utter_device_broken"], "person")
    answer = write(workplace, Chat(customer=BEN), "the display came cracked")
    assert (answer.responses, answer.asked) == (["utter_device_may_go_back"], "return_device")


def test_pia_picks_among_the_readers_she_uses(own_shop_url: str, own_workplace: Workplace) -> None:
    change(own_shop_url, f"UPDATE devices SET status = 'active' WHERE customer_id = '{PIA}'")
    chat = Chat(customer=PIA)
    answer = write(own_workplace, chat, "it is frozen")
    assert answer.asked == "pick_device"
    assert [button["title"] for button in answer.buttons] == [
        "Lark Reader (My reader)",
        "Lark Reader Plus (My reader)",
    ]
    assert press(own_workplace, chat, answer.buttons[1]).responses == ["utter_device_step_hold_power"]


def test_pia_can_also_write_which_one_she_means(own_shop_url: str, own_workplace: Workplace) -> None:
    change(own_shop_url, f"UPDATE devices SET status = 'active' WHERE customer_id = '{PIA}'")
    chat = Chat(customer=PIA)
    write(own_workplace, chat, "it is frozen")
    answer = chat.ask(PickDevice(own_workplace), "nlu_fallback", {"text": "the smaller one"})
    assert (answer.responses, answer.asked) == (["utter_not_understood"], "pick_device")
    answer = chat.ask(PickDevice(own_workplace), "digital_content", {"text": "the Lark Reader Plus"})
    assert (answer.responses, answer.slots["about"]) == (["utter_device_step_hold_power"], "device_help")


def test_a_book_that_is_missing_is_no_device(own_shop_url: str, own_workplace: Workplace) -> None:
    change(own_shop_url, f"UPDATE devices SET status = 'active' WHERE customer_id = '{PIA}'")
    chat = Chat(customer=PIA)
    write(own_workplace, chat, "it is frozen")
    answer = chat.ask(PickDevice(own_workplace), "digital_content", {"text": "and my book is missing"})
    assert (answer.responses, answer.slots["about"]) == (["utter_content_asked"], "digital_content")


def test_the_problem_can_be_written_too(workplace: Workplace) -> None:
    chat = Chat()
    write(workplace, chat, "device not working")
    answer = chat.ask(DeviceHelp(workplace), "nlu_fallback", {"text": "well it has no wifi"})
    assert answer.responses == ["utter_device_step_flight_mode"]


def test_pia_who_names_her_reader_isnt_asked_which(own_shop_url: str, own_workplace: Workplace) -> None:
    change(own_shop_url, f"UPDATE devices SET status = 'active' WHERE customer_id = '{PIA}'")
    answer = write(own_workplace, Chat(customer=PIA), "my lark reader plus is frozen")
    assert answer.responses == ["utter_device_step_hold_power"]


def test_a_reader_that_is_marked_as_lost_is_said_to_be(workplace: Workplace) -> None:
    answer = write(workplace, Chat(customer=PIA), "my Lark Reader won't open my books")
    assert (answer.responses, answer.asked) == (["utter_device_lost"], "person")


def test_a_device_of_somebody_else_is_never_told(workplace: Workplace) -> None:
    answer = write(workplace, Chat(customer=ANA), "…", device="D-100002", problem="slow")
    assert answer.responses == ["utter_device_step_restart"]
    assert answer.slots["device"] is None
