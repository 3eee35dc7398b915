"""Tell whether a port is free, and who holds it if /proc tells."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

from deploy.commands import Stopped

LISTENING = "0A"


def refuse_held_ports(ports: Mapping[str, int]) -> None:
    """Stopped, naming each port in use, its holder and how to choose another, unless all are free."""
    held = [sentence(name, port, ports) for name, port in ports.items() if not is_free(port)]
    if held:
        raise Stopped("\n".join(held))


def is_free(port: int) -> bool:
    """Whether a program could listen on 127.0.0.1 at this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def sentence(name: str, port: int, ports: Mapping[str, int]) -> str:
    """What is said about a port in use."""
    taken = set(ports.values())
    other = next(free for free in range(port + 1, 65536) if free not in taken and is_free(free))
    holder = holder_of(port) or "another program"
    way_out = f"Stop that, or choose another: BATON_{name.upper()}_PORT={other} make run"
    return f"Port {port}, which {name} needs, is in use by {holder}. {way_out}"


def holder_of(port: int) -> str | None:
    """The process that listens on the port, such as "python3 (process 1234)"; None if we may not see it."""
    sockets = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for process in Path("/proc").glob("[0-9]*"):
        if sockets & set(_open_files(process)):
            return f"{_name(process)} (process {process.name})"
    return None


def _listening_inodes(port: int) -> Iterator[str]:
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        lines = table.read_text().splitlines()[1:] if table.exists() else []
        for fields in (line.split() for line in lines):
            if fields[3] == LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                yield fields[9]


def _open_files(process: Path) -> Iterator[str]:
    try:
        for file in (process / "fd").iterdir():
            yield os.readlink(str(file))
    except OSError:
        return


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text().strip()
    except OSError:
        return "a program"
