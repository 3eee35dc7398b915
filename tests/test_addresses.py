"""Whom a network address stands for when guesses and connections are counted."""

import pytest

from handoff.addresses import subscriber_of


def test_an_ipv6_subscriber_is_one_however_many_addresses_they_use() -> None:
    assert subscriber_of("2001:db8:1:2::1") == subscriber_of("2001:0db8:1:2:ffff:ffff:ffff:ffff")
    assert subscriber_of("[2001:db8:1:2::1]") == subscriber_of("2001:db8:1:2::1")
    assert subscriber_of("2001:db8:1:2::1") != subscriber_of("2001:db8:1:3::1")


def test_ipv4_neighbours_are_different_people() -> None:
    assert subscriber_of("203.0.113.7") != subscriber_of("203.0.113.8")


def test_an_ipv4_address_is_the_same_in_ipv6_clothes() -> None:
    assert subscriber_of("::ffff:203.0.113.7") == subscriber_of("203.0.113.7")


@pytest.mark.parametrize("odd", ["", "unix", "203.0.113.7:80", "fe80::1%eth0%x", "9" * 500])
def test_what_is_no_address_is_left_as_it_is(odd: str) -> None:
    assert subscriber_of(odd) == odd
