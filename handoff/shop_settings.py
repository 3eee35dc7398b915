"""What a shop has on or off, changed by admins while the desk runs; typed, each with a default."""

from dataclasses import dataclass, fields

from sqlalchemy import select, update

from handoff.changing import check_revision, must_be_admin, note_change, with_revision
from handoff.errors import NotFound
from handoff.people import Rep
from handoff.schema_centre import setting
from handoff.storage import Transaction, insert_into
from handoff.wire_admin import AdminSetting, ChangeSetting


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """The settings and their defaults."""

    write_to_absent: bool = True
    typing_preview: bool = False


TITLES = {
    "write_to_absent": "Write an e-mail to customers who left when a rep has answered.",
    "typing_preview": "Show reps what a customer types before it's sent. The chat tells the customer so.",
}


def shop_settings(tx: Transaction) -> ShopSettings:
    """The settings as they are now; what isn't known (of another version) is passed over."""
    known = {field.name for field in fields(ShopSettings)}
    rows = tx.db.execute(select(setting.c.name, setting.c.value).where(setting.c.name.in_(known)))
    return ShopSettings(**{row.name: row.value for row in rows})


def all_settings(tx: Transaction) -> list[AdminSetting]:
    """Each setting with its title."""
    now = shop_settings(tx)
    return [_shown(field.name, getattr(now, field.name)) for field in fields(ShopSettings)]


def change_setting(tx: Transaction, who: Rep, name: str, change: ChangeSetting) -> AdminSetting:
    """Switch a setting that is still as the caller saw it."""
    must_be_admin(who)
    if name not in TITLES:
        raise NotFound
    before = _shown(name, _locked(tx, name))
    check_revision(before, change.revision)
    values = {"value": change.value, "changed_by": who.id, "changed_at": tx.now}
    tx.db.execute(update(setting).where(setting.c.name == name).values(values))
    after = _shown(name, change.value)
    note_change(tx, who, "setting", name, before, after)
    return after


def _locked(tx: Transaction, name: str) -> bool:
    """The value of a row that is there from now on and locked."""
    default = {"name": name, "value": getattr(ShopSettings(), name), "changed_at": tx.now}
    tx.db.execute(insert_into(tx, setting).values(default).on_conflict_do_nothing(index_elements=["name"]))
    row = select(setting.c.value).where(setting.c.name == name).with_for_update()
    return bool(tx.db.execute(row).scalar_one())


def _shown(name: str, value: bool) -> AdminSetting:
    return with_revision(AdminSetting(name=name, title=TITLES[name], value=value, revision=""))
