"""What can be suggested to reps, and which chats were looked through for it."""

import sqlalchemy as sa
from alembic import op

from handoff.columns import Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "known_answer",
        sa.Column("source_id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, sa.CheckConstraint("kind IN ('macro','reply')"), nullable=False),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("encoder", sa.Text, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "learnt",
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), primary_key=True),
        sa.Column("at", Instant, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("learnt")
    op.drop_table("known_answer")
