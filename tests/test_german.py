"""Anna's page is in German: all that the desk tells her is, while reps read it in English."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handoff import (
    blocks,
    calls,
    closing,
    customer_email,
    hand_on,
    lead,
    messages,
    outbound,
    promises,
    rep_queue,
    sweeper,
    transcripts,
    transfers,
    views,
)
from handoff.mail_trouble import NotSent
from handoff.people import Customer, Rep
from handoff.presence import seen
from handoff.wire_lead import EndAbusive, ReturnToBot, TransferTo
from tests.english import english_in
from tests.record import Record
from tests.test_waits import answered_after


class Anna:
    """Anna, Ruth, Sam and Lena, with the clock of a record in Leeds, where it is 9 in the morning."""

    def __init__(self, record: Record):
        self.record = record
        record.site("Leeds")
        self.ruth, self.sam = record.rep("Ruth"), record.rep("Sam")
        self.lena = record.rep("Lena", role="lead")
        self.anna = replace(record.customer("Anna", "C-1"), language="de")

    def here(self, *reps: Rep) -> None:
        self.record.do(seen, [rep.id for rep in reps or (self.ruth, self.sam)])

    def later(self, **time: float) -> None:
        """Time passes, and the desk does what is due."""
        self.record.later(**time)
        self.here()
        self.sweep()

    def sweep(self) -> None:
        self.record.do(sweeper.sweep, self.record.now - timedelta(days=1))

    def held(self) -> str:
        return self.record.held(self.anna, self.ruth)

    def reads(self, talk: str) -> list[str]:
        """What the desk told Anna, and the bot's greeting, after a look that there's no English in it."""
        told = [each for each in self._page(self.anna, talk) if each.author.kind in ("desk", "bot")]
        for each in told:
            for words in (each.text, *(button.title for button in each.buttons)):
                assert not (english := english_in(words)), (words, english)
        return [each.text for each in told]

    def rep_reads(self, talk: str) -> list[str]:
        told = [each for each in self._page(self.ruth, talk) if each.author.kind in ("desk", "bot")]
        for each in told:
            assert english_in(each.text), each.text
        return [each.text for each in told]

    def _page(self, who: Customer | Rep, talk: str) -> list[Any]:
        return list(self.record.do(messages.messages_after, who, talk, 0, 200).messages)


@pytest.fixture
def anna(record: Record) -> Anna:
    return Anna(record)


def test_english_would_be_found() -> None:
    assert english_in("Sie sind dran. You're number 3 in line.") == ["place"]
    assert english_in("Ruth, a person, is now helping you. They can see everything said so far.") == ["rep_came"]
    assert not english_in("Sie sind Nummer 3 in der Warteschlange.")


def test_from_the_greeting_to_the_vote_anna_reads_german_and_ruth_english(anna: Anna) -> None:
    talk = anna.held()
    anna.record.do(closing.close_by_rep, anna.ruth, talk, "late_delivery", "carrier lost it")
    assert anna.reads(talk) == [
        "Guten Tag, ich bin der Bot des Shops, kein Mensch. Ich kann Ihre Bestellungen nachsehen und häufige Fragen "
        "beantworten, aber leider nur auf Englisch. Auf Deutsch hilft Ihnen gern ein Mensch aus unserem Team.",
        "Ich gebe Sie an einen Menschen weiter. Er sieht alles, was Sie mir gesagt haben; Sie müssen nichts "
        "wiederholen. Sie sind als Nächstes dran.",
        "Ruth, ein Mensch aus unserem Team, hilft Ihnen jetzt und sieht alles, was bisher gesagt wurde.",
        "Ruth hat diesen Chat beendet.",
        "Haben wir Ihr Anliegen gelöst?",
    ]
    assert anna.record.do(views.rep_view, anna.ruth, talk).brief.page_language == "de"
    assert anna.rep_reads(talk) == [
        "Hello, I'm the shop's bot, not a person. I can look up your orders and answer common questions. A person is "
        "always one click away.",
        "I'm handing you to a person. They'll see everything you've told me, so you needn't repeat it. "
        "You're next in line.",
        "Ruth, a person, is now helping you. They can see everything said so far.",
        "Ruth has closed this chat.",
        "Did we solve your problem?",
    ]


def test_anna_is_told_how_long_it_may_take_in_german(anna: Anna) -> None:
    answered_after(anna.record, anna.ruth, *[20 * number for number in range(1, 21)])
    talk = anna.record.waiting(anna.anna)
    assert anna.reads(talk)[-1].endswith(
        "Sie sind als Nächstes dran. 8 von 10 haben weniger als 6 Minuten gewartet, die meisten davon mehr als eine "
        "Minute."
    )
    anna.later(minutes=6)
    assert anna.reads(talk)[-1].startswith("Danke für Ihre Geduld. Sie sind als Nächstes dran.")
    anna.record.do(rep_queue.stop_waiting, anna.anna, talk)
    assert "sind wieder beim Bot" in anna.reads(talk)[-1]


def test_who_comes_while_nobody_is_there_is_told_so_in_german(anna: Anna) -> None:
    anna.record.later(minutes=10)
    talk = anna.record.waiting(anna.anna)
    assert "Gerade ist niemand aus unserem Team da." in anna.reads(talk)[-1]
    anna.record.do(closing.close_by_customer, anna.anna, talk)
    assert "die Warteschlange verlassen" in anna.reads(talk)[-2]
    anna.record.later(hours=12)
    again = anna.record.do(closing.reopen, anna.anna, talk)
    assert anna.reads(again)[-1].startswith(
        "Sie haben diesen Chat wieder geöffnet. Um diese Zeit ist unser Team nicht da."
    )


def test_whoever_goes_and_whoever_comes_is_told_in_german(anna: Anna) -> None:
    record, ruth, sam, talk = anna.record, anna.ruth, anna.sam, anna.held()
    record.do(rep_queue.release, ruth, talk)
    assert anna.reads(talk)[-1].startswith("Ruth musste Ihren Chat zurückgeben.")
    record.do(rep_queue.claim, ruth, talk)
    record.do(transfers.transfer, ruth, talk, TransferTo(rep=sam.id), "")
    assert anna.reads(talk)[-1].startswith("Ruth hat Sam gebeten, mit Ihnen weiterzumachen.")
    record.do(rep_queue.claim, ruth, talk)
    record.do(transfers.transfer, ruth, talk, TransferTo(skill="billing"), "")
    assert "der sich damit auskennt: Rechnungen und Erstattungen." in anna.reads(talk)[-1]
    record.do(rep_queue.claim, ruth, talk)
    record.do(hand_on.hand_on, ruth, talk, None, "Ring the carrier.", timedelta(minutes=15))
    assert anna.reads(talk)[-1].startswith("Ruth gibt Sie an jemanden aus unserem Team weiter.")
    record.do(rep_queue.claim, ruth, talk)
    record.do(lead.take_over, anna.lena, talk)
    assert anna.reads(talk)[-1].startswith("Ab hier hilft Ihnen Lena")
    record.later(minutes=2)
    anna.sweep()
    assert anna.reads(talk)[-1].startswith("Die Verbindung zu Lena ist abgebrochen.")


def test_anna_goes_back_to_the_bot_with_a_german_button(anna: Anna) -> None:
    talk = anna.held()
    anna.record.do(
        transfers.return_to_bot, anna.ruth, talk, ReturnToBot(topic="late_delivery", order="A-100231", note="")
    )
    told = anna.record.do(messages.messages_after, anna.anna, talk, 0, 200).messages[-1]
    assert [button.title for button in told.buttons] == ["Mein Paket kommt zu spät (Bestellung A-100231)"]
    assert "an den Bot zurückgegeben" in anna.reads(talk)[-1]


def test_what_is_promised_to_anna_is_promised_in_german(anna: Anna) -> None:
    record, talk = anna.record, anna.record.waiting(anna.anna)
    since = record.now + timedelta(hours=1)
    record.do(promises.ask_for_call, anna.anna, talk, "+49 30 901820", since, since + timedelta(hours=1))
    assert anna.reads(talk)[-1].startswith("Wir rufen Sie zu der Zeit an, die Sie gewählt haben.")
    anna.later(hours=1, seconds=1)
    anna.later(hours=1)
    assert "wir haben Sie nicht rechtzeitig angerufen" in anna.reads(talk)[-1]
    record.do(rep_queue.claim, anna.ruth, talk)
    record.do(calls.record_call, anna.ruth, talk, "no_answer")
    assert "niemand hat abgenommen" in anna.reads(talk)[-1]
    record.do(promises.take_back, anna.anna, talk, "queue")
    record.do(promises.leave_message, anna.anna, talk, "Meine Karte ist 4111 1111 1111 1111")
    assert "wie eine Kartennummer aussah" in anna.reads(talk)[-2]
    assert anna.reads(talk)[-1].startswith("Ihre Nachricht ist bei unserem Team")


def test_a_chat_that_falls_silent_is_closed_in_german(anna: Anna) -> None:
    talk = anna.held()
    anna.record.replies(anna.ruth, talk, "Guten Tag")
    for wait in (15, 10):
        for _ in range(wait * 2):
            anna.record.later(seconds=30)
            anna.here()
        anna.later(seconds=1)
    assert [each[:18] for each in anna.reads(talk)[-3:]] == [
        "Sind Sie noch da? ",
        "Dieser Chat wurde ",
        "Haben wir Ihr Anli",
    ]


def test_a_chat_that_ended_in_abuse_names_a_german_day(anna: Anna) -> None:
    talk = anna.held()
    anna.record.do(blocks.end_abusive, anna.ruth, talk, EndAbusive(reason="swore", hours=24))
    assert "Bis zum 23. November, 09:00 Uhr (Ortszeit London) antwortet" in anna.reads(talk)[-1]
    again = anna.record.waiting(anna.anna)
    assert anna.reads(again)[-1].startswith("Bis zum 23. November, 09:00 Uhr (Ortszeit London) kann Ihnen")


def test_annas_mails_are_german_though_she_has_written_nothing_that_the_bot_knew_as_german(anna: Anna) -> None:
    record, talk = anna.record, anna.held()
    record.do(customer_email.leave_email, anna.anna, talk, "anna@example.com")
    record.do(transcripts.mail_transcript, anna.anna, talk, None)
    copy = record.do(outbound.lease, "https://desk.example")
    assert (copy.subject, english_in(copy.text)) == ("Ihr Chat mit uns", [])
    assert "22. November 2026, 09:00  Hinweis\n" in copy.text
    record.do(outbound.not_sent, copy, NotSent("no_mailbox", code="550", for_good=True))
    assert anna.reads(talk)[-1].endswith("nicht an a…@example.com schicken: Dieses Postfach gibt es nicht.")
