"""What a start writes: secrets for their owner's eyes only, and each program told what it needs and no more."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from deploy import programs, settings
from deploy.commands import Stopped
from deploy.places import ROOT, SUPERVISORD_CONF, TEMPLATES, shown
from deploy.programs import SECRET_NAMES, Program, command, environment, ports

SECRETS = {name: f"the-{name}" for name in SECRET_NAMES}


def named(name: str) -> Program:
    return next(program for program in programs.BATON_PROGRAMS + programs.SHOP_PROGRAMS if program.name == name)


def test_secrets_are_random_and_readable_by_their_owner_only(tmp_path: Path) -> None:
    made = settings.ensured_secrets(tmp_path / "secrets.json")
    other = settings.ensured_secrets(tmp_path / "elsewhere.json")
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    assert set(made) == {"bot_token", "actions_token", "context_key", "shop_jwt_secret"}
    assert not set(made.values()) & set(other.values())
    assert all(len(bytes.fromhex(secret)) == 32 for secret in made.values())


def test_a_second_start_keeps_the_secrets_and_adds_those_missing(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text(json.dumps({"bot_token": "kept"}))
    made = settings.ensured_secrets(tmp_path / "secrets.json")
    assert made["bot_token"] == "kept"
    assert settings.ensured_secrets(tmp_path / "secrets.json") == made


def test_the_bot_is_told_nothing_of_the_machine_but_path_home_and_lang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://desk:canary@db/desk")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "canary")
    monkeypatch.setenv("BATON_DEMO_PASSWORD", "canary")
    told = environment(named("bot_a"), SECRETS)
    quiet = {"RASA_TELEMETRY_ENABLED", "RASA_CACHE_DIRECTORY", "TF_CPP_MIN_LOG_LEVEL"}
    quiet |= {"SQLALCHEMY_SILENCE_UBER_WARNING", "PYTHONUNBUFFERED"}
    assert set(told) == {"PATH", "HOME", "LANG"} | quiet
    assert "canary" not in json.dumps(told)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("desk", {"bot_token", "context_key", "shop_jwt_secret"}),
        ("actions", {"actions_token", "context_key"}),
        ("shop", {"shop_jwt_secret"}),
        ("shop_worker", set()),
        ("watcher", set()),
        ("bot_a", set()),
    ],
)
def test_each_program_knows_only_its_own_secrets(name: str, known: set[str]) -> None:
    told = set(environment(named(name), SECRETS).values())
    assert {secret for secret, value in SECRETS.items() if value in told} == known


def test_only_the_desk_is_told_of_the_desks_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://desk:canary@db/desk")
    told = {program.name for program in every_program() if "canary" in json.dumps(environment(program, SECRETS))}
    assert told == {"desk"}


def test_no_secret_is_in_a_command_line_or_in_supervisords_file() -> None:
    words = settings.supervisord_conf() + json.dumps([command(program) for program in every_program()])
    assert not [secret for secret in SECRETS.values() if secret in words]


def test_the_shop_is_started_in_the_demo_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_DEMO", "1")
    assert {"shop", "shop_worker"} < {program.name for program in programs.programs()}
    monkeypatch.setenv("BATON_DEMO", "0")
    assert not {"shop", "shop_worker"} & {program.name for program in programs.programs()}


def test_a_port_can_be_chosen() -> None:
    assert ports({}) == {"shop": 8000, "desk": 8010, "bot": 8020, "actions": 8030}
    assert ports({"BATON_DESK_PORT": "9010"})["desk"] == 9010


@pytest.mark.parametrize("wrong", ["0", "65536", "-1", "80a", "8000"])
def test_a_port_that_is_none_or_taken_twice_is_refused_by_name(wrong: str) -> None:
    with pytest.raises(Stopped, match=f"BATON_DESK_PORT={wrong}"):
        ports({"BATON_DESK_PORT": wrong})


def test_a_path_with_a_percent_sign_or_a_space_survives_supervisords_syntax(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "command", lambda program: ["/my shop/100%/python"])
    assert "'/my shop/100%%/python'" in settings.section(named("desk"))["command"]


def test_systemd_starts_what_is_there_and_starts_it_again_for_ever() -> None:
    unit = (TEMPLATES / "systemd" / "baton.service").read_text()
    assert "Restart=always" in unit
    assert "StartLimitIntervalSec=0" in unit
    assert (ROOT / "deploy" / "prepare.py").exists()
    assert "ExecStartPre=/opt/baton/.venv/desk/bin/python -m deploy.prepare\n" in unit
    assert f"ExecStart=/opt/baton/.venv/desk/bin/supervisord -c /opt/baton/{shown(SUPERVISORD_CONF)}\n" in unit


def every_program() -> tuple[Program, ...]:
    return programs.BATON_PROGRAMS + programs.SHOP_PROGRAMS
