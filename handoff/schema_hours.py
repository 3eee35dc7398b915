"""The tables of when a rep works, where that differs from their site's hours; all on the site's clock."""

from sqlalchemy import CheckConstraint, Column, Integer, Text

from handoff.columns import Json, rep_id, table

# Minutes after the midnight with which the weekday begins, Monday 0: past 1440 it's the next day. A rep without rows
# works while their site is open.
rep_hours = table(
    "rep_hours",
    rep_id(primary_key=True),
    Column("weekday", Integer, primary_key=True, autoincrement=False),
    Column("opens", Integer, primary_key=True, autoincrement=False),
    Column("closes", Integer, nullable=False),
    CheckConstraint(
        "weekday BETWEEN 0 AND 6 AND opens BETWEEN 0 AND 1439 AND opens < closes AND closes <= opens + 1440",
        name="hours_of_a_rep",
    ),
)

# One day that is different, as 2026-12-24: `spans` is [[opens, closes], ...] in the same minutes, [] for a day off.
rep_day = table(
    "rep_day",
    rep_id(primary_key=True),
    Column("day", Text, primary_key=True),
    Column("spans", Json, nullable=False),
)
