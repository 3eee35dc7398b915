"""A centre: sites, teams, skills, offers, waits, promises, mail, files, macros, blocks, settings."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from handoff.columns import Instant, Json

revision = "0003"
down_revision = "0002"

TABLES = (
    "site",
    "site_hours",
    "holiday",
    "team",
    "skill",
    "rep_skill",
    "offer",
    "wait",
    "promise",
    "call_attempt",
    "macro",
    "block",
    "invitation",
    "mail",
    "mail_link",
    "attachment",
    "setting",
)
COLUMNS = (
    ("customer", "email"),
    ("customer", "seen_at"),
    ("customer_session", "only_conversation_id"),
    ("rep", "email"),
    ("rep", "team_id"),
    ("rep", "site_id"),
    ("rep", "capacity"),
    ("rep", "away_since"),
    ("rep", "breather_until"),
    ("rep", "picture"),
    ("conversation", "language"),
    ("conversation", "team_id"),
    ("conversation", "customer_read"),
    ("conversation", "rep_read"),
    ("conversation", "unheard_since"),
    ("conversation", "unproven_from"),
    ("message", "attachment_id"),
    ("vote", "words"),
)


def upgrade() -> None:
    """Make the tables, and add columns that are empty in the rows that are there."""
    _places()
    _skills()
    _waiting()
    _promises()
    _answering()
    _mail()
    _rest()
    _columns()
    _indexes()


def downgrade() -> None:
    """Drop them."""
    op.drop_index("asked_again_lately", "history")
    op.drop_index("owners_of", "assignment")
    op.drop_index("closed_lately", "conversation")
    op.drop_index("unheard", "conversation")
    for table, column in reversed(COLUMNS):
        op.drop_column(table, column)
    for name in reversed(TABLES):
        op.drop_table(name)


def _columns() -> None:
    op.add_column("customer", sa.Column("email", sa.Text))
    op.add_column("customer", sa.Column("seen_at", Instant))
    op.add_column("customer_session", sa.Column("only_conversation_id", sa.Text))
    op.add_column("rep", sa.Column("email", sa.Text))
    op.add_column("rep", sa.Column("team_id", sa.Text))
    op.add_column("rep", sa.Column("site_id", sa.Text))
    op.add_column("rep", sa.Column("capacity", sa.Integer, nullable=False, server_default="3"))
    op.add_column("rep", sa.Column("away_since", Instant))
    op.add_column("rep", sa.Column("breather_until", Instant))
    op.add_column("rep", sa.Column("picture", sa.Text))
    op.add_column("conversation", sa.Column("language", sa.Text))
    op.add_column("conversation", sa.Column("team_id", sa.Text))
    op.add_column("conversation", sa.Column("customer_read", sa.Integer, nullable=False, server_default="0"))
    op.add_column("conversation", sa.Column("rep_read", sa.Integer, nullable=False, server_default="0"))
    op.add_column("conversation", sa.Column("unheard_since", Instant))
    op.add_column("conversation", sa.Column("unproven_from", sa.Integer))
    op.create_index(
        "unheard",
        "conversation",
        ["unheard_since"],
        sqlite_where=sa.text("unheard_since IS NOT NULL"),
        postgresql_where=sa.text("unheard_since IS NOT NULL"),
    )
    op.add_column("message", sa.Column("attachment_id", sa.Text))
    op.add_column("vote", sa.Column("words", sa.Text))


def _indexes() -> None:
    op.create_index("closed_lately", "conversation", ["closed_at"])
    op.create_index("owners_of", "assignment", ["conversation_id", "epoch"])
    asked_again = sa.text("kind = 'asked_again'")
    op.create_index("asked_again_lately", "history", ["at"], sqlite_where=asked_again, postgresql_where=asked_again)


def _places() -> None:
    _table(
        "site",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("disabled_at", Instant),
    )
    _table(
        "site_hours",
        sa.Column("site_id", sa.Text, sa.ForeignKey("site.id"), primary_key=True),
        sa.Column("weekday", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("opens", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("closes", sa.Integer, nullable=False),
        sa.CheckConstraint(
            "weekday BETWEEN 0 AND 6 AND 0 <= opens AND opens < closes AND closes <= 1440", name="hours_of_a_day"
        ),
    )
    _table(
        "holiday",
        sa.Column("site_id", sa.Text, sa.ForeignKey("site.id"), primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )


def _skills() -> None:
    _table(
        "team",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("mode", sa.Text, sa.CheckConstraint("mode IN ('push','pull')"), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
    )
    _table(
        "skill",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
    )
    _table(
        "rep_skill",
        sa.Column("rep_id", sa.Text, sa.ForeignKey("rep.id"), primary_key=True),
        sa.Column("skill", sa.Text, sa.ForeignKey("skill.name"), primary_key=True),
        sa.Column("level", sa.Integer, sa.CheckConstraint("level BETWEEN 1 AND 3"), nullable=False),
    )


def _waiting() -> None:
    _table(
        "offer",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("rep_id", sa.Text, sa.ForeignKey("rep.id"), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column(
            "state",
            sa.Text,
            sa.CheckConstraint("state IN ('open','accepted','skipped','expired','withdrawn')"),
            nullable=False,
        ),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("until", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.Index(
            "one_open_offer",
            "conversation_id",
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        ),
        sa.Index(
            "offers_to", "rep_id", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        ),
        sa.Index("offers_of", "conversation_id", "made_at"),
    )
    _table(
        "wait",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("skill", sa.Text),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("low_s", sa.Integer),
        sa.Column("high_s", sa.Integer),
        sa.Column("now_low_s", sa.Integer),
        sa.Column("now_high_s", sa.Integer),
        sa.Column("looked_at", Instant),
        sa.Column("arrived_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.Column("outcome", sa.Text, sa.CheckConstraint("outcome IN ('claimed','stopped','left','promised')")),
        sa.Index(
            "one_open_wait",
            "conversation_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index("waits_lately", "ended_at"),
        sa.Index("waits_of", "conversation_id"),
    )


def _promises() -> None:
    _table(
        "promise",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("kind", sa.Text, sa.CheckConstraint("kind IN ('call_back','message_left')"), nullable=False),
        sa.Column("phone", sa.Text),
        sa.Column("words", sa.Text),
        sa.Column("from_at", Instant, nullable=False),
        sa.Column("until_at", Instant, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("ended_at", Instant),
        sa.Column("outcome", sa.Text, sa.CheckConstraint("outcome IN ('kept','taken_back','missed')")),
        sa.Index(
            "one_open_promise",
            "conversation_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )
    _table(
        "call_attempt",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("promise_id", sa.Text, sa.ForeignKey("promise.id"), nullable=False, index=True),
        sa.Column("rep_id", sa.Text, sa.ForeignKey("rep.id"), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column(
            "outcome",
            sa.Text,
            sa.CheckConstraint("outcome IN ('reached','no_answer','busy','wrong_number')"),
            nullable=False,
        ),
        sa.Column("note", sa.Text),
    )


def _answering() -> None:
    _table(
        "macro",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("skill", sa.Text, sa.ForeignKey("skill.name")),
        sa.Column("changed_by", sa.Text, sa.ForeignKey("rep.id")),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("disabled_at", Instant),
    )
    _table(
        "block",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), nullable=False, index=True),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("blocked_by", sa.Text, sa.ForeignKey("rep.id"), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("until", Instant, nullable=False),
        sa.Column("undone_at", Instant),
        sa.Column("undone_by", sa.Text, sa.ForeignKey("rep.id")),
    )


def _mail() -> None:
    _table(
        "invitation",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("role", sa.Text, sa.CheckConstraint("role IN ('rep','lead','writer','admin')"), nullable=False),
        sa.Column("rep_id", sa.Text, sa.ForeignKey("rep.id")),
        sa.Column("team_id", sa.Text, sa.ForeignKey("team.id")),
        sa.Column("site_id", sa.Text, sa.ForeignKey("site.id")),
        sa.Column("made_by", sa.Text, sa.ForeignKey("rep.id"), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("used_at", Instant),
        sa.Column("withdrawn_at", Instant),
    )
    _table(
        "mail",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("to", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), index=True),
        sa.Column("invitation_id", sa.Text, sa.ForeignKey("invitation.id")),
        sa.Column("state", sa.Text, sa.CheckConstraint("state IN ('due','sent','failed','withdrawn')"), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.Column("error", sa.Text),
        sa.Index(
            "mail_due", "due_at", sqlite_where=sa.text("state = 'due'"), postgresql_where=sa.text("state = 'due'")
        ),
        sa.Index("mail_to", "to", "made_at"),
    )
    _table(
        "mail_link",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, sa.CheckConstraint("kind IN ('back','invitation')"), nullable=False),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id")),
        sa.Column("invitation_id", sa.Text, sa.ForeignKey("invitation.id")),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("used_at", Instant),
    )


def _rest() -> None:
    _table(
        "attachment",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("author_kind", sa.Text, sa.CheckConstraint("author_kind IN ('customer','rep')"), nullable=False),
        sa.Column("author_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("width", sa.Integer),
        sa.Column("height", sa.Integer),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("removed_at", Instant),
        sa.Index("attachments_of", "conversation_id", "created_at"),
    )
    _table(
        "setting",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", Json, nullable=False),
        sa.Column("changed_by", sa.Text, sa.ForeignKey("rep.id")),
        sa.Column("changed_at", Instant, nullable=False),
    )


def _table(name: str, *parts: Any) -> None:
    op.create_table(name, *parts, sqlite_strict=True)
