"""Reps may have working hours of their own, and days that are different."""

import sqlalchemy as sa
from alembic import op

from handoff.columns import Json

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add two tables; until there's something in them, everybody works while their site is open."""
    op.create_table(
        "rep_hours",
        sa.Column("rep_id", sa.Text, sa.ForeignKey("rep.id"), primary_key=True),
        sa.Column("weekday", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("opens", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("closes", sa.Integer, nullable=False),
        sa.CheckConstraint(
            "weekday BETWEEN 0 AND 6 AND opens BETWEEN 0 AND 1439 AND opens < closes AND closes <= opens + 1440",
            name="hours_of_a_rep",
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "rep_day",
        sa.Column("rep_id", sa.Text, sa.ForeignKey("rep.id"), primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("spans", Json, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drop them: everybody works while their site is open."""
    op.drop_table("rep_day")
    op.drop_table("rep_hours")
