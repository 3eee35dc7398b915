"""Chats that the desk gave back at the end of a shift are found by the rep whose shift it was."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Write the rep as the one whom the row is about, and index by them."""
    op.execute(
        """UPDATE history SET who_kind = 'rep', who_id = replace(replace(data, '{"rep":"', ''), '"}', '')
        WHERE kind = 'shift_ended'"""
    )
    op.drop_index("shifts_ended_lately")
    which = sa.text("kind = 'shift_ended'")
    op.create_index("shifts_ended_of", "history", ["who_id", "at"], sqlite_where=which, postgresql_where=which)


def downgrade() -> None:
    """Index by time alone, and name the rep in the data again."""
    op.execute("""UPDATE history SET data = '{"rep":"' || who_id || '"}' WHERE kind = 'shift_ended'""")
    op.drop_index("shifts_ended_of")
    which = sa.text("kind = 'shift_ended'")
    op.create_index("shifts_ended_lately", "history", ["at"], sqlite_where=which, postgresql_where=which)
