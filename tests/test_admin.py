"""Leads and admins change reps, teams, sites, skills, macros, settings: who may, nothing overwritten, all noted."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from handoff import (
    admin_places,
    admin_reps,
    demo_macros,
    macro_changes,
    rep_queue,
    reps,
    schema,
    schema_centre,
    shop_settings,
)
from handoff.errors import BadField, ChangedMeanwhile, DeskError, Forbidden, NotFound, NotPossibleNow
from handoff.people import Rep
from handoff.schema_centre import rep_skill, site_hours
from handoff.storage import Runner, SessionsEnded
from handoff.wire_admin import (
    AddSkill,
    AdminRep,
    ChangeRep,
    ChangeSetting,
    ClosedDay,
    OpenHours,
    RepSkill,
    SaveMacro,
    SaveSite,
    SaveSkill,
    SaveTeam,
)
from tests.record import Record
from tests.test_races import race


def person(record: Record, name: str, role: str) -> Rep:
    record.rep(name)
    record.do(lambda tx: tx.db.execute(schema.rep.update().where(schema.rep.c.name == name.lower()).values(role=role)))
    who: Rep = record.do(reps.account_named, name.lower()).rep
    return who


def seen(record: Record, who: Rep) -> AdminRep:
    shown: AdminRep = record.do(admin_reps.one_rep, who.id)
    return shown


def change_of(shown: AdminRep, **changes: Any) -> ChangeRep:
    return ChangeRep(**{**{name: getattr(shown, name) for name in ChangeRep.__struct_fields__}, **changes})


def changes(record: Record, who: Rep, whom: Rep, **more: Any) -> AdminRep:
    after: AdminRep = record.do(admin_reps.change_rep, who, whom.id, change_of(seen(record, whom), **more))
    return after


def refusal(record: Record, who: Rep, whom: Rep, **more: Any) -> DeskError | None:
    return record.refused(admin_reps.change_rep, who, whom.id, change_of(seen(record, whom), **more))


def test_ada_changes_all_of_ruths_account_and_it_is_noted(record: Record) -> None:
    ada, ruth = person(record, "Ada", "admin"), person(record, "Ruth", "rep")
    record.do(admin_places.add_skill, ada, AddSkill(name="lang_es", title="Spanish"))
    team = record.do(admin_places.save_team, ada, None, SaveTeam(revision="", name="Nights", mode="push"))
    spanish = [RepSkill(skill="lang_es", level=3)]
    after = changes(record, ada, ruth, display_name=" Ruth  B. ", team_id=team.id, capacity=5, skills=spanish)
    assert (after.display_name, after.team_id, after.capacity, after.skills) == ("Ruth B.", team.id, 5, spanish)
    [row] = record.rows(schema.history, kind="rep_changed")
    assert (row.who_id, row.conversation_id) == (ada.id, None)
    assert (row.data["old"]["capacity"], row.data["new"]["capacity"]) == (3, 5)
    assert "role" not in row.data["new"]


def test_a_lead_changes_skills_and_hours_but_neither_names_nor_roles_nor_who_may_sign_in(record: Record) -> None:
    ada, lena, ruth = person(record, "Ada", "admin"), person(record, "Lena", "lead"), person(record, "Ruth", "rep")
    record.do(admin_places.add_skill, ada, AddSkill(name="billing", title="Billing"))
    assert changes(record, lena, ruth, capacity=2, skills=[RepSkill(skill="billing", level=1)]).capacity == 2
    for forbidden in ({"role": "admin"}, {"disabled": True}, {"display_name": "R."}):
        assert isinstance(refusal(record, lena, ruth, **forbidden), Forbidden)
    assert isinstance(refusal(record, lena, lena, role="admin"), Forbidden)


def test_a_rep_changes_nothing(record: Record) -> None:
    ruth, sam = person(record, "Ruth", "rep"), person(record, "Sam", "rep")
    assert isinstance(refusal(record, ruth, sam, capacity=9), Forbidden)
    for verb, asked in (
        (admin_places.save_team, SaveTeam(revision="", name="Mine", mode="push")),
        (macro_changes.save_macro, macro()),
        (admin_places.save_site, site()),
    ):
        assert isinstance(record.refused(verb, ruth, None, asked), Forbidden)


def test_two_admins_dont_overwrite_one_another(record: Record) -> None:
    ada, otto, ruth = person(record, "Ada", "admin"), person(record, "Otto", "admin"), person(record, "Ruth", "rep")
    shown = seen(record, ruth)
    changes(record, ada, ruth, capacity=5)
    late = record.refused(admin_reps.change_rep, otto, ruth.id, change_of(shown, capacity=1))
    assert isinstance(late, ChangedMeanwhile)
    assert seen(record, ruth).capacity == 5


def test_skills_changed_meanwhile_count_too(record: Record) -> None:
    ada, ruth = person(record, "Ada", "admin"), person(record, "Ruth", "rep")
    record.do(admin_places.add_skill, ada, AddSkill(name="coins", title="Coins"))
    shown = seen(record, ruth)
    changes(record, ada, ruth, skills=[RepSkill(skill="coins", level=2)])
    late = record.refused(admin_reps.change_rep, ada, ruth.id, change_of(shown, capacity=1))
    assert isinstance(late, ChangedMeanwhile)
    assert len(record.rows(rep_skill)) == 1


def test_the_last_admin_can_be_neither_disabled_nor_demoted(record: Record) -> None:
    ada, otto = person(record, "Ada", "admin"), person(record, "Otto", "admin")
    changes(record, ada, otto, disabled=True)
    for way_out in ({"disabled": True}, {"role": "lead"}):
        assert isinstance(refusal(record, ada, ada, **way_out), NotPossibleNow)
    changes(record, ada, otto, disabled=False)
    assert changes(record, ada, ada, role="lead").role == "lead"


def test_disabling_signs_ruth_out_and_gives_her_chats_back(record: Record) -> None:
    ada, ruth = person(record, "Ada", "admin"), person(record, "Ruth", "rep")
    talk = record.held(record.customer("Ana"), ruth)
    record.do(reps.sign_in, ruth)
    changes(record, ada, ruth, disabled=True)
    assert any(isinstance(notice, SessionsEnded) for notice in record.told)
    assert record.rows(schema.conversation, id=talk)[0].state == "waiting"
    assert record.do(reps.account_named, "ruth") is None
    changes(record, ada, ruth, disabled=False)
    assert record.do(reps.account_named, "ruth") is not None


def test_another_role_signs_out_as_rights_have_changed(record: Record) -> None:
    ada, ruth = person(record, "Ada", "admin"), person(record, "Ruth", "rep")
    talk = record.held(record.customer("Ana"), ruth)
    record.do(reps.sign_in, ruth)
    changes(record, ada, ruth, role="writer")
    assert record.rows(schema.rep_session, rep_id=ruth.id)[0].ended_at is not None
    assert record.rows(schema.conversation, id=talk)[0].state == "waiting"


@pytest.mark.parametrize(
    "wrong",
    [
        {"team_id": "nowhere"},
        {"site_id": "nowhere"},
        {"skills": [RepSkill(skill="unknown", level=1)]},
        {"skills": [RepSkill(skill="coins", level=1), RepSkill(skill="coins", level=2)]},
        {"display_name": "   "},
    ],
)
def test_what_isnt_there_is_refused_plainly(record: Record, wrong: dict[str, Any]) -> None:
    ada, ruth = person(record, "Ada", "admin"), person(record, "Ruth", "rep")
    record.do(admin_places.add_skill, ada, AddSkill(name="coins", title="Coins"))
    assert isinstance(refusal(record, ada, ruth, **wrong), BadField)
    assert seen(record, ruth).skills == []


def test_nobody_elses_account_is_found(record: Record) -> None:
    ada = person(record, "Ada", "admin")
    shown = seen(record, ada)
    assert isinstance(record.refused(admin_reps.change_rep, ada, "nobody", change_of(shown)), NotFound)


def test_two_admins_who_dismiss_each_other_at_once_leave_one(record: Record, database_url: str) -> None:
    admins = [person(record, "Ada", "admin"), person(record, "Otto", "admin")]
    views = [change_of(seen(record, who), role="rep") for who in admins]

    async def story(runner: Runner) -> list[Any]:
        ways = [(admins[0], admins[1], views[1]), (admins[1], admins[0], views[0])]
        tries = (runner.run(admin_reps.change_rep, who, whom.id, change) for who, whom, change in ways)
        return await asyncio.gather(*tries, return_exceptions=True)

    results = race(record, database_url, story)
    assert sorted(type(each).__name__ for each in results) == ["AdminRep", "NotPossibleNow"]
    assert len(record.rows(schema.rep, role="admin")) == 1


def test_of_many_changes_at_once_one_counts_and_the_others_are_told(record: Record, database_url: str) -> None:
    ada, ruth = person(record, "Ada", "admin"), person(record, "Ruth", "rep")
    shown = seen(record, ruth)

    async def story(runner: Runner) -> list[Any]:
        wished = (change_of(shown, capacity=capacity) for capacity in range(4, 12))
        tries = (runner.run(admin_reps.change_rep, ada, ruth.id, change) for change in wished)
        return await asyncio.gather(*tries, return_exceptions=True)

    results = race(record, database_url, story)
    assert sum(isinstance(each, AdminRep) for each in results) == 1
    assert sum(isinstance(each, ChangedMeanwhile) for each in results) == 7


def test_a_claim_and_a_dismissal_at_once_leave_no_chat_with_somebody_gone(record: Record, database_url: str) -> None:
    ada = person(record, "Ada", "admin")
    pairs = [(person(record, f"Rep {n}", "rep"), record.waiting(record.customer(f"Customer {n}"))) for n in range(10)]
    views = [change_of(seen(record, who), disabled=True) for who, _ in pairs]

    async def story(runner: Runner) -> None:
        claims = [runner.run(rep_queue.claim, who, talk) for who, talk in pairs]
        ends = [
            runner.run(admin_reps.change_rep, ada, who.id, view) for (who, _), view in zip(pairs, views, strict=True)
        ]
        both = [each for pair in zip(claims, ends, strict=True) for each in pair]
        await asyncio.gather(*both, return_exceptions=True)

    from handoff.sweeper import sweep

    race(record, database_url, story)
    record.later(minutes=1)
    record.do(sweep, record.now.replace(year=2000))
    assert all(record.rows(schema.conversation, id=talk)[0].state == "waiting" for _, talk in pairs)


def site(**changes: Any) -> SaveSite:
    fields: dict[str, Any] = {
        "revision": "",
        "name": "Leeds",
        "time_zone": "Europe/London",
        "hours": [OpenHours(weekday=0, opens=540, closes=720), OpenHours(weekday=0, opens=780, closes=1020)],
        "holidays": [ClosedDay(day="2026-12-25", name="Christmas")],
        "disabled": False,
    }
    return SaveSite(**{**fields, **changes})


def test_a_site_keeps_its_hours_and_holidays_in_the_tables_that_routing_reads(record: Record) -> None:
    ada = person(record, "Ada", "admin")
    made = record.do(admin_places.save_site, ada, None, site())
    assert [(row.opens, row.closes) for row in record.rows(site_hours)] == [(540, 720), (780, 1020)]
    night = [OpenHours(weekday=6, opens=1320, closes=1440)]
    changed = site(revision=made.revision, hours=night, holidays=[], name="Leeds nights")
    after = record.do(admin_places.save_site, ada, made.id, changed)
    assert (after.name, after.hours, after.holidays) == ("Leeds nights", night, [])
    assert isinstance(record.refused(admin_places.save_site, ada, made.id, changed), ChangedMeanwhile)
    assert isinstance(record.refused(admin_places.save_site, ada, None, site(name="Leeds nights")), BadField)


@pytest.mark.parametrize(
    "wrong",
    [
        {"time_zone": "Leeds"},
        {"time_zone": "../../etc/passwd"},
        {"hours": [OpenHours(weekday=0, opens=600, closes=600)]},
        {"hours": [OpenHours(weekday=0, opens=540, closes=720), OpenHours(weekday=0, opens=700, closes=800)]},
        {"holidays": [ClosedDay(day="2026-02-30", name="Never")]},
        {"holidays": [ClosedDay(day="2026-12-25", name="A"), ClosedDay(day="2026-12-25", name="B")]},
        {"holidays": [ClosedDay(day="2026-12-25", name="  ")]},
        {"name": " "},
    ],
)
def test_hours_that_cant_be_are_refused(record: Record, wrong: dict[str, Any]) -> None:
    ada = person(record, "Ada", "admin")
    assert isinstance(record.refused(admin_places.save_site, ada, None, site(**wrong)), BadField)
    assert record.rows(site_hours) == []


def test_teams_and_skills_have_names_of_their_own(record: Record) -> None:
    ada = person(record, "Ada", "admin")
    asked = SaveTeam(revision="", name="Days", mode="pull")
    days = record.do(admin_places.save_team, ada, None, asked)
    assert isinstance(record.refused(admin_places.save_team, ada, None, asked), BadField)
    push = SaveTeam(revision=days.revision, name="Days", mode="push")
    assert record.do(admin_places.save_team, ada, days.id, push).mode == "push"
    assert isinstance(record.refused(admin_places.save_team, ada, days.id, push), ChangedMeanwhile)
    skill = record.do(admin_places.add_skill, ada, AddSkill(name="lang_es", title="Spanish"))
    assert isinstance(record.refused(admin_places.add_skill, ada, AddSkill(name="lang_es", title="Spanish")), BadField)
    again = SaveSkill(revision=skill.revision, title="Español")
    assert record.do(admin_places.save_skill, ada, "lang_es", again).title == "Español"


def macro(**changes: Any) -> SaveMacro:
    fields: dict[str, Any] = {
        "revision": "",
        "name": "sorry",
        "title": "Sorry for the wait",
        "text": "Thank you for waiting, {first_name}.",
        "skill": None,
        "retired": False,
    }
    return SaveMacro(**{**fields, **changes})


def test_a_lead_writes_and_retires_macros(record: Record) -> None:
    lena = person(record, "Lena", "lead")
    made = record.do(macro_changes.save_macro, lena, None, macro())
    assert isinstance(record.refused(macro_changes.save_macro, lena, None, macro()), BadField)
    retired = record.do(macro_changes.save_macro, lena, made.id, macro(revision=made.revision, retired=True))
    assert retired.retired
    assert isinstance(record.refused(macro_changes.save_macro, lena, made.id, macro(revision=made.revision)), DeskError)
    assert [row.kind for row in record.rows(schema.history, kind="macro_changed")] == ["macro_changed"] * 2


@pytest.mark.parametrize("odd", ["{name}", "{customer name}", "{Order}", "{order", "order}", "{}", "{rep\n}"])
def test_a_macro_with_braces_that_nothing_fills_is_refused_with_those_that_there_are(record: Record, odd: str) -> None:
    lena = person(record, "Lena", "lead")
    refusal = record.refused(macro_changes.save_macro, lena, None, macro(text=f"Thank you, {odd}."))
    assert isinstance(refusal, BadField)
    assert "{customer_name}, {first_name}, {order}" in refusal.words
    assert record.rows(schema_centre.macro) == []


def test_a_broken_macro_of_old_can_be_retired_as_it_is_and_comes_back_only_mended(record: Record) -> None:
    lena = person(record, "Lena", "lead")
    made = record.do(macro_changes.save_macro, lena, None, macro())
    old = schema_centre.macro.update().values(text="Thank you, {name}.")
    record.do(lambda tx: tx.db.execute(old))
    [shown] = record.do(macro_changes.all_macros)
    off = macro(revision=shown.revision, text=shown.text, retired=True)
    gone = record.do(macro_changes.save_macro, lena, made.id, off)
    back = macro(revision=gone.revision, text=gone.text)
    assert isinstance(record.refused(macro_changes.save_macro, lena, made.id, back), BadField)


def test_the_demos_macros_have_only_fields_that_are_filled(record: Record) -> None:
    lena = person(record, "Lena", "lead")
    record.do(demo_macros.add_demo_macros)
    shown = record.do(macro_changes.all_macros)
    assert len(shown) > 5
    for each in shown:
        again = macro(name=each.name, title=each.title, text=each.text, revision=each.revision)
        assert record.do(macro_changes.save_macro, lena, each.id, again).text == each.text


def test_settings_have_defaults_until_an_admin_switches_them(record: Record) -> None:
    ada, lena = person(record, "Ada", "admin"), person(record, "Lena", "lead")
    assert record.do(shop_settings.shop_settings).write_to_absent
    [shown] = [each for each in record.do(shop_settings.all_settings) if each.name == "write_to_absent"]
    off = ChangeSetting(revision=shown.revision, value=False)
    assert isinstance(record.refused(shop_settings.change_setting, lena, "write_to_absent", off), Forbidden)
    record.do(shop_settings.change_setting, ada, "write_to_absent", off)
    assert not record.do(shop_settings.shop_settings).write_to_absent
    assert isinstance(record.refused(shop_settings.change_setting, ada, "write_to_absent", off), ChangedMeanwhile)
    assert isinstance(record.refused(shop_settings.change_setting, ada, "unknown", off), NotFound)
    [row] = record.rows(schema.history, kind="setting_changed")
    assert (row.data["old"], row.data["new"]) == ({"value": True}, {"value": False})


def test_two_admins_switch_a_setting_for_the_first_time_at_once(record: Record, database_url: str) -> None:
    ada = person(record, "Ada", "admin")
    shown = record.do(shop_settings.all_settings)[0]

    async def story(runner: Runner) -> list[Any]:
        change = ChangeSetting(revision=shown.revision, value=not shown.value)
        tries = (runner.run(shop_settings.change_setting, ada, shown.name, change) for _ in range(6))
        return await asyncio.gather(*tries, return_exceptions=True)

    results = race(record, database_url, story)
    assert sum(isinstance(each, ChangedMeanwhile) for each in results) == 5


def test_a_revision_says_nothing_about_what_isnt_shown(record: Record) -> None:
    ruth = person(record, "Ruth", "rep")
    before = seen(record, ruth)
    record.later(minutes=5)
    record.do(reps.sign_in, ruth)
    assert seen(record, ruth).revision == before.revision
    assert "password" not in msgspec.json.encode(before).decode()
