"""One connection to a mail server, which ends in time whatever the server does. It blocks, so it runs in a thread."""

import smtplib
import socket
import ssl
import time
from contextlib import suppress
from threading import Lock, Timer
from typing import Literal

from handoff.mail_settings import Smtp

CONNECT_SECONDS = 10
GOODBYE_SECONDS = 2
YES = 250
FORWARDS = 251


class Session:
    """Hands one text over. `at` tells whose trouble it is that comes: the server's, or that of this very letter.

    A timeout of smtplib's is one for each read, which a server that sends a byte now and then never meets. So a timer
    shuts the connection down: after `server.seconds`, or `server.answer_seconds` once the text goes out. The latter is
    long, since a letter that was taken, though nobody heard so, is sent twice (RFC 5321, 4.5.3.2.6).
    """

    def __init__(self, server: Smtp):
        self.at: Literal["server", "letter"] = "server"
        self.was_cut = False
        self._server = server
        self._until = 0.0
        self._timer: Timer | None = None
        self._handle: socket.socket | None = None
        self._lock = Lock()

    def hand_over(self, text: bytes, to: str) -> None:
        """Returns once the server has taken it; OSError or SMTPException otherwise."""
        self._may_last(self._server.seconds)
        try:
            client = _Client(self, self._server)
            try:
                self._sign_in(client)
                self._send(client, text, to)
            finally:
                self._leave(client)
        finally:
            self._end()

    def cut(self) -> None:
        """Shut the connection down, from whatever thread: who waits for the server gets an error at once."""
        with self._lock:
            self.was_cut = True
            if self._handle:
                # Not the client's own socket: TLS puts another in its place while it's being set up.
                with suppress(OSError):
                    self._handle.shutdown(socket.SHUT_RDWR)

    def connected(self, host: str, port: int) -> socket.socket:
        """A connection to the first of the host's addresses that answers."""
        failure = OSError(f"{host} has no address")
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            connection = socket.socket(family, kind, protocol)
            try:
                connection.settimeout(min(CONNECT_SECONDS, self._left()))
                connection.connect(address)
                return self._held(connection)
            except OSError as error:
                connection.close()
                failure = error
        raise failure

    def _held(self, connection: socket.socket) -> socket.socket:
        self._hold(connection.dup())
        connection.settimeout(self._left())
        if self._server.tls == "tls":
            connection = ssl.create_default_context().wrap_socket(connection, server_hostname=self._server.host)
        # Longer than all of it, so that it's the timer that ends what hangs.
        connection.settimeout(self._server.seconds + self._server.answer_seconds)
        return connection

    def _sign_in(self, client: smtplib.SMTP) -> None:
        if self._server.tls == "starttls":
            client.starttls(context=ssl.create_default_context())
        if self._server.user and self._server.password:
            client.login(self._server.user, self._server.password)
        client.ehlo_or_helo_if_needed()
        code, words = client.mail(self._server.sender)
        if code != YES:
            raise smtplib.SMTPSenderRefused(code, words, self._server.sender)

    def _send(self, client: smtplib.SMTP, text: bytes, to: str) -> None:
        self.at = "letter"
        code, words = client.rcpt(to)
        if code not in (YES, FORWARDS):
            raise smtplib.SMTPRecipientsRefused({to: (code, words)})
        self._may_last(self._server.answer_seconds)
        code, words = client.data(text)
        if code != YES:
            raise smtplib.SMTPDataError(code, words)

    def _may_last(self, seconds: float) -> None:
        """From now on it's cut after so long; TimeoutError if it was cut meanwhile, so that nothing more is sent."""
        if self._timer:
            self._left()
            self._timer.cancel()
        self._until = time.monotonic() + seconds
        self._timer = Timer(seconds, self.cut)
        self._timer.daemon = True
        self._timer.start()

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if self.was_cut or left <= 0:
            raise TimeoutError
        return left

    def _leave(self, client: smtplib.SMTP) -> None:
        # What the server says to QUIT no longer matters: a letter that it took mustn't be sent again for it.
        with suppress(OSError, smtplib.SMTPException):
            self._may_last(GOODBYE_SECONDS)
            client.quit()
        client.close()

    def _end(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._hold(None)

    def _hold(self, handle: socket.socket | None) -> None:
        with self._lock:
            if self._handle:
                self._handle.close()
            self._handle = handle


class _Client(smtplib.SMTP):
    """smtplib's, over the session's connection."""

    def __init__(self, session: Session, server: Smtp):
        self._session = session
        super().__init__(server.host, server.port)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self._session.connected(host, port)
