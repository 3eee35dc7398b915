"""Python files as trees, which are read without running anything."""

import ast
from functools import cache
from pathlib import Path


@cache
def nodes_under(folder: Path) -> list[ast.AST]:
    """All that stands in a folder's files."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.py")))
    return [node for tree in trees for node in ast.walk(tree)]


def keywords_of(call: ast.Call) -> set[str]:
    """The names of what a call gives."""
    return {word.arg for word in call.keywords if word.arg}
