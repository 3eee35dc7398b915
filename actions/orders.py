"""Where is my order, and why is it late? Tells how it fares, and what may be done about a late or lost parcel."""

from actions.amends import may_choose, offer_amends
from actions.claims import tell_claim
from actions.find_order import OrderHelp
from actions.order_news import NEEDS_A_PERSON, SETTLED, AllNews, note_late, tell_owner, tell_stranger
from actions.parcel_news import LATE, News, day_after, news_of
from actions.shop import DeliveryStatus, Order, Parcel, Shipment, ShopDown, delivery_status
from actions.shop_statuses import OPEN_ORDERS
from actions.turn import Turn
from actions.words import days_count, on_day_words

IN_TIME = {News.PROCESSING, News.ON_THE_WAY}
ASKED_WHICH = {"pick", "order_number", "better_order_number"}


class TrackOrder(OrderHelp):
    """Says where an order is; if it's late, why, and what the customer may choose."""

    title = "action_track_order"
    topics = ("track_package", "late_delivery")
    for_strangers = True

    def fits(self, turn: Turn, order: Order) -> bool:
        """Only what hasn't come yet can be late."""
        return turn.topic() != "late_delivery" or order.status in OPEN_ORDERS

    async def choose(self, turn: Turn, orders: list[Order]) -> None:
        """Who calls an order late means one that is."""
        called_late = turn.topic() == "late_delivery"
        await super().choose(turn, [order for order in orders if called_late and _is_late(turn, order)] or orders)

    async def help_owner(self, turn: Turn, order: Order) -> None:
        """Everything about the order's way, and what follows from it."""
        called_late = _was_called_late(turn)
        news = tell_owner(turn, delivery_status(order))
        if order.status in SETTLED or not news:
            turn.ask("helped")
            return
        note_late(turn, news)
        if called_late:
            _explain(turn, order, news)
        await self._go_on(turn, order, news, called_late)

    async def help_stranger(self, turn: Turn, status: DeliveryStatus) -> None:
        """The delivery status and nothing else."""
        news = tell_stranger(turn, status)
        if status.status in SETTLED:
            turn.ask("helped")
            return
        note_late(turn, news)
        if any(one in NEEDS_A_PERSON or one is News.LOST for _, one in news):
            turn.offer_person("order_problem")
        else:
            turn.ask("helped")

    async def _go_on(self, turn: Turn, order: Order, news: AllNews, called_late: bool) -> None:
        """From the most to the least that can be done about it."""
        lost = [parcel for parcel, one in news if may_choose(turn, parcel, one)]
        missing = [parcel for parcel, one in news if one is News.MISSING]
        if len(lost) == 1:
            await offer_amends(self.workplace, turn, order, shipment_of(order, lost[0]))
        elif lost or any(one in NEEDS_A_PERSON for _, one in news):
            turn.offer_person("order_problem")
        elif missing:
            await tell_claim(self.workplace, turn, shipment_of(order, missing[0]))
        elif called_late and all(one is News.DELIVERED for _, one in news):
            turn.remember(question_about=order.number)
            turn.ask("have_it")
        else:
            _tell_choice_to_come(turn, news)
            turn.ask("helped")


def shipment_of(order: Order, parcel: Parcel) -> Shipment:
    """The shipment that this parcel is."""
    return next(shipment for shipment in order.shipments if shipment.parcel == parcel.parcel)


def _is_late(turn: Turn, order: Order) -> bool:
    news = {news_of(parcel, turn.now, turn.zone) for parcel in delivery_status(order).parcels}
    return bool(news & (LATE | {News.LOST, News.NOT_SENT}))


def _was_called_late(turn: Turn) -> bool:
    """Whether the customer says that this order is late; a number that nobody asked for only names another one."""
    names_another = turn.intent == "inform_order" and turn.question not in ASKED_WHICH
    return turn.topic() == "late_delivery" and not names_another


def _explain(turn: Turn, order: Order, news: AllNews) -> None:
    """From when on the days count, and that it isn't late if it isn't."""
    parcel, one = next((each for each in news if each[1] not in (News.DELIVERED, News.MISSING)), news[0])
    if one in IN_TIME:
        turn.say("utter_not_late", promised=on_day_words(parcel.promised_at, turn.now, turn.zone))
    if one not in IN_TIME | LATE:
        return
    late = turn.policy.late
    days = {"processing_days": days_count(late.processing_days), "delivery_days": days_count(late.delivery_days)}
    ordered = on_day_words(order.placed_at, turn.now, turn.zone)
    if parcel.shipped_at:
        left = on_day_words(parcel.shipped_at, turn.now, turn.zone)
        turn.say("utter_late_days", ordered=ordered, left=left, **days)
    elif one is News.PROCESSING:
        turn.say("utter_late_days_not_left", ordered=ordered, **days)
    else:
        raise ShopDown("on its way without a day of dispatch")


def _tell_choice_to_come(turn: Turn, news: AllNews) -> None:
    late = [parcel for parcel, one in news if one in LATE]
    if late:
        day = day_after(late[0].promised_at, turn.policy.late.refund_after_days, turn.zone)
        turn.say("utter_late_choice_to_come", choice=on_day_words(day, turn.now, turn.zone))
