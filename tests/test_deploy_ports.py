"""A port in use is named, with its holder and a way out."""

from __future__ import annotations

import os
import re
import socket

import pytest

from deploy.commands import Stopped
from deploy.held_ports import is_free, refuse_held_ports
from tests.services import free_port


def test_a_port_in_use_is_named_with_its_holder_and_how_to_choose_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(Stopped) as refusal:
            refuse_held_ports({"desk": port, "shop": free_port()})
    said = str(refusal.value)
    assert f"Port {port}, which desk needs, is in use by" in said
    assert f"(process {os.getpid()})" in said
    assert re.search(r"BATON_DESK_PORT=\d+ make run", said)
    assert "shop" not in said


def test_the_port_that_is_proposed_is_free_and_not_another_programs() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(Stopped) as refusal:
            refuse_held_ports({"desk": port, "bot": port + 1})
    proposed = int(re.findall(r"BATON_DESK_PORT=(\d+)", str(refusal.value))[0])
    assert proposed != port + 1
    assert is_free(proposed)


def test_free_ports_are_not_refused() -> None:
    refuse_held_ports({"desk": free_port()})
