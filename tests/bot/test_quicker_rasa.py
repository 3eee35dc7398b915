"""What is kept between turns gives the same answers as Rasa's own way."""

import json
import random
import tarfile

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.core.events import Event

from bot import quicker_rasa

TRIES = 400


@pytest.fixture(scope="module")
def lookups(model):
    """The rules of the trained model: those of every dialogue, and those of a form that was left."""
    with tarfile.open(model) as archive:
        [name] = [each for each in archive.getnames() if each.endswith("rule_policy.json")]
        stored = json.load(archive.extractfile(name))
    lookup = stored["lookup"]
    return [lookup[name] for name in ("rules", "rules_for_loop_unhappy_path")]


@pytest.fixture
def policy(monkeypatch):
    monkeypatch.setattr(RulePolicy, "_get_possible_keys", RulePolicy._get_possible_keys)
    return RulePolicy.__new__(RulePolicy)


def test_the_same_rules_are_found(lookups, policy):
    dice = random.Random(5)
    dialogues = [json.loads(key) for lookup in lookups for key in lookup]
    asked = [[], [{}], *(mixed(dice, dialogues) for _ in range(TRIES))]
    rasas = [[RulePolicy._get_possible_keys(policy, lookup, states) for states in asked] for lookup in lookups]
    quicker_rasa.find_rules_by_their_end()
    ours = [[RulePolicy._get_possible_keys(policy, lookup, states) for states in asked] for lookup in lookups]
    assert ours == rasas
    assert sum(0 < len(found) < 20 for found in rasas[0]) > TRIES / 4, "the dialogues must be ones that rules are for"


def mixed(dice, dialogues):
    """A dialogue as a rule describes it, or with another one's last words or action."""
    states = json.loads(json.dumps(dice.choice(dialogues)))
    states = states[: dice.randint(1, len(states))] if states else [{}]
    part = dice.choice([None, USER, PREVIOUS_ACTION])
    other = dice.choice(dialogues)
    if part and other:
        states[-1].pop(part, None)
        states[-1].update({name: value for name, value in other[-1].items() if name == part})
    return states


def test_each_event_has_the_class_that_rasa_gives_it(monkeypatch):
    rasas = Event.resolve_by_type
    monkeypatch.setattr(Event, "resolve_by_type", staticmethod(rasas))
    names = ["user", "bot", "action", "slot", "session_started", "followup", "active_loop", "rewind", "topic"]
    expected = [rasas(name) for name in names]
    quicker_rasa.find_events_by_name()
    assert [Event.resolve_by_type(name) for name in names] == expected
    with pytest.raises(ValueError, match="nonsense"):
        Event.resolve_by_type("nonsense")
