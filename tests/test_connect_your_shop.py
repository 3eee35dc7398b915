"""The page for shops names each view, column, word and request that the code knows."""

import re
from enum import StrEnum
from inspect import getmembers, isclass
from pathlib import Path

import pytest

from actions import shop_statuses
from actions.shop_views import NAMES, VIEWS, column_names
from demo.fulfil import KINDS

PAGE = (Path(__file__).parents[1] / "docs" / "connect-your-shop.md").read_text()
VOCABULARIES = [kind for _, kind in getmembers(shop_statuses, isclass) if issubclass(kind, StrEnum) and list(kind)]


def line_of(beginning: str) -> str:
    [line] = [line for line in PAGE.splitlines() if line.startswith(f"| `{beginning}`")]
    return line


@pytest.mark.parametrize("row_type", VIEWS, ids=lambda row_type: row_type.__name__)
def test_each_view_is_there_with_its_columns(row_type: type) -> None:
    told = re.findall(r"`([a-z_0-9]+)`", line_of(NAMES[row_type]).split("|")[3])
    assert [name for name in column_names(row_type) if name not in told] == []


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_each_word_that_a_column_may_hold_is_there(vocabulary: type[StrEnum]) -> None:
    rows = [line for line in PAGE.splitlines() if all(f"`{word}`" in line for word in vocabulary)]
    assert rows, f"{vocabulary.__name__} isn't told"


def test_each_kind_of_request_is_there() -> None:
    table = PAGE.split("| kind | subject |")[1]
    assert {kind for kind in KINDS if f"| `{kind}` |" not in table} == set()
