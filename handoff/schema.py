"""The tables of the desk's main path. Times are aware UTC; ids that a customer sees are random, 128 bit, in hex.

Who works where, and what is promised, sent and shown besides words, is in `handoff/schema_centre.py`. Columns that were
added later name another table's row without a foreign key: SQLite can't add one to a table that is there.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, Text, UniqueConstraint, text

from handoff.columns import Flag, Instant, Json, conversation_id, metadata, only_where, table

__all__ = ["metadata"]

customer = table(
    "customer",
    Column("id", Text, primary_key=True),
    Column("sub", Text, unique=True),
    Column("name", Text),
    Column("created_at", Instant, nullable=False),
    Column("email", Text),
    Column("seen_at", Instant),
)

customer_session = table(
    "customer_session",
    Column("token_hash", Text, primary_key=True),
    Column("customer_id", Text, ForeignKey("customer.id"), nullable=False, index=True),
    Column("order_id", Text),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("only_conversation_id", Text),
)

rep = table(
    "rep",
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("display_name", Text, nullable=False),
    Column("role", Text, CheckConstraint("role IN ('rep','lead','writer','admin')"), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("totp_secret", Text),
    Column("seen_at", Instant),
    Column("disabled_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("email", Text),
    Column("team_id", Text),
    Column("site_id", Text),
    Column("capacity", Integer, nullable=False, server_default="3"),
    Column("away_since", Instant),
    Column("breather_until", Instant),
    Column("picture", Text),
    Column("back_at", Instant),
)

rep_session = table(
    "rep_session",
    Column("token_hash", Text, primary_key=True),
    Column("rep_id", Text, ForeignKey("rep.id"), nullable=False, index=True),
    Column("csrf", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

conversation = table(
    "conversation",
    Column("id", Text, primary_key=True),
    Column("customer_id", Text, ForeignKey("customer.id"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("owner_kind", Text, CheckConstraint("owner_kind IN ('bot','queue','rep','none')"), nullable=False),
    Column("owner_id", Text, ForeignKey("rep.id")),
    Column("owner_epoch", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("answered_seq", Integer, nullable=False),
    Column("failed_turns", Integer, nullable=False),
    Column("verified_from", Integer),
    Column("address", Text),
    Column("order_id", Text),
    Column("topic", Text),
    Column("cause", Text),
    Column("reason", Text),
    Column("skill", Text),
    Column("priority", Integer, nullable=False),
    Column("arrived_at", Instant),
    Column("wanted_rep_id", Text, ForeignKey("rep.id")),
    Column("deadline_at", Instant),
    Column("next_step", Text),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("previous_id", Text, ForeignKey("conversation.id")),
    Column("language", Text),
    Column("team_id", Text),
    Column("customer_read", Integer, nullable=False, server_default="0"),
    Column("rep_read", Integer, nullable=False, server_default="0"),
    Column("unheard_since", Instant),
    Column("unproven_from", Integer),
    Column("routed_at", Instant),
    Column("page_language", Text),
    CheckConstraint("(state = 'closed') = (deadline_at IS NULL)", name="open_has_deadline"),
    CheckConstraint("(state = 'with_rep') = (owner_kind = 'rep')", name="rep_owns_with_rep"),
    CheckConstraint("(owner_kind = 'rep') = (owner_id IS NOT NULL)", name="owner_is_named"),
    Index(
        "one_open_conversation",
        "customer_id",
        unique=True,
        sqlite_where=text("state NOT IN ('closed','promised')"),
        postgresql_where=text("state NOT IN ('closed','promised')"),
    ),
    Index(
        "waiting_in_order",
        text("priority DESC"),
        "arrived_at",
        "id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index("overdue", "deadline_at"),
    Index("closed_lately", "closed_at"),
    Index(
        "unheard",
        "unheard_since",
        sqlite_where=text("unheard_since IS NOT NULL"),
        postgresql_where=text("unheard_since IS NOT NULL"),
    ),
    Index("held_by", "owner_id", sqlite_where=text("state = 'with_rep'"), postgresql_where=text("state = 'with_rep'")),
)

message = table(
    "message",
    Column("id", Text, primary_key=True),
    conversation_id(),
    Column("seq", Integer),
    Column("author_kind", Text, CheckConstraint("author_kind IN ('customer','bot','rep','desk')"), nullable=False),
    Column("author_id", Text, nullable=False),
    Column("author_name", Text),
    Column("kind", Text, CheckConstraint("kind IN ('text','vote','event','note')"), nullable=False),
    Column("audience", Text, CheckConstraint("audience IN ('all','reps')"), nullable=False),
    Column("text", Text, nullable=False),
    Column("buttons", Json),
    Column("button_id", Text),
    Column("client_id", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("attachment_id", Text),
    Column("english", Text),
    UniqueConstraint("author_id", "client_id", name="one_message_per_client_id"),
    UniqueConstraint("conversation_id", "seq", name="one_message_per_seq"),
    CheckConstraint("(audience = 'all') = (seq IS NOT NULL)", name="notes_have_no_seq"),
)

button = table(
    "button",
    Column("id", Text, primary_key=True),
    conversation_id(),
    Column("title", Text, nullable=False),
    Column("payload", Text, nullable=False),
)

turn = table(
    "turn",
    Column("id", Text, primary_key=True),
    conversation_id(),
    Column("state", Text, CheckConstraint("state IN ('due','leased','accepted','given_up','dropped')"), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("lease_until", Instant),
    Column("first_seq", Integer),
    Column("last_seq", Integer),
    Column("input", Json),
    Column("understood", Json),
    Column("events", Json),
    Column("outcome", Text),
    Column("model", Text),
    Column("latency_ms", Integer),
    Column("created_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("check_answer", Text, CheckConstraint("check_answer IN ('yes','no')")),
    Index(
        "one_live_turn",
        "conversation_id",
        unique=True,
        sqlite_where=text("state IN ('due','leased')"),
        postgresql_where=text("state IN ('due','leased')"),
    ),
    Index("turns_of", "conversation_id", "created_at"),
)

assignment = table(
    "assignment",
    Column("id", Text, primary_key=True),
    conversation_id(),
    Column("rep_id", Text, ForeignKey("rep.id"), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index(
        "one_open_owner",
        "conversation_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
    Index("owners_of", "conversation_id", "epoch"),
    Index("assigned_to", "rep_id", "started_at"),
)

vote = table(
    "vote",
    conversation_id(primary_key=True),
    Column("solved", Flag, nullable=False),
    Column("owner_kind", Text, nullable=False),
    Column("owner_id", Text),
    Column("at", Instant, nullable=False),
    Column("words", Text),
)

history = table(
    "history",
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("conversation_id", Text, ForeignKey("conversation.id"), index=True),
    Column("kind", Text, nullable=False),
    Column("who_kind", Text, nullable=False),
    Column("who_id", Text),
    Column("epoch", Integer),
    Column("reason", Text, nullable=False),
    Column("data", Json),
    Column("at", Instant, nullable=False),
    Index("asked_again_lately", "at", **only_where("kind = 'asked_again'")),
    Index("shifts_ended_of", "who_id", "at", **only_where("kind = 'shift_ended'")),
)

wrong_order = table(
    "wrong_order",
    Column("id", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("order_number", Text),
    Index("wrong_orders_of", "address", "at"),
    Index("wrong_orders_lately", "at", "order_number"),
)

health = table(
    "health",
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
)

# Registers its tables with the same metadata, whoever imports either.
from handoff import schema_centre as schema_centre  # noqa: E402
from handoff import schema_hours as schema_hours  # noqa: E402
from handoff import schema_knowing as schema_knowing  # noqa: E402
from handoff import schema_mail as schema_mail  # noqa: E402
