"""In which time zone a customer is who asked to be called."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add a column, empty in the rows that are there."""
    op.add_column("promise", sa.Column("time_zone", sa.Text))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("promise", "time_zone")
