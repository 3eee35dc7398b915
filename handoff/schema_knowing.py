"""The tables of what the desk knows beside the record: who looks at which chat now."""

from sqlalchemy import Column, ForeignKey, Text

from handoff.columns import Instant, conversation_id, table

# A rep looks at one chat at a time: the one that they opened last, on whichever connection.
looker = table(
    "looker",
    Column("rep_id", Text, ForeignKey("rep.id"), primary_key=True),
    conversation_id(index=True),
    Column("socket_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
