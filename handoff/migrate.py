"""`python -m handoff.migrate`: bring the desk's database to this version's tables."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, inspect, make_url, text

from handoff.storage_sqlite import database_path

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).with_name("migrations")
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(5220742)")


def migrate(url: str) -> None:
    """Apply what is missing, in one transaction; harmless when nothing is, also when two desks start at once."""
    engine = migrating_engine(url)
    try:
        with engine.begin() as db:
            if db.dialect.name == "postgresql":
                db.execute(ONE_AT_A_TIME)
            if version_of(db) != newest():
                _upgrade(db)
    finally:
        engine.dispose()


def newest() -> str:
    """The number of this version's last migration: its file's first four digits."""
    return max(path.name[:4] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def version_of(db: Connection) -> str | None:
    """The newest migration that the database has had; None for an empty one."""
    if not inspect(db).has_table("alembic_version"):
        return None
    return db.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(db: Connection) -> None:
    # Alembic is imported here and not at every start: that is a fifth of what a restarted desk needs to serve again.
    from alembic import command

    command.upgrade(configuration(db), "head")


def configuration(db: Connection) -> "Config":
    """Alembic's settings; there is no alembic.ini."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = db
    return config


def migrating_engine(url: str) -> Engine:
    """A connection for changing tables, with SQLite's transactions made real."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, poolclass=NullPool)
    engine = create_engine(f"sqlite:///{database_path(url)}", poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def prepare(connection: object, _: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        connection.execute("PRAGMA busy_timeout=10000")  # type: ignore[attr-defined]
        connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]

    @event.listens_for(engine, "begin")
    def begin(db: Connection) -> None:
        db.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


if __name__ == "__main__":
    migrate(os.environ.get("DATABASE_URL", "sqlite:///var/desk.sqlite"))
    sys.stdout.write("The desk's database is up to date.\n")
