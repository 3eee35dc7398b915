"""The rules of `data/rules/`: all that they name exists, and no two say something else about the same message."""

from collections.abc import Iterator

from proofread.faults import Fault, hint
from proofread.reading import Part
from proofread.texts import RASAS_OWN, Texts, names


def faults_of_rules(texts: Texts) -> Iterator[Fault]:
    """What is wrong with rules."""
    intents, responses = names(texts.listed("intents")), names([name for name, _ in texts.responses])
    actions = names(texts.listed("actions")) | responses | RASAS_OWN
    for rule in texts.rules:
        for step in _steps(rule):
            if intent := _unknown(step.of("intent"), intents):
                yield intent.fault(f"There's no intent “{intent.text}”.{hint(intent.text or '', intents)}")
            if action := _unknown(step.of("action"), actions):
                yield action.fault(_no_action(action.text or "", actions))
        for name, value in _conditions(rule):
            yield from _of_slot(name, value, texts)
    yield from _at_odds(texts.rules)


def _no_action(name: str, actions: set[str]) -> str:
    if name.startswith("utter_"):
        return f"There's no response “{name}” in domain/.{hint(name, actions)} A new one is written there first."
    return f"There's no action “{name}”.{hint(name, actions)}"


def _steps(rule: Part) -> list[Part]:
    steps = rule.of("steps")
    return steps.items if steps else []


def _conditions(rule: Part) -> list[tuple[Part, Part]]:
    """The slots that a rule's condition looks at, with their values."""
    condition = rule.of("condition")
    found = [each.of("slot_was_set") for each in (condition.items if condition else [])]
    return [pair for slots in found if slots for entry in slots.items for pair in entry.named]


def _unknown(part: Part | None, known: set[str]) -> Part | None:
    return part if part and part.text not in known else None


def _of_slot(name: Part, value: Part, texts: Texts) -> Iterator[Fault]:
    slots = {slot.text or "": holds for slot, holds in texts.slots}
    if name.text not in slots:
        yield name.fault(f"There's no slot “{name.text}”.{hint(name.text or '', slots)}")
        return
    values = slots[name.text].of("values")
    if values and value.text not in names(values.items):
        near = hint(value.text or "", names(values.items))
        yield value.fault(f"“{value.text}” isn't one of the values of the slot “{name.text}” in domain/.{near}")


def _at_odds(rules: list[Part]) -> Iterator[Fault]:
    first: dict[object, tuple[Part, Part]] = {}
    for rule in rules:
        condition = frozenset((name.text, value.text) for name, value in _conditions(rule))
        before: tuple[object, ...] = ()
        for step in _steps(rule):
            then = [(name.text, value.text) for name, value in step.named]
            other, its_step = first.setdefault((condition, before), (rule, step))
            action, its_action = step.of("action"), its_step.of("action")
            if action and its_action and action.text != its_action.text:
                place = f"{other.file}, line {its_action.line}"
                yield action.fault(f"The rule in {place} says “{its_action.text}” in the same place. Only one can be.")
            before += tuple(then)
