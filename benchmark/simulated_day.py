"""`make simulate-day`: 500 reps and 20,000 chats in fast time, by the desk's own routing and by plain first come.

Nothing is asked and nothing is kept. The same seed gives the same figures on any machine. What is taken for granted is
in `benchmark/day/assumptions.py`, what came of it in docs/simulated-day.md.
"""

import argparse
import gc
import os
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

from benchmark import machine
from benchmark.day.assumptions import BAD, LEVEL, ORDINARY, Assumptions
from benchmark.day.centre import live
from benchmark.day.figures import Figures, figures_of
from benchmark.day.report import print_days, print_kinds
from benchmark.tables import heading
from handoff.routing import decide, first_come


@dataclass(frozen=True, slots=True)
class Variant:
    """One day to live through."""

    known: Assumptions
    by_skill: bool = True


DAYS = {
    "routing": Variant(ORDINARY),
    "first come": Variant(ORDINARY, by_skill=False),
    "bad day, routing": Variant(BAD),
    "bad day, first come": Variant(BAD, by_skill=False),
}
MORE = {
    "all alike, routing": Variant(replace(ORDINARY, skilled=LEVEL)),
    "all alike, first come": Variant(replace(ORDINARY, skilled=LEVEL), by_skill=False),
}


def main() -> None:
    """Live through the days side by side and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", default=ORDINARY.seed, help="another seed, another day (default: %(default)s)")
    parser.add_argument("--reps", type=int, default=ORDINARY.reps)
    parser.add_argument("--chats", type=int, default=ORDINARY.chats)
    parser.add_argument("--more", action="store_true", help="also with other assumptions, to see what hangs on them")
    given = parser.parse_args()
    changes = {"seed": given.seed, "reps": given.reps, "chats": given.chats}
    wanted = DAYS | MORE if given.more else DAYS
    began = time.monotonic()
    days = figures_by_name({name: replace(each, known=replace(each.known, **changes)) for name, each in wanted.items()})
    tell(days, time.monotonic() - began)


def tell(days: dict[str, Figures], seconds: float) -> None:
    """Print everything."""
    heading("This machine")
    computed = os.times().children_user
    took = f"{seconds:.0f} s for {len(days)} days, each with the day before; {computed:.0f} s of one core"
    for line in (*machine.described(), took):
        print(f"  {line}", flush=True)
    print_days({name: days[name] for name in DAYS})
    beside = {name: day for name, day in days.items() if "bad" not in name}
    print_kinds("By language", {name: day.by_language for name, day in beside.items()})
    print_kinds("By topic", {name: day.by_topic for name, day in beside.items() if name in DAYS})
    if more := {name: days[name] for name in MORE if name in days}:
        heading("With other assumptions: everybody equally quick")
        print_days(more)


def figures_by_name(variants: dict[str, Variant]) -> dict[str, Figures]:
    """Each in a process of its own, as many at once as there are cores."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(variants, pool.map(lived_through, variants.values()), strict=True))


def lived_through(variant: Variant) -> Figures:
    """The day's figures."""
    gc.disable()  # a day's chats and reps refer to each other, and all of them stay until its end
    return figures_of(live(variant.known, decide if variant.by_skill else first_come, variant.by_skill))


if __name__ == "__main__":
    main()
