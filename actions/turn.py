"""One turn as an action sees it: who asks, what was said before, and what is answered, noted and remembered."""

import asyncio
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.context import Context, customer_of
from actions.heard import (
    Message,
    Tone,
    also_in,
    entities_in,
    intent_in,
    latest_request,
    ranking_in,
    responses_to,
    tone_in,
)
from actions.shop import ShopDown
from actions.workplace import Workplace

SECONDS_FOR_AN_ACTION = 4.5
TOPIC_IS_OVER = frozenset({"helped", "person", "close", "come_back", "shop_down"})
"""Open questions at which nothing is left in the middle when the customer turns to another topic."""
PICK = "pick"
THEN_WAIT = FollowupAction("action_listen")
"""Each action ends the bot's turn; told so, Rasa needn't ask its policies what comes next."""


class Turn:
    """The customer's latest message and the answer that grows."""

    def __init__(
        self, workplace: Workplace, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> None:
        self.now, self.zone, self.policy = workplace.clock(), workplace.zone, workplace.policy
        self.context: Context = customer_of(tracker, workplace.context_key)
        self.events: list[dict[str, Any]] = []
        self._dispatcher, self._tracker, self._domain = dispatcher, tracker, domain

    @property
    def intent(self) -> str:
        """What the customer wants, or an empty string."""
        return intent_in(self._tracker.latest_message)

    @property
    def ranking(self) -> list[tuple[str, float]]:
        """The likeliest intents with their confidence, best first."""
        return ranking_in(self._tracker.latest_message)

    @property
    def confidence(self) -> float:
        """How sure the intent is, from 0 to 1."""
        return dict(self.ranking).get(self.intent, 1.0)

    @property
    def pressed(self) -> bool:
        """Whether the message is a pressed button."""
        metadata = self._tracker.latest_message.get("metadata")
        return isinstance(metadata, dict) and metadata.get("pressed") is True

    @property
    def details(self) -> bool:
        """Whether the message holds anything that was found by rule: a number, an amount, a day."""
        return bool(self._tracker.latest_message.get("entities"))

    @property
    def text(self) -> str:
        """What the customer wrote, or an empty string."""
        text = self._tracker.latest_message.get("text")
        return text if isinstance(text, str) else ""

    @property
    def also(self) -> list[str]:
        """The intents of further requests in the message, the most certain first."""
        return also_in(self._tracker.latest_message)

    @property
    def opening(self) -> str | None:
        """`yes` or `no`, if the message plainly opens with one (`bot/yes_no.py`)."""
        opening = self._tracker.latest_message.get("opening")
        return opening if opening in ("yes", "no") else None

    @property
    def tone(self) -> Tone:
        """How the message sounds; calm if nobody listened."""
        return tone_in(self._tracker.latest_message)

    @property
    def question(self) -> str | None:
        """The question that the customer's message may answer; None if the bot's last turn asked none."""
        return self.slot("asked")

    def slot(self, name: str) -> str | None:
        """A slot's text as this turn has set it, else as it was; None if it's empty or holds anything else."""
        set_now = [event["value"] for event in self.events if event.get("name") == name]
        value = set_now[-1] if set_now else self._tracker.slots.get(name)
        return value if isinstance(value, str) and value else None

    def count(self, name: str) -> int:
        """A slot's number; 0 if it's empty or holds anything else."""
        value = self._tracker.slots.get(name)
        return int(value) if isinstance(value, int | float) and 0 <= value < 1000 else 0

    def gave(self, entity: str) -> bool:
        """Whether the latest message holds such an entity."""
        return bool(self.given(entity))

    def given(self, entity: str) -> list[dict[str, Any]]:
        """The entities of this kind in the latest message, in order of place."""
        return entities_in(self._tracker.latest_message, entity)

    def request_for(self, topic: str) -> Message:
        """The customer's latest message that asked for this topic, alone or beside others; empty if none did."""
        return latest_request(self._tracker.events, topic)

    def said_before(self, back: int = 1) -> set[str]:
        """The names of the responses to the customer's previous message, or to the one `back` messages ago."""
        return responses_to(self._tracker.events, back)

    def said_now(self) -> set[str]:
        """The names of the responses that this turn has so far."""
        return {str(message["response"]) for message in self._dispatcher.messages if message.get("response")}

    def words(self, response: str) -> str:
        """The first wording of a response of `domain/`, for a button's title; empty if there's none."""
        variations = (self._domain.get("responses") or {}).get(response) or [{}]
        return str(variations[0].get("text") or "")

    def say(self, response: str, **fields: str) -> None:
        """Answer with a response of `domain/`, its fields filled in."""
        self._dispatcher.utter_message(response=response, **fields)

    def ask(self, question: str, response: str | None = None) -> None:
        """Say `utter_ask_<question>` (or another response) and remember the question: rules say what answers mean.

        A question's text has no fields but the slots that may be shown (`bot/nlg.py`), so that it can be asked again.
        """
        self.say(response or f"utter_ask_{question}")
        self.remember(asked=question)

    def ask_again(self, question: str) -> None:
        """Repeat a question that was open before this turn; what can still be picked isn't listed again."""
        if question == "come_back":
            self.ask_to_come_back()
        elif question.startswith(PICK):
            self.remember(asked=question)
        else:
            self.ask(question)

    def say_with_buttons(self, response: str, buttons: list[dict[str, str]]) -> None:
        """Answer with a response and these buttons (title and payload) under it."""
        self._dispatcher.utter_message(response=response, buttons=buttons)

    def ask_to_pick(self, buttons: list[dict[str, str]], question: str = PICK) -> None:
        """Let the customer choose by these buttons (title and payload): `pick` an order, `pick_…` something else."""
        self._dispatcher.utter_message(response=f"utter_ask_{question}", buttons=buttons)
        self.remember(asked=question)

    def ask_to_come_back(self) -> None:
        """Offer to go on with the topic that was left, or that was named beside this one."""
        self.ask("come_back", f"utter_ask_come_back_{self.slot('unfinished')}")

    def offer_person(self, reason: str) -> None:
        """Ask whether a person shall take over; `reason` is what the rep is told if so."""
        self.remember(person_reason=reason)
        self.ask("person")

    def ask_to_sign_in(self, reason: str) -> None:
        """Say that this needs a customer who has signed in, and offer a person instead, for this reason."""
        self.say("utter_sign_in")
        self.offer_person(reason)

    def note(self, **facts: Any) -> None:
        """Tell the desk something that the customer doesn't see."""
        self._dispatcher.utter_message(json_message=facts)

    def remember(self, **slots: str | float | bool | None) -> None:
        """Set slots for the turns to come."""
        self.events += [SlotSet(name, value) for name, value in slots.items()]

    def hand_over(self, reason: str) -> None:
        """Ask the desk for a person; the desk itself tells the customer so, and their place in line."""
        self.note(handoff={"reason": reason, "topic": self.topic()})

    def topic(self) -> str | None:
        """What the conversation is about, as far as actions know."""
        return self.slot("about")

    def take_up(self, topic: str) -> None:
        """Turn to this topic; one that was left in the middle of a question can be offered again later."""
        before = self.topic()
        if before not in (None, topic) and self.question and self.question not in TOPIC_IS_OVER:
            self.remember(unfinished=before, unfinished_order=self.slot("question_about"))
        elif self.slot("unfinished") == topic:
            self.remember(unfinished=None)
        self.remember(about=topic)
        if more := [named for named in self.also if named != topic and named in TurnAction.all_topics()]:
            self.remember(unfinished=more[0])

    def take_back(self) -> None:
        """Unsay what was to be answered in this turn."""
        self._dispatcher.messages.clear()


class TurnAction(Action):  # type: ignore[misc]  # rasa_sdk has no types
    """An action that always answers: within its time, or with an apology and the choice of a person."""

    title: ClassVar[str]
    topics: ClassVar[tuple[str, ...]] = ()
    """The intents that this action helps with, if it's a help."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace

    @classmethod
    def all_actions(cls) -> "list[type[TurnAction]]":
        """All actions that are defined so far, each once, those without a title left out."""
        below = [action for child in cls.__subclasses__() for action in (child, *child.all_actions())]
        return [action for action in dict.fromkeys(below) if "title" in vars(action)]

    @classmethod
    def all_topics(cls) -> set[str]:
        """The intents that some action helps with."""
        return {topic for action in TurnAction.all_actions() for topic in action.topics}

    def name(self) -> str:
        """As the domain calls it."""
        return self.title

    async def answer(self, turn: Turn) -> None:
        """Say, note and remember what the turn needs; ShopDown may pass."""
        raise NotImplementedError

    async def respond(self, turn: Turn) -> None:
        """The whole of a turn; kinds of actions may do more here than answer."""
        await self.answer(turn)

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Rasa's entrance."""
        turn = Turn(self.workplace, dispatcher, tracker, domain)
        try:
            async with asyncio.timeout(SECONDS_FOR_AN_ACTION):
                await self.respond(turn)
        except (ShopDown, TimeoutError):
            turn.take_back()
            turn.ask("shop_down")
        return [*turn.events, THEN_WAIT]
