"""Order numbers and e-mail addresses as people write them."""

import time

import pytest
from rasa.shared.nlu.training_data.loading import load_data

from bot.order_numbers import found_in, in_words, is_bare


def values(text):
    return [(entity["entity"], entity["value"]) for entity in found_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "A-123456",
        "a-123456",
        "a123456",
        "A 123456",
        "A 123 456",
        "A–123456",
        "A.123456",
        "#A-123456",
        "where is a-123456?",
        "order 123456",
        "order number: 123456",
        "my order no. 123456 is late",
        "#123456",
        "123456",
        "  123 456 ",
    ],
)
def test_an_order_number_is_read_however_it_is_written(text):
    assert values(text) == [("order_number", "A-123456")]


@pytest.mark.parametrize(
    "text",
    [
        "A-12345",
        "A-1234567",
        "BA-123456",
        "A-12345６",
        "I paid 123456 for it",
        "call 0123456789",
        "A-123456789",
        "1 OR 1=1",
        "../A",
        "%00",
        "*",
        "",
    ],
)
def test_what_is_not_an_order_number_is_not_read_as_one(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("LK9059335011GB", "LK9059335011GB"),
        ("where is lk 905 933 5011 gb?", "LK9059335011GB"),
        ("RR123456785DE says delivered", "RR123456785DE"),
        ("1Z 999 AA1 01 2345 6784", "1Z999AA10123456784"),
        ("tracking number: 123 456 789 012", "123456789012"),
        ("my tracking no is 00340434161094021501", "00340434161094021501"),
    ],
)
def test_a_tracking_number_is_read_however_it_is_written(text, number):
    assert values(text) == [("tracking_number", number)]


@pytest.mark.parametrize(
    "text", ["4111 1111 1111 1111", "call 07700900123456", "GB29NWBK60161331926819", "1Z", "AB12345CD"]
)
def test_cards_phones_and_accounts_are_no_tracking_numbers(text):
    assert [kind for kind, _ in values(text)] == []


@pytest.mark.parametrize(
    "text", ["LK9059335011GB", "my tracking number is lk9059335011gb", "parcel LK9059335011GB please"]
)
def test_a_message_that_only_gives_a_tracking_number_is_bare(text):
    assert is_bare(text, found_in(text))
    assert in_words("where is LK9059335011GB", found_in("where is LK9059335011GB")) == "where is my parcel"


def test_many_digits_that_are_called_a_tracking_number_are_read_quickly():
    began = time.process_time()
    found_in("tracking " * 400 + "1 " * 300 + "LK" + "1 " * 400)
    assert time.process_time() - began < 0.5


def test_two_numbers_are_both_found():
    assert values("A-123456 and a-654321") == [("order_number", "A-123456"), ("order_number", "A-654321")]


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("ana@example.com", "ana@example.com"),
        ("It's Ana.Smith+shop@Mail.Example.CO.UK.", "ana.smith+shop@mail.example.co.uk"),
        ("<ana@example.com>", "ana@example.com"),
    ],
)
def test_an_address_is_read_in_lower_case(text, email):
    assert values(text) == [("email", email)]


@pytest.mark.parametrize("text", ["ana@", "@example.com", "ana@example", "a@b@example.com", "ana at example dot com"])
def test_what_is_not_an_address_is_not_read_as_one(text):
    assert values(text) == []


def test_number_and_address_come_together():
    assert values("A-123456, ana@example.com") == [("order_number", "A-123456"), ("email", "ana@example.com")]


def test_the_places_are_those_in_the_text():
    (entity,) = found_in("it's A-123456 I think")
    assert "it's A-123456 I think"[entity["start"] : entity["end"]] == "A-123456"


@pytest.mark.parametrize(
    "text",
    [
        "A-123456",
        "it's a-123456 I think",
        "Sorry, my order number is A-123456.",
        "ana@example.com",
        "A-12345",
        "order 5512",
        "my email is ana@example.com",
        "AB-1234567",
        "A-1",
        "yes, A-123456 please",
    ],
)
def test_a_message_that_only_gives_a_number_is_bare(text):
    assert is_bare(text, found_in(text))


def test_each_example_of_a_bare_message_is_bare():
    examples = [m.get("text") for m in load_data("data/nlu").intent_examples if m.get("intent") == "inform_order"]
    assert len(examples) >= 15
    assert [text for text in examples if not is_bare(text, found_in(text))] == []


def test_the_classifier_reads_words_instead_of_digits():
    text = "where is A-123456? I'm ana@example.com"
    assert in_words(text, found_in(text)) == "where is my order? I'm my email"


@pytest.mark.parametrize("text", ["where is A-123456?", "cancel A-123456", "hello", "99", "I ordered 2 lamps", ""])
def test_a_message_that_wants_something_is_not_bare(text):
    assert not is_bare(text, found_in(text))


@pytest.mark.parametrize(
    "text", ["a" * 4000, "1 " * 2000, "a@" * 2000, "order " * 660, "a.b@c." * 660, "A-" * 2000], ids=range(6)
)
def test_no_text_makes_the_patterns_run_away(text):
    started = time.perf_counter()
    is_bare(text, found_in(text))
    assert time.perf_counter() - started < 5, "a pattern needs more than linear time"


def test_a_number_lost_in_blank_lines_is_no_bare_one():
    assert is_bare("order\nA-12345", [])
    assert not is_bare("order" + "\n" * 4_000 + "A-12345", [])
