"""The README stays true: it is short, and each path, command and link that it names exists."""

from __future__ import annotations

import re
import subprocess
from functools import cache

from deploy.places import ROOT

README = ROOT / "README.md"
LONGEST = 120
FILE_ENDINGS = ("py", "md", "yml", "toml", "txt", "json", "ts", "tsx", "html", "css", "png", "svg", "conf", "service")
NOT_A_PATH = re.compile(r"^(https?|wss?|sqlite|postgresql\S*|redis)://|^/[\w-]*(/|$)|\s|<|…|\{|=")


def test_the_readme_is_short() -> None:
    assert len(readme().splitlines()) <= LONGEST


def test_it_names_the_two_commands() -> None:
    assert {"run", "test"} <= set(make_commands())


def test_each_make_command_that_it_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert [command for command in make_commands() if command not in targets] == []


def test_each_path_that_it_names_exists() -> None:
    paths = [words for words in inline_code() if is_path(words)]
    assert paths
    assert [path for path in paths if not known(path.removeprefix("./").rstrip("/"))] == []


def test_each_link_and_picture_leads_to_something() -> None:
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)[^)]*\)", readme())]
    local = [target for target in targets if target and "://" not in target and not target.startswith("mailto:")]
    assert [target for target in local if not known(target.rstrip("/"))] == []


def test_each_module_that_it_starts_exists() -> None:
    modules = re.findall(r"python[\d.]* -m ([\w.]+)", readme())
    ours = [module for module in modules if (ROOT / module.split(".")[0]).is_dir()]
    missing = [module for module in ours if not any(known(place) for place in places_of(module))]
    assert missing == []


def test_paths_are_told_from_other_words() -> None:
    assert all(map(is_path, ("bot/channel.py", "config.yml", "tests/", ".ci/run")))
    assert not any(map(is_path, ("/health", "http://127.0.0.1:8000", "make run", "BATON_DESK_PORT=9010", "seq")))


def is_path(words: str) -> bool:
    """Whether the words in code style name a file or folder of this repository."""
    if NOT_A_PATH.search(words):
        return False
    return "/" in words or words.rpartition(".")[2] in FILE_ENDINGS


@cache
def known(path: str) -> bool:
    """Whether git knows the path, or it's one of those made at set-up or run time that git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "--", path], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    ignored = subprocess.run(["git", "check-ignore", "-q", path], cwd=ROOT, check=False).returncode == 0
    return bool(listed) or ignored


def places_of(module: str) -> list[str]:
    path = module.replace(".", "/")
    return [f"{path}.py", f"{path}/__main__.py"]


def make_commands() -> list[str]:
    return re.findall(r"\bmake ([a-z]+)", "\n".join(inline_code() + code_blocks()))


def inline_code() -> list[str]:
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", readme(), flags=re.DOTALL))


def code_blocks() -> list[str]:
    return re.findall(r"```.*?\n(.*?)```", readme(), re.DOTALL)


def readme() -> str:
    return README.read_text()
