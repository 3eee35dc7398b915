"""A turn keeps the answer to the bot's check; wrong order numbers are counted by number too."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add two columns, empty in the rows that are there."""
    answers = sa.CheckConstraint("check_answer IN ('yes','no')")
    op.add_column("turn", sa.Column("check_answer", sa.Text, answers))
    op.add_column("wrong_order", sa.Column("order_number", sa.Text))
    op.create_index("wrong_orders_lately", "wrong_order", ["at", "order_number"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("wrong_orders_lately")
    op.drop_column("wrong_order", "order_number")
    op.drop_column("turn", "check_answer")
