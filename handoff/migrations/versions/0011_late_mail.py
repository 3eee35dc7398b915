"""When reps were told that a letter is late."""

import sqlalchemy as sa
from alembic import op

from handoff.columns import Instant

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add a column, empty in the rows that are there."""
    op.add_column("mail", sa.Column("late_told_at", Instant))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("mail", "late_told_at")
