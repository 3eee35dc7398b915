"""The thresholds are chosen on texts that the models have never seen."""

import numpy as np
import pytest

from bot.choose_threshold import Case, cases, folds_of, found, shares
from bot.example_model import Understanding

INTENTS = ("track_package", "cancel_order", "missing_coins", "device_help", "billing_question", "out_of_scope")
TEXTS = np.array([f"{intent.replace('_', ' ')} please, number {number}" for intent in INTENTS for number in range(15)])
LABELS = np.repeat(INTENTS, 15)


@pytest.fixture(scope="module")
def folds(encoder):
    return list(folds_of(TEXTS, LABELS, encoder.views(list(TEXTS))))


def heard(intent, confidence):
    return Understanding([(intent, confidence)], [])


def test_no_model_has_seen_what_it_is_asked(folds):
    for fold in folds:
        asked = set(TEXTS[fold.unseen]) | set(TEXTS[fold.strangers])
        assert asked
        assert not asked & set(fold.model.texts)
        assert not set(LABELS[fold.strangers]) & set(fold.model.intents)


def test_each_intent_but_out_of_scope_is_a_stranger_once(folds):
    strange = sorted(label for fold in folds for label in set(LABELS[fold.strangers]))
    assert strange == sorted(set(INTENTS) - {"out_of_scope"})


def test_pairs_are_two_requests_of_two_matters(folds, encoder):
    pairs = [case.wanted for case in cases(folds[0], TEXTS, LABELS, encoder) if len(case.wanted) == 2]
    assert pairs
    assert all(one != other and "out_of_scope" not in (one, other) for one, other in pairs)


def test_a_wrong_second_request_is_told_from_a_missing_one():
    halves = [(heard("cancel_order", 0.5), heard("missing_coins", 0.5))]
    whole = heard("cancel_order", 0.4)
    assert found(Case(("cancel_order", "missing_coins"), whole, halves), clear=0.3) == (True, False)
    assert found(Case(("cancel_order",), whole, halves), clear=0.3) == (True, True)
    assert found(Case(("cancel_order", "missing_coins"), whole, halves), clear=0.6) == (False, False)


def test_shares_count_what_is_below_the_threshold_as_refused():
    known = [("greet", "greet", 0.3), ("greet", "thanks", 0.2), ("greet", "greet", 0.05), ("greet", "greet", 0.1)]
    strangers = [("out_of_scope", "greet", 0.2), ("out_of_scope", "out_of_scope", 0.9)]
    assert shares(known, strangers, 0.1).split() == ["0.500", "0.250", "0.250", "|", "0.500"]
