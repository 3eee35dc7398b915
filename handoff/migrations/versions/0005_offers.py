"""A rep has one open offer at most; what each was given and offered last is found without reading all of it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    """Other indexes; no row changes."""
    op.drop_index("offers_to", "offer")
    op.create_index("one_open_offer_to", "offer", ["rep_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("offers_to", "offer", ["rep_id", "made_at"])
    op.create_index("assigned_to", "assignment", ["rep_id", "started_at"])


def downgrade() -> None:
    """The indexes of before."""
    op.drop_index("assigned_to", "assignment")
    op.drop_index("offers_to", "offer")
    op.drop_index("one_open_offer_to", "offer")
    op.create_index("offers_to", "offer", ["rep_id"], sqlite_where=OPEN, postgresql_where=OPEN)
