"""Which names a file may have at which place: anything else is a slip of the keyboard, which Rasa would pass over."""

from collections.abc import Iterator
from typing import Any

from proofread.faults import Fault, hint
from proofread.reading import Part

BUTTON = {"title": "text", "payload": "text"}
VARIATION = {"text": "text", "buttons": [BUTTON], "condition": None, "channel": "text", "id": "text"}
SLOT = {"type": "text", "values": None, "initial_value": None, "influence_conversation": None, "mappings": None}
DOMAIN = {
    "version": None,
    "intents": None,
    "entities": None,
    "actions": None,
    "session_config": None,
    "slots": {"*": SLOT},
    "responses": {"*": [VARIATION]},
}
BLOCK = {"intent": "text", "examples": "lines", "synonym": "text", "regex": "text", "lookup": "text"}
NLU = {"version": None, "nlu": [BLOCK]}
STEP = {"intent": "text", "action": "text", "slot_was_set": None, "entities": None, "active_loop": None}
CONDITION = {"slot_was_set": None, "active_loop": None}
RULE = {"rule": "text", "condition": [CONDITION], "steps": [STEP]}
RULES = {"version": None, "rules": [RULE]}
"""A shape is `text` or `lines`, a list of one shape, names with a shape each (`*`: any name), or None for anything."""

NEEDED = (("text", VARIATION), ("title", BUTTON), ("payload", BUTTON), ("examples", BLOCK), ("steps", RULE))
"""Names without which the shape makes no sense."""


def misshapen(part: Part, shape: Any) -> Iterator[Fault]:
    """Where a part of a file isn't as its shape says."""
    if shape == "text":
        yield from _not_text(part)
    elif shape == "lines" and not part.is_block:
        yield part.fault("Write “examples: |” with the upright stroke, and below it each example with “- ” before it.")
    elif isinstance(shape, list):
        if not part.is_list:
            yield part.fault("A list belongs here: begin each entry on a line of its own, with “- ” before it.")
        for item in part.items:
            yield from misshapen(item, shape[0])
    elif isinstance(shape, dict):
        yield from _misnamed(part, shape)


def _not_text(part: Part) -> Iterator[Fault]:
    if not part.is_text or not (part.text or "").strip():
        yield part.fault('A text belongs here, with " at its beginning and at its end.')
    elif part.is_bare and '"' in ((part.text or " ")[0], (part.text or " ")[-1]):
        yield part.fault('A quotation mark is missing: a text begins and ends with ".')


def _misnamed(part: Part, shape: dict[str, Any]) -> Iterator[Fault]:
    if not part.has_names:
        names = ", ".join(f"“{name}:”" for name in shape if name != "*")
        yield part.fault(f"Something else belongs here{f', one of {names}' if names else ''}. Look at its neighbours.")
    for name, value in part.named:
        if "*" not in shape and name.text not in shape:
            yield name.fault(f"“{name.text}” isn't known here.{hint(name.text or '', shape)}")
        else:
            yield from misshapen(value, shape.get(name.text or "", shape.get("*")))
    there = {name.text for name, _ in part.named}
    for needed, where in NEEDED:
        if where is shape and there and there <= set(shape) and needed not in there:
            yield part.fault(f"“{needed}:” is missing here.")
