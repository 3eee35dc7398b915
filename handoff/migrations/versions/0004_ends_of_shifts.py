"""Chats that the desk gave back at the end of a shift are found without reading the whole history."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add an index."""
    which = sa.text("kind = 'shift_ended'")
    op.create_index("shifts_ended_lately", "history", ["at"], sqlite_where=which, postgresql_where=which)


def downgrade() -> None:
    """Drop it."""
    op.drop_index("shifts_ended_lately")
