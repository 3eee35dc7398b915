"""All that the bot's files say: what it can say, what it understands, and what follows what, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from proofread.faults import Fault
from proofread.reading import Part, read
from proofread.shapes import DOMAIN, NLU, RULES, misshapen

FOLDERS: dict[str, Any] = {"domain": DOMAIN, "data/nlu": NLU, "data/rules": RULES}
NO_EXAMPLES_NEEDED = frozenset({"nlu_fallback"})
RASAS_OWN = frozenset({"action_listen", "action_restart", "action_session_start", "action_default_fallback"})


@dataclass(frozen=True)
class Example:
    """A line of `examples`."""

    text: str
    intent: str
    file: str
    line: int


@dataclass(frozen=True)
class Texts:
    """The readable files of each folder, and the faults of the others."""

    files: dict[str, list[Part]]
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def under(cls, root: Path) -> "Texts":
        """Read all files of `domain/`, `data/nlu/` and `data/rules/`."""
        texts = cls({folder: [] for folder in FOLDERS})
        for folder, shape in FOLDERS.items():
            for path in sorted((root / folder).glob("*.yml")):
                part = read(root, path)
                if isinstance(part, Fault):
                    texts.faults.append(part)
                else:
                    texts.files[folder].append(part)
                    texts.faults.extend(misshapen(part, shape))
        return texts

    @cached_property
    def responses(self) -> list[tuple[Part, Part]]:
        """Each response's name and variations."""
        return [pair for part in self._domain("responses") for pair in part.named]

    @cached_property
    def slots(self) -> list[tuple[Part, Part]]:
        """Each slot's name and what it holds."""
        return [pair for part in self._domain("slots") for pair in part.named]

    def listed(self, section: str) -> list[Part]:
        """The names in a list of the domain: `intents`, `entities` or `actions`."""
        entries = [item for part in self._domain(section) for item in part.items]
        return [name for item in entries for name in ([key for key, _ in item.named] or [item])]

    @cached_property
    def taught(self) -> list[tuple[Part, Part]]:
        """Each intent that has examples, by its name, with the block that holds them."""
        blocks = [block for part in self.files["data/nlu"] for block in _items_of(part, "nlu")]
        pairs = [(block.of("intent"), block.of("examples")) for block in blocks]
        return [(intent, examples) for intent, examples in pairs if intent and examples]

    @cached_property
    def examples(self) -> list[Example]:
        """Each example, its dash left out."""
        return [example for intent, block in self.taught for example in _examples(intent, block)]

    @cached_property
    def rules(self) -> list[Part]:
        """The rules."""
        return [rule for part in self.files["data/rules"] for rule in _items_of(part, "rules")]

    def _domain(self, section: str) -> Iterator[Part]:
        return (found for part in self.files["domain"] if (found := part.of(section)))


def names(parts: list[Part]) -> set[str]:
    """The texts of these parts."""
    return {part.text or "" for part in parts}


def _items_of(part: Part, section: str) -> list[Part]:
    found = part.of(section)
    return found.items if found else []


def _examples(intent: Part, block: Part) -> Iterator[Example]:
    for number, line in enumerate((block.text or "").split("\n"), block.line + 1):
        if line.strip():
            yield Example(line.strip().removeprefix("-").strip(), intent.text or "", block.file, number)
