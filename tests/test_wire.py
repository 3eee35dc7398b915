"""The generated files follow handoff/wire_*.py, and the OpenAPI document is one."""

from __future__ import annotations

from handoff import wire_base
from handoff.generate_wire import ROOT, generated, structs
from handoff.openapi import BODIES


def test_generated_files_are_fresh() -> None:
    for path, content in generated().items():
        name = path.relative_to(ROOT)
        assert path.read_text() == content, f"{name} is stale: run python -m handoff.generate_wire"


def test_every_struct_is_generated() -> None:
    text = next(content for path, content in generated().items() if path.suffix == ".ts")
    for struct in structs():
        assert f" {struct.__name__} " in text
    assert "export type DeskFrame =" in text


def test_every_answer_is_a_struct_of_the_wire() -> None:
    for body in BODIES.values():
        assert body.takes is None or issubclass(body.takes, wire_base.Request)
        assert body.gives is None or issubclass(body.gives, wire_base.Wire)


def test_requests_refuse_fields_that_they_dont_know() -> None:
    for struct in structs():
        if issubclass(struct, wire_base.Request):
            assert struct.__struct_config__.forbid_unknown_fields, struct
