"""Tells a customer how their order fares: which response of `domain/` fits, and the days and places that fill it."""

from collections.abc import Iterable

from actions.parcel_news import LATE, News, arrival, news_of
from actions.shop import DeliveryStatus, OrderItem, Parcel, ShopDown
from actions.shop_statuses import OrderStatus
from actions.turn import Turn
from actions.words import day_words, time_words

AllNews = list[tuple[Parcel, News]]

# Response and its fields, for an order in one parcel, for one parcel of several, and for people who aren't signed in.
OF_ORDER = {
    News.PROCESSING: ("utter_order_processing", "expected"),
    News.NOT_SENT: ("utter_order_not_sent", "promised"),
    News.ON_THE_WAY: ("utter_order_on_the_way", "carrier last_scan expected"),
    News.LATE: ("utter_order_late", "carrier last_scan promised expected"),
    News.LATE_NO_DATE: ("utter_order_late_no_date", "carrier last_scan promised"),
    News.LATE_WEATHER: ("utter_order_late_weather", "carrier last_scan expected"),
    News.LOST: ("utter_order_lost", "carrier last_scan"),
    News.DELIVERED: ("utter_order_delivered", "carrier delivered"),
    News.MISSING: ("utter_order_delivered_missing", "carrier delivered"),
    News.CAME_BACK: ("utter_order_returned", ""),
    News.CANCELLED: ("utter_order_cancelled", ""),
}
OF_PARCEL = {
    News.PROCESSING: ("utter_parcel_waiting", ""),
    News.NOT_SENT: ("utter_parcel_waiting", ""),
    News.ON_THE_WAY: ("utter_parcel_on_the_way", "carrier last_scan expected"),
    News.LATE: ("utter_parcel_late", "carrier last_scan expected"),
    News.LATE_NO_DATE: ("utter_parcel_late_no_date", "carrier last_scan"),
    News.LATE_WEATHER: ("utter_parcel_late", "carrier last_scan expected"),
    News.LOST: ("utter_parcel_lost", "carrier last_scan"),
    News.DELIVERED: ("utter_parcel_delivered", "carrier delivered"),
    News.MISSING: ("utter_parcel_delivered", "carrier delivered"),
    News.CAME_BACK: ("utter_parcel_came_back", "carrier"),
}
FOR_STRANGERS = {
    News.PROCESSING: ("utter_status_processing", ""),
    News.NOT_SENT: ("utter_status_late_no_date", ""),
    News.ON_THE_WAY: ("utter_status_on_the_way", "expected"),
    News.LATE: ("utter_status_late", "expected"),
    News.LATE_NO_DATE: ("utter_status_late_no_date", ""),
    News.LATE_WEATHER: ("utter_status_late", "expected"),
    News.LOST: ("utter_status_lost", ""),
    News.DELIVERED: ("utter_status_delivered", "delivered"),
    News.MISSING: ("utter_status_delivered", "delivered"),
    News.CAME_BACK: ("utter_status_returned", ""),
    News.CANCELLED: ("utter_status_cancelled", ""),
}
SETTLED = {
    OrderStatus.CANCELLED: ("utter_order_cancelled", "utter_status_cancelled"),
    OrderStatus.RETURNED: ("utter_order_returned", "utter_status_returned"),
}
NEEDS_A_PERSON = {News.NOT_SENT, News.CAME_BACK}


def tell_owner(turn: Turn, status: DeliveryStatus) -> AllNews:
    """Everything about the order's way; answers the news of each parcel."""
    news = _all_news(turn, status)
    if status.status in SETTLED:
        turn.say(SETTLED[status.status][0], order_number=status.number)
    elif len(news) > 1:
        _tell_parcels(turn, status, news)
    else:
        _tell_one(turn, status, news, OF_ORDER)
    return news


def tell_stranger(turn: Turn, status: DeliveryStatus) -> AllNews:
    """The delivery status and nothing else: for somebody who proved only number and e-mail address."""
    news = _all_news(turn, status)
    if status.status in SETTLED:
        turn.say(SETTLED[status.status][1], order_number=status.number)
    elif len({one for _, one in news}) > 1:
        turn.say("utter_status_split", order_number=status.number)
    else:
        _tell_one(turn, status, news, FOR_STRANGERS)
    return news


def note_late(turn: Turn, news: AllNews) -> None:
    """The facts may know better than the question: "where is it?" about a late parcel is about lateness."""
    if any(one in LATE or one in (News.NOT_SENT, News.LOST) for _, one in news):
        turn.remember(about="late_delivery")


def things_words(items: Iterable[OrderItem]) -> str:
    """`2 × Stoneware mug, Wool throw`."""
    return ", ".join(item.title if item.quantity == 1 else f"{item.quantity} × {item.title}" for item in items)


def _all_news(turn: Turn, status: DeliveryStatus) -> AllNews:
    every = [(parcel, news_of(parcel, turn.now, turn.zone)) for parcel in status.parcels]
    return [each for each in every if each[1] != News.CANCELLED] or every[:1]


def _tell_one(turn: Turn, status: DeliveryStatus, news: AllNews, responses: dict[News, tuple[str, str]]) -> None:
    """Shops make a parcel only when they pack, and an order of nothing but e-books never gets one."""
    if news:
        parcel, one = news[0]
        _say(turn, *responses[one], parcel, order_number=status.number)
    elif status.status is OrderStatus.PLACED:
        turn.say("utter_status_processing", order_number=status.number)
    else:
        turn.say("utter_order_no_parcel", order_number=status.number)


def _tell_parcels(turn: Turn, status: DeliveryStatus, news: AllNews) -> None:
    turn.say("utter_order_split", order_number=status.number, parcels=str(len(news)))
    for parcel, one in news:
        _say(turn, *OF_PARCEL[one], parcel, parcel=_label(parcel))


def _label(parcel: Parcel) -> str:
    """`2 (Reading lamp)`."""
    return f"{parcel.parcel} ({', '.join(parcel.titles)})" if parcel.titles else str(parcel.parcel)


def _say(turn: Turn, response: str, fields: str, about: Parcel, **known: str) -> None:
    turn.say(response, **known, **{name: _field(turn, name, about) for name in fields.split()})


def _field(turn: Turn, name: str, parcel: Parcel) -> str:
    if name == "carrier":
        return parcel.carrier
    if name == "last_scan":
        return _last_scan(turn, parcel)
    when = {
        "promised": parcel.promised_at,
        "expected": arrival(parcel, turn.now, turn.zone),
        "delivered": parcel.delivered_at,
    }[name]
    if when is None:
        raise ShopDown(f"no time for {name}")
    return day_words(when, turn.now, turn.zone)


def _last_scan(turn: Turn, parcel: Parcel) -> str:
    scan = parcel.last_scan
    place = (scan.place if scan else None) or parcel.carrier
    when = scan.scanned_at if scan else parcel.shipped_at
    return f"{place}, {time_words(when, turn.now, turn.zone)}" if when else place
