"""Handing a letter to a mail server: what it gets, what its answers mean, and what can't be put into a header."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from handoff import smtp
from handoff.email_addresses import email_address, is_email_address, masked_address
from handoff.errors import BadField
from handoff.mail_settings import read_smtp
from handoff.mail_trouble import NotSent
from handoff.outbound import Letter
from tests.smtp_server import Fault, Mailbox, mail_server

DAY = timedelta(days=1)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


def letter(**changes: Any) -> Letter:
    fields: dict[str, Any] = {
        "id": "abc123",
        "kind": "rep_wrote",
        "attempt": 1,
        "to": "ana@example.com",
        "subject": "A colleague at the shop has answered you",
        "text": "Hello,\n\n.\nfrom a dot alone on its line, and a long one " + "x" * 1200 + "\nĀna\n",
        "made_at": datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
    }
    return Letter(**{**fields, **changes})


def test_ana_gets_plain_text_whole_from_the_shops_address(mailbox: Mailbox) -> None:
    smtp.deliver(letter(), mailbox.smtp)
    [(sender, to, _)] = mailbox.envelopes
    [message] = mailbox.messages
    assert "help@larkfield.example" in sender
    assert to == "ana@example.com"
    assert message["from"] == "Larkfield <help@larkfield.example>"
    assert message["subject"] == "A colleague at the shop has answered you"
    assert message["auto-submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == letter().text


def test_each_attempt_carries_the_same_message_id_and_no_list_header(mailbox: Mailbox) -> None:
    smtp.deliver(letter(), mailbox.smtp)
    smtp.deliver(letter(attempt=2), mailbox.smtp)
    assert [each["message-id"] for each in mailbox.messages] == ["<abc123@larkfield.example>"] * 2
    assert not any(name.lower().startswith("list-") for name in mailbox.messages[0])


@pytest.mark.parametrize(
    ("at", "answer", "for_good"),
    [
        ("RCPT", "550 no such mailbox", True),
        ("RCPT", "530 sign in first", False),
        ("RCPT", "421 closing", False),
        ("RCPT", "451 greylisted", False),
        (".", "554 looks like spam", True),
        (".", "452 disk full", False),
        ("MAIL", "550 you may not send", False),
        ("EHLO", "554 go away", False),
        ("CONNECT", "421 too many of you", False),
    ],
)
def test_what_the_server_answers_decides_whether_to_try_again(
    mailbox: Mailbox, at: str, answer: str, for_good: bool
) -> None:
    mailbox.answers[at] = answer
    if at == "EHLO":
        mailbox.answers["HELO"] = answer
    with pytest.raises(NotSent) as refused:
        smtp.deliver(letter(), mailbox.smtp)
    assert refused.value.for_good is for_good
    assert answer[:3] in str(refused.value)
    assert mailbox.envelopes == []


def test_a_server_that_is_rude_at_the_end_has_taken_the_letter_all_the_same(mailbox: Mailbox) -> None:
    mailbox.answers["QUIT"] = "421 not so fast"
    smtp.deliver(letter(), mailbox.smtp)
    assert len(mailbox.envelopes) == 1


def test_a_server_that_is_down_is_tried_again() -> None:
    with mail_server() as box:
        gone = box.smtp
    with pytest.raises(NotSent) as refused:
        smtp.deliver(letter(), gone)
    assert (refused.value.for_good, refused.value.by_server) == (False, True)


@pytest.mark.parametrize("fault", ["hangs", "drips"])
@pytest.mark.parametrize(("at", "by_server"), [("CONNECT", True), ("MAIL", True), ("RCPT", False), (".", False)])
def test_a_session_ends_in_time_whatever_the_server_does(
    mailbox: Mailbox, at: str, by_server: bool, fault: Fault
) -> None:
    mailbox.faults[at] = fault
    before = time.monotonic()
    with pytest.raises(NotSent) as trouble:
        smtp.deliver(letter(), replace(mailbox.smtp, seconds=0.6, answer_seconds=0.6))
    assert 0.5 < time.monotonic() - before < 4
    assert trouble.value.why == "the mail server didn't answer in time"
    assert (trouble.value.for_good, trouble.value.by_server) == (False, by_server)
    assert len(mailbox.envelopes) == (at == ".")


def test_once_the_text_is_out_the_servers_answer_is_waited_for_longer(mailbox: Mailbox) -> None:
    mailbox.delays["."] = 1.5
    smtp.deliver(letter(), replace(mailbox.smtp, seconds=1, answer_seconds=20))
    assert len(mailbox.envelopes) == 1


def test_a_session_that_is_late_sends_nothing_any_more(mailbox: Mailbox) -> None:
    mailbox.delays["RCPT"] = 1
    with pytest.raises(NotSent):
        smtp.deliver(letter(), replace(mailbox.smtp, seconds=0.5))
    time.sleep(1)
    assert mailbox.envelopes == []


def test_a_server_that_hangs_once_it_has_the_letter_has_taken_it(mailbox: Mailbox) -> None:
    mailbox.faults["QUIT"] = "hangs"
    smtp.deliver(letter(), mailbox.smtp)
    assert len(mailbox.envelopes) == 1


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """One for localhost, which this machine trusts during the test."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + DAY)
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    pem = made.sign(key, SHA256()).public_bytes(Encoding.PEM)
    (tmp_path / "certificate").write_bytes(pem)
    (tmp_path / "key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate", tmp_path / "key")
    return context


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_a_letter_goes_in_secret_to_a_server_that_proves_its_name_and_to_no_other(
    mailbox: Mailbox, certificate: ssl.SSLContext, tls: str
) -> None:
    mailbox.answers["EHLO"] = "250-tests\r\n250 STARTTLS"
    mailbox.tls, mailbox.smtp = certificate, replace(mailbox.smtp, tls=tls, host="localhost")
    smtp.deliver(letter(), mailbox.smtp)
    assert len(mailbox.envelopes) == 1
    with pytest.raises(NotSent) as trouble:
        smtp.deliver(letter(), replace(mailbox.smtp, host="127.0.0.1"))
    assert (trouble.value.why, trouble.value.by_server) == ("the mail server's certificate isn't valid", True)
    assert len(mailbox.envelopes) == 1


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_a_session_in_secret_ends_in_time_too(mailbox: Mailbox, certificate: ssl.SSLContext, tls: str) -> None:
    mailbox.answers["EHLO"] = "250-tests\r\n250 STARTTLS"
    mailbox.tls, mailbox.smtp = certificate, replace(mailbox.smtp, tls=tls, host="localhost", seconds=1.5)
    mailbox.faults["RCPT"] = "drips"
    before = time.monotonic()
    with pytest.raises(NotSent) as trouble:
        smtp.deliver(letter(), mailbox.smtp)
    assert time.monotonic() - before < 5
    assert (trouble.value.why, trouble.value.by_server) == ("the mail server didn't answer in time", False)


@pytest.mark.parametrize("fault", ["hangs", "breaks off"])
@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_a_server_that_fails_while_the_line_is_made_secret_is_given_up_in_time(
    mailbox: Mailbox, tls: str, fault: Fault
) -> None:
    mailbox.answers["EHLO"] = "250-tests\r\n250 STARTTLS"
    mailbox.faults["CONNECT" if tls == "tls" else "STARTTLS"] = fault
    with pytest.raises(NotSent) as trouble:
        smtp.deliver(letter(), replace(mailbox.smtp, tls=tls, seconds=0.6))
    assert (trouble.value.for_good, trouble.value.by_server) == (False, True)


@pytest.mark.parametrize(
    ("at", "answer", "why"),
    [
        ("RCPT", "550 5.1.1 <ana@example.com>: unknown", "there is no such mailbox"),
        ("RCPT", "550 No such user here", "there is no such mailbox"),
        ("RCPT", "552 5.2.2 over quota", "the mailbox is full"),
        ("RCPT", "550 5.2.1 disabled", "the mailbox takes no mail"),
        (".", "554 5.7.1 spam", "the rules of the mail server forbid it"),
        (".", "554 no", "the mail server refused it"),
        ("RCPT", "450 4.2.0 greylisted", "the mail server put it off"),
        ("MAIL", "530 5.7.0 sign in first", "the mail server doesn't let us send"),
        ("CONNECT", "421 too busy", "the mail server is busy"),
    ],
)
def test_why_it_failed_is_said_plainly_and_without_the_address(
    mailbox: Mailbox, at: str, answer: str, why: str
) -> None:
    mailbox.answers[at] = answer
    with pytest.raises(NotSent) as refused:
        smtp.deliver(letter(), mailbox.smtp)
    said = answer.replace("ana@example.com", "a…@example.com")
    assert str(refused.value) == f'{why} (the mail server said "{said}")'


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Hello\r\nBcc: everybody@example.com"},
        {"subject": "Hello\nBcc: everybody@example.com"},
        {"to": "ana@example.com\r\nBcc: everybody@example.com"},
        {"to": "ana@example.com, eve@example.com"},
    ],
)
def test_a_header_that_holds_another_is_not_sent(mailbox: Mailbox, changes: dict[str, str]) -> None:
    with pytest.raises(NotSent):
        smtp.deliver(letter(**changes), mailbox.smtp)
    assert mailbox.envelopes == []


GOOD = ("ana@example.com", "a.b+c@mail.example.co.uk", "o'neil@xn--bcher-kva.example")
BAD = (
    "",
    "ana",
    "ana@",
    "@example.com",
    "ana@example",
    "ana@@example.com",
    "ana@example.com\n",
    "ana@exa mple.com",
    "ana@example.com,eve@example.com",
    "Ana <ana@example.com>",
    '"a b"@example.com',
    ".ana@example.com",
    "ana@-example.com",
    "ana@example.com\r\nBcc: x@y.example",
    "äna@example.com",
    "a" * 65 + "@example.com",
    "ana@" + "a." * 130 + "com",
    "ana@127.0.0.1",
)


@pytest.mark.parametrize("address", GOOD)
def test_an_address_is_taken_as_it_is(address: str) -> None:
    assert email_address(f" {address} ") == address


@pytest.mark.parametrize("address", BAD)
def test_what_is_no_single_plain_address_is_refused(address: str) -> None:
    assert not is_email_address(address)
    with pytest.raises(BadField):
        email_address(address)


def test_an_address_is_shown_so_that_only_its_owner_knows_it() -> None:
    assert masked_address("ana.lopez@example.com") == "a…@example.com"
    assert masked_address(None) is None


SERVER = {"BATON_SMTP_HOST": "smtp.example", "BATON_SMTP_FROM": "Larkfield <help@larkfield.example>"}


def test_without_a_server_there_is_no_mail() -> None:
    assert read_smtp({}) is None


def test_a_server_is_spoken_to_in_secret_unless_it_is_on_this_machine() -> None:
    found = read_smtp(SERVER)
    assert found is not None
    assert (found.tls, found.port, found.sender, found.sender_name) == (
        "starttls",
        587,
        "help@larkfield.example",
        "Larkfield",
    )
    local = read_smtp({**SERVER, "BATON_SMTP_HOST": "127.0.0.1", "BATON_SMTP_TLS": "none"})
    assert local is not None
    assert local.port == 25


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"BATON_SMTP_TLS": "none"}, "on this machine"),
        ({"BATON_SMTP_TLS": "ssl"}, "starttls, tls or none"),
        ({"BATON_SMTP_FROM": ""}, "BATON_SMTP_FROM"),
        ({"BATON_SMTP_FROM": "nobody"}, "BATON_SMTP_FROM"),
        ({"BATON_SMTP_USER": "desk"}, "both"),
        ({"BATON_SMTP_PORT": "70000"}, "port's number"),
    ],
)
def test_what_is_wrong_with_the_server_is_said_plainly(changes: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_smtp({**SERVER, **changes})


def test_a_password_is_in_no_log() -> None:
    found = read_smtp({**SERVER, "BATON_SMTP_USER": "desk", "BATON_SMTP_PASSWORD": "hush-hush"})
    assert "hush" not in repr(found)
