"""Amounts and days that a customer mentions, and messages that hold nothing else."""

import time

import pytest
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message

from bot.amounts import amounts_in
from bot.charge_details import ChargeDetails, details_in, is_bare
from bot.days import days_in
from bot.decided import DECIDED
from bot.order_numbers import OrderNumbers


def read(text):
    (message,) = ChargeDetails().process(OrderNumbers().process([Message({"text": text})]))
    found = [(e["entity"], e["value"]) for e in message.get("entities")]
    return found, message.get(DECIDED)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14.99", "14.99"),
        ("you took $14.99 from me", "14.99 USD"),
        ("£ 5", "5.00 GBP"),
        ("£4.5 I think", "4.50 GBP"),
        ("15 quid", "15.00 GBP"),
        ("12,50 €", "12.50 EUR"),
        ("1,299.00", "1299.00"),
        ("£1,299", "1299.00 GBP"),
        ("1.299,00 €", "1299.00 EUR"),
        ("fifteen pounds", "15.00 GBP"),
        ("Twenty-five dollars", "25.00 USD"),
        ("GBP14.99", "14.99 GBP"),
        ("14.99 gbp", "14.99 GBP"),
        ("99p", "0.99 GBP"),
        ("50 cents", "0.50"),
        ("$14.99/month", "14.99 USD"),
        ("why did you take 20? you charged me 15", "15.00"),
        ("Rs 500", "500.00 INR"),
        ("it was £14.", "14.00 GBP"),
    ],
)
def test_an_amount_is_read_with_its_currency_if_that_is_said(text, value):
    assert [entity["value"] for entity in amounts_in(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "charged 2 times",
        "version 4.2.1",
        "at 10.30am",
        "10% off",
        "A-123456",
        "I ordered 2 lamps",
        "charged 3 days ago",
    ],
)
def test_another_number_is_not_an_amount(text):
    assert amounts_in(text) == []


def test_the_places_are_those_in_the_text():
    text = "you charged me 15 on last Tuesday, and £5.99 in October"
    assert [text[e["start"] : e["end"]] for e in details_in(text, [])] == ["15", "last Tuesday", "£5.99", "October"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("last Tuesday", "last Tuesday"),
        ("you took it yesterday", "yesterday"),
        ("the 3rd of March I think", "the 3rd of March"),
        ("on 03/11", "03/11"),
        ("3.11.2025", "3.11.2025"),
        ("2025-10-05", "2025-10-05"),
        ("about two weeks ago", "two weeks ago"),
        ("in October", "October"),
        ("on the 3rd", "the 3rd"),
        ("it left my bank on monday", "monday"),
        ("Oct 5", "Oct 5"),
        ("tuesday last week", "tuesday last week"),
        ("the day before yesterday", "the day before yesterday"),
        ("last month", "last month"),
        ("Sat", "Sat"),
    ],
)
def test_a_day_keeps_its_words(text, value):
    assert [entity["value"] for entity in days_in(text)] == [value]


@pytest.mark.parametrize(
    "text", ["I may be wrong", "I sat down", "the 2nd time", "my first order", "1/2 price sale 20%"]
)
def test_what_only_looks_like_a_day_is_none(text):
    assert [entity["value"] for entity in days_in(text)] in ([], ["1/2"])


@pytest.mark.parametrize(
    "text",
    ["14.99", "last tuesday", "it was £7.99 on the 3rd", "Yes, 03/11.", "2026-03-11", "I think it was around 15 quid"],
)
def test_a_message_of_an_amount_or_a_day_is_decided_by_rule(text):
    assert read(text)[1] == "inform_charge"


@pytest.mark.parametrize("text", ["why 14.99?", "cancel what I ordered yesterday", "hello", "", "refund my 15 quid"])
def test_a_message_that_wants_something_is_not(text):
    assert read(text)[1] is None


def test_an_order_number_stays_one():
    assert read("A-123456") == ([("order_number", "A-123456")], "inform_order")
    assert read("123 456") == ([("order_number", "A-123456")], "inform_order")
    assert read("A-123456, £14.99") == ([("order_number", "A-123456"), ("amount", "14.99 GBP")], "inform_charge")


def test_each_example_of_a_bare_detail_is_bare():
    examples = [m.get("text") for m in load_data("data/nlu").intent_examples if m.get("intent") == "inform_charge"]
    assert len(examples) >= 15
    assert [text for text in examples if not is_bare(text, details_in(text, []), [])] == []


@pytest.mark.parametrize(
    "text", ["1" * 4000, "1 " * 2000, "1,111" * 800, "£" * 4000, "1/1/" * 999, "in may " * 600, "a one "], ids=range(7)
)
def test_no_text_makes_the_patterns_run_away(text):
    started = time.perf_counter()
    amounts_in(text)
    days_in(text)
    assert time.perf_counter() - started < 5, "a pattern needs more than linear time"
