"""Days, times, money and addresses in words. All else that a customer reads is a response in `domain/`."""

from datetime import datetime, tzinfo

NEAR_DAYS = {-1: "yesterday", 0: "today", 1: "tomorrow"}
DAYS_WITHOUT_YEAR = 300
LONGEST_TITLE = 60
SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


def day_words(when: datetime, now: datetime, zone: tzinfo) -> str:
    """`today`, `tomorrow`, `yesterday`, else `Friday 5 June`, with the year if it's far from now."""
    day = when.astimezone(zone).date()
    distance = (day - now.astimezone(zone).date()).days
    if distance in NEAR_DAYS:
        return NEAR_DAYS[distance]
    year = "" if abs(distance) <= DAYS_WITHOUT_YEAR else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def time_words(when: datetime, now: datetime, zone: tzinfo) -> str:
    """`yesterday at 18:40`."""
    return f"{day_words(when, now, zone)} at {when.astimezone(zone):%H:%M}"


def on_day_words(when: datetime, now: datetime, zone: tzinfo) -> str:
    """The day inside a sentence: `today`, `yesterday`, else `on Friday 5 June`."""
    day = day_words(when, now, zone)
    return day if day in NEAR_DAYS.values() else f"on {day}"


def days_count(days: int) -> str:
    """`1 day`, `2 days`."""
    return f"{days} day" if days == 1 else f"{days} days"


def money_words(cents: int, currency: str) -> str:
    """`£45.20`, or `45.20 SEK` where there's no sign for the currency."""
    amount = f"{cents // 100:,}.{cents % 100:02}"
    return f"{SIGNS[currency]}{amount}" if currency in SIGNS else f"{amount} {currency}"


def masked_email(email: str) -> str:
    """`i…@example.com`: enough to recognise one's own address by, too little to learn another's."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"


def button_title(text: str) -> str:
    """The text, cut so that it fits on a button."""
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1].rstrip(" ,:") + "…"
