"""Tells what became of something that the shop was asked to do."""

from actions.requests import Request, RequestStatus
from actions.turn import Turn
from actions.words import on_day_words

FOR_NOW = "utter_ask_all_right_for_now"


def tell_request(
    turn: Turn, request: Request, words: str, person_reason: str, then: str = "helped", **fields: str
) -> None:
    """Say how the request stands, then ask `then`; if the shop refused, offer a person instead.

    What has only been asked for can't have solved anything yet: then the check is whether that's all right for now.
    """
    if not say_request(turn, request, words, **fields):
        turn.offer_person(person_reason)
    elif then == "helped" and request.status is RequestStatus.ASKED:
        turn.ask(then, FOR_NOW)
    else:
        turn.ask(then)


def say_request(turn: Turn, request: Request, words: str, **fields: str) -> bool:
    """Say how the request stands, and nothing more; False if the shop refused.

    The responses are `utter_<words>_asked` (just now), `…_asked_before` and `…_done`; `asked` and `settled`, the days
    inside a sentence, fill them beside `fields`.
    """
    if request.status is RequestStatus.REFUSED:
        _tell_refusal(turn, request)
        return False
    turn.say(f"utter_{words}_{_stage(request)}", **_days(turn, request), **fields)
    return True


def _tell_refusal(turn: Turn, request: Request) -> None:
    if request.reason:
        turn.say("utter_request_refused", reason=request.reason)
    else:
        turn.say("utter_request_refused_plain")


def _stage(request: Request) -> str:
    if request.status is RequestStatus.DONE:
        return "done"
    return "asked" if request.fresh else "asked_before"


def _days(turn: Turn, request: Request) -> dict[str, str]:
    asked = on_day_words(request.asked_at, turn.now, turn.zone)
    settled = on_day_words(request.settled_at or request.asked_at, turn.now, turn.zone)
    return {"asked": asked, "settled": settled}
