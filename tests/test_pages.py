"""The pages come built, whole and under a strict policy; what isn't a page isn't served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Desk, running_desk
from tests.test_customer_input import refused


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with built pages of its own, and a secret beside them."""
    folder = tmp_path_factory.mktemp("pages")
    dist = folder / "dist"
    for name, content in {
        "widget.js": "go()",
        "widget/index.html": "<!doctype html><title>widget</title>",
        "console/index.html": "<!doctype html><title>console</title>",
        "assets/app-1a2B.js": "1",
        "assets/app-1a2B.css": "a{}",
        "assets/.hidden.js": "no",
        "assets/page.html": "<script>1</script>",
    }.items():
        (dist / name).parent.mkdir(parents=True, exist_ok=True)
        (dist / name).write_text(content)
    (folder / "secret.js").write_text("secret")
    shops = ("https://shop.example", "https://shop2.example")
    with running_desk(folder, pages=dist, shop_origins=shops) as desk:
        yield desk


def test_only_the_shops_pages_may_hold_the_widget(built: Desk) -> None:
    answered = built.client().get("/widget/")
    policy = answered.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://shop.example https://shop2.example")
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answered.headers["cache-control"] == "no-store"
    assert answered.headers["content-type"] == "text/html; charset=utf-8"
    told = built.client().get("/widget/config.json").json()
    assert told == {"shop_origins": list(built.settings.shop_origins), "mail": built.settings.mail}


def test_nobody_may_frame_the_console(built: Desk) -> None:
    answered = built.client().get("/console/")
    assert "console" in answered.text
    assert answered.headers["content-security-policy"].endswith("frame-ancestors 'none'")


def test_built_files_are_kept_for_ever_and_the_loader_for_minutes(built: Desk) -> None:
    script = built.client().get("/assets/app-1a2B.js")
    assert (script.text, script.headers["content-type"]) == ("1", "text/javascript; charset=utf-8")
    assert "immutable" in script.headers["cache-control"]
    assert script.headers["x-content-type-options"] == "nosniff"
    loader = built.client().get("/widget.js")
    assert loader.headers["cache-control"] == "public, max-age=300"
    assert loader.headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2fsecret.js",
        "../secret.js",
        ".hidden.js",
        "page.html",
        "nothing.js",
        "%00.js",
        "app-1a2B.js%00",
        "a" * 300 + ".js",
        ".",
    ],
)
def test_nothing_else_is_served(built: Desk, name: str) -> None:
    refused(built.client().get(f"/assets/{name}"), 404, "not_found")


def test_pages_that_arent_built_say_so(tmp_path: Path) -> None:
    with running_desk(tmp_path, pages=tmp_path / "nowhere") as desk:
        for path in ("/widget/", "/console/"):
            answered = desk.client().get(path)
            assert (answered.status_code, "aren't built yet" in answered.text) == (503, True)
        refused(desk.client().get("/widget.js"), 404, "not_found")
