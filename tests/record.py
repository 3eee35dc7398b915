"""A desk's record for tests of verbs: real SQLite or Postgres, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine, delete, exists, insert, literal, select, text, union_all

from handoff import conversations, messages, rep_queue, schema, schema_centre, turns, views
from handoff.bot_answer import BotAnswer
from handoff.errors import DeskError
from handoff.ids import new_id
from handoff.people import Customer, Rep
from handoff.presence import seen
from handoff.storage import Notice, Transaction
from handoff.turns import Turn

OTHERS_GO = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
FILLED_TABLES = union_all(
    *(select(literal(each.name)).where(exists().select_from(each)) for each in schema.metadata.sorted_tables)
)


class Record:
    """Verbs run one transaction each; `now` stands still until the test moves it."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
        self.told: list[Notice] = []
        self._numbers = iter(range(1, 1_000_000))

    def do(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a verb and commit; what it told is in `told`."""
        with self.engine.begin() as db:
            tx = Transaction(db, self.now)
            result = verb(tx, *args, **kwargs)
        self.told = tx.notices
        return result

    def refused(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> DeskError | None:
        """The refusal that the verb ends with, None if it doesn't."""
        with suppress(StopIteration):
            try:
                self.do(verb, *args, **kwargs)
            except DeskError as error:
                return error
        return None

    def later(self, **time: float) -> None:
        """Move the clock."""
        self.now += timedelta(**time)

    def customer(self, name: str | None = None, sub: str | None = None) -> Customer:
        """Somebody on the shop's page; signed in if the shop names them."""
        who = Customer(id=new_id(), sub=sub, name=name)
        row = {"id": who.id, "sub": sub, "name": name, "created_at": self.now}
        self.do(lambda tx: tx.db.execute(insert(schema.customer).values(row)))
        return who

    def rep(self, name: str, *, here: bool = True, role: str = "rep", **more: Any) -> Rep:
        """A rep, or somebody of another role, with their console open unless told otherwise."""
        who = Rep(id=new_id(), name=name.lower(), display_name=name, role=role)
        row = {
            "id": who.id,
            "name": who.name,
            "display_name": name,
            "role": role,
            "password_hash": "-",
            "created_at": self.now,
            **more,
        }
        self.do(lambda tx: tx.db.execute(insert(schema.rep).values(row)))
        if here:
            self.do(seen, [who.id])
        return who

    def site(self, name: str = "Leeds", time_zone: str = "Europe/London", opens: int = 8, closes: int = 18) -> str:
        """A site that is open every day between these hours, on its own clock."""
        place = {"id": new_id(), "name": name, "time_zone": time_zone, "created_at": self.now}
        hours = {"site_id": place["id"], "opens": opens * 60, "closes": closes * 60}
        self.do(lambda tx: tx.db.execute(insert(schema_centre.site).values(place)))
        weekly = [{**hours, "weekday": weekday} for weekday in range(7)]
        self.do(lambda tx: tx.db.execute(insert(schema_centre.site_hours), weekly))
        return str(place["id"])

    def opened(self, customer: Customer) -> str:
        return self.do(conversations.open_conversation, customer).id

    def says(self, customer: Customer, conversation_id: str, text: str) -> Any:
        return self.do(messages.send, customer, conversation_id, self.client_id(), text).message

    def replies(self, rep: Rep, conversation_id: str, text: str) -> Any:
        return self.do(messages.reply, rep, conversation_id, self.client_id(), text).message

    def waiting(self, customer: Customer, text: str = "Where is my parcel?") -> str:
        """A conversation of this customer that waits for a person."""
        conversation_id = self.opened(customer)
        self.says(customer, conversation_id, text)
        self.do(rep_queue.ask_for_person, customer, conversation_id)
        return conversation_id

    def held(self, customer: Customer, rep: Rep) -> str:
        """A conversation of this customer that the rep holds."""
        conversation_id = self.waiting(customer)
        self.do(rep_queue.claim, rep, conversation_id)
        return conversation_id

    def leased(self, conversation_id: str) -> Turn:
        turn = self.do(turns.lease, conversation_id)
        assert turn is not None, "no turn was due"
        return turn

    def texts(self, who: Customer | Rep, conversation_id: str) -> list[str]:
        page = self.do(messages.messages_after, who, conversation_id, 0, 200)
        return [message.text for message in page.messages]

    def view(self, customer: Customer, conversation_id: str) -> Any:
        return self.do(views.customer_view, customer, conversation_id)

    def rows(self, table: Any, **equal: Any) -> list[Any]:
        query = select(*table.c).where(*(table.c[name] == value for name, value in equal.items()))
        return self.do(lambda tx: tx.db.execute(query).all())

    def client_id(self) -> str:
        return f"client-id-{next(self._numbers)}"


def answer(turn: Turn, *texts: str, **more: Any) -> BotAnswer:
    """What the bot might answer to a turn."""
    said = [{"text": text} for text in texts]
    base = {
        "turn_id": turn.id,
        "conversation": turn.conversation_id,
        "messages": said,
        "events": [{"event": "user", "text": turn.text}],
    }
    import msgspec

    return msgspec.convert({**base, **more}, BotAnswer)


def make_empty(postgres_url: str) -> None:
    """Send away whoever is connected to a migrated record, and take all rows out of it."""
    engine = create_engine(postgres_url, poolclass=NullPool)
    with engine.begin() as db:
        db.execute(OTHERS_GO)
        filled = set(db.execute(FILLED_TABLES).scalars())
        for each in reversed(schema.metadata.sorted_tables):  # far quicker than TRUNCATE, as the tables are small
            if each.name in filled:
                db.execute(delete(each))
