"""The tables of what goes out by mail: letters, the links in them, and invitations of reps."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text, text

from handoff.columns import Instant, rep_id, table

# Mail that was or will be sent. `state`: due, sent, failed (given up), withdrawn (no longer needed). While somebody
# sends it, `due_at` lies ahead by the length of their lease. `late_told_at`: when reps were told that it's late.
mail = table(
    "mail",
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("to", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("conversation_id", Text, ForeignKey("conversation.id"), index=True),
    Column("invitation_id", Text, ForeignKey("invitation.id")),
    Column("state", Text, CheckConstraint("state IN ('due','sent','failed','withdrawn')"), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("error", Text),
    Column("late_told_at", Instant),
    Index("mail_due", "due_at", sqlite_where=text("state = 'due'"), postgresql_where=text("state = 'due'")),
    Index("mail_to", "to", "made_at"),
)

# What a link in a mail opens, once: a conversation (`back`) or an account (`invitation`).
mail_link = table(
    "mail_link",
    Column("token_hash", Text, primary_key=True),
    Column("kind", Text, CheckConstraint("kind IN ('back','invitation')"), nullable=False),
    Column("conversation_id", Text, ForeignKey("conversation.id")),
    Column("invitation_id", Text, ForeignKey("invitation.id")),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

invitation = table(
    "invitation",
    Column("id", Text, primary_key=True),
    Column("email", Text, nullable=False),
    Column("role", Text, CheckConstraint("role IN ('rep','lead','writer','admin')"), nullable=False),
    rep_id(),
    Column("team_id", Text, ForeignKey("team.id")),
    Column("site_id", Text, ForeignKey("site.id")),
    rep_id("made_by", nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("withdrawn_at", Instant),
)
