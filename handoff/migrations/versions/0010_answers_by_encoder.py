"""What can be suggested is kept for each encoder; all of it is learnt again from the chats and macros."""

import sqlalchemy as sa
from alembic import op

from handoff.columns import Instant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables anew, with the encoder in their keys: what was in them takes the desk minutes to make again."""
    _make_anew(by_encoder=True)


def downgrade() -> None:
    """Make them anew without it."""
    _make_anew(by_encoder=False)


def _make_anew(*, by_encoder: bool) -> None:
    op.drop_table("learnt")
    op.drop_table("known_answer")
    op.create_table(
        "known_answer",
        sa.Column("source_id", sa.Text, primary_key=True),
        sa.Column("encoder", sa.Text, primary_key=by_encoder, nullable=False),
        sa.Column("kind", sa.Text, sa.CheckConstraint("kind IN ('macro','reply')"), nullable=False),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sqlite_strict=True,
    )
    encoder = [sa.Column("encoder", sa.Text, primary_key=True)] if by_encoder else []
    op.create_table(
        "learnt",
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), primary_key=True),
        *encoder,
        sa.Column("at", Instant, nullable=False),
        sqlite_strict=True,
    )
