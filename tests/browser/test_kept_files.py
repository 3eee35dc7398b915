"""Files on their way survive reloads, closed tabs and dead networks, are sent once, and are gone with their owner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Request, Response, Route, expect

from handoff.schema import message
from handoff.schema_centre import attachment
from handoff.storage import Transaction
from tests import hostile_files as hostile
from tests.browser.books import until
from tests.browser.people import Customer, Rep
from tests.browser.small_shop import SmallShop, small_shop
from tests.browser.wire import Wire
from tests.desk import token_of_shop

UNKEPT = "Stay on this page until it has gone: this browser can't keep it."
LOST = "The page was left before it had gone. Attach it again."
NO_DATABASE = """Object.defineProperty(globalThis, "indexedDB", {
    get() { throw new DOMException("refused", "SecurityError"); } })"""
KEPT = """async (name) => {
    const opening = indexedDB.open(name);
    const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
    const asked = database.transaction("files").objectStore("files").getAll();
    const files = await new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)));
    database.close();
    return files.map((item) => item.name);
}"""


@pytest.fixture
def shop(browser: Browser, tmp_path: Path) -> Iterator[SmallShop]:
    with small_shop(browser, tmp_path) as open_shop:
        open_shop.page("/", f"<h1>Shop</h1>{open_shop.script()}")
        for name, number in (("Ana", "C-1001"), ("Ben", "C-2002")):
            tag = open_shop.script(data_identity=token_of_shop(number, name=name))
            open_shop.page(f"/{name.lower()}", f"<h1>Shop</h1>{tag}")
        yield open_shop
    # What a browser says of a socket that was cut is no fault of the page's.
    assert [said for said in open_shop.complaints if "WebSocket" not in said] == []


@pytest.fixture
def network() -> Iterator[Wire]:
    wire = Wire()
    yield wire
    wire.mend()
    wire.close()


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A picture of a broken parcel."""
    path = tmp_path / "box.png"
    path.write_bytes(hostile.picture())
    return path


def together(shop: SmallShop, anas: Wire | None = None, ruths: Wire | None = None) -> tuple[Customer, Rep]:
    """Ana in the chat, and Ruth who helps her; each over a network of their own if one is given."""
    ana = shop.visitor(**through(anas))
    ana.opens_the_chat()
    ana.asks_for_a_person()
    ruth = shop.rep(**through(ruths))
    ruth.page.get_by_role("button", name="Claim").first.click()
    expect(ana.head).to_contain_text("Ruth")
    return ana, ruth


def through(network: Wire | None) -> dict[str, Any]:
    return {"proxy": {"server": network.address}} if network else {}


def picks(person: Customer | Rep, file: Path) -> None:
    place = person.chat if isinstance(person, Customer) else person.page
    place.locator("input[type=file]").set_input_files(file)


def sees_once(person: Customer | Rep, name: str = "box.png") -> None:
    """The picture stands there once, and nothing of it is on its way or has failed."""
    place = person.chat if isinstance(person, Customer) else person.page
    expect(place.get_by_alt_text(f"Picture: {name}")).to_have_count(1)
    expect(place.get_by_role("progressbar")).to_have_count(0)
    expect(person.said.filter(has_text="Not sent")).to_have_count(0)


def files_said(shop: SmallShop) -> list[str]:
    """What the desk's record has of files, in its order."""

    def names(tx: Transaction) -> list[str]:
        joined = attachment.join(message, message.c.attachment_id == attachment.c.id)
        rows = tx.db.execute(attachment.select().select_from(joined).order_by(attachment.c.created_at))
        return [row.name for row in rows]

    found: list[str] = shop.desk.do(names)
    return found


def kept_in(person: Customer | Rep) -> list[str]:
    """The names of the files that the browser keeps for this page."""
    if isinstance(person, Rep):
        return list(person.page.evaluate(KEPT, "baton.console.files"))
    return list(person.page.frames[1].evaluate(KEPT, "baton.widget.files"))


def is_sending(person: Customer | Rep) -> None:
    """It's on its way, and the browser has it by now."""
    place = person.chat if isinstance(person, Customer) else person.page
    expect(place.get_by_role("progressbar", name="Sending box.png")).to_be_visible()
    until(lambda: kept_in(person) == ["box.png"])


def reloads_in_vain(page: Page) -> None:
    with pytest.raises(Error, match="ERR_"):
        page.reload()
    page.wait_for_url("chrome-error://chromewebdata/")


def asked_of(page: Page) -> list[Request]:
    """The page's uploads from now on."""
    found: list[Request] = []
    page.on("request", lambda asked: found.append(asked) if is_upload(asked) else None)
    return found


def is_upload(asked: Request) -> bool:
    return asked.method == "POST" and asked.url.endswith("/files")


def never(_: Route) -> None:
    """Neither answered nor refused."""


def test_anas_picture_is_sent_once_after_a_dead_network_and_a_reload(shop: SmallShop, network: Wire, box: Path) -> None:
    ana, ruth = together(shop, anas=network)
    network.cut()
    picks(ana, box)
    expect(ana.said.filter(has_text="Not sent. The connection failed.")).to_have_count(1)
    until(lambda: kept_in(ana) == ["box.png"])
    reloads_in_vain(ana.page)
    assert files_said(shop) == []
    network.mend()
    ana.visits()
    sees_once(ana)
    sees_once(ruth)
    assert (files_said(shop), kept_in(ana)) == (["box.png"], [])


def test_ruths_picture_is_sent_once_after_a_dead_network_and_a_reload(
    shop: SmallShop, network: Wire, box: Path
) -> None:
    ana, ruth = together(shop, ruths=network)
    network.cut()
    picks(ruth, box)
    expect(ruth.said.filter(has_text="Not sent. The connection failed.")).to_have_count(1)
    until(lambda: kept_in(ruth) == ["box.png"])
    reloads_in_vain(ruth.page)
    assert files_said(shop) == []
    network.mend()
    ruth.comes_back()
    sees_once(ruth)
    sees_once(ana)
    assert (files_said(shop), kept_in(ruth)) == (["box.png"], [])


def test_a_network_that_comes_back_is_enough(shop: SmallShop, network: Wire, box: Path) -> None:
    ana, ruth = together(shop, anas=network)
    network.cut()
    picks(ana, box)
    expect(ana.said.filter(has_text="Not sent. The connection failed.")).to_have_count(1)
    network.mend()
    sees_once(ana)
    sees_once(ruth)
    assert files_said(shop) == ["box.png"]


@pytest.mark.parametrize("who", ["ana", "ruth"])
def test_a_picture_whose_answer_got_lost_after_the_commit_isnt_said_twice(
    shop: SmallShop, network: Wire, box: Path, who: str
) -> None:
    ana, ruth = together(shop, **{f"{who}s": network})
    person: Customer | Rep = ana if who == "ana" else ruth
    network.hold_answers()
    picks(person, box)
    is_sending(person)
    until(lambda: files_said(shop) == ["box.png"])
    network.cut()
    reloads_in_vain(person.page)
    network.mend()
    with person.page.expect_response(lambda answer: is_upload(answer.request)) as again:
        ana.visits() if person is ana else ruth.comes_back()
    answered: Response = again.value
    assert answered.status == 200, "the desk knew it already"
    sees_once(ana)
    sees_once(ruth)
    assert (files_said(shop), kept_in(person)) == (["box.png"], [])
    folder = shop.desk.settings.files
    assert len(list(folder.iterdir())) == 1


def test_a_second_tab_shows_what_is_on_its_way_sends_it_only_when_the_first_is_closed_and_may_cancel(
    shop: SmallShop, box: Path
) -> None:
    ana, ruth = together(shop)
    ana.page.route("**/files", never)
    first = asked_of(ana.page)
    picks(ana, box)
    is_sending(ana)
    other = Customer(ana.context.new_page(), ana.shop, ana.shopper)
    second = asked_of(other.page)
    other.visits()
    other.opens_the_chat()
    expect(other.chat.get_by_role("progressbar", name="Sending box.png")).to_be_visible()
    other.page.wait_for_timeout(2_000)
    assert (len(first), len(second)) == (1, 0)
    ana.page.close()
    sees_once(other)
    sees_once(ruth)
    assert (len(second), files_said(shop)) == (1, ["box.png"])

    other.page.route("**/files", never)
    picks(other, box)
    is_sending(other)
    third = Customer(ana.context.new_page(), ana.shop, ana.shopper)
    third.visits()
    third.opens_the_chat()
    third.presses("Cancel")
    expect(other.chat.get_by_role("progressbar")).to_have_count(0)
    assert (files_said(shop), kept_in(third)) == (["box.png"], [])


@pytest.mark.parametrize("goes", ["await Baton.logout()", ""])
def test_when_ana_leaves_or_ben_signs_in_nothing_of_hers_is_left_or_sent(shop: SmallShop, box: Path, goes: str) -> None:
    ana = shop.visitor("/ana")
    ana.opens_the_chat()
    ana.page.route("**/files", never)
    picks(ana, box)
    is_sending(ana)
    ana.page.evaluate(f"async () => {{ {goes} }}")
    ana.page.unroute("**/files")
    asked = asked_of(ana.page)
    ana.visits("/ben")
    if goes:  # after leaving, the chat is shut on the next page
        ana.opens_the_chat()
    ana.says("I am Ben")
    ana.sees("echo: I am Ben")
    until(lambda: kept_in(ana) == [])
    expect(ana.chat.get_by_text("box.png")).to_have_count(0)
    assert (asked, files_said(shop)) == ([], [])


def test_what_ana_picked_before_she_signed_in_goes_on_afterwards(shop: SmallShop, box: Path) -> None:
    ana = shop.visitor()
    ana.opens_the_chat()
    ana.page.route("**/files", never)
    picks(ana, box)
    is_sending(ana)
    ana.page.unroute("**/files")
    ana.visits("/ana")
    sees_once(ana)
    assert files_said(shop) == ["box.png"]


def test_where_ruth_signs_out_or_sam_signs_in_ruths_file_is_gone(shop: SmallShop, box: Path) -> None:
    _, ruth = together(shop)
    ruth.page.route("**/files", never)
    picks(ruth, box)
    is_sending(ruth)
    ruth.page.context.clear_cookies()
    ruth.page.reload()
    sam = Rep("Sam", ruth.password, ruth.page, ruth.desk)
    sam.signs_in()
    until(lambda: kept_in(sam) == [])

    sam.page.get_by_role("button", name="Sign out").click()
    ruth.signs_in()
    picks(ruth, box)
    is_sending(ruth)
    ruth.page.get_by_role("button", name="Sign out").click()
    asked = ruth.page.get_by_role("dialog", name="Sign out?")
    expect(asked).to_contain_text("A file of yours hasn't been sent. It's forgotten.")
    asked.get_by_role("button", name="Sign out").click()
    until(lambda: kept_in(ruth) == [])
    ruth.page.unroute("**/files")
    ruth.signs_in()
    ruth.page.wait_for_timeout(1_000)
    expect(ruth.page.get_by_text("box.png")).to_have_count(0)
    assert files_said(shop) == []


def test_ruth_is_told_of_a_file_to_a_chat_that_she_lost_meanwhile(shop: SmallShop, box: Path) -> None:
    ana, ruth = together(shop)
    ruth.page.route("**/files", never)
    picks(ruth, box)
    is_sending(ruth)
    ruth.page.unroute("**/files")
    ruth.page.goto("about:blank")
    sam = shop.rep("sam")
    shop.desk.rep("ruth").does("release", ana_talk(shop))
    sam.page.get_by_role("button", name="Claim").first.click()
    expect(ana.head).to_contain_text("Sam")
    ruth.comes_back()
    left = ruth.page.get_by_role("region", name="Files not sent")
    expect(left).to_contain_text("box.png")
    expect(left).to_contain_text("Not sent. This conversation is no longer with you.")
    left.get_by_role("button", name="Delete").click()
    expect(left).to_have_count(0)
    until(lambda: kept_in(ruth) == [])
    assert files_said(shop) == []


def ana_talk(shop: SmallShop) -> str:
    return str(shop.desk.do(lambda tx: tx.db.execute(message.select()).first().conversation_id))


def test_a_browser_without_a_database_says_so_and_what_is_lost(shop: SmallShop, box: Path) -> None:
    ana, _ = together(shop)
    ana.page.add_init_script(NO_DATABASE)
    ana.page.reload()
    ana.page.route("**/files", never)
    picks(ana, box)
    expect(ana.said.filter(has_text=UNKEPT)).to_have_count(1)
    ana.page.reload()
    ana.sees(LOST)
    ana.presses("Delete")
    ana.page.unroute("**/files")
    picks(ana, box)
    sees_once(ana)


def test_a_browser_without_room_says_so_and_sends_all_the_same(shop: SmallShop, box: Path) -> None:
    _, ruth = together(shop)
    tools = ruth.page.context.new_cdp_session(ruth.page)
    tools.send("Storage.overrideQuotaForOrigin", {"origin": ruth.desk, "quotaSize": 1})
    ruth.page.route("**/files", never)
    picks(ruth, box)
    expect(ruth.said.filter(has_text=UNKEPT)).to_have_count(1)
    ruth.page.reload()
    ruth.sees(LOST)
    ruth.page.get_by_role("button", name="Delete").click()
    ruth.page.unroute("**/files")
    picks(ruth, box)
    sees_once(ruth)
