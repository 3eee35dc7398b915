"""The demo's macros, from demo_macros.yml."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sqlalchemy import insert, select

from handoff.ids import new_id
from handoff.schema_centre import macro, skill
from handoff.skills import SKILLS
from handoff.storage import Transaction

TEXTS = Path(__file__).with_name("demo_macros.yml")


def add_demo_macros(tx: Transaction) -> None:
    """Add those whose name isn't taken yet."""
    there = set(tx.db.execute(select(macro.c.name)).scalars())
    missing = {name: each for name, each in _macros().items() if name not in there}
    if missing:
        _add_skills(tx)
        tx.db.execute(insert(macro), [_row(tx, name, each) for name, each in missing.items()])


def _macros() -> dict[str, dict[str, str]]:
    macros: dict[str, dict[str, str]] = YAML(typ="safe").load(TEXTS)
    return macros


def _row(tx: Transaction, name: str, each: dict[str, str]) -> dict[str, Any]:
    about = {"title": each["title"], "text": each["text"], "skill": each.get("skill")}
    return {"id": new_id(), "name": name, "changed_at": tx.now, **about}


def _add_skills(tx: Transaction) -> None:
    there = set(tx.db.execute(select(skill.c.name)).scalars())
    missing = [{"name": name, "title": title} for name, title in SKILLS.items() if name not in there]
    if missing:
        tx.db.execute(insert(skill), missing)
