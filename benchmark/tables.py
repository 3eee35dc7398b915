"""Prints figures as tables."""

from collections.abc import Sequence


def heading(text: str) -> None:
    """Begin a part."""
    print(f"\n{text}", flush=True)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The first column to the left, the others to the right, as wide as their contents."""
    widths = [max(len(row[place]) for row in (columns, *rows)) for place in range(len(columns))]
    for row in (columns, ["-" * width for width in widths], *rows):
        others = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        print("  " + "  ".join((row[0].ljust(widths[0]), *others)).rstrip(), flush=True)


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def rate(per_second: float) -> str:
    return f"{per_second:,.0f}"


def times(ratio: float) -> str:
    return f"{ratio:.2f} ×"
