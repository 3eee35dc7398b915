"""What Wen, who never saw a terminal, is told about a slip in a text file: where it is, and what to do."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.places import ROOT
from proofread.everything import faults_in

Change = Callable[[str, str, str], None]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of the writers' files."""
    for file in (
        file for folder in ("domain", "data", "actions", "handoff") for file in (ROOT / folder).rglob("*.yml")
    ):
        place = tmp_path / file.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place)
    return tmp_path


@pytest.fixture
def change(clone: Path) -> Change:
    """Wen changes a file: the first place with `before` then has `after`."""

    def change(file: str, before: str, after: str) -> None:
        text = (clone / file).read_text()
        assert before in text
        (clone / file).write_text(text.replace(before, after, 1))

    return change


def told(clone: Path) -> list[str]:
    """What Wen is told: `file:line words`, of each fault."""
    return [f"{fault.file}:{fault.line} {fault.words}" for fault in faults_in(clone, ROOT)]


def line_of(clone: Path, file: str, words: str) -> int:
    """The number of the first line with these words."""
    lines = (clone / file).read_text().split("\n")
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_the_files_as_they_are_have_no_fault_and_are_read_in_seconds(clone: Path) -> None:
    began = time.process_time()
    assert told(clone) == []
    assert time.process_time() - began < 5


HANDOFF = "domain/handoff.yml"
WOULD = '"Would you like to talk to a person? They will see everything that you have written here."'


@pytest.mark.parametrize(
    ("before", "after", "at", "words"),
    [
        ("      buttons:", "\t  buttons:", "\t  buttons:", "begins with a tab"),
        (WOULD, WOULD[:-1], "Would you", "at the end of this line"),
        (WOULD, WOULD[1:], "Would you", "quotation mark is missing"),
        ("talk to a person?", 'talk to a "person"?', "Would you", "inside the text"),
        (WOULD, "One thing: shall I?", "One thing", "needs quotation marks"),
        (WOULD, "{order_number} or a person?", "or a person?", "needs quotation marks"),
        ("      buttons:", "     buttons:", "     buttons:", "a space too many or too few"),
        ("      buttons:", "      buttons", "      buttons", "A colon is missing"),
        ('          payload: "/deny"', '         payload: "/deny"', "/deny", "a space too many or too few"),
        ("    - text: ", "    -text: ", "-text", "A space is missing after the dash"),
        ("    - text: ", "    - text:", "text:", "A space is missing after “text:”"),
        ("    - text: ", "    - txt: ", "txt: ", "“txt” isn't known here. Did you mean “text”?"),
        ("responses:", "respones:", "respones:", "Did you mean “responses”?"),
        ('payload: "/deny"', 'paylod: "/deny"', "paylod", "Did you mean “payload”?"),
        ('\n          payload: "/deny"', "", "No, thank you", "“payload:” is missing"),
        ("    - text: ", "      text: ", "Would you", "A list belongs here"),
    ],
)
def test_a_slip_in_the_writing(clone: Path, change: Change, before: str, after: str, at: str, words: str) -> None:
    change(HANDOFF, before, after)
    found = told(clone)
    assert found[0].startswith(f"{HANDOFF}:{line_of(clone, HANDOFF, at)} ")
    assert words in found[0]


@pytest.mark.parametrize(
    ("file", "before", "after", "at", "words"),
    [
        ("data/nlu/handoff.yml", "examples: |", "examples:", "- talk to a person", "the upright stroke"),
        ("data/nlu/handoff.yml", "      - human please", "      human please", "human please", "begins with “- ”"),
        (
            "data/nlu/handoff.yml",
            "  - intent: talk_to_human",
            "  - intent: talk_to_humn",
            "talk_to_humn",
            "Did you mean",
        ),
        (
            "data/rules/handoff.yml",
            "- action: utter_no_person",
            "- action: utter_no_persn",
            "utter_no_persn",
            "“utter_no_person”?",
        ),
        ("data/rules/handoff.yml", "- intent: affirm", "- intent: afirm", "afirm", "Did you mean “affirm”?"),
        ("data/rules/handoff.yml", "- asked: person", "- asked: persn", "persn", "Did you mean “person”?"),
        ("data/rules/handoff.yml", "- asked: person", "- askd: person", "askd", "Did you mean “asked”?"),
        (
            "data/rules/handoff.yml",
            "- action: action_offer_person",
            "- action: action_ofer_person",
            "action_ofer",
            "“action_offer_person”?",
        ),
        ("data/rules/handoff.yml", "    steps:", "    stps:", "stps", "Did you mean “steps”?"),
        (
            "data/rules/everyday.yml",
            "      - intent: goodbye\n",
            "      - intent: greet\n",
            "utter_goodbye",
            "Only one can be",
        ),
        (
            "domain/orders.yml",
            "  utter_no_orders:",
            "  utter_no_order:",
            "utter_no_order:",
            "The bot's actions say “utter_no_orders”",
        ),
        (
            "domain/orders.yml",
            "Order {order_number} is on its",
            "Order {order} is on its",
            "{order}",
            "Did you mean “order_number”?",
        ),
        ("domain/orders.yml", "{carrier}. You should", "{carier}. You should", "{carier}", "Did you mean “carrier”?"),
        ("domain/orders.yml", "{carrier}. You should", "{carrier. You should", "{carrier.", "each { needs its }"),
        (
            "domain/orders.yml",
            "All right, the order stays",
            "All right, {amount} stays",
            "{amount} stays",
            "isn't filled in",
        ),
        ("domain/everyday.yml", "Goodbye, and take care.", "Goodbye {name}.", "{name}", "may use {order_number}"),
        (
            "domain/orders.yml",
            'payload: "/track_package"',
            'payload: "/track_pakage"',
            "/track_pakage",
            "“track_package”?",
        ),
        (
            "domain/orders.yml",
            'payload: "/track_package"',
            'payload: "track_package"',
            '"track_package"',
            "a slash and an intent",
        ),
        (
            "domain/orders.yml",
            'payload: "/affirm"',
            """payload: '/affirm{"order": "A-123456"}'""",
            "/affirm{",
            "a known entity",
        ),
        (
            "domain/coins.yml",
            "responses:\n",
            'responses:\n  utter_coins_gone:\n    - text: "Gone."\n',
            "utter_coins_gone",
            "Nothing says",
        ),
        ("domain/coins.yml", "intents:\n", "intents:\n  - found_coins\n", "found_coins", "has no examples"),
    ],
)
def test_a_slip_in_what_is_named(
    clone: Path, change: Change, file: str, before: str, after: str, at: str, words: str
) -> None:
    change(file, before, after)
    found = told(clone)
    assert [fault for fault in found if fault.startswith(f"{file}:{line_of(clone, file, at)} ") and words in fault], (
        found
    )


def test_a_response_that_stands_twice_is_told_with_both_places(clone: Path, change: Change) -> None:
    change("domain/coins.yml", "responses:\n", 'responses:\n  utter_greet:\n    - text: "Hi."\n')
    first = f"domain/coins.yml, line {line_of(clone, 'domain/coins.yml', 'utter_greet')}"
    again = f"domain/everyday.yml:{line_of(clone, 'domain/everyday.yml', 'utter_greet')}"
    assert told(clone) == [
        f"{again} The response “utter_greet” is also in {first}; only one of them would count. Take one out."
    ]


def test_an_example_of_two_intents_is_found_whatever_its_capitals_and_commas(clone: Path, change: Change) -> None:
    change("data/nlu/coins.yml", "      - ", "      - Human, please!\n      - ")
    assert re.search(
        "“human please” is an example of “talk_to_human” here and of “missing_coins” in .*coins.yml, line 7",
        told(clone)[0],
    )


@pytest.mark.parametrize(
    ("before", "after", "at", "words"),
    [
        ("delivery_days: 2 ", "delivery_days: two ", "delivery_days: two", "A whole number belongs here"),
        ("delivery_days: 2 ", "delivery_days: -2 ", "delivery_days: -2", "a whole number from 0 on"),
        ("delivery_days: 2 ", "delivery_days: 20000 ", "delivery_days: 20000", "a whole number up to 3650"),
        ("delivery_days: 2 ", "delivery_day: 2 ", "delivery_day:", "isn't known here"),
        ("  label_days: 1 ", "  # label_days: 1 ", "  within_days: 30", "“label_days:” is missing"),
        ("delivery_days: 2 ", "delivery_days 2 ", "delivery_days 2", "A colon is missing after “delivery_days”"),
    ],
)
def test_a_slip_in_the_shops_numbers(clone: Path, change: Change, before: str, after: str, at: str, words: str) -> None:
    change("actions/policy.yml", before, after)
    found = told(clone)
    assert found[0].startswith(f"actions/policy.yml:{line_of(clone, 'actions/policy.yml', at)} ")
    assert words in found[0]


def test_a_step_without_words(clone: Path, change: Change) -> None:
    change("actions/guides.yml", "steps: [new_password, ", "steps: [new_pasword, ")
    (fault,) = told(clone)
    assert "The step “new_pasword” has no words" in fault
    assert "Did you mean “new_password”?" in fault


@pytest.mark.parametrize(
    ("file", "before", "after", "words"),
    [
        ("words.yml", "greeting: ", "greting: ", "The desk knows no sentence “greting”. Did you mean “greeting”?"),
        ("words.yml", 'line."', "line.", "at the end of this line"),
        ("words.yml", "You're number {place}", "You're number {plac}", "Did you mean “place”?"),
        ("words.yml", "You're number {place}", "You're number {place", "each { needs its }"),
        ("words.yml", "place_first: ", "place: ", "is also in"),
        ("words.yml", "  action_track_order: ", "  action_trak_order: ", "Did you mean “action_track_order”?"),
        ("words.yml", "8 of 10 people waited less than {high}.", "{low}", "{low} can't be filled in here."),
        ("words.yml", "{rep}, a person, is now", "{to}, a person, is now", "This sentence may use {rep}."),
        ("words.de.yml", "  track_package: ", "  trak_package: ", "Did you mean “track_package”?"),
        ("words.de.yml", "someone: ", "somone: ", "Did you mean “someone”?"),
        ("words.de.yml", "Ortszeit {place}", "Ortszeit", "those of the English sentence: {place}"),
    ],
)
def test_a_slip_in_the_desks_sentences(
    clone: Path, change: Change, file: str, before: str, after: str, words: str
) -> None:
    change(f"handoff/{file}", before, after)
    found = [fault for fault in told(clone) if fault.startswith(f"handoff/{file}:")]
    assert [fault for fault in found if words in fault], found
