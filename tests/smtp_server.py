"""A mail server for tests: speaks enough SMTP on a loopback port, keeps what it takes, and fails as it's told to."""

from __future__ import annotations

import socketserver
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Literal, TypeAlias

from handoff.mail_settings import Smtp

Fault: TypeAlias = Literal["hangs", "drips", "breaks off"]
DRIP_SECONDS = 0.05


@dataclass
class Mailbox:
    """What the server took, and how it fails: at a command (CONNECT, RCPT, or "." after a text), or at an address.

    `answers` has what it says instead of yes; by `faults` it says nothing more, or one byte after the other without
    end, or closes the connection. `delays` are seconds that it thinks first. A text that was sent whole is taken.
    With `tls` it speaks TLS as `smtp.tls` says.
    """

    smtp: Smtp
    envelopes: list[tuple[str, str, bytes]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    delays: dict[str, float] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    at_once: int = 0
    closing: threading.Event = field(default_factory=threading.Event)
    counting: threading.Lock = field(default_factory=threading.Lock)

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for _, _, raw in self.envelopes]  # type: ignore[misc]


class _Talk(socketserver.StreamRequestHandler):
    """One connection."""

    server: _Server

    def handle(self) -> None:
        box = self.server.mailbox
        with box.counting:
            box.at_once += 1
        with suppress(_Ends, OSError):
            if box.tls and box.smtp.tls == "tls":
                self.speak_tls(box.tls)
            self.talk()
        with box.counting:
            box.at_once -= 1

    def talk(self) -> None:
        self.answer("CONNECT", "220 tests")
        self.sender, self.to = "", ""
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].split(" ")[0].upper()
            self.take(verb, line)
            if verb == "QUIT":
                return

    def take(self, verb: str, line: str) -> None:
        if verb == "MAIL":
            self.sender = line
        if verb == "RCPT":
            self.to = line.partition("<")[2].partition(">")[0]
        usual = {"DATA": "354 go on", "QUIT": "221 bye", "STARTTLS": "220 go on"}.get(verb, "250 yes")
        if self.answer(verb, usual) == "354 go on":
            self.take_text()
        if verb == "STARTTLS" and (context := self.server.mailbox.tls):
            self.speak_tls(context)

    def speak_tls(self, context: ssl.SSLContext) -> None:
        self.request = context.wrap_socket(self.connection, server_side=True)
        self.setup()

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self.request.close()

    def take_text(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise _Ends
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if "." not in self.server.mailbox.answers:
            self.server.mailbox.envelopes.append((self.sender, self.to, b"".join(lines)))
        self.answer(".", "250 taken")

    def answer(self, at: str, usual: str) -> str:
        """Say what is said at this point, unless it fails here; what was said."""
        box, whose = self.server.mailbox, (at, self.to) if at == "RCPT" else (at,)
        time.sleep(max(box.delays.get(each, 0) for each in whose))
        if fault := next((box.faults[each] for each in whose if each in box.faults), None):
            self.fail(fault)
        words = next((box.answers[each] for each in whose if each in box.answers), usual)
        self.wfile.write(f"{words}\r\n".encode())
        return words

    def fail(self, fault: Fault) -> None:
        while fault == "drips" and not self.server.mailbox.closing.wait(DRIP_SECONDS):
            self.wfile.write(b"2")
        if fault == "hangs":
            self.rfile.read()  # until the client lets go
        raise _Ends


class _Ends(Exception):
    """The server lets go of the connection."""


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    mailbox: Mailbox


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A running server and its mailbox."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        smtp = Smtp(
            host="127.0.0.1",
            port=server.server_address[1],
            tls="none",
            user=None,
            sender="help@larkfield.example",
            sender_name="Larkfield",
        )
        server.mailbox = Mailbox(smtp)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server.mailbox
        server.mailbox.closing.set()
        server.shutdown()
        thread.join(5)
