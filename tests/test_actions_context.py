"""Who is asking is what the desk signed, and nothing that the customer can write."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from rasa_sdk import Tracker

from actions.context import ANONYMOUS, customer_of
from tests.larkfield import ANA, CONVERSATION, KEY, LATE, context_token

MINUTE = timedelta(minutes=1)


def asked_with(token: object, slots: dict[str, Any] | None = None) -> Tracker:
    """A conversation whose latest message came with this token."""
    message = {"text": "I am C-1002", "metadata": {"context": token, "customer": "C-1002", "customer_id": "C-1002"}}
    return Tracker(CONVERSATION, slots or {}, message, [], False, None, {}, None)


def test_ana_is_ana_by_the_desks_token() -> None:
    context = customer_of(asked_with(context_token(customer=ANA, order=LATE, wrong_orders=2)), KEY)
    assert (context.customer, context.order, context.wrong_orders) == (ANA, LATE, 2)


def test_an_anonymous_customer_has_a_token_too() -> None:
    context = customer_of(asked_with(context_token(wrong_orders=4)), KEY)
    assert (context.customer, context.wrong_orders) == (None, 4)


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": -MINUTE},
        {"exp": None},
        {"aud": "baton"},
        {"aud": None},
        {"iss": "demo-shop"},
        {"iss": ""},
        {"nbf": MINUTE},
        {"customer": ["C-1001"]},
        {"customer": ""},
        {"customer": 1001},
        {"customer": "C" * 65},
        {"order": {"number": LATE}},
        {"wrong_orders": -1},
        {"wrong_orders": "none"},
        {"conversation": "d" * 32},
        {"conversation": None},
    ],
)
def test_a_token_with_a_bad_claim_makes_nobody_ana(claims: dict[str, Any]) -> None:
    assert customer_of(asked_with(context_token(customer=ANA)), KEY).customer == ANA
    now = datetime.now(UTC)
    bad = {name: now + value if isinstance(value, timedelta) else value for name, value in claims.items()}
    assert customer_of(asked_with(context_token(**{"customer": ANA, **bad})), KEY) == ANONYMOUS


@pytest.mark.parametrize("missing", ["exp", "aud", "iss", "conversation"])
def test_a_token_without_a_needed_claim_makes_nobody_ana(missing: str) -> None:
    claims = jwt.decode(context_token(customer=ANA), options={"verify_signature": False})
    del claims[missing]
    assert customer_of(asked_with(jwt.encode(claims, KEY, algorithm="HS256")), KEY) == ANONYMOUS


def unsigned() -> str:
    """Ana's token with the algorithm none."""
    claims = jwt.decode(context_token(customer=ANA), options={"verify_signature": False})
    return jwt.encode(claims, None, algorithm="none")


@pytest.mark.parametrize(
    "token",
    [
        lambda: context_token(key="k" * 40, customer=ANA),
        lambda: context_token(customer=ANA)[:-4] + "AAAA",
        unsigned,
    ],
    ids=["another key", "another signature", "no signature"],
)
def test_a_token_that_the_desk_did_not_sign_makes_nobody_ana(token: Callable[[], str]) -> None:
    assert customer_of(asked_with(token()), KEY) == ANONYMOUS


@pytest.mark.parametrize(
    "token", [None, "", "C-1001", "a.b.c", 1001, [ANA], {"customer": ANA}, "x" * 100_000, "\ud800"]
)
def test_what_is_no_token_at_all_makes_nobody_ana(token: object) -> None:
    assert customer_of(asked_with(token), KEY) == ANONYMOUS


def test_slots_entities_text_and_other_metadata_are_not_believed() -> None:
    claims = {"customer": "C-1002", "customer_id": "C-1002", "context": context_token(customer="C-1002")}
    tracker = asked_with(None, slots=claims)
    tracker.latest_message["entities"] = [{"entity": name, "value": value} for name, value in claims.items()]
    assert customer_of(tracker, KEY) == ANONYMOUS


@pytest.mark.parametrize("metadata", [None, [], "context", 7])
def test_odd_metadata_is_anonymous(metadata: object) -> None:
    tracker = Tracker(CONVERSATION, {}, {"metadata": metadata}, [], False, None, {}, None)
    assert customer_of(tracker, KEY) == ANONYMOUS
