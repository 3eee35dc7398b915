"""Who looks at which chat now."""

import sqlalchemy as sa
from alembic import op

from handoff.columns import Instant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "looker",
        sa.Column("rep_id", sa.Text, sa.ForeignKey("rep.id"), primary_key=True),
        sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False, index=True),
        sa.Column("socket_id", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("looker")
