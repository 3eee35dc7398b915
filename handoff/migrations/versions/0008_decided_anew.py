"""When a lead decided anew who should have a waiting chat, and since when a rep is there: misses count from then on."""

import sqlalchemy as sa
from alembic import op

from handoff.columns import Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add two columns, empty in the rows that are there."""
    op.add_column("rep", sa.Column("back_at", Instant))
    op.add_column("conversation", sa.Column("routed_at", Instant))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("conversation", "routed_at")
    op.drop_column("rep", "back_at")
