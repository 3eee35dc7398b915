"""Times are told on a clock that people know, and it's said which."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handoff import blocks
from handoff.settings import SettingsError, read_settings
from handoff.storage import Transaction
from handoff.wire_lead import EndAbusive
from handoff.zones import date_and_time, day_and_time, shop_zone, time_in, zone_words
from tests.desk import Desk, running_desk
from tests.record import Record

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
SUMMER = datetime(2026, 6, 30, 23, 5, tzinfo=UTC)
SECRETS = {"BATON_BOT_TOKEN": "x" * 32, "BATON_CONTEXT_KEY": "x" * 32}


def test_a_time_is_told_with_its_day_and_whose_clock_it_is() -> None:
    assert day_and_time(LONDON, SUMMER)(None) == "00:05 on 1 July (London time)"
    assert day_and_time(NEW_YORK, SUMMER)(None) == "19:05 on 30 June (New York time)"
    assert day_and_time(UTC, SUMMER)(None) == "23:05 on 30 June (UTC)"
    assert day_and_time(LONDON, SUMMER)("de") == "1. Juli, 00:05 Uhr (Ortszeit London)"
    assert date_and_time(LONDON, SUMMER)(None) == "1 July 2026, 00:05"
    assert date_and_time(LONDON, SUMMER)("de") == "1. Juli 2026, 00:05"
    assert time_in(NEW_YORK, SUMMER) == "19:05"


@pytest.mark.parametrize(("name", "words"), [("UTC", "UTC"), ("Etc/UTC", "UTC"), ("America/Indiana/Knox", "Knox time")])
def test_a_clock_is_named_after_its_place(name: str, words: str) -> None:
    assert zone_words(ZoneInfo(name))(None) == words


def test_the_shops_clock_is_the_one_that_is_set_else_the_one_that_its_sites_share(record: Record) -> None:
    assert record.do(shop_zone) is UTC
    record.site("Leeds", "Europe/London")
    assert record.do(shop_zone) == LONDON
    record.site("York", "Europe/London")
    assert record.do(shop_zone) == LONDON
    record.site("Albany", "America/New_York")
    assert record.do(shop_zone) is UTC

    def set_by_the_shop(tx: Transaction) -> object:
        tx.zone = NEW_YORK
        return shop_zone(tx)

    assert record.do(set_by_the_shop) == NEW_YORK


def test_a_blocked_customer_is_told_the_time_on_the_shops_clock(record: Record) -> None:
    record.site("Berlin", "Europe/Berlin")
    bob, ruth = record.customer("Bob", "C-1"), record.rep("Ruth")
    talk = record.held(bob, ruth)
    record.do(blocks.end_abusive, ruth, talk, EndAbusive(reason="swore", hours=24))
    assert "Until 10:00 on 23 November (Berlin time) only the bot" in record.texts(bob, talk)[-1]


def test_the_setting_names_a_zone() -> None:
    assert read_settings(SECRETS | {"BATON_TIME_ZONE": "Europe/London"}).time_zone == LONDON
    assert read_settings(SECRETS).time_zone is None
    with pytest.raises(SettingsError, match="Europe/London"):
        read_settings(SECRETS | {"BATON_TIME_ZONE": "Leeds"})


@pytest.fixture
def zoned_desk(tmp_path: Path) -> Iterator[Desk]:
    with running_desk(tmp_path, time_zone=NEW_YORK) as desk:
        yield desk


def test_every_verb_of_a_desk_with_a_zone_knows_it(zoned_desk: Desk) -> None:
    assert zoned_desk.do(shop_zone) == NEW_YORK
    assert zoned_desk.call(zoned_desk.parts.runner.read(shop_zone)) == NEW_YORK
