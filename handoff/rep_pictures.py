"""The small square picture by which customers know who helps them; each rep's own."""

from sqlalchemy import select, update

from handoff.errors import NotFound
from handoff.people import Rep
from handoff.schema import rep as rep_table
from handoff.storage import Transaction


def set_picture(tx: Transaction, rep: Rep, picture: str | None) -> str | None:
    """Give the rep this picture, or none; returns the one that they had, which nobody needs any more."""
    own = rep_table.c.id == rep.id
    before: str | None = tx.db.execute(select(rep_table.c.picture).where(own).with_for_update()).scalar()
    tx.db.execute(update(rep_table).where(own).values(picture=picture))
    return before


def picture_of(tx: Transaction, rep_id: str | None) -> str | None:
    """The id of a rep's picture."""
    found: str | None = tx.db.execute(select(rep_table.c.picture).where(rep_table.c.id == rep_id)).scalar()
    return found


def check_picture(tx: Transaction, picture: str) -> None:
    """NotFound for an id that is no rep's picture: the folder holds customers' files too."""
    if tx.db.execute(select(rep_table.c.id).where(rep_table.c.picture == picture)).first() is None:
        raise NotFound
