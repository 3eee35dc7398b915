"""What is wrong in a file, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Fault:
    """`line` counts from one; `words` are for somebody who writes texts, not code: what is wrong and what to do."""

    file: str
    line: int
    words: str


def hint(name: str, known: Iterable[str]) -> str:
    """` Did you mean “…”?` with the known name that is most like this one; empty if none is."""
    longer = [each for each in sorted(known) if each.startswith(f"{name}_")]
    near = longer or get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f" Did you mean “{near[0]}”?" if near else ""
