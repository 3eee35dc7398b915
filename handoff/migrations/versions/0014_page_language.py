"""The language of a customer's page, and what a notice in it says in English."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add two columns, empty in the rows that are there: all that was said is in English."""
    op.add_column("conversation", sa.Column("page_language", sa.Text))
    op.add_column("message", sa.Column("english", sa.Text))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("message", "english")
    op.drop_column("conversation", "page_language")
