"""The tables of the first version."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from handoff.columns import Flag, Instant, Json

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    _people()
    _conversations()
    _words()
    _turns()
    _ownership()
    _records()


def downgrade() -> None:
    """Drop all tables."""
    for name in reversed(TABLES):
        op.drop_table(name)


TABLES = (
    "customer",
    "customer_session",
    "rep",
    "rep_session",
    "conversation",
    "message",
    "button",
    "turn",
    "assignment",
    "vote",
    "history",
    "wrong_order",
    "health",
)


def _people() -> None:
    _table(
        "customer",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("sub", sa.Text, unique=True),
        sa.Column("name", sa.Text),
        sa.Column("created_at", Instant, nullable=False),
    )
    _table(
        "customer_session",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), nullable=False, index=True),
        sa.Column("order_id", sa.Text),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
    )
    _table(
        "rep",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, sa.CheckConstraint("role IN ('rep','lead','writer','admin')"), nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("totp_secret", sa.Text),
        sa.Column("seen_at", Instant),
        sa.Column("disabled_at", Instant),
        sa.Column("created_at", Instant, nullable=False),
    )
    _table(
        "rep_session",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("rep_id", sa.Text, sa.ForeignKey("rep.id"), nullable=False, index=True),
        sa.Column("csrf", sa.Text, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
    )


def _conversations() -> None:
    _table(
        "conversation",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), nullable=False, index=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column(
            "owner_kind", sa.Text, sa.CheckConstraint("owner_kind IN ('bot','queue','rep','none')"), nullable=False
        ),
        sa.Column("owner_id", sa.Text, sa.ForeignKey("rep.id")),
        sa.Column("owner_epoch", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("answered_seq", sa.Integer, nullable=False),
        sa.Column("failed_turns", sa.Integer, nullable=False),
        sa.Column("verified_from", sa.Integer),
        sa.Column("address", sa.Text),
        sa.Column("order_id", sa.Text),
        sa.Column("topic", sa.Text),
        sa.Column("cause", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("skill", sa.Text),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("arrived_at", Instant),
        sa.Column("wanted_rep_id", sa.Text, sa.ForeignKey("rep.id")),
        sa.Column("deadline_at", Instant),
        sa.Column("next_step", sa.Text),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("closed_at", Instant),
        sa.Column("previous_id", sa.Text, sa.ForeignKey("conversation.id")),
        sa.CheckConstraint("(state = 'closed') = (deadline_at IS NULL)", name="open_has_deadline"),
        sa.CheckConstraint("(state = 'with_rep') = (owner_kind = 'rep')", name="rep_owns_with_rep"),
        sa.CheckConstraint("(owner_kind = 'rep') = (owner_id IS NOT NULL)", name="owner_is_named"),
        sa.Index(
            "one_open_conversation",
            "customer_id",
            unique=True,
            sqlite_where=sa.text("state NOT IN ('closed','promised')"),
            postgresql_where=sa.text("state NOT IN ('closed','promised')"),
        ),
        sa.Index(
            "waiting_in_order",
            sa.text("priority DESC"),
            "arrived_at",
            "id",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        ),
        sa.Index("overdue", "deadline_at"),
        sa.Index(
            "held_by",
            "owner_id",
            sqlite_where=sa.text("state = 'with_rep'"),
            postgresql_where=sa.text("state = 'with_rep'"),
        ),
    )


def _words() -> None:
    _table(
        "message",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("seq", sa.Integer),
        sa.Column(
            "author_kind", sa.Text, sa.CheckConstraint("author_kind IN ('customer','bot','rep','desk')"), nullable=False
        ),
        sa.Column("author_id", sa.Text, nullable=False),
        sa.Column("author_name", sa.Text),
        sa.Column("kind", sa.Text, sa.CheckConstraint("kind IN ('text','vote','event','note')"), nullable=False),
        sa.Column("audience", sa.Text, sa.CheckConstraint("audience IN ('all','reps')"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("buttons", Json),
        sa.Column("button_id", sa.Text),
        sa.Column("client_id", sa.Text, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.UniqueConstraint("author_id", "client_id", name="one_message_per_client_id"),
        sa.UniqueConstraint("conversation_id", "seq", name="one_message_per_seq"),
        sa.CheckConstraint("(audience = 'all') = (seq IS NOT NULL)", name="notes_have_no_seq"),
    )
    _table(
        "button",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )


def _turns() -> None:
    _table(
        "turn",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column(
            "state",
            sa.Text,
            sa.CheckConstraint("state IN ('due','leased','accepted','given_up','dropped')"),
            nullable=False,
        ),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("lease_until", Instant),
        sa.Column("first_seq", sa.Integer),
        sa.Column("last_seq", sa.Integer),
        sa.Column("input", Json),
        sa.Column("understood", Json),
        sa.Column("events", Json),
        sa.Column("outcome", sa.Text),
        sa.Column("model", sa.Text),
        sa.Column("latency_ms", sa.Integer),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("finished_at", Instant),
        sa.Index(
            "one_live_turn",
            "conversation_id",
            unique=True,
            sqlite_where=sa.text("state IN ('due','leased')"),
            postgresql_where=sa.text("state IN ('due','leased')"),
        ),
        sa.Index("turns_of", "conversation_id", "created_at"),
    )


def _ownership() -> None:
    _table(
        "assignment",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("rep_id", sa.Text, sa.ForeignKey("rep.id"), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("started_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.Index(
            "one_open_owner",
            "conversation_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )
    _table(
        "vote",
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False, primary_key=True),
        sa.Column("solved", Flag, nullable=False),
        sa.Column("owner_kind", sa.Text, nullable=False),
        sa.Column("owner_id", sa.Text),
        sa.Column("at", Instant, nullable=False),
    )


def _records() -> None:
    _table(
        "history",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("who_kind", sa.Text, nullable=False),
        sa.Column("who_id", sa.Text),
        sa.Column("epoch", sa.Integer),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("data", Json),
        sa.Column("at", Instant, nullable=False),
    )
    _table(
        "wrong_order",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Index("wrong_orders_of", "address", "at"),
    )
    _table(
        "health",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", Instant, nullable=False),
    )


def _table(name: str, *parts: Any) -> None:
    op.create_table(name, *parts, sqlite_strict=True)
