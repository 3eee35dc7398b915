"""Files that Ana and Ruth send each other, through the front door: guarantees 2.4, row by row."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from handoff import file_store, file_worker, files, presence
from handoff.errors import FileRefused
from handoff.file_types import LONGEST_NAME, PNG, shown_name
from tests import hostile_files as hostile
from tests.desk import GENEROUS, Customer, Desk, RepClient, add_rep, eventually, new_client_id, running_desk
from tests.test_customer_input import error, refused


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    limits = replace(GENEROUS, files_per_chat_per_day=10**6)
    with running_desk(tmp_path_factory.mktemp("files"), limits=limits) as running:
        yield running


@pytest.fixture(scope="module")
def ruth(desk: Desk) -> RepClient:
    return desk.rep("ruth")


@pytest.fixture(autouse=True)
def ruth_is_there(desk: Desk, ruth: RepClient) -> None:
    """However long the tests of this module take: else her chat would go back to the line after 45 s."""
    desk.do(presence.seen, [ruth.rep["id"]])


@pytest.fixture(scope="module")
def ana(desk: Desk) -> Customer:
    return desk.ana("C-1001")


@pytest.fixture(scope="module")
def chat(ana: Customer, ruth: RepClient) -> str:
    conversation = ana.waits()
    assert ruth.does("claim", conversation).status_code == 200
    return conversation


def sends(
    who: Customer | RepClient, chat: str, content: bytes, name: str = "box.png", kind: str = "image/png", **more: str
) -> httpx.Response:
    side = "/api/rep" if isinstance(who, RepClient) else "/api"
    headers = {"content-type": kind, "x-client-id": new_client_id(), "x-file-name": quote(name), **more}
    return who.http.post(f"{side}/conversations/{chat}/files", content=content, headers=headers)


def fetched(who: Customer | RepClient, message: dict[str, Any], chat: str | None = None) -> httpx.Response:
    side = "/api/rep" if isinstance(who, RepClient) else "/api"
    return who.http.get(f"{side}/conversations/{chat or message['conversation']}/files/{message['attachment']['id']}")


def on_disk(desk: Desk) -> set[str]:
    folder: Path = desk.settings.files
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def as_picture(content: bytes) -> Image.Image:
    drawn = Image.open(io.BytesIO(content))
    drawn.load()
    return drawn


def test_ana_sends_a_picture_and_ruth_sees_it_and_answers_with_one(ana: Customer, ruth: RepClient, chat: str) -> None:
    answered = sends(ana, chat, hostile.picture("JPEG"), "broken box.jpg", "image/jpeg")
    assert answered.status_code == 201
    message = answered.json()
    assert (message["text"], message["author"]["kind"]) == ("broken box.jpg", "customer")
    assert {key: message["attachment"][key] for key in ("name", "media_type", "width", "height")} == {
        "name": "broken box.jpg",
        "media_type": "image/jpeg",
        "width": 60,
        "height": 40,
    }
    page = ruth.http.get(f"/api/rep/conversations/{chat}/messages").json()
    assert page["messages"][-1]["attachment"] == message["attachment"]
    assert as_picture(fetched(ruth, message).content).size == (60, 40)
    reply = sends(ruth, chat, hostile.picture("WEBP"), "label.webp", "image/webp")
    assert reply.status_code == 201
    assert as_picture(fetched(ana, reply.json()).content).format == "WEBP"


def test_a_file_is_given_out_for_saving_and_nothing_in_it_can_run(ana: Customer, chat: str) -> None:
    sent = sends(ana, chat, hostile.TEXT, "größe.txt", "text/plain").json()
    given = fetched(ana, sent)
    assert given.content == hostile.TEXT
    assert given.headers["content-type"] == "text/plain; charset=utf-8"
    assert given.headers["content-disposition"] == (
        "attachment; filename=\"file.txt\"; filename*=UTF-8''gr%C3%B6%C3%9Fe.txt"
    )
    assert given.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert given.headers["x-content-type-options"] == "nosniff"
    assert given.headers["cache-control"] == "no-store"


def test_of_a_photo_only_its_pixels_are_kept_the_right_way_up(ana: Customer, chat: str) -> None:
    photo = hostile.photo_with_place()
    assert b"BatonPhone" in photo
    assert as_picture(photo).getexif().get_ifd(0x8825), "the test's photo must say where it was taken"
    sent = sends(ana, chat, photo, "IMG_1.JPG", "image/jpeg").json()
    kept = fetched(ana, sent).content
    assert b"BatonPhone" not in kept
    assert not as_picture(kept).getexif()
    assert as_picture(kept).size == (80, 120) == (sent["attachment"]["width"], sent["attachment"]["height"])


def test_what_hides_behind_a_picture_is_gone(ana: Customer, chat: str) -> None:
    for tail in (b"<script>alert(1)</script>", hostile.pdf(), b"PK\x05\x06" + b"\0" * 18):
        sent = sends(ana, chat, hostile.picture() + tail).json()
        assert tail not in fetched(ana, sent).content


def test_a_large_picture_is_made_smaller_and_a_moving_one_stands_still(ana: Customer, chat: str) -> None:
    large = sends(ana, chat, hostile.picture("JPEG", (5000, 2500)), "wide.jpg", "image/jpeg").json()
    assert (large["attachment"]["width"], large["attachment"]["height"]) == (2560, 1280)
    still = sends(ana, chat, hostile.animated(), "dance.gif", "image/gif").json()
    assert (still["attachment"]["name"], still["attachment"]["media_type"]) == ("dance.png", "image/png")
    assert getattr(as_picture(fetched(ana, still).content), "n_frames", 1) == 1


def test_a_plain_pdf_is_kept_as_it_is(ana: Customer, chat: str) -> None:
    plain = hostile.pdf(hostile.packed(b"BT (Hello) Tj ET"))
    sent = sends(ana, chat, plain, "invoice.pdf", "application/pdf")
    assert sent.status_code == 201, sent.text
    assert fetched(ana, sent.json()).content == plain


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
WRONG_TYPES = {
    "svg": (SVG, "a.svg", "image/svg+xml"),
    "svg that says png": (SVG, "a.png", "image/png"),
    "svg that says text": (SVG, "a.txt", "text/plain"),
    "html": (b"<!doctype html><script>1</script>", "a.html", "text/html"),
    "html that says text": (b"\n <html><script>1</script>", "a.txt", "text/plain"),
    "xml": (b"<?xml version='1.0'?><a/>", "a.xml", "application/xml"),
    "javascript": (b"alert(1)", "a.js", "text/javascript"),
    "javascript called text": (b"alert(1)", "a.js", "text/plain"),
    "program": (b"MZ\x90\0", "a.exe", "application/octet-stream"),
    "program called text": (b"\x7fELF\x02\x01", "a.txt", "text/plain"),
    "zip": (b"PK\x03\x04", "a.zip", "application/zip"),
    "zip called text": (b"PK\x03\x04", "a.txt", "text/plain"),
    "jpeg that says png": (hostile.picture("JPEG"), "a.png", "image/png"),
    "png called jpg": (hostile.picture(), "a.jpg", "image/png"),
    "pdf after rubbish": (b"GIF89a" + hostile.pdf(), "a.pdf", "application/pdf"),
    "text with a NUL": (b"a\0b", "a.txt", "text/plain"),
    "text of another century": ("größe".encode("latin-1"), "a.txt", "text/plain"),
    "double extension": (hostile.picture(), "a.php.png", "image/png"),
    "double extension, dressed up": (hostile.picture(), "a.HTML .png", "image/png"),
    "program's ending": (hostile.picture(), "a.png.exe", "image/png"),
    "ending turned round": (hostile.picture(), "a\u202egnp.exe", "image/png"),
    "no type": (hostile.picture(), "a.png", ""),
    "form": (hostile.picture(), "a.png", "multipart/form-data; boundary=x"),
}


@pytest.mark.parametrize("row", WRONG_TYPES)
def test_what_isnt_a_safe_type_is_refused_with_the_list_of_what_is(
    desk: Desk, ana: Customer, chat: str, row: str
) -> None:
    before = on_disk(desk)
    answered = sends(ana, chat, *WRONG_TYPES[row])
    refused(answered, 415, "file_refused")
    assert "PNG, JPEG, WebP or GIF" in error(answered)["message"]
    assert on_disk(desk) == before


ACTING_PDFS = {
    "script": hostile.pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"),
    "script in letters by number": hostile.pdf(b"<< /S /J#61vaScript /J#53 (app.alert(1)) >>"),
    "script in a packed object": hostile.pdf(hostile.packed(b"4 0 << /S /JavaScript >>", b"/Type /ObjStm ")),
    "script, by reference only": hostile.pdf(b"<< /S /Rendition /JS 9 0 R >>"),
    "opens something": hostile.pdf(trailer=b"/OpenAction 4 0 R "),
    "acts by itself": hostile.pdf(b"<< /AA << /O 5 0 R >> >>"),
    "starts a program": hostile.pdf(b"<< /S /Launch /F (cmd.exe) >>"),
    "carries a file": hostile.pdf(b"<< /Type /EmbeddedFile >>"),
    "form": hostile.pdf(trailer=b"/AcroForm 4 0 R "),
}
UNREADABLE_PDFS = {
    "locked": hostile.pdf(trailer=b"/Encrypt 4 0 R "),
    "packed in an odd way": hostile.pdf(b"<< /Filter /ASCIIHexDecode >>\nstream\n2F4A53>\nendstream"),
    "cut off": hostile.pdf()[:-8],
    "bomb": hostile.pdf(hostile.packed(b"\0" * 70_000_000)),
    "10,000 pages": hostile.pdf(*[b"<< /Type /Page >>"] * 10_000),
    "10,000 packed pages": hostile.pdf(hostile.packed(b"<< /Type /Page >>" * 10_000)),
    "zip behind it": hostile.pdf() + b"PK\x05\x06" + b"\0" * 18 + b"%%EOF",
}


@pytest.mark.parametrize("row", ACTING_PDFS)
def test_a_pdf_that_does_or_carries_something_is_refused(ana: Customer, chat: str, row: str) -> None:
    refused(sends(ana, chat, ACTING_PDFS[row], "a.pdf", "application/pdf"), 415, "file_refused")


@pytest.mark.parametrize("row", UNREADABLE_PDFS)
def test_a_pdf_that_cant_be_looked_through_is_refused(ana: Customer, chat: str, row: str) -> None:
    refused(sends(ana, chat, UNREADABLE_PDFS[row], "a.pdf", "application/pdf"), 422, "file_unreadable")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "file_empty"),
        (hostile.png_of(10_000, 10_000), 413, "file_too_large"),
        (hostile.png_of(2**31 - 1, 2**31 - 1), 413, "file_too_large"),
        (hostile.png_with_packed_text(), 422, "file_unreadable"),
        (hostile.picture("PNG", (400, 300))[:300], 422, "file_unreadable"),
        (hostile.png_of(50, 50), 422, "file_unreadable"),
        (b"\x89PNG\r\n\x1a\n", 422, "file_unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 10_000_000, 413, "file_too_large"),
    ],
    ids=["empty", "10k x 10k", "2 billion a side", "packed text", "cut", "no pixels", "only magic", "over 10 MB"],
)
def test_what_is_too_much_or_too_little_is_refused(
    desk: Desk, ana: Customer, chat: str, content: bytes, status: int, code: str
) -> None:
    before = on_disk(desk)
    refused(sends(ana, chat, content), status, code)
    assert on_disk(desk) == before


def test_a_file_that_announces_too_much_is_refused_before_it_is_read(desk: Desk, ana: Customer, chat: str) -> None:
    with socket.create_connection(("127.0.0.1", desk.settings.port), timeout=5) as line:
        line.sendall(head_of(ana, chat, 10_000_001))
        assert line.recv(4096).startswith(b"HTTP/1.1 413")


def head_of(ana: Customer, chat: str, length: int) -> bytes:
    lines = [
        f"POST /api/conversations/{chat}/files HTTP/1.1",
        "Host: desk",
        "Content-Type: image/png",
        f"Content-Length: {length}",
        f"Authorization: Bearer {ana.session}",
        f"X-Client-Id: {new_client_id()}",
        "X-File-Name: a.png",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def test_of_an_upload_that_is_cut_off_nothing_is_left(desk: Desk, ana: Customer, chat: str) -> None:
    before, said = on_disk(desk), ana.sees(chat)
    with socket.create_connection(("127.0.0.1", desk.settings.port), timeout=5) as line:
        line.sendall(head_of(ana, chat, 5_000) + hostile.picture())
        eventually(lambda: on_disk(desk) != before)
    eventually(lambda: on_disk(desk) == before)
    assert ana.sees(chat) == said


def test_an_upload_that_drips_in_is_given_up(tmp_path: Path) -> None:
    limits = replace(GENEROUS, file_seconds=1)
    with running_desk(tmp_path, limits=limits) as desk:
        ana = desk.ana()
        chat = ana.opens()
        with socket.create_connection(("127.0.0.1", desk.settings.port), timeout=5) as line:
            line.sendall(head_of(ana, chat, 5_000) + b"\x89PNG")
            assert line.recv(4096).startswith(b"HTTP/1.1 408")
        assert on_disk(desk) == set()


def test_a_full_disk_is_told_and_leaves_nothing(desk: Desk, ana: Customer, chat: str, monkeypatch: Any) -> None:
    before = on_disk(desk)
    monkeypatch.setattr(file_store.FileStore, "_open", opening_a_full_disk)
    answered = sends(ana, chat, hostile.picture())
    refused(answered, 503, "storage_unavailable")
    assert "can't take files" in error(answered)["message"]
    assert int(answered.headers["retry-after"]) > 0
    monkeypatch.undo()
    assert on_disk(desk) == before
    assert sends(ana, chat, hostile.picture()).status_code == 201


def opening_a_full_disk(store: Any, path: Path) -> Any:
    """Linux has a device that's always full; the file beside it shows that it's taken away again."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.symlink_to("/dev/full")
    return path.open("wb")


@pytest.mark.parametrize(
    ("kind", "content"),
    [("text/plain", hostile.TEXT), ("image/png", hostile.picture()), ("application/pdf", hostile.pdf())],
)
def test_a_disk_that_fills_up_while_a_file_is_made_safe_says_nothing_about_the_file(
    tmp_path: Path, kind: str, content: bytes
) -> None:
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(content)
    words = [kind, str(source), "/dev/full", "25000000", "0"]
    assert file_worker.main(words)["refused"] == "StorageUnavailable"
    assert "refused" not in file_worker.main([kind, str(source), str(target), *words[3:]])


def test_a_decoder_that_hangs_is_ended_and_the_file_refused(
    desk: Desk, ana: Customer, chat: str, monkeypatch: Any
) -> None:
    before = on_disk(desk)
    monkeypatch.setattr(file_store, "WORKER_SECONDS", 0.01)
    refused(sends(ana, chat, hostile.picture()), 422, "file_unreadable")
    assert on_disk(desk) == before


def test_files_are_shown_while_others_are_being_decoded(
    desk: Desk, ana: Customer, ruth: RepClient, chat: str, monkeypatch: Any
) -> None:
    sent = sends(ana, chat, hostile.picture()).json()
    make_safe, goes_on = file_store.FileStore._make_safe, threading.Event()
    monkeypatch.setattr(file_store.FileStore, "_make_safe", lambda *args: goes_on.wait(20) and make_safe(*args))
    with ThreadPoolExecutor(3) as people:
        customers = [desk.ana() for _ in range(3)]
        going = [people.submit(sends, each, each.opens(), hostile.picture()) for each in customers]
        eventually(lambda: len([name for name in on_disk(desk) if name.endswith(".in.part")]) == 3)
        assert fetched(ruth, sent).status_code == 200
        goes_on.set()
        assert [each.result().status_code for each in going] == [201, 201, 201]


NAMES = {
    "../../etc/passwd.png": "passwd.png",
    "C:\\fotos\\box.png": "box.png",
    "a\0b\u202e\u200b.png": "ab.png",
    "x" * 4_000 + ".png": "x" * 116 + ".png",
    "CON.png": "_CON.png",
    "CON": "_CON.png",
    ".png": "file.png",
    "": "file.png",
    "...": "file.png",
    "holiday": "holiday.png",
    "v1.2": "v1.2.png",
    " two\n\tlines .png": "two lines.png",
    '<b>"x"</b>.png': "b_.png",
    "gift.PNG": "gift.png",
    "4111 1111 1111 1111.png": "[card number hidden].png",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_ever_a_line_of_text(desk: Desk, ana: Customer, chat: str, name: str) -> None:
    answered = sends(ana, chat, hostile.picture(), name)
    assert answered.status_code == 201, answered.text
    assert answered.json()["text"] == answered.json()["attachment"]["name"] == NAMES[name]
    assert answered.json()["attachment"]["id"] in on_disk(desk)
    assert (desk.settings.files / answered.json()["attachment"]["id"]).stat().st_mode & 0o777 == 0o600
    assert desk.settings.files.stat().st_mode & 0o777 == 0o700


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=300) | st.text("./\\\u202e\u200b\0 :con.png", max_size=40))
def test_no_name_gets_through_as_anything_else(name: str) -> None:
    try:
        shown = shown_name(quote(name, errors="replace"), PNG)
    except FileRefused:
        return
    assert shown.endswith(".png")
    assert len(shown) <= LONGEST_NAME
    assert shown == shown.strip(" ")
    assert all(character.isprintable() for character in shown)
    assert not set(shown) & set('/\\:<>|?*"')
    assert shown_name(quote(shown), PNG) == shown


def test_sending_a_file_again_is_harmless_and_another_under_its_id_is_refused(
    desk: Desk, ana: Customer, chat: str
) -> None:
    once, first = {"x-client-id": new_client_id()}, hostile.picture(colour="#00ff00")
    sent = sends(ana, chat, first, **once)
    before, said = on_disk(desk), ana.sees(chat)
    again = sends(ana, chat, first, **once)
    assert (sent.status_code, again.status_code) == (201, 200)
    assert again.json() == sent.json()
    refused(sends(ana, chat, hostile.picture(colour="#0000ff"), **once), 409, "id_reused")
    refused(sends(ana, chat, first, "other.png", **once), 409, "id_reused")
    assert on_disk(desk) == before
    assert ana.sees(chat) == said


def test_ruth_who_lost_the_chat_before_she_knew_that_her_file_was_there_is_told_that_it_is(
    desk: Desk, ruth: RepClient
) -> None:
    ana, sam, once, label = desk.ana("C-1007"), desk.rep("sam"), {"x-client-id": new_client_id()}, hostile.picture()
    talk = ana.waits()
    assert ruth.does("claim", talk).status_code == 200
    sent = sends(ruth, talk, label, **once)
    assert ruth.does("release", talk).status_code == 200
    assert sam.does("claim", talk).status_code == 200
    again, another = sends(ruth, talk, label, **once), sends(ruth, talk, label)
    assert (sent.status_code, again.status_code) == (201, 200)
    assert again.json() == sent.json()
    refused(another, 409, "lost_to_another")
    assert "draft" not in another.text
    assert ana.sees(talk).count("box.png") == 1


@pytest.mark.parametrize("client_id", ["", "short", "has space in it", "x" * 65])
def test_without_a_usable_client_id_nothing_is_taken(ana: Customer, chat: str, client_id: str) -> None:
    refused(sends(ana, chat, hostile.picture(), **{"x-client-id": client_id}), 422, "bad_field")


def test_more_than_twenty_files_a_day_from_one_side_of_a_chat_are_refused(tmp_path: Path) -> None:
    with running_desk(tmp_path, limits=GENEROUS) as desk:
        ana, ruth = desk.ana("C-1"), desk.rep("ruth")
        chat, last = ana.waits(), {"x-client-id": new_client_id()}
        ruth.does("claim", chat)
        for _ in range(19):
            assert sends(ana, chat, hostile.TEXT, "a.txt", "text/plain").status_code == 201
        assert sends(ana, chat, hostile.TEXT, "a.txt", "text/plain", **last).status_code == 201
        answered = sends(ana, chat, hostile.TEXT, "a.txt", "text/plain")
        refused(answered, 429, "too_many_files")
        assert 86_000 < int(answered.headers["retry-after"]) <= 86_400
        assert sends(ana, chat, hostile.TEXT, "a.txt", "text/plain", **last).status_code == 200
        assert sends(ruth, chat, hostile.TEXT, "a.txt", "text/plain").status_code == 201
        assert len(on_disk(desk)) == 21


def test_one_address_cant_fill_the_disk_from_many_chats(tmp_path: Path) -> None:
    limits = replace(GENEROUS, files_per_address_per_hour=2)
    with running_desk(tmp_path, limits=limits) as desk:
        codes = []
        for _ in range(3):
            ana = desk.ana()
            codes.append(sends(ana, ana.opens(), hostile.TEXT, "a.txt", "text/plain").status_code)
        assert codes == [201, 201, 429]


def test_a_link_opens_only_for_those_who_may_see_the_conversation(
    desk: Desk, ana: Customer, ruth: RepClient, chat: str
) -> None:
    sent = sends(ana, chat, hostile.picture()).json()
    ben = desk.ana("C-2002")
    bens_chat = ben.waits()
    bens = sends(ben, bens_chat, hostile.picture()).json()
    assert fetched(ana, sent).status_code == fetched(ruth, sent).status_code == 200
    for answered in (
        fetched(ben, sent),
        fetched(ben, sent, bens_chat),
        fetched(ana, bens, chat),
        fetched(desk.rep("sam"), sent),
        desk.ana().http.get(f"/api/conversations/{chat}/files/{sent['attachment']['id']}"),
        ana.http.get(f"/api/conversations/{chat}/files/{'0' * 32}"),
        ana.http.get(f"/api/conversations/{chat}/files/..%2f..%2fdesk.sqlite"),
    ):
        refused(answered, 404, "not_found")


def test_a_rep_who_doesnt_hold_the_chat_sends_nothing(desk: Desk, chat: str) -> None:
    refused(sends(desk.rep("sam"), chat, hostile.picture()), 404, "not_found")


def test_a_rep_needs_the_token_that_other_sites_dont_have(ruth: RepClient, chat: str) -> None:
    assert sends(ruth, chat, hostile.picture(), **{"x-csrf-token": "x"}).status_code == 403
    assert sends(ruth, chat, hostile.picture(), **{"sec-fetch-site": "cross-site"}).status_code == 403


def test_a_file_to_the_bot_is_kept_for_a_person_and_the_bot_isnt_asked(desk: Desk) -> None:
    ana = desk.ana()
    chat = ana.opens()
    asked = len(desk.bot.contexts)
    assert sends(ana, chat, hostile.picture()).status_code == 201
    page = ana.http.get(f"/api/conversations/{chat}/messages").json()["messages"]
    assert "can't look at files" in page[-1]["text"]
    assert [button["title"] for button in page[-1]["buttons"]] == ["Talk to a person"]
    assert ana.says(chat, "My box is broken.").status_code == 201
    eventually(lambda: len(desk.bot.contexts) == asked + 1)
    assert eventually(lambda: ana.sees(chat)[-1] == "echo: My box is broken.")
    assert ana.asks_for_person(chat).status_code == 200
    add_rep(desk, "rita", "rep")
    rita = desk.rep("rita")
    assert rita.does("claim", chat).status_code == 200
    assert fetched(rita, next(each for each in page if each["attachment"])).status_code == 200


def test_a_file_sent_to_a_closed_chat_begins_the_next_one(desk: Desk) -> None:
    ana = desk.ana()
    chat = ana.opens()
    ana.says(chat, "Hello")
    ana.http.post(f"/api/conversations/{chat}/close", json={})
    sent = sends(ana, chat, hostile.picture()).json()
    assert sent["conversation"] != chat
    assert fetched(ana, sent).status_code == 200
    refused(fetched(ana, sent, chat), 404, "not_found")


def test_what_a_killed_desk_left_behind_is_removed(desk: Desk, ana: Customer, chat: str) -> None:
    sent = sends(ana, chat, hostile.picture()).json()
    for name in ("0" * 32, "1" * 32 + ".in.part"):
        (desk.settings.files / name).write_bytes(b"left behind")
    desk.call(files.tidy(desk.parts.runner, desk.parts.files, 0))
    assert {"0" * 32, "1" * 32 + ".in.part"} <= on_disk(desk), "what is new may be on its way"
    desk.call(files.tidy(desk.parts.runner, desk.parts.files, 2**40))
    assert not {"0" * 32, "1" * 32 + ".in.part"} & on_disk(desk)
    assert fetched(ana, sent).status_code == 200
