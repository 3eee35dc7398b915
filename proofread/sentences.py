"""The desk's own sentences in `handoff/words.yml`, and those in other languages beside it."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from proofread.code import keywords_of, nodes_under
from proofread.faults import Fault, hint
from proofread.reading import BRACES, Part, lone_brace, read, twice
from proofread.texts import Texts, names

SAY = {"say": 0, "wording": 0, "tell": 2}
"""What says a sentence, and which of its arguments names it."""
NO_ANSWER = "no_answer"
NOT_FIELDS = {"language", "who", "kind", "buttons", "client_id", "changes"}


@dataclass(frozen=True)
class Desk:
    """The desk's code, as far as it says sentences by their names."""

    nodes: list[ast.AST]

    @classmethod
    @cache
    def under(cls, root: Path) -> "Desk":
        """Read `handoff/`, once."""
        return cls(nodes_under(root / "handoff"))

    @cached_property
    def said(self) -> dict[str, list[set[str]]]:
        """Of each sentence that is said by its name, the fields that each such call gives."""
        found: dict[str, list[set[str]]] = {}
        for call in self._calls:
            place = SAY.get(getattr(call.func, "id", ""), len(call.args))
            if place < len(call.args) and isinstance(named := call.args[place], ast.Constant):
                found.setdefault(str(named.value), []).append(keywords_of(call) - NOT_FIELDS)
        return found

    def given(self, key: str) -> set[str]:
        """What every call gives that says this sentence; all that any gives, if it's named elsewhere too."""
        calls = self.said.get(key, [])
        return set.intersection(*calls) if calls and self._words[key] == len(calls) else self.fields

    @cached_property
    def fields(self) -> set[str]:
        """All that any call gives."""
        return {word for call in self._calls for word in keywords_of(call)}

    def knows(self, key: str) -> bool:
        """Whether the code names the sentence, or begins its name and completes it (`f"hidden_{kind}"`)."""
        beginnings = tuple(word for word in self._words if re.fullmatch("[a-z_]+_", word))
        return key in self._words or key.startswith(beginnings)

    @cached_property
    def _calls(self) -> list[ast.Call]:
        return [node for node in self.nodes if isinstance(node, ast.Call)]

    @cached_property
    def _words(self) -> Counter[str]:
        constants = (node.value for node in self.nodes if isinstance(node, ast.Constant))
        return Counter(value for value in constants if isinstance(value, str))


def faults_of_sentences(root: Path, texts: Texts, desk: Desk) -> Iterator[Fault]:
    """What is wrong with the desk's sentences."""
    english = read(root, root / "handoff" / "words.yml")
    if isinstance(english, Fault):
        yield english
        return
    yield from _names(english, desk, texts)
    for name, value in _sentences(english):
        yield from _braces(value, desk.given(name.text or ""))
    for path in sorted((root / "handoff").glob("words.*.yml")):
        other = read(root, path)
        yield from [other] if isinstance(other, Fault) else _translated(other, english)


def _names(english: Part, desk: Desk, texts: Texts) -> Iterator[Fault]:
    yield from twice((name for name, _ in english.named), "The sentence")
    there = names([name for name, _ in english.named])
    missing = set(desk.said) - there
    strange = [name for name, _ in _sentences(english) if not desk.knows(name.text or "")]
    for name in strange:
        yield name.fault(f"The desk knows no sentence “{name.text}”.{hint(name.text or '', missing or desk.said)}")
    for key in sorted(missing) if not strange else ():
        yield english.fault(f"The sentence “{key}” is missing, and the desk says it. Put its line back.")
    if texts.faults:
        return
    for section, known in (("deeds", texts.listed("actions")), ("topics", texts.listed("intents"))):
        for name, _ in (english.of(section) or english).named if section in there else ():
            if name.text not in names(known) | {NO_ANSWER}:
                yield name.fault(f"The bot has nothing called “{name.text}”.{hint(name.text or '', names(known))}")


def _sentences(part: Part) -> list[tuple[Part, Part]]:
    """The sentences by their names; a list, or what has names in itself, is a section of its own."""
    return [(name, value) for name, value in part.named if not value.has_names and not value.is_list]


def _braces(value: Part, known: set[str]) -> Iterator[Fault]:
    text = value.text
    if text is None or not value.is_text:
        yield value.fault('A sentence belongs here, with " at its beginning and at its end.')
        return
    yield from lone_brace(value)
    for field in BRACES.findall(text):
        if field not in known:
            may = ", ".join(f"{{{each}}}" for each in sorted(known)) or "no braces"
            yield value.fault(f"{{{field}}} can't be filled in here.{hint(field, known)} This sentence may use {may}.")


def _translated(other: Part, english: Part) -> Iterator[Fault]:
    yield from twice((name for name, _ in other.named), "The sentence")
    for name, value in _sentences(other):
        original = english.of(name.text or "")
        if original is None:
            near = hint(name.text or "", names([key for key, _ in english.named]))
            yield name.fault(f"There's no sentence “{name.text}” in handoff/words.yml.{near}")
        elif set(BRACES.findall(value.text or "")) != set(BRACES.findall(original.text or "")):
            told = ", ".join(f"{{{field}}}" for field in dict.fromkeys(BRACES.findall(original.text or ""))) or "none"
            yield value.fault(f"The braces must be those of the English sentence: {told}.")
    for section, value in other.named:
        known = names([name for name, _ in (english.of(section.text or "") or value).named])
        for name, _ in value.named if value.has_names else ():
            if name.text not in known:
                yield name.fault(f"There's no “{name.text}” in handoff/words.yml.{hint(name.text or '', known)}")
