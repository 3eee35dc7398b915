"""The demo shop's pages: Ana sees her own orders, and the desk is told by a signed token who she is."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import jwt
import pytest

from demo.identity import identity_token, sign_in_cookie, signed_in_as
from demo.pages import page_templates
from demo.people import PEOPLE
from tests.larkfield import ANA, BENS_ORDER, ELIF, LATE, MIRA, sqlite_shop_url

__all__ = ["sqlite_shop_url"]

ROOT = Path(__file__).parents[1]
SECRET = "the demo shop's secret, thirty-two characters"
DESK = "http://127.0.0.1:18010"
ANAS = {"customer_id": ANA, "name": "Ana Lindqvist", "email": "ana@example.com"}


def environment(url: str, port: int, **more: str) -> dict[str, str]:
    """What the demo shop is told."""
    own = {
        "SHOP_DATABASE_URL": url,
        "BATON_SHOP_PORT": str(port),
        "BATON_SHOP_JWT_SECRET": SECRET,
        "BATON_DESK_URL": DESK,
    }
    return {"PATH": os.environ["PATH"], **own, **more}


@pytest.fixture(scope="module")
def address(sqlite_shop_url: str) -> Iterator[str]:
    """A running demo shop."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "demo"], cwd=ROOT, env=environment(sqlite_shop_url, port))
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 30
    while not is_up(address):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    yield address
    process.terminate()
    process.wait()


def is_up(address: str) -> bool:
    """Whether the shop answers."""
    try:
        return httpx.get(f"{address}/health", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture
def visitor(address: str) -> Iterator[httpx.Client]:
    """Somebody who isn't signed in."""
    with httpx.Client(base_url=address, follow_redirects=True, trust_env=False) as visitor:
        yield visitor


@pytest.fixture
def ana(visitor: httpx.Client) -> httpx.Client:
    """Ana, signed in by picking her name."""
    assert visitor.post("/sign-in", data={"customer": ANA}).url.path == "/orders"
    return visitor


def claims_of(token: str) -> dict[str, object]:
    """What the desk reads in a token, checked as the desk checks it."""
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "kid": "demo-1", "typ": "JWT"}
    required = {"require": ["exp", "sub", "aud", "iss"]}
    return jwt.decode(token, SECRET, algorithms=["HS256"], audience="baton", issuer="demo-shop", options=required)


def widget_identity(page: httpx.Response) -> str | None:
    """The token that the page's widget gets, if any."""
    [tag] = re.findall(r"<script src=\"" + re.escape(DESK) + r"/widget\.js\"([^>]*) async></script>", page.text)
    found = re.search(r'data-identity="([^"]+)"', tag)
    return found[1] if found else None


def test_anybody_may_look_at_the_products_and_chat_anonymously(visitor: httpx.Client) -> None:
    page = visitor.get("/")
    assert page.status_code == 200
    assert "Reading lamp" in page.text
    assert widget_identity(page) is None


@pytest.mark.parametrize("path", ["/", "/sign-in", "/orders", f"/orders/{LATE}", "/library", "/nowhere"])
def test_each_page_has_one_main_one_title_and_the_widget(ana: httpx.Client, path: str) -> None:
    page = ana.get(path)
    assert page.text.count("<main") == page.text.count("<h1") == page.text.count("</h1>") == 1
    assert '<html lang="en">' in page.text
    assert claims_of(widget_identity(page) or "")["sub"] == ANA


def test_the_chat_can_be_tried_in_another_language(visitor: httpx.Client) -> None:
    assert 'data-lang="de"' in visitor.get("/", params={"lang": "de"}).text
    assert "data-lang" not in visitor.get("/").text
    assert 'data-lang="&#34;&gt;&lt;b&gt;"' in visitor.get("/", params={"lang": '"><b>'}).text


def test_ana_sees_her_three_orders_and_no_others(ana: httpx.Client) -> None:
    numbers = re.findall(r'href="/orders/(A-\d+)"', ana.get("/orders").text)
    [person] = [person for person in PEOPLE if person.customer_id == ANA]
    assert sorted(numbers) == sorted(number for number, _ in person.orders)


def test_ana_sees_her_ebook_in_her_library_and_elif_none(ana: httpx.Client, address: str) -> None:
    assert "The Tide Tables (e-book)" in ana.get("/library").text
    with httpx.Client(base_url=address, trust_env=False, follow_redirects=True) as elif_:
        assert elif_.get("/library").url.path == "/sign-in"
        elif_.post("/sign-in", data={"customer": ELIF})
        assert "There are no books in your library yet." in elif_.get("/library").text


def test_the_order_page_shows_scans_and_carries_a_token_for_the_chat_about_it(ana: httpx.Client) -> None:
    page = ana.get(f"/orders/{LATE}")
    assert "Missed the connection at the depot" in page.text
    [token] = re.findall(r'data-identity="([^"]+)">Chat about this order<', page.text)
    claims = claims_of(token)
    assert (claims["sub"], claims["name"], claims["order_id"]) == (ANA, "Ana Lindqvist", LATE)
    assert 0 < claims["exp"] - time.time() <= 3600
    assert "order_id" not in claims_of(widget_identity(page) or "")


def test_elifs_order_page_shows_both_parcels(visitor: httpx.Client) -> None:
    visitor.post("/sign-in", data={"customer": ELIF})
    page = visitor.get("/orders/A-140027").text
    assert "Parcel 1 of 2" in page
    assert "Parcel 2 of 2" in page


def test_miras_order_page_shows_what_she_sends_back_and_anas_shows_no_return(
    visitor: httpx.Client, ana: httpx.Client
) -> None:
    assert "sending back" not in ana.get(f"/orders/{LATE}").text
    visitor.post("/sign-in", data={"customer": MIRA})
    assert "2 × Oak book stand: a label is in your e-mail" in visitor.get("/orders/A-206631").text


@pytest.mark.parametrize("number", [BENS_ORDER, "A-999998", "x", "%00", "..%2f..%2fetc"])
def test_an_order_that_isnt_anas_isnt_there(ana: httpx.Client, number: str) -> None:
    page = ana.get(f"/orders/{number}")
    assert page.status_code == 404
    assert "no such order on your account" in page.text.replace("&#39;", "'")
    assert ana.get("/identity", params={"order": number}).status_code == 404


def test_a_visitor_is_asked_to_sign_in_first(visitor: httpx.Client) -> None:
    assert visitor.get("/orders").url.path == "/sign-in"
    assert visitor.get(f"/orders/{LATE}").url.path == "/sign-in"
    assert visitor.get("/identity").status_code == 401


def test_ana_signs_out(ana: httpx.Client) -> None:
    assert ana.post("/sign-out").url.path == "/"
    assert ana.get("/orders").url.path == "/sign-in"


def test_a_fresh_token_is_there_for_the_asking_on_this_site_only(ana: httpx.Client) -> None:
    answer = ana.get("/identity", params={"order": LATE}, headers={"sec-fetch-site": "same-origin"})
    assert claims_of(answer.json()["token"])["order_id"] == LATE
    assert answer.headers["cache-control"] == "no-store"
    for site in ("cross-site", "same-site", "none"):
        assert ana.get("/identity", headers={"sec-fetch-site": site}).status_code == 401


def test_the_cookie_stays_on_this_site_and_away_from_scripts(visitor: httpx.Client) -> None:
    cookie = visitor.post("/sign-in", data={"customer": ANA}, follow_redirects=False).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
def test_another_sites_form_does_nothing(visitor: httpx.Client, path: str) -> None:
    answer = visitor.post(path, data={"customer": ANA}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize("customer", ["", "C-1099", "C-9999", "Ana", "' OR 1=1 --"])
def test_only_the_named_people_can_be_picked(visitor: httpx.Client, customer: str) -> None:
    assert visitor.post("/sign-in", data={"customer": customer}).status_code == 422


def test_a_forged_cookie_signs_nobody_in() -> None:
    good = sign_in_cookie(SECRET, ANA)
    assert signed_in_as(SECRET, good) == ANA
    for bad in (None, "", "x", good[:-2] + "AA", sign_in_cookie("another secret " * 3, ANA)):
        assert signed_in_as(SECRET, bad) is None


def test_a_token_for_the_chat_is_no_sign_in() -> None:
    assert signed_in_as(SECRET, identity_token(SECRET, ANAS)) is None
    with pytest.raises(jwt.InvalidTokenError):
        jwt.decode(sign_in_cookie(SECRET, ANA), SECRET, algorithms=["HS256"], audience="baton")


def test_only_the_shops_and_the_desks_scripts_may_run(visitor: httpx.Client) -> None:
    policy = visitor.get("/").headers["content-security-policy"]
    assert f"script-src 'self' {DESK};" in policy
    assert f"frame-src {DESK};" in policy
    assert "unsafe" not in policy


def test_what_customers_wrote_is_text() -> None:
    page = page_templates().from_string("{{ name }}").render(name="<script>alert(1)</script>")
    assert page == "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "shop.example", ""])
def test_the_demo_doesnt_start_where_others_could_reach_it(sqlite_shop_url: str, host: str) -> None:
    told = environment(sqlite_shop_url, 1, BATON_SHOP_HOST=host)
    started = subprocess.run(
        [sys.executable, "-m", "demo"], cwd=ROOT, env=told, capture_output=True, text=True, timeout=30
    )
    assert started.returncode == 1
    assert "loopback only" in started.stderr
    assert "Traceback" not in started.stderr
