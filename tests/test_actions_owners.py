"""Whatever Rasa's slots and entities name, no action tells Ben, or a stranger, of others' things or asks for them."""

import json
from typing import Any

import pytest
from sqlalchemy import select, text

from actions.discovery import all_actions
from actions.workplace import Workplace
from demo.database import writing_engine
from demo.schema import requests
from tests.larkfield import (
    ANA,
    BEN,
    CHLOE,
    DELIVERED,
    LEA,
    Chat,
    own_shop_url,
    own_workplace,
    sqlite_shop_url,
)

__all__ = ["own_shop_url", "own_workplace", "sqlite_shop_url"]

HUGO = "C-1008"
PACKING, LOST, HUGOS_ORDER = "A-205518", "A-126733", "A-170939"
ACTIONS = {action.title: action for action in all_actions()}


@pytest.mark.parametrize("thief", [BEN, None])
@pytest.mark.parametrize(
    ("owner", "order"), [(LEA, PACKING), (CHLOE, LOST), (ANA, DELIVERED), (HUGO, HUGOS_ORDER)], ids=str
)
def test_what_slots_and_buttons_name_opens_nobody_elses_things(
    own_workplace: Workplace, own_shop_url: str, owner: str, order: str, thief: str | None
) -> None:
    theirs = things_of(own_shop_url, owner)
    named = {"order_number": order, **theirs, "order_line": "all"}
    slots = {
        **named,
        "email": "ben@example.com",
        "question_about": order,
        "unfinished_order": order,
        "unfinished": "cancel_order",
        "about": "return_item",
        "parcel": "1",
        "return_lines": "1 2 3",
        "new_address": "1 Thief Lane, Leeds",
    }
    said = {"text": "yes", "opening": "yes"}
    for title, action in ACTIONS.items():
        asked = "pick_charge" if title == "action_look_into_charge" else "confirm_address"
        chat = Chat(customer=thief, slots={**slots, "asked": asked})
        answer = chat.ask(action(own_workplace), "greet" if title == "action_small_talk" else "affirm", said, **named)
        shown = json.dumps(answer.messages, ensure_ascii=False)
        assert [secret for secret in secrets_of(own_shop_url, owner, theirs) if secret in shown] == [], title
    assert {subject for subject, customer in asked_for(own_shop_url) if customer != thief} == set()
    assert {subject for subject, _ in asked_for(own_shop_url)} & {order, *theirs.values()} == set()


def test_what_is_named_there_opens_ones_own_things(own_workplace: Workplace, own_shop_url: str) -> None:
    chat = Chat(customer=LEA, slots={"question_about": PACKING, "asked": "confirm_cancel"})
    chat.ask(ACTIONS["action_cancel_now"](own_workplace), "affirm", {"text": "yes"})
    assert asked_for(own_shop_url) == [(PACKING, LEA)]


def things_of(url: str, customer: str) -> dict[str, str]:
    """One of each kind of the customer's things, where they have one."""
    tables = {
        "charge": ("charges", "charge_id"),
        "subscription": ("subscriptions", "subscription_id"),
        "purchase": ("coin_purchases", "purchase_id"),
        "device": ("devices", "device_id"),
    }
    latest = "SELECT max({}) FROM {} WHERE customer_id = '{}'"
    found = {kind: rows(url, text(latest.format(key, table, customer)))[0][0] for kind, (table, key) in tables.items()}
    return {kind: str(key) for kind, key in found.items() if key}


def secrets_of(url: str, customer: str, things: dict[str, str]) -> list[str]:
    """What only the customer may be shown."""
    about = text("SELECT name, email, address FROM customers WHERE customer_id = :customer").bindparams(
        customer=customer
    )
    return [*rows(url, about)[0], *things.values()]


def asked_for(url: str) -> list[tuple[str, str]]:
    """Subject and customer of each request that the shop has got."""
    found = rows(url, select(requests.c.subject, requests.c.payload))
    return [(subject, json.loads(payload)["customer"]) for subject, payload in found]


def rows(url: str, query: Any) -> list[Any]:
    engine = writing_engine(url)
    with engine.connect() as db:
        found = list(db.execute(query).all())
    engine.dispose()
    return found
