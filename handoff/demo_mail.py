"""`/mail`: what the demo would have sent, to read and to click. Outside the demo there is nothing here."""

import hashlib
import re
from base64 import b64encode
from datetime import tzinfo
from functools import cache
from pathlib import Path
from typing import Any

from sanic import Blueprint, HTTPResponse
from sqlalchemy import select

from handoff.desk import Request, desk_of
from handoff.errors import NotFound
from handoff.schema_mail import mail
from handoff.storage import Transaction, mappings
from handoff.zones import day_and_time, shop_zone

routes = Blueprint("demo_mail")

LATEST = 50
LINK = re.compile(r"(https?://\S+)")
STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
article { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; }
article { padding: 1rem; margin: 1rem 0; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 0; }
.soft { opacity: .8; margin: .25rem 0 .75rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: 0; }
"""
POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@routes.get("/mail")
async def read_mail(request: Request) -> HTTPResponse:
    """The demo's mail, newest first. BATON_DEMO=1 runs on loopback only, so nobody else can read it."""
    desk = desk_of(request)
    if not desk.settings.demo:
        raise NotFound
    letters = await desk.runner.read(latest)
    page = _template().render(letters=letters, style=STYLE)
    return HTTPResponse(page, 200, {"content-security-policy": POLICY}, "text/html; charset=utf-8")


def latest(tx: Transaction) -> list[dict[str, Any]]:
    """The latest letters, newest first, with the time on the shop's clock."""
    rows, zone = select(mail).order_by(mail.c.made_at.desc(), mail.c.id).limit(LATEST), shop_zone(tx)
    return [_shown(row, zone) for row in mappings(tx.db.execute(rows))]


def _shown(row: dict[str, Any], zone: tzinfo) -> dict[str, Any]:
    parts = [
        {"text": part, "link": number % 2 == 1}
        for number, part in enumerate(LINK.split(row["text"].replace("{link}", "…")))
    ]
    made = row["made_at"]
    return {**row, "parts": parts, "at": made.isoformat(), "when": day_and_time(zone, made)}


@cache
def _template() -> Any:
    # jinja2 is loaded with the first look at the page: a desk without the demo never needs it.
    from jinja2 import Environment, StrictUndefined

    source = Path(__file__).with_name("demo_mail.html").read_text()
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(source)
