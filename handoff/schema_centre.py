"""The tables of a centre: sites, teams, skills, offers, waits, promises, files, macros, blocks, settings."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text, text

from handoff.columns import Instant, Json, conversation_id, rep_id, table

site = table(
    "site",
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("time_zone", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
)

# Minutes after local midnight; `closes` may be 1440. A night shift is two rows.
site_hours = table(
    "site_hours",
    Column("site_id", Text, ForeignKey("site.id"), primary_key=True),
    Column("weekday", Integer, primary_key=True, autoincrement=False),
    Column("opens", Integer, primary_key=True, autoincrement=False),
    Column("closes", Integer, nullable=False),
    CheckConstraint(
        "weekday BETWEEN 0 AND 6 AND 0 <= opens AND opens < closes AND closes <= 1440", name="hours_of_a_day"
    ),
)

# `day` is the site's own date, as 2026-12-25.
holiday = table(
    "holiday",
    Column("site_id", Text, ForeignKey("site.id"), primary_key=True),
    Column("day", Text, primary_key=True),
    Column("name", Text, nullable=False),
)

team = table(
    "team",
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("mode", Text, CheckConstraint("mode IN ('push','pull')"), nullable=False),
    Column("created_at", Instant, nullable=False),
)

# Which topics belong to a skill is in handoff/skills.py; a language is a skill named `lang_<code>`.
skill = table(
    "skill",
    Column("name", Text, primary_key=True),
    Column("title", Text, nullable=False),
)

rep_skill = table(
    "rep_skill",
    rep_id(primary_key=True),
    Column("skill", Text, ForeignKey("skill.name"), primary_key=True),
    Column("level", Integer, CheckConstraint("level BETWEEN 1 AND 3"), nullable=False),
)

offer = table(
    "offer",
    Column("id", Text, primary_key=True),
    conversation_id(),
    rep_id(nullable=False),
    Column("epoch", Integer, nullable=False),
    Column(
        "state", Text, CheckConstraint("state IN ('open','accepted','skipped','expired','withdrawn')"), nullable=False
    ),
    Column("reason", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("ended_at", Instant),
    Index(
        "one_open_offer",
        "conversation_id",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index(
        "one_open_offer_to",
        "rep_id",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index("offers_of", "conversation_id", "made_at"),
    Index("offers_to", "rep_id", "made_at"),
)

# One row for each stay in the queue. `low_s` and `high_s` are the first range that the customer was told, NULL for
# none: what came of it is counted. `now_low_s` and `now_high_s` are the newest, worked out at `looked_at`. All count
# from `arrived_at`, which is when this stay began.
wait = table(
    "wait",
    Column("id", Text, primary_key=True),
    conversation_id(),
    Column("skill", Text),
    Column("priority", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("reason", Text),
    Column("low_s", Integer),
    Column("high_s", Integer),
    Column("now_low_s", Integer),
    Column("now_high_s", Integer),
    Column("looked_at", Instant),
    Column("arrived_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("outcome", Text, CheckConstraint("outcome IN ('claimed','stopped','left','promised')")),
    Index(
        "one_open_wait",
        "conversation_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
    Index("waits_lately", "ended_at"),
    Index("waits_of", "conversation_id"),
)

promise = table(
    "promise",
    Column("id", Text, primary_key=True),
    conversation_id(),
    Column("kind", Text, CheckConstraint("kind IN ('call_back','message_left')"), nullable=False),
    Column("phone", Text),
    Column("words", Text),
    Column("from_at", Instant, nullable=False),
    Column("until_at", Instant, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("ended_at", Instant),
    Column("outcome", Text, CheckConstraint("outcome IN ('kept','taken_back','missed')")),
    Column("time_zone", Text),
    Index(
        "one_open_promise",
        "conversation_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

call_attempt = table(
    "call_attempt",
    Column("id", Text, primary_key=True),
    Column("promise_id", Text, ForeignKey("promise.id"), nullable=False, index=True),
    rep_id(nullable=False),
    Column("at", Instant, nullable=False),
    Column(
        "outcome", Text, CheckConstraint("outcome IN ('reached','no_answer','busy','wrong_number')"), nullable=False
    ),
    Column("note", Text),
)

macro = table(
    "macro",
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("skill", Text, ForeignKey("skill.name")),
    rep_id("changed_by"),
    Column("changed_at", Instant, nullable=False),
    Column("disabled_at", Instant),
)

block = table(
    "block",
    Column("id", Text, primary_key=True),
    Column("customer_id", Text, ForeignKey("customer.id"), nullable=False, index=True),
    conversation_id(),
    rep_id("blocked_by", nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("undone_at", Instant),
    rep_id("undone_by"),
)

# A file that somebody sent, re-encoded where it's a picture; its bytes are in BATON_FILES under `id`.
attachment = table(
    "attachment",
    Column("id", Text, primary_key=True),
    conversation_id(),
    Column("author_kind", Text, CheckConstraint("author_kind IN ('customer','rep')"), nullable=False),
    Column("author_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("sha256", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("removed_at", Instant),
    Index("attachments_of", "conversation_id", "created_at"),
)

setting = table(
    "setting",
    Column("name", Text, primary_key=True),
    Column("value", Json, nullable=False),
    rep_id("changed_by"),
    Column("changed_at", Instant, nullable=False),
)
