"""A parcel that was reported as missing: what happens next, and until when."""

from actions.parcel_news import day_after, is_over
from actions.request_news import tell_request
from actions.requests import Request
from actions.shop import Shipment
from actions.turn import Turn
from actions.words import days_count, on_day_words
from actions.workplace import Workplace, look_up


async def find_claim(workplace: Workplace, shipment: Shipment) -> Request | None:
    """The request to look for this parcel, if the shop was asked."""
    return await look_up(workplace.requests.find, f"report_missing:{shipment.shipment_id}")


async def tell_claim(workplace: Workplace, turn: Turn, shipment: Shipment, request: Request | None = None) -> None:
    """How far the search for a parcel is; a person, once the shop should have answered."""
    request = request or await find_claim(workplace, shipment)
    if not shipment.missing_reported_at:
        if request:
            days = days_count(turn.policy.missing.answer_days)
            tell_request(turn, request, "claim", "missing_parcel", carrier=shipment.carrier, answer_days=days)
        return
    reported = on_day_words(shipment.missing_reported_at, turn.now, turn.zone)
    last_day = day_after(shipment.missing_reported_at, turn.policy.missing.answer_days, turn.zone)
    answer = on_day_words(last_day, turn.now, turn.zone)
    if is_over(last_day, turn.now, turn.zone):
        turn.say("utter_claim_overdue", reported=reported, answer=answer)
        turn.offer_person("missing_parcel")
    else:
        turn.say("utter_claim_reported", reported=reported, carrier=shipment.carrier, answer=answer)
        turn.ask("helped")
