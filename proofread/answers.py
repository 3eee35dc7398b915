"""The responses of `domain/`: each stands once, is used, fills its braces, and its buttons lead somewhere."""

import json
import re
from collections.abc import Iterator

from proofread.faults import Fault, hint
from proofread.reading import BRACES, Part, lone_brace, twice
from proofread.said import SHOWN_SLOTS, Said
from proofread.texts import Texts, names

MOST_NAMED = 12
"""Fields that are listed."""
PAYLOAD = re.compile(r"/([a-z][a-z_]*)(\{.*\})?")


def faults_of_answers(texts: Texts, said: Said) -> Iterator[Fault]:
    """What is wrong with responses."""
    yield from twice((name for name, _ in texts.responses), "The response")
    intents, entities = names(texts.listed("intents")), names(texts.listed("entities"))
    by_rules = {name for rule in texts.rules for name in actions_in(rule)}
    there = [name for name, _ in texts.responses]
    unsaid = [name for name in there if name.text not in by_rules and not said.says(name.text or "", intents)]
    yield from _unsaid(unsaid, by_rules | said.responses)
    yield from _missing(said.responses - names(there), unsaid or texts.files["domain"])
    for name, variations in texts.responses:
        yield from _braces(name.text or "", variations, said, intents)
        for button in (button for each in variations.items for button in _buttons(each)):
            yield from _leads_nowhere(button, intents, entities)


def actions_in(rule: Part) -> list[str]:
    """The actions and responses of a rule's steps."""
    steps = rule.of("steps")
    found = (step.of("action") for step in (steps.items if steps else []))
    return [action.text for action in found if action and action.text]


def _unsaid(unsaid: list[Part], said: set[str]) -> Iterator[Fault]:
    for name in unsaid:
        text = name.text or ""
        if text.startswith("utter_"):
            near = f"{hint(text, said)} Write a rule with it, or take it out."
            yield name.fault(f"Nothing says “{text}”: no rule in data/rules and no action.{near}")
        else:
            yield name.fault(f"A response's name begins with “utter_”; this one is called “{text}”.")


def _missing(missing: set[str], places: list[Part]) -> Iterator[Fault]:
    """Told where a response stands that nothing says: it's perhaps the missing one with another name."""
    for name in sorted(missing):
        near = [part for part in places if hint(part.text or "", [name])]
        where = (near or places or [Part("domain", None)])[0]
        yield where.fault(f"The bot's actions say “{name}”, and no file in domain/ has it. Was it renamed or lost?")


def _braces(name: str, variations: Part, said: Said, intents: set[str]) -> Iterator[Fault]:
    known = said.fields_of(name, intents)
    may = ", ".join(f"{{{each}}}" for each in sorted(known)) if len(known) <= MOST_NAMED else "those of its neighbours"
    for part in (part for each in variations.items for part in _worded(each)):
        yield from lone_brace(part)
        for field in BRACES.findall(part.text or ""):
            if field not in known:
                yield part.fault(
                    f"{{{field}}} isn't filled in here: customers would see the braces.{hint(field, known)}"
                    f" “{name}” may use {may}{_only_if_set(known)}."
                )


def _only_if_set(known: set[str]) -> str:
    return ", once an order is known" if known == SHOWN_SLOTS else ""


def _worded(variation: Part) -> list[Part]:
    """What customers read of it: its text and the titles of its buttons."""
    titles = [button.of("title") for button in _buttons(variation)]
    return [part for part in (variation.of("text"), *titles) if part]


def _buttons(variation: Part) -> list[Part]:
    buttons = variation.of("buttons")
    return buttons.items if buttons else []


def _leads_nowhere(button: Part, intents: set[str], entities: set[str]) -> Iterator[Fault]:
    payload = button.of("payload")
    if payload is None or payload.text is None:
        return
    found = PAYLOAD.fullmatch(payload.text)
    if not found:
        yield payload.fault(f"A button's payload is a slash and an intent, like “/affirm”; this is “{payload.text}”.")
    elif found[1] not in intents or found[1] == "nlu_fallback":
        near = hint(found[1], intents)
        yield payload.fault(f"There's no intent “{found[1]}”, so this button would lead nowhere.{near}")
    elif found[2] and not _gives(found[2], entities):
        yield payload.fault('What stands in braces must be like {"order_number": "A-123456"}, with a known entity.')


def _gives(braces: str, entities: set[str]) -> bool:
    try:
        given = json.loads(braces)
    except ValueError:
        return False
    return set(given) <= entities and all(isinstance(value, str) and value for value in given.values())
