"""Two hundred hostile lines to the real bot and its real actions: answered sanely, and nobody else's rows are told."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from benchmark.bot_servers import CONTEXT_KEY, TOKEN, private_bot
from benchmark.simulate import Customer
from tests.hostile_lines import LINES

ANA, LEA = "C-1001", "C-1012"
LONGEST_TEXT = 4_000
LEAKS = re.compile(r"utter_|action_|Traceback|None\b|[{}]|slot|baton_|sqlite", re.IGNORECASE)
DATA = "name, email, address"


@dataclass
class Place:
    """A running bot, and the shop behind its actions."""

    http: httpx.Client
    shop: Path

    def customer(self, customer_id: str | None) -> Customer:
        return Customer(self.http, {"context_key": CONTEXT_KEY}, customer_id)

    def rows(self, query: str) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(self.shop)) as db:
            return db.execute(query).fetchall()

    def secrets_of_others(self, customer_id: str | None) -> set[str]:
        """Names, addresses and order numbers of everybody but this customer, in small letters."""
        others = self.rows(f"SELECT {DATA} FROM customers WHERE customer_id IS NOT '{customer_id}'")
        numbers = self.rows(f"SELECT number FROM orders WHERE customer_id IS NOT '{customer_id}'")
        return {value.lower() for row in (*others, *numbers) for value in row}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The bot with the model of this clone, its action server and a seeded shop, in a folder of their own."""
    folder = tmp_path_factory.mktemp("hostile")
    with private_bot(folder) as port:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30, trust_env=False) as http:
            yield Place(http, folder / "shop.sqlite")


def said_in_answer(customer: Customer, line: str) -> str:
    """All that the bot says to a line, in small letters; a line that's empty or too long is refused in words."""
    try:
        answer = customer.say(line).answer
    except httpx.HTTPStatusError as refused:
        refusal = refused.response.json()["error"]
        if not line.strip() or len(line) > LONGEST_TEXT:
            return str(refusal["message"]).lower()
        raise AssertionError((line[:80], refusal)) from refused
    assert answer["messages"] or answer["handoff"], "silence"
    assert not answer["close"], "a chat is closed only after a question and a yes"
    texts = [message["text"] for message in answer["messages"]]
    titles = [button["title"] for message in answer["messages"] for button in message.get("buttons", [])]
    return "\n".join((*texts, *titles)).lower()


def check(said: str, line: str, secrets: set[str]) -> None:
    """The answer is whole and holds nothing of others but what the customer has just written."""
    typed = line.lower()
    told = [secret for secret in secrets if secret in said and secret.removeprefix("a-") not in typed]
    assert told == [], (line[:80], told)
    leaked = [leak for leak in LEAKS.findall(said) if leak not in typed]
    assert leaked == [], (line[:80], said[:300])


@pytest.mark.parametrize("customer_id", [None, ANA], ids=["a stranger", "ana"])
def test_each_line_at_the_beginning_of_a_chat(place: Place, customer_id: str | None) -> None:
    secrets = place.secrets_of_others(customer_id)
    for line in LINES:
        said = said_in_answer(place.customer(customer_id), line)
        check(said, line, secrets)
        assert customer_id or "£" not in said, "a stranger is told no sums"
    assert place.rows("SELECT key FROM baton_requests") == []


def test_each_line_where_a_new_address_is_asked_for(place: Place) -> None:
    """The one question that takes any text: nothing is asked of the shop without a yes."""
    asking = place.customer(LEA)
    begun = asking.say("change the delivery address of my order A-205518").answer
    assert begun["topic"] == "change_address", begun["messages"]
    secrets = place.secrets_of_others(LEA)
    for line in LINES:
        check(said_in_answer(asking.copy(), line), line, secrets)
    assert place.rows("SELECT key FROM baton_requests") == []


def test_the_same_lines_in_one_long_chat(place: Place) -> None:
    """Ben's number and address are among the lines: who has written both may be told of that order from then on."""
    chat = place.customer(None)
    secrets = place.secrets_of_others(None)
    for line in LINES:
        secrets -= {secret for secret in secrets if secret in line.lower()}
        check(said_in_answer(chat, line), line, secrets)
    for _, subject, payload in place.rows("SELECT key, subject, payload FROM baton_requests"):
        pytest.fail(f"a stranger has asked the shop for {subject}: {json.loads(payload)}")
