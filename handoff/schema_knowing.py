"""The tables of what the desk knows beside the record: who looks at which chat, and what can be suggested."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, LargeBinary, Text

from handoff.columns import Instant, conversation_id, table

# A rep looks at one chat at a time: the one that they opened last, on whichever connection.
looker = table(
    "looker",
    Column("rep_id", Text, ForeignKey("rep.id"), primary_key=True),
    conversation_id(index=True),
    Column("socket_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

# What can be suggested to reps: macros, and replies of chats that got a yes. `vector` is of a macro's words, or of the
# customer's words that a reply answered, which aren't kept here: 384 little-endian float32, by one of the encoders.
known_answer = table(
    "known_answer",
    Column("source_id", Text, primary_key=True),
    Column("encoder", Text, primary_key=True),
    Column("kind", Text, CheckConstraint("kind IN ('macro','reply')"), nullable=False),
    Column("conversation_id", Text, ForeignKey("conversation.id"), index=True),
    Column("text", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
)

# The chats whose replies were looked through by each encoder, whatever was found in them.
learnt = table(
    "learnt",
    conversation_id(primary_key=True),
    Column("encoder", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)
