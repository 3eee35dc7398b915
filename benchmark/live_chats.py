"""Two hundred people in conversation: every other one with the bot, the rest with a rep."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import insert

from handoff import conversations, rep_queue, schema
from handoff.ids import new_id
from handoff.people import Customer, Rep
from handoff.storage import Notice, Runner, Transaction, open_runner
from handoff.storage_postgres import desk_engine
from handoff.storage_sqlite import SqliteRunner, database_path, writing_engine

CHATS = 200
REPS = 40


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation, who asks in it, and who answers; without a rep it's the bot."""

    id: str
    customer: Customer
    rep: Rep | None


@asynccontextmanager
async def opened(url: str, largest_batch: int | None = None) -> AsyncIterator[Runner]:
    """The desk's own runner on the database at `url`, which pushes to nobody; SQLite may be told its largest batch."""
    runner = SqliteRunner(url, no_push, largest_batch) if largest_batch else open_runner(url, no_push)
    try:
        yield runner
    finally:
        await runner.close()


def no_push(notices: list[Notice]) -> None:
    """Nobody listens."""


def make_tables(url: str) -> None:
    """Lay out the desk's tables in an empty database."""
    engine = writing_engine(database_path(url)) if url.startswith("sqlite") else desk_engine(url, 1)
    schema.metadata.create_all(engine)
    engine.dispose()


def begin_chats(tx: Transaction, how_many: int = CHATS) -> list[Chat]:
    """That many live conversations."""
    reps = [make_rep(tx, capacity=how_many) for _ in range(REPS)]
    return [_begin_chat(tx, reps[number % REPS] if number % 2 else None) for number in range(how_many)]


def make_rep(tx: Transaction, capacity: int) -> Rep:
    """A rep whose console is open, and who takes so many chats at once."""
    who = Rep(id=new_id(), name=new_id(), display_name="Ruth", role="rep")
    row = {"id": who.id, "name": who.name, "display_name": who.display_name, "role": who.role, "password_hash": "-"}
    tx.db.execute(insert(schema.rep), {**row, "capacity": capacity, "seen_at": tx.now, "created_at": tx.now})
    return who


def make_customer(tx: Transaction) -> Customer:
    """Somebody on the shop's page."""
    who = Customer(id=new_id(), name="Ana")
    tx.db.execute(insert(schema.customer).values(id=who.id, name=who.name, created_at=tx.now))
    return who


def _begin_chat(tx: Transaction, rep: Rep | None) -> Chat:
    who = make_customer(tx)
    talk = conversations.open_conversation(tx, who).id
    if rep:
        rep_queue.ask_for_person(tx, who, talk)
        rep_queue.claim(tx, rep, talk)
    return Chat(talk, who, rep)
