"""Coins that never came: finds the purchase and says what became of it, or asks the shop once to send them again."""

import re
from datetime import timedelta

from actions.games import other_game
from actions.help import Help
from actions.request_news import FOR_NOW
from actions.requests import Request, RequestStatus
from actions.shop import Purchase
from actions.shop_statuses import PurchaseStatus
from actions.turn import Turn
from actions.words import day_words, masked_email, time_words
from actions.workplace import look_up

MOST_TO_PICK = 5
PATIENCE = timedelta(days=1)
"""A request that the shop hasn't settled after this time is a matter for a person."""
SETTLED = {RequestStatus.ASKED: "utter_coins_asked_before", RequestStatus.DONE: "utter_coins_sent_again"}


class MissingCoins(Help):
    """Helps with what was bought in an app and isn't there."""

    title = "action_missing_coins"
    topics = ("missing_coins",)

    async def answer(self, turn: Turn) -> None:
        """Somebody else's game is told apart first: it needs no purchase, nor a customer who is signed in."""
        game = self._other_game(turn)
        if game:
            turn.say("utter_coins_other_game", game=game, apps=" or ".join(turn.policy.coins.apps))
            turn.ask("helped", FOR_NOW)
        elif turn.context.customer:
            await self._look(turn, turn.context.customer)
        else:
            turn.ask_to_sign_in("coins")

    def _other_game(self, turn: Turn) -> str | None:
        if turn.intent not in self.topics or turn.gave("purchase"):
            return None
        return other_game(turn.text, turn.policy.coins.apps)

    async def _look(self, turn: Turn, customer: str) -> None:
        purchases = await look_up(self.workplace.shop.all_of, Purchase, customer)
        meant = _meant(turn, sorted(purchases, key=lambda purchase: purchase.bought_at, reverse=True))
        if not meant:
            turn.say("utter_coins_none", apps=" or ".join(turn.policy.coins.apps))
            turn.offer_person("coins")
        elif len(meant) > 1:
            turn.ask_to_pick([_button(turn, purchase) for purchase in meant[:MOST_TO_PICK]], "pick_purchase")
        else:
            turn.remember(purchase=meant[0].purchase_id)
            await self._tell(turn, meant[0])

    async def _tell(self, turn: Turn, purchase: Purchase) -> None:
        if purchase.status is PurchaseStatus.REFUNDED:
            turn.say("utter_coins_refunded", **_bought(turn, purchase))
            turn.ask("helped", FOR_NOW)
        elif purchase.status is PurchaseStatus.DELIVERED:
            await self._tell_arrived(turn, purchase)
        else:
            await self._send_again(turn, purchase)

    async def _tell_arrived(self, turn: Turn, purchase: Purchase) -> None:
        if purchase.coins_delivered < purchase.coins:
            turn.say("utter_coins_too_few", arrived=f"{purchase.coins_delivered:,}", **_bought(turn, purchase))
            turn.offer_person("coins")
            return
        customer = await look_up(self.workplace.shop.customer, purchase.customer_id)
        delivered = purchase.delivered_at or purchase.bought_at
        turn.say(
            "utter_coins_arrived",
            delivered=time_words(delivered, turn.now, turn.zone),
            name=customer.name,
            account=masked_email(customer.email),
            **_bought(turn, purchase),
        )
        turn.say("utter_coins_how_to_see", app=purchase.app)
        turn.ask("helped")

    async def _send_again(self, turn: Turn, purchase: Purchase) -> None:
        before = await look_up(self.workplace.requests.find, f"restore_coins:{purchase.purchase_id}")
        arrives = purchase.bought_at + timedelta(minutes=turn.policy.coins.arrive_minutes)
        too_late = purchase.bought_at + timedelta(days=turn.policy.coins.restore_within_days)
        if before:
            _tell_request(turn, purchase, before)
        elif turn.now < arrives:
            turn.say("utter_coins_wait", until=time_words(arrives, turn.now, turn.zone), **_bought(turn, purchase))
            turn.ask("helped", FOR_NOW)
        elif turn.now > too_late:
            turn.say("utter_coins_too_old", days=str(turn.policy.coins.restore_within_days), **_bought(turn, purchase))
            turn.offer_person("coins")
        else:
            wish = {"customer": purchase.customer_id}
            asked = await look_up(self.workplace.requests.ask, "restore_coins", purchase.purchase_id, wish)
            _tell_request(turn, purchase, asked)


def _tell_request(turn: Turn, purchase: Purchase, request: Request) -> None:
    bought, asked = _bought(turn, purchase), time_words(request.asked_at, turn.now, turn.zone)
    if request.fresh:
        turn.say("utter_coins_asked", **bought)
    elif request.status is not RequestStatus.REFUSED:
        turn.say(SETTLED[request.status], asked=asked, **bought)
    elif request.reason:
        turn.say("utter_coins_refused", reason=request.reason, **bought)
    else:
        turn.say("utter_coins_refused_unsaid", **bought)
    if request.status is RequestStatus.REFUSED or _stuck(turn, request):
        turn.offer_person("coins")
    else:
        turn.ask("helped", FOR_NOW)


def _stuck(turn: Turn, request: Request) -> bool:
    return request.status is RequestStatus.ASKED and turn.now - request.asked_at > PATIENCE


def _meant(turn: Turn, purchases: list[Purchase]) -> list[Purchase]:
    """What was picked or described, else what hasn't arrived, else all."""
    picked = {str(thing.get("value")) for thing in turn.given("purchase")} or {turn.slot("purchase") or ""}
    described = [purchase for purchase in purchases if _describes(turn.text, purchase)]
    missing = [purchase for purchase in purchases if purchase.status is PurchaseStatus.NOT_DELIVERED]
    first = [purchase for purchase in purchases if purchase.purchase_id in picked]
    if turn.gave("purchase") or (first and first[0] in missing and not described):
        return first or missing or purchases
    return [purchase for purchase in described if purchase in missing] or described or missing or purchases


def _describes(text: str, purchase: Purchase) -> bool:
    """Whether a text names the number of coins or the price."""
    numbers = {number.replace(",", "") for number in re.findall(r"\d[\d,]*(?:\.\d\d)?", text[:1_000])}
    return bool({str(purchase.coins), f"{purchase.amount_cents / 100:.2f}"} & numbers)


def _button(turn: Turn, purchase: Purchase) -> dict[str, str]:
    bought = _bought(turn, purchase)
    payload = f'/missing_coins{{"purchase":"{purchase.purchase_id}"}}'
    return {"title": f"{bought['title']}, {bought['bought']}", "payload": payload}


def _bought(turn: Turn, purchase: Purchase) -> dict[str, str]:
    """What every answer about a purchase may name."""
    bought = day_words(purchase.bought_at, turn.now, turn.zone)
    return {"title": purchase.title, "coins": f"{purchase.coins:,}", "app": purchase.app, "bought": bought}
