"""Asking the shop to pay money back: the one place that knows how such a request is named and what it holds."""

from actions.requests import Request
from actions.workplace import Workplace, look_up

NOTHING_MORE = "-"


def refund_key(charge_id: str, against: str = NOTHING_MORE) -> str:
    """The request's name: what of this charge was for one thing (a return, a parcel) goes back once."""
    return f"refund:{charge_id}:{against}"


async def ask_refund(
    place: Workplace,
    customer_id: str,
    charge_id: str,
    cents: int,
    against: str = NOTHING_MORE,
    return_id: str | None = None,
) -> Request:
    """Ask the shop once for so much of the charge; the request as it stands. Check first whose charge it is."""
    wish = {"customer": customer_id, "cents": cents, "return": return_id}
    return await look_up(place.requests.ask, "refund", charge_id, wish, refund_key(charge_id, against))
