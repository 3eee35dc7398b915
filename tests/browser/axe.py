"""axe-core, which finds what keeps people with disabilities out; its file is put into each frame."""

from __future__ import annotations

from playwright.sync_api import Frame, Page

from deploy.places import WEB

SOURCE = WEB / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
RUN = "axe.run(document, {iframes: false}).then(found => found.violations)"


def barriers(page: Page) -> list[str]:
    """What axe calls serious or critical on the page and in its frames: where, rule, element."""
    return [barrier for frame in page.frames if frame.url.startswith("http") for barrier in _in_frame(frame)]


def _in_frame(frame: Frame) -> list[str]:
    if not frame.evaluate("'axe' in window"):
        frame.evaluate(SOURCE.read_text())
    found = [violation for violation in frame.evaluate(RUN) if violation["impact"] in GRAVE]
    return [f"{frame.url}: {each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]
