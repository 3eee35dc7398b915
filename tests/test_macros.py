"""Canned answers: what reps find, and what the demo begins with."""

import re

from sqlalchemy import update

from handoff import macros
from handoff.demo_macros import add_demo_macros
from handoff.macro_changes import FIELDS
from handoff.schema_centre import macro
from handoff.skills import SKILLS
from tests.record import Record


def test_ruth_finds_the_demos_macros_by_name(record: Record) -> None:
    record.do(add_demo_macros)
    found = record.do(macros.macros_for, record.rep("Ruth")).macros
    assert [each.name for each in found] == sorted(each.name for each in found)
    assert len(found) >= 6
    assert {each.skill for each in found} == {*SKILLS, None}


def test_they_ask_for_no_field_that_the_console_cant_fill(record: Record) -> None:
    record.do(add_demo_macros)
    texts = [each.text for each in record.do(macros.macros_for, record.rep("Ruth")).macros]
    asked_for = {field for text in texts for field in re.findall(r"{(\w+)}", text)}
    assert asked_for == set(FIELDS) - {"customer_name"}, "Ana is called by her first name"


def test_adding_them_again_keeps_what_a_shop_has_rewritten(record: Record) -> None:
    record.do(add_demo_macros)
    record.do(lambda tx: tx.db.execute(update(macro).where(macro.c.name == "late").values(text="Ours.")))
    record.do(add_demo_macros)
    assert [row.text for row in record.rows(macro, name="late")] == ["Ours."]


def test_one_that_is_no_longer_used_isnt_shown(record: Record) -> None:
    record.do(add_demo_macros)
    record.do(lambda tx: tx.db.execute(update(macro).where(macro.c.name == "late").values(disabled_at=record.now)))
    assert "late" not in [each.name for each in record.do(macros.macros_for, record.rep("Ruth")).macros]
