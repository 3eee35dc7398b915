"""Addresses as people type them, and sentences that only hold one, or none."""

import pytest

from bot.addresses import address_in


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("12 Mill Lane, Leeds LS1", "12 Mill Lane, Leeds LS1"),
        ("Flat 3, 18 Orchard Close, York YO1 7AB", "Flat 3, 18 Orchard Close, York YO1 7AB"),
        ("please send it to 45 Harbour Street, Bristol BS2 8QN", "45 Harbour Street, Bristol BS2 8QN"),
        ("1600 Elm Avenue, Springfield, IL 62704", "1600 Elm Avenue, Springfield, IL 62704"),
        ("my new address is 9 Castle Hill, Durham DH1", "9 Castle Hill, Durham DH1"),
        ("Unit 7, Riverside Estate, Cardiff CF10 2AA", "Unit 7, Riverside Estate, Cardiff CF10 2AA"),
        ("22b baker road london nw1", "22b baker road london nw1"),
        ("Hauptstr. 14, 10115 Berlin", "Hauptstr. 14, 10115 Berlin"),
        ("c/o Anna Smith, 14 Church Row, Norwich", "c/o Anna Smith, 14 Church Row, Norwich"),
        ("it should go to 88 Linden Avenue Exeter please", "88 Linden Avenue Exeter"),
        ("12 Mill Lane\nLeeds\nLS1 4AB", "12 Mill Lane\nLeeds\nLS1 4AB"),
        ("the office, 3rd floor, 10 Market Place, Derby", "the office, 3rd floor, 10 Market Place, Derby"),
        ("to my mum: 5 Station Road Durham", "5 Station Road Durham"),
        ("PO Box 443, Leeds", "PO Box 443, Leeds"),
        ("no, it's 14 Mill Lane, Leeds", "14 Mill Lane, Leeds"),
        ("change it to 3 King's Road, York, thanks", "3 King's Road, York"),
    ],
)
def test_a_bare_address_is_one_without_what_leads_to_it(text, address):
    found, is_bare = address_in(text)
    assert [entity["value"] for entity in found] == [address]
    assert is_bare or "mum" in text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("I moved house last week, 12 Mill Lane, Leeds", "12 Mill Lane, Leeds"),
        ("can my order go to 12 Mill Lane, Leeds?", "12 Mill Lane, Leeds?"),
    ],
)
def test_an_address_in_a_sentence_is_found_and_the_sentence_stays_one(text, address):
    found, is_bare = address_in(text)
    assert ([entity["value"].rstrip("?") for entity in found], is_bare) == ([address.rstrip("?")], False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "it's 3 days in a row",
        "you said 2 days, it's been 5 and there is no way",
        "A-123456",
        "the driver was at number 14",
        "my order 123456 is late",
        "12 Mill Lane " + "x " * 300,
    ],
)
def test_numbers_and_places_alone_are_no_address(text):
    assert address_in(text) == ([], False)
