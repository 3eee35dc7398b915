"""What the bot may answer, checked field by field before the desk believes a word of it."""

from typing import Annotated, Any, Literal

import msgspec

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=4_000)]
Intent = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z_]{0,63}\Z")]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
OrderNumber = Annotated[str, msgspec.Meta(pattern=r"^A-[0-9]{6}\Z")]


class BotButton(msgspec.Struct, frozen=True):
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    payload: Annotated[str, msgspec.Meta(min_length=2, max_length=1_000, pattern=r"^/")]


class BotMessage(msgspec.Struct, frozen=True):
    text: Text
    buttons: Annotated[list[BotButton], msgspec.Meta(max_length=10)] = []


class BotHandoff(msgspec.Struct, frozen=True):
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    topic: Annotated[str, msgspec.Meta(max_length=60)] | None = None


class ToneWord(msgspec.Struct, frozen=True, rename={"sign_of": "for"}):
    """A word or phrase of the customer's and which of the two numbers it raised."""

    word: Text
    sign_of: Literal["upset", "unliteral"]


class Tone(msgspec.Struct, frozen=True):
    """How the customer sounds, from 0 to 1 each: hints, never a verdict."""

    upset: Share
    unliteral: Share
    words: Annotated[list[ToneWord], msgspec.Meta(max_length=100)] = []


class Understood(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the bot made of the customer's words; `also` are further requests in them, most certain first."""

    intent: str | None = None
    confidence: float | None = None
    ranking: list[dict[str, Any]] = []
    nearest: list[dict[str, Any]] = []
    entities: list[dict[str, Any]] = []
    tone: Tone | None = None
    also: Annotated[list[Intent], msgspec.Meta(max_length=10)] = []
    language: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}\Z")] | None = None


class BotAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One turn's answer: words or a handoff or both; `events` are the new events of the dialogue.

    `check` is what the customer said to "did that solve it?" in this turn; `close` that they agreed to close;
    `wrong_order` the order number that they tried in vain.
    """

    turn_id: str
    conversation: str
    messages: Annotated[list[BotMessage], msgspec.Meta(max_length=10)]
    events: list[dict[str, Any]]
    model: str | None = None
    understood: Understood = Understood()
    topic: Annotated[str, msgspec.Meta(max_length=60)] | None = None
    handoff: BotHandoff | None = None
    wrong_order: OrderNumber | None = None
    check: Literal["yes", "no"] | None = None
    close: bool = False
