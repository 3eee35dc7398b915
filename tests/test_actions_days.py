"""Which days a customer means, said on Monday 15 June 2026."""

from datetime import date

import pytest

from actions.days import Span, days_meant
from tests.larkfield import TODAY


def day(text: str) -> Span:
    return Span(date.fromisoformat(text), date.fromisoformat(text))


def days(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("today", [day("2026-06-15")]),
        ("this morning", [day("2026-06-15")]),
        ("yesterday", [day("2026-06-14")]),
        ("last night", [day("2026-06-14")]),
        ("the day before yesterday", [day("2026-06-13")]),
        ("Tuesday", [day("2026-06-09")]),
        ("Monday", [day("2026-06-15")]),
        ("Thurs", [day("2026-06-11")]),
        ("last Tuesday", [day("2026-06-09"), day("2026-06-02")]),
        ("last monday", [day("2026-06-08"), day("2026-06-01")]),
        ("Tuesday last week", [day("2026-06-09")]),
        ("3rd of March", [day("2026-03-03")]),
        ("March 3rd, 2025", [day("2025-03-03")]),
        ("12 Nov", [day("2025-11-12")]),
        ("Sunday the 3rd", [day("2026-06-03")]),
        ("the 3rd", [day("2026-06-03")]),
        ("the 31st", [day("2026-05-31")]),
        ("20th", [day("2026-05-20")]),
        ("03/05", [day("2026-05-03"), day("2026-03-05")]),
        ("03/11", [day("2025-11-03"), day("2026-03-11")]),
        ("25/12", [day("2025-12-25")]),
        ("5/5", [day("2026-05-05")]),
        ("3.11.2025", [day("2025-11-03"), day("2025-03-11")]),
        ("3-11-25", [day("2025-11-03"), day("2025-03-11")]),
        ("2026-05-03", [day("2026-05-03")]),
        ("October", [days("2025-10-01", "2025-10-31")]),
        ("Sept", [days("2025-09-01", "2025-09-30")]),
        ("June", [days("2026-06-01", "2026-06-30")]),
        ("last october", [days("2025-10-01", "2025-10-31")]),
        ("March 2024", [days("2024-03-01", "2024-03-31")]),
        ("last week", [days("2026-06-08", "2026-06-14")]),
        ("this week", [days("2026-06-15", "2026-06-15")]),
        ("last weekend", [days("2026-06-13", "2026-06-14")]),
        ("last month", [days("2026-05-01", "2026-05-31")]),
        ("this year", [days("2026-01-01", "2026-12-31")]),
        ("3 days ago", [day("2026-06-12")]),
        ("two weeks ago", [days("2026-05-29", "2026-06-04")]),
        ("a couple of days ago", [day("2026-06-13")]),
        ("a few days ago", [days("2026-06-10", "2026-06-14")]),
        ("a month ago", [days("2026-05-01", "2026-05-31")]),
        ("one year ago", [days("2025-04-16", "2025-08-14")]),
    ],
)
def test_a_day_is_one_gone_by(words: str, meant: list[Span]) -> None:
    assert days_meant(words, TODAY) == meant


@pytest.mark.parametrize(
    "words", ["31/02", "the 45th", "soon", "", "2027-01-01", "99/99", "0/0", "every month", "a market"]
)
def test_what_is_no_day_or_hasnt_come_yet_means_nothing(words: str) -> None:
    assert days_meant(words, TODAY) == []


def test_the_29th_of_february_is_found_in_a_leap_year_only() -> None:
    assert days_meant("29 Feb", date(2028, 3, 1)) == [day("2028-02-29")]
    assert days_meant("29 Feb", date(2026, 6, 15)) == []
