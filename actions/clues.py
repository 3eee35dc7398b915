"""What the customer has said of a charge: the amount and the day, in this message or in the ones before."""

from collections.abc import Iterable
from datetime import date

from actions.charges import Amount, Clue
from actions.days import Span, days_meant
from actions.heard import Message, entities_in
from actions.turn import Turn

TOPIC = "billing_question"
BETWEEN = ";"


def question_of(turn: Turn) -> Message:
    """The earlier message with the question to which the customer comes back; empty if they don't."""
    return turn.request_for(TOPIC) if turn.question == "come_back" else {}


def clue_of(turn: Turn) -> Clue:
    """The clue as it stands now; a detail by itself completes what was known, a new question begins anew."""
    today = turn.now.astimezone(turn.zone).date()
    message = question_of(turn)
    told = {kind: entities_in(message, kind) or turn.given(kind) for kind in ("amount", "day")}
    amounts = _amounts(str(found.get("value")) for found in told["amount"])
    days = tuple(span for found in told["day"] for span in days_meant(str(found.get("value"))[:100], today))
    if turn.intent != TOPIC:
        amounts, days = amounts or _amounts(_kept(turn, "charge_amount")), days or _days(_kept(turn, "charge_day"))
    clue = Clue(amounts, days)
    _keep(turn, clue)
    return clue


def _keep(turn: Turn, clue: Clue) -> None:
    amounts = [f"{amount.cents // 100}.{amount.cents % 100:02} {amount.currency or ''}" for amount in clue.amounts]
    days = [f"{span.first}/{span.last}" for span in clue.days]
    turn.remember(
        charge_amount=BETWEEN.join(amount.strip() for amount in amounts) or None,
        charge_day=BETWEEN.join(days) or None,
    )


def _kept(turn: Turn, slot: str) -> list[str]:
    return (turn.slot(slot) or "").split(BETWEEN)


def _amounts(values: Iterable[str]) -> tuple[Amount, ...]:
    return tuple(dict.fromkeys(amount for amount in map(Amount.of, values) if amount and amount.cents))


def _days(values: Iterable[str]) -> tuple[Span, ...]:
    parts = (value.partition("/") for value in values if value)
    return tuple(Span(date.fromisoformat(first), date.fromisoformat(last)) for first, _, last in parts)
