"""The demo shop as of a fixed day, and what is needed to let an action of the bot answer a customer of it."""

import asyncio
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import Engine, make_url

from actions.discovery import all_actions
from actions.orders import TrackOrder
from actions.policy import read_policy
from actions.requests import Requests
from actions.shop import Shop
from actions.turn import TurnAction
from actions.workplace import Workplace
from demo.database import writing_engine
from demo.seed import seed
from tests.services import database_on
from tests.words import check_words

TODAY = date(2026, 6, 15)  # a Monday
NOW = datetime(2026, 6, 15, 10, 30, tzinfo=UTC)
KEY = "the desk's key, which the bot does not have"
CONVERSATION = "c" * 32
ANA, BEN, CHLOE, DEV, ELIF, FARID, GRACE, JUN, KOFI, LEA = (
    f"C-{number}" for number in (1001, 1002, 1003, 1004, 1005, 1006, 1007, 1010, 1011, 1012)
)
MIRA, NILS, OONA = "C-1013", "C-1014", "C-1015"
ON_TIME, LATE, DELIVERED = "A-104210", "A-104187", "A-103954"
BENS_ORDER = "A-118320"


@pytest.fixture(scope="session")
def sqlite_shop_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A seeded shop that no test may change."""
    url = sqlite_url(tmp_path_factory.mktemp("shop") / "shop.sqlite")
    seed(url, TODAY)
    return url


@pytest.fixture
def own_shop_url(sqlite_shop_url: str, tmp_path: Path) -> str:
    """A seeded shop that a test may change or break."""
    shutil.copy(make_url(sqlite_shop_url).database or "", tmp_path / "shop.sqlite")
    return sqlite_url(tmp_path / "shop.sqlite")


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest) -> Iterator[Shop]:
    """The seeded shop, on each database that `make test` has."""
    shop = Shop(request.getfixturevalue(f"{request.param}_shop_url"))
    yield shop
    shop.close()


@pytest.fixture(scope="session")
def postgres_shop_url(postgres_server: str) -> Iterator[str]:
    """A seeded shop on Postgres that no test may change."""
    with database_on(postgres_server, f"baton_test_{int(time.time())}_{secrets.token_hex(4)}") as url:
        seed(url, TODAY)
        yield url


@pytest.fixture
def workplace(sqlite_shop_url: str) -> Iterator[Workplace]:
    """What actions work with, at a fixed time, in a shop that no test may change."""
    with workplace_at(sqlite_shop_url) as place:
        yield place


@pytest.fixture
def own_workplace(own_shop_url: str) -> Iterator[Workplace]:
    """The same in a shop that the test may change."""
    with workplace_at(own_shop_url) as place:
        yield place


@pytest.fixture
def shops_own(own_shop_url: str) -> Iterator[Engine]:
    """The shop's own side, where its worker works."""
    engine = writing_engine(own_shop_url)
    yield engine
    engine.dispose()


@contextmanager
def workplace_at(url: str, seconds: float = 3.0) -> Iterator[Workplace]:
    """What actions work with in this shop, at a fixed time."""
    all_actions()  # as the server does: going on with a topic may need any of them
    shop, requests = Shop(url, seconds), Requests(url, seconds)
    try:
        yield Workplace(shop, requests, read_policy(), KEY, UTC, lambda: NOW)
    finally:
        shop.close()
        requests.close()


@pytest.fixture
def track_order(workplace: Workplace) -> TrackOrder:
    """The action, as of Monday 15 June 2026, 10:30."""
    return TrackOrder(workplace)


def sqlite_url(file: Path) -> str:
    """The SQLAlchemy address of a file."""
    return f"sqlite:///{file}"


@dataclass
class Chat:
    """A conversation with one action, kept from turn to turn as Rasa keeps it."""

    customer: str | None = None
    page: str | None = None
    wrong_orders: int = 0
    guarded_orders: list[str] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    domain: dict[str, Any] = field(default_factory=dict)
    pressed: bool = False

    def ask(self, action: TurnAction, intent: str, said: dict[str, Any] | None = None, **entities: str) -> "Answer":
        """The customer says something with this intent and these entities; what the action makes of it.

        `said` holds what else the message carries: its `text`, its `tone`, what it asks `also`.
        """
        self.slots.update(entities)
        token = context_token(
            customer=self.customer,
            order=self.page,
            wrong_orders=self.wrong_orders,
            guarded_orders=self.guarded_orders,
        )
        found = [{"entity": name, "value": value} for name, value in entities.items()]
        message = {
            "intent": {"name": intent},
            "entities": found,
            "metadata": {"context": token, "pressed": self.pressed},
            "text": "…",
        }
        message |= said or {}
        self.events.append({"event": "user", "metadata": message["metadata"]})
        return self.answer(action, message)

    def answer(self, action: TurnAction, message: dict[str, Any]) -> "Answer":
        """What the action makes of a message as Rasa would send it."""
        tracker = Tracker(CONVERSATION, dict(self.slots), message, list(self.events), False, None, {}, None)
        dispatcher = CollectingDispatcher()
        events = asyncio.run(action.run(dispatcher, tracker, self.domain))
        # As the bot's channel does: a question is open for one turn.
        self.slots.update({"asked": None} | _slots_in(events))
        answer = Answer(dispatcher.messages, self.slots)
        for said in answer.messages:
            if said["response"]:
                check_words(said)
        self.heard(*answer.names)
        return answer

    def heard(self, *responses: str) -> None:
        """The bot said these."""
        self.events += [{"event": "bot", "metadata": {"utter_action": response}} for response in responses]


@dataclass
class Answer:
    """What an action said."""

    messages: list[dict[str, Any]]
    slots: dict[str, Any]

    @property
    def responses(self) -> list[str]:
        """The names of the responses, in order, without the question (that's `asked`)."""
        return [name for name in self.names if not name.startswith("utter_ask_")]

    @property
    def names(self) -> list[str]:
        """The names of all responses, in order."""
        return [message["response"] for message in self.messages if message["response"]]

    @property
    def asked(self) -> str | None:
        """The question that is open now."""
        return self.slots.get("asked")

    @property
    def buttons(self) -> list[dict[str, str]]:
        """All buttons."""
        return [button for message in self.messages for button in message["buttons"]]

    def fields(self, response: str) -> dict[str, str]:
        """What fills this response."""
        own = {"text", "buttons", "elements", "custom", "template", "response", "image", "attachment"}
        [message] = [message for message in self.messages if message["response"] == response]
        return {name: value for name, value in message.items() if name not in own}

    def note(self, name: str) -> Any:
        """What the desk is told under this name, or None."""
        told = [message["custom"][name] for message in self.messages if name in message["custom"]]
        return told[-1] if told else None

    def without_number(self) -> tuple[list[str], str | None, list[dict[str, str]]]:
        """All that the customer sees."""
        return self.responses, self.asked, self.buttons


def context_token(key: str = KEY, **claims: Any) -> str:
    """A context as the desk signs it, with these claims instead of the usual ones."""
    usual = {
        "iss": "baton-desk",
        "aud": "baton-actions",
        "exp": datetime.now(UTC) + timedelta(seconds=60),
        "conversation": CONVERSATION,
        "turn": "t1",
        "customer": None,
        "order": None,
        "wrong_orders": 0,
    }
    return jwt.encode({**usual, **claims}, key, algorithm="HS256")


def change(url: str, *statements: str) -> None:
    """Change the shop behind its back."""
    with closing(sqlite3.connect(make_url(url).database or "", isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def _slots_in(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}
