"""A mail server for tests: speaks enough SMTP on a loopback port, keeps what it takes, refuses what it's told to."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from handoff.mail_settings import Smtp


@dataclass
class Mailbox:
    """What the server took. `answers` has what it says to a command (RCPT, or "." after a text) instead of yes."""

    smtp: Smtp
    envelopes: list[tuple[str, str, bytes]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for _, _, raw in self.envelopes]  # type: ignore[misc]


class _Talk(socketserver.StreamRequestHandler):
    """One connection."""

    server: _Server

    def handle(self) -> None:
        self.say("220 tests")
        self.sender, self.to = "", ""
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].split(" ")[0].upper()
            refusal = self.server.mailbox.answers.get(verb)
            self.say(refusal) if refusal else self.take(verb, line)
            if verb == "QUIT":
                return

    def take(self, verb: str, line: str) -> None:
        if verb == "MAIL":
            self.sender = line
        if verb == "RCPT":
            self.to = line.partition("<")[2].partition(">")[0]
        if verb == "DATA":
            self.say("354 go on")
            return self.take_text()
        self.say("221 bye" if verb == "QUIT" else "250 yes")
        return None

    def take_text(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if refusal := self.server.mailbox.answers.get("."):
            return self.say(refusal)
        self.server.mailbox.envelopes.append((self.sender, self.to, b"".join(lines)))
        return self.say("250 taken")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


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
        server.shutdown()
        thread.join(5)
