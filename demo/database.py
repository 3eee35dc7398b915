"""Connections to the demo shop's database."""

from sqlalchemy import Engine, create_engine, event


def writing_engine(url: str) -> Engine:
    """An engine for changes; on SQLite each transaction takes the write lock at its start."""
    return _engine(url, "BEGIN IMMEDIATE")


def reading_engine(url: str) -> Engine:
    """An engine for the pages: reads wait for nobody's write lock."""
    return _engine(url, "BEGIN")


def _engine(url: str, begin: str) -> Engine:
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", lambda db: db.exec_driver_sql(begin))
    return engine


def _prepare_sqlite(db, _record) -> None:
    db.isolation_level = None  # the driver would begin by itself, without the lock
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA busy_timeout = 5000")
    db.execute("PRAGMA synchronous = FULL")
