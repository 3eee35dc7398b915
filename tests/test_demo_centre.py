"""The demo's centre can be tried at any hour: one of its sites is always open, and each has somebody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from handoff.admin_reps import all_reps
from handoff.demo_centre import PLACES, SITES, TEAMS, add_demo_centre
from handoff.demo_reps import PEOPLE
from handoff.opening_hours import open_between
from handoff.schema import rep
from handoff.schema_centre import rep_skill, site, site_hours, skill, team
from handoff.sites import sites
from handoff.skills import SKILLS
from tests.record import Record


@pytest.fixture
def demo(record: Record) -> Record:
    for name, display_name, role in PEOPLE:
        record.rep(display_name, role=role)
        assert display_name.lower() == name
    assert record.do(add_demo_centre)
    return record


def test_one_of_the_sites_is_open_at_any_moment_of_the_year_whatever_the_clocks_do(demo: Record) -> None:
    since, until = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    hours = [each.hours for each in demo.do(sites)]
    assert len(hours) == 3
    days = [since + timedelta(days=step) for step in range((until - since).days)]
    assert all(len(open_between(hours, day, day + timedelta(days=1))) == 1 for day in days)
    assert open_between(hours, since, until)[0].start == since


def test_each_site_has_somebody_who_answers_and_each_subject_somebody_who_knows_it(demo: Record) -> None:
    answering = {name for name, _, role in PEOPLE if role in ("rep", "lead")}
    assert PLACES.keys() == answering
    assert {place.site for place in PLACES.values()} == SITES.keys()
    assert {place.team for place in PLACES.values()} == TEAMS.keys()
    shown = {each.name: {known.skill: known.level for known in each.skills} for each in demo.do(all_reps)}
    assert shown["ruth"] == {"orders": 3, "billing": 2, "lang_es": 2}
    assert SKILLS.keys() <= {known for skills in shown.values() for known in skills}
    assert {row.title for row in demo.rows(skill)} >= {"German", "Spanish"}


def test_ruth_claims_by_herself_so_that_the_readmes_way_works_at_any_hour(demo: Record) -> None:
    [ruth] = demo.rows(rep, name="ruth")
    assert [each.mode for each in demo.rows(team, id=ruth.team_id)] == ["pull"]


def test_it_is_added_once_and_what_a_visitor_has_changed_stays(demo: Record) -> None:
    demo.do(lambda tx: tx.db.execute(update(site).where(site.c.name == "Cork").values(name="Galway")))
    demo.do(lambda tx: tx.db.execute(delete(site_hours).where(site_hours.c.weekday == 6)))
    before = everything(demo)
    assert not demo.do(add_demo_centre)
    assert everything(demo) == before


def test_who_has_a_place_already_keeps_it(record: Record) -> None:
    record.rep("Ruth", capacity=5)
    record.do(lambda tx: tx.db.execute(update(rep).values(site_id="elsewhere")))
    record.do(add_demo_centre)
    [ruth] = record.rows(rep, name="ruth")
    assert (ruth.site_id, ruth.team_id, record.rows(rep_skill)) == ("elsewhere", None, [])


def everything(record: Record) -> list[list[Any]]:
    return [sorted(record.rows(table), key=str) for table in (site, site_hours, team, rep_skill)]
