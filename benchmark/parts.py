"""What is measured, part by part, and how it is shown."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmark import assignments, bot_birth, bot_turns, claims, desk_load, stored_messages
from benchmark.bot_servers import plain_bot, plain_project, private_bot
from benchmark.samples import Sample, middle, middle_ratio
from benchmark.stored_messages import ALONE, LOADS, Load
from benchmark.tables import heading, milliseconds, rate, table, times
from tests.faults.scripted_bot import answering
from tests.faults.supervised import kept_desk
from tests.services import ServiceMissing, database_on, find_postgres


def messages_part(folder: Path) -> None:
    """Durable messages per second at the record, on SQLite and Postgres."""
    heading("Messages stored for good, 200 live chats, each waiting for its own message (median of three rounds)")
    rows = []
    for name, url in databases(folder, "messages"):
        loads = (*LOADS, ALONE) if url.startswith("sqlite") else LOADS
        measured = stored_messages.measure(url, loads)
        rows += [_message_row(name, load, measured) for load in loads]
    table(("", "refused", "stored a second", "p50", "p99", "with refusals", "to one COMMIT each"), rows)
    print(
        "  Stored for good: SQLite with synchronous=FULL, Postgres as it is set up. `with refusals`: commands a second."
    )


def claims_part(folder: Path) -> None:
    """Claims per second, on SQLite and Postgres."""
    heading("Claims, 200 reps at once, 2,000 waiting chats, each tried for by two reps")
    rows = []
    for name, url in databases(folder, "claims"):
        sample = claims.measure(url)
        won, lost = f"{len(sample.times):,}", f"{sample.refused:,}"
        rows.append((name, rate(sample.per_second), milliseconds(sample.percentile(0.99)), won, lost))
    table(("", "claims a second", "p99", "won", "told who was quicker"), rows)


def assignments_part(folder: Path) -> None:
    """How soon somebody who is free gets a fit chat, on SQLite and Postgres."""
    heading("A free rep is offered a fit chat: 500 reps, 2,000 waiting chats, ten reps a second become free")
    rows = []
    for name, url in databases(folder, "assignments"):
        sample = assignments.measure(url)
        rows.append((name, f"{len(sample.times)}", *(milliseconds(sample.percentile(p)) for p in (0.5, 0.95, 1))))
    table(("", "offers", "p50", "p95", "longest"), rows)


def desk_part(folder: Path) -> None:
    """A real desk process: messages by POST, pushed by WebSocket."""
    heading(
        "The desk over HTTP on SQLite, 200 customers with open sockets, all waiting for a person; the load beside it"
    )
    pauses = (2.0, 0.0)
    with answering() as bot_port, kept_desk(folder / "desk", bot_port) as desk:
        measured = asyncio.run(desk_load.measure(desk, pauses))
    rows = []
    for pause, (stored, shown) in zip(pauses, measured, strict=True):
        how = f"a message each {pause:.0f} s" if pause else "as fast as it goes"
        figures = (milliseconds(each.percentile(share)) for each in (stored, shown) for share in (0.5, 0.99))
        rows.append((how, rate(stored.per_second), *figures, f"{stored.refused}"))
    table(("", "stored a second", "stored p50", "p99", "on the screen p50", "p99", "refused"), rows)


def turns_part(folder: Path) -> None:
    """Turns of the bot beside a plain Rasa project."""
    heading("A turn of the bot, same lines by turns, one at a time, warmed up")
    places = [folder / name for name in ("baton", "plain")]
    for place in places:
        place.mkdir()
    project = plain_project()
    with private_bot(places[0]) as ours, plain_bot(places[1], project) as theirs:
        baton, plain = bot_turns.measure(ours, theirs)
    names = ("Baton at its private channel", "`rasa init` at its REST channel")
    rows = [_turn_row(name, sample, plain) for name, sample in zip(names, (baton, plain), strict=True)]
    table(("", "turns", "p50", "p95", "p50 to rasa init", "p95"), rows)
    print("  Baton's turn carries the dialogue state both ways; `rasa init` keeps it in memory.")


def birth_part(folder: Path) -> None:
    """Training and start of the bot beside a plain Rasa project."""
    heading("Training the bot and starting it until its first answer, whole processes, by turns (best of two)")
    ours, theirs, imports = bot_birth.measure(folder, plain_project())
    rows = []
    for name, birth in (("Baton", ours), ("`rasa init`", theirs)):
        ratios = (min(ours.training) / min(theirs.training), min(ours.start) / min(theirs.start))
        shown = (times(ratio) if birth is ours else "" for ratio in ratios)
        rows.append((name, f"{min(birth.training):.1f} s", f"{min(birth.start):.1f} s", *shown))
    table(("", "training", "start", "training to rasa init", "start"), rows)
    print(f"  Of each figure {imports:.1f} s are Rasa's own imports. Baton's start includes its action server.")


def databases(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """A fresh SQLite file and, where there's a server, a fresh Postgres database, which is dropped afterwards."""
    yield "SQLite", f"sqlite:///{folder}/{name}.sqlite"
    with postgres(name) as url:
        if url:
            yield "Postgres", url


@contextmanager
def postgres(name: str) -> Iterator[str | None]:
    """The address of a fresh database on Postgres; None, said aloud, where there is no server."""
    try:
        server = find_postgres()
    except ServiceMissing as missing:
        print(f"  Postgres: not measured, {missing}")
        yield None
        return
    with database_on(server.url, f"baton_benchmark_{name}") as url:
        yield url
    server.stop()


def _turn_row(name: str, sample: Sample, plain: Sample) -> tuple[str, ...]:
    own, other = ([each.percentile(share) for share in (0.5, 0.95)] for each in (sample, plain))
    ratios = (times(one / another) for one, another in zip(own, other, strict=True))
    return name, f"{len(sample.times)}", *(milliseconds(each) for each in own), *ratios


def _message_row(name: str, load: Load, measured: dict[Load, list[Sample]]) -> tuple[str, ...]:
    sample = middle(measured[load])
    alone = measured.get(ALONE)
    ratio = alone and middle_ratio(
        (each.commands_per_second for each in measured[load]), (each.per_second for each in alone)
    )
    how = f"{name}, one COMMIT each" if load is ALONE else name
    figures = rate(sample.per_second), milliseconds(sample.percentile(0.5)), milliseconds(sample.percentile(0.99))
    return how, f"{load.refused:.0%}", *figures, rate(sample.commands_per_second), times(ratio) if ratio else ""
