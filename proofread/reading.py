"""Reads a YAML file into parts that know their line; whoever asks a part for what it isn't gets nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from proofread.broken import broken
from proofread.faults import Fault

TEXT = "tag:yaml.org,2002:str"
BRACES = re.compile(r"\{([^{}]*)\}")
"""A field that is filled in when the text is said."""


@dataclass(frozen=True)
class Part:
    """A value in a file: a text, a list, or names with a value each. `node` is None for an empty file."""

    file: str
    node: Node | None

    @property
    def line(self) -> int:
        """Where it begins, from one."""
        return self.node.start_mark.line + 1 if self.node else 1

    @property
    def text(self) -> str | None:
        """The text as it's read; None if this is no single value."""
        return self.node.value if isinstance(self.node, ScalarNode) else None

    @property
    def is_text(self) -> bool:
        """Whether it's a text to YAML too, and not a number, a yes or nothing."""
        return isinstance(self.node, ScalarNode) and self.node.tag == TEXT

    @property
    def is_block(self) -> bool:
        """Whether it's a text of many lines, begun with `|`."""
        return isinstance(self.node, ScalarNode) and self.node.style == "|"

    @property
    def is_bare(self) -> bool:
        """Whether it's a single value without quotation marks."""
        return isinstance(self.node, ScalarNode) and self.node.style is None

    @property
    def items(self) -> list["Part"]:
        """The entries of a list."""
        return [Part(self.file, node) for node in self.node.value] if isinstance(self.node, SequenceNode) else []

    @property
    def is_list(self) -> bool:
        """Whether it's a list."""
        return isinstance(self.node, SequenceNode)

    @property
    def named(self) -> list[tuple["Part", "Part"]]:
        """Each name with its value, in order, also those that stand twice."""
        pairs = self.node.value if isinstance(self.node, MappingNode) else []
        return [(Part(self.file, name), Part(self.file, value)) for name, value in pairs]

    @property
    def has_names(self) -> bool:
        """Whether it's names with values."""
        return isinstance(self.node, MappingNode)

    def of(self, name: str) -> "Part | None":
        """The value of that name."""
        return next((value for key, value in self.named if key.text == name), None)

    def fault(self, words: str) -> Fault:
        """Something wrong with it."""
        return Fault(self.file, self.line, words)


def read(root: Path, file: Path) -> Part | Fault:
    """The whole of a file, or why it can't be read."""
    name = str(file.relative_to(root))
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return Fault(name, 1, "This file can't be read as text. Save it as plain text (UTF-8).")
    try:
        return Part(name, _composed(text))
    except MarkedYAMLError as error:
        return broken(name, text, error)
    except YAMLError:
        return Fault(name, 1, "A character in this file can't be read. Type the line anew that you changed.")


@cache
def _composed(text: str) -> Node | None:
    root: Node | None = YAML(typ="safe", pure=True).compose(text)
    return root


def lone_brace(part: Part) -> Iterator[Fault]:
    """A fault where a brace has no other."""
    if re.search("[{}]", BRACES.sub("", part.text or "")):
        yield part.fault("A brace is alone here: each { needs its }.")


def twice(parts: Iterator[Part], what: str) -> Iterator[Fault]:
    """A fault for each name that has stood before, in the same file or in another one."""
    first: dict[str, Part] = {}
    for part in parts:
        before = first.setdefault(part.text or "", part)
        if before is not part:
            place = f"{before.file}, line {before.line}"
            yield part.fault(f"{what} “{part.text}” is also in {place}; only one of them would count. Take one out.")
