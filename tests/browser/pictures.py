"""Pictures of pages, for whoever wants to look at them: `BATON_PICTURES` names a folder."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

FOLDER = os.environ.get("BATON_PICTURES")


def keep_picture(page: Page, name: str) -> None:
    """The whole page as a picture in that folder; nothing where none is named."""
    if FOLDER:
        page.screenshot(path=Path(FOLDER) / f"{name}.png", full_page=True)
