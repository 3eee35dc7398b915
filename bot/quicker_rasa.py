"""What Rasa works out anew in each turn and needn't: worked out once, with the same answers."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.events import Event
from rasa.shared.nlu.constants import ACTION_NAME, INTENT
from rasa.shared.utils.common import all_subclasses

End = tuple[str | None, str | None]
"""The last action and the intent of a dialogue or a rule; None where a rule says nothing of it."""


def make_rasa_quicker() -> None:
    """To be called when a model is loaded, as a training changes what is kept here."""
    check_answers_with_one_validator()
    find_events_by_name()
    find_rules_by_their_end()


def check_answers_with_one_validator() -> None:
    """Check an action's answer with a validator that is made once: Rasa makes a new one each time, in 20 ms."""
    spec = RemoteAction.action_response_format_spec()
    validator = validator_for(spec)(spec)

    def validate(_: RemoteAction, answer: Any) -> bool:
        validator.validate(answer)
        return True

    RemoteAction._validate_action_result = validate


def find_events_by_name() -> None:
    """Find an event's class in a table: Rasa lists all classes for each event of the dialogue."""
    of_rasa = Event.resolve_by_type
    known = {each.type_name: each for each in reversed(all_subclasses(Event))}

    def by_name(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
        return known.get(type_name) or of_rasa(type_name, default)

    Event.resolve_by_type = staticmethod(by_name)


def find_rules_by_their_end() -> None:
    """Hold the dialogue against those rules only that end as it does: Rasa holds it against all of them, in 2 ms."""
    of_rasa = RulePolicy._get_possible_keys
    kept: dict[int, tuple[dict[str, str], dict[End, list[str]]]] = {}

    def near(policy: RulePolicy, lookup: dict[str, str], states: list[dict[str, Any]]) -> set[str]:
        if not states:
            return of_rasa(policy, lookup, states)
        if id(lookup) not in kept:
            kept[id(lookup)] = (lookup, rules_by_end(lookup))
        _, by_end = kept[id(lookup)]
        action, intent = end_of(states[-1])
        ends: set[End] = {(action, intent), (action, None), (None, intent), (None, None)}
        return of_rasa(policy, {key: lookup[key] for end in ends for key in by_end.get(end, ())}, states)

    RulePolicy._get_possible_keys = near


def rules_by_end(rules: Iterable[str]) -> dict[End, list[str]]:
    """Rules by their ends."""
    found: dict[End, list[str]] = defaultdict(list)
    for key in rules:
        states = json.loads(key)
        found[end_of(states[-1]) if states else (None, None)].append(key)
    return dict(found)


def end_of(state: dict[str, Any]) -> End:
    """A state's last action and intent. Rasa looks at nothing else of a rule whose last state has no action."""
    before = state.get(PREVIOUS_ACTION)
    if not before:
        return None, None
    return _named(before.get(ACTION_NAME)), _named((state.get(USER) or {}).get(INTENT))


def _named(value: str | None) -> str | None:
    return None if value == SHOULD_NOT_BE_SET else value
