"""Prints the figures of simulated days beside each other."""

from collections.abc import Callable, Mapping

from benchmark.day.figures import Figures, Hits, Waits
from benchmark.day.watch import MUST_NOT
from benchmark.tables import heading, table

Column = Callable[[Figures], str]

WHOLE: dict[str, Column] = {
    "wait: median": lambda of: clock(of.waits.median),
    "wait: 90 of 100 within": lambda of: clock(of.waits.p90),
    "wait: 99 of 100 within": lambda of: clock(of.waits.p99),
    "first answer: median": lambda of: clock(of.first_words[0]),
    "first answer: 90 of 100 within": lambda of: clock(of.first_words[1]),
    "first answer: 99 of 100 within": lambda of: clock(of.first_words[2]),
    "upset, 90 of 100 within": lambda of: clock(of.upset.p90),
    "served": lambda of: f"{of.outcomes['served']:,}",
    "left in line": lambda of: f"{of.outcomes['abandoned']:,} ({share(of.outcomes['abandoned'], of.waits.chats)})",
    "left a message instead": lambda of: f"{of.outcomes['message']:,}",
    "by a rep best at it (level 3)": lambda of: share(of.levels.get(3, 0), of.with_skill),
    "… good at it (level 2)": lambda of: share(of.levels.get(2, 0), of.with_skill),
    "… trained in it (level 1)": lambda of: share(of.levels.get(1, 0), of.with_skill),
    "… who doesn't know it": lambda of: share(of.levels.get(0, 0), of.with_skill),
    "in the customer's language": lambda of: share(of.spoken, of.foreign),
    "overtaken (same priority)": lambda of: share(of.overtaken, of.answered),
    "… by how many, 99 of 100": lambda of: f"{of.overtaken_p99:.0f}",
    "overtaken by one with the same need": lambda of: share(of.overtaken_alike, of.answered),
    "chats per rep and hour: p10": lambda of: f"{of.an_hour[0]:.2f}",
    "… median": lambda of: f"{of.an_hour[1]:.2f}",
    "… p90": lambda of: f"{of.an_hour[2]:.2f}",
    "… Gini": lambda of: f"{of.gini:.3f}",
    "hours of reps": lambda of: f"{of.rep_hours:,.0f}",
    "of these at work on an answer": lambda of: share(of.occupancy, 1.0),
    "a chat lasts, on average": lambda of: clock(of.lasts),
    "range told: waited less than its end": lambda of: hits(of.exact),
    "… as said, in whole minutes": lambda of: hits(of.in_words),
    "… of those told more than a minute": lambda of: hits(of.in_words_long),
    "told, but left too early to know": lambda of: f"{of.in_words.unknown:,}",
    "told nothing": lambda of: f"{of.untold:,}",
}
COUNTED = (
    "decisions",
    "offers",
    "offers let pass",
    "offers withdrawn as customers who wrote had filled the place",
    "offers to somebody cut off, before the desk could know",
)


def print_days(days: Mapping[str, Figures]) -> None:
    """Everything about these days, a column each."""
    heading("The day as a whole")
    table(["", *days], [[name, *(of(day) for day in days.values())] for name, of in WHOLE.items()])
    heading("What must never be, counted at each decision and claim of two days")
    table(["", *days], [[name, *(str(day.broken.get(name, 0)) for day in days.values())] for name in MUST_NOT])
    heading("What was decided in two days")
    counted = [[name, *(f"{day.counts.get(name, 0):,}" for day in days.values())] for name in COUNTED]
    passed_on = ["chats passed on at a shift's end", *(f"{day.passed_on:,}" for day in days.values())]
    table(["", *days], [*counted, passed_on])


def print_kinds(title: str, kinds: Mapping[str, Mapping[str, Waits]]) -> None:
    """Waits by topic or language: for each day its median, 90 and 99 of 100, and the share that left."""
    heading(f"{title}: wait (median / 90 of 100 / 99 of 100), share that left")
    first = next(iter(kinds.values()))
    rows = [[kind, f"{waits.chats:,}", *(_waits(day[kind]) for day in kinds.values())] for kind, waits in first.items()]
    table(["", "chats", *kinds], rows)


def clock(seconds: float) -> str:
    """12 s, 3:05 min."""
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds // 60:.0f}:{seconds % 60:02.0f} min"


def share(part: float, whole: float) -> str:
    """A percentage."""
    return f"{100 * part / whole:.1f} %" if whole else "none"


def hits(of: Hits) -> str:
    """How many of those known."""
    return f"{share(of.within, of.known)} of {of.known:,}"


def _waits(of: Waits) -> str:
    return f"{clock(of.median)} / {clock(of.p90)} / {clock(of.p99)}, {share(of.left, of.chats)}"
