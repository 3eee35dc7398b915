"""`python -m handoff.generate_wire`: writes web/src/wire.ts and docs/openapi.json from the modules of the wire."""

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from handoff import (
    wire_admin,
    wire_base,
    wire_chat,
    wire_console,
    wire_figures,
    wire_files,
    wire_frames,
    wire_hours,
    wire_knowing,
    wire_lead,
    wire_mail,
    wire_offers,
    wire_order_card,
    wire_promises,
    wire_requests,
    wire_shifts,
)
from handoff.app import create_app
from handoff.openapi import openapi_document, words_of_routes
from handoff.settings import Settings
from handoff.wire_typescript import typescript

ROOT = Path(__file__).parents[1]
TYPESCRIPT = ROOT / "web/src/wire.ts"
MODULES = (
    wire_chat,
    wire_console,
    wire_order_card,
    wire_requests,
    wire_frames,
    wire_mail,
    wire_offers,
    wire_hours,
    wire_admin,
    wire_files,
    wire_lead,
    wire_figures,
    wire_promises,
    wire_knowing,
    wire_shifts,
)
"""Where structs of the wire are; one that a module imports is told with the first that names it."""
OPENAPI = ROOT / "docs/openapi.json"


def structs() -> list[type[msgspec.Struct]]:
    """All that travels, in the order in which the modules name it."""
    named = [each for module in MODULES for each in vars(module).values()]
    found = [each for each in named if isinstance(each, type) and issubclass(each, wire_base.Wire | wire_base.Request)]
    return [each for each in dict.fromkeys(found) if each not in (wire_base.Wire, wire_base.Request)]


def unions() -> dict[str, Any]:
    """The names that stand for one of several."""
    return {
        "StateName": wire_chat.StateName,
        "MacroField": wire_admin.MacroField,
        "ClientFrame": wire_frames.ClientFrame,
        "DeskFrame": wire_frames.DeskFrame,
    }


def generated() -> dict[Path, str]:
    """What the generated files must hold."""
    words = words_of_routes(create_app(Settings(bot_token="", context_key="")))
    return {
        TYPESCRIPT: typescript(structs(), unions()),
        OPENAPI: json.dumps(openapi_document(structs(), words), indent=2, ensure_ascii=False) + "\n",
    }


def main() -> None:
    """Write the files that are stale."""
    for path, content in generated().items():
        if not path.exists() or path.read_text() != content:
            path.write_text(content)
            sys.stdout.write(f"Wrote {path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
