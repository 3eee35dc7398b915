"""Reps' pictures: small, square, their own, and for everybody to see."""

from __future__ import annotations

import io

import httpx
from PIL import Image

from tests import hostile_files as hostile
from tests.desk import Desk, RepClient
from tests.test_customer_input import refused
from tests.test_files import sends


def shows_face(rep: RepClient, content: bytes, kind: str = "image/jpeg") -> httpx.Response:
    return rep.http.post("/api/rep/picture", content=content, headers={"content-type": kind})


def test_ruths_picture_is_made_small_and_square_and_ana_sees_who_helps_her(desk: Desk) -> None:
    ana, ruth = desk.ana("C-1"), desk.rep("ruth")
    chat = ana.waits()
    ruth.does("claim", chat)
    id = shows_face(ruth, hostile.picture("JPEG", (900, 300))).json()["picture"]
    assert ana.view(chat)["owner"]["picture"] == id
    assert ruth.http.get("/api/rep/me").json()["rep"]["picture"] == id
    shown = desk.client().get(f"/api/pictures/{id}")
    assert Image.open(io.BytesIO(shown.content)).size == (96, 96)
    assert shown.headers["content-type"] == "image/png"
    assert shown.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_new_picture_takes_the_place_of_the_old_one_and_it_can_be_taken_away(desk: Desk) -> None:
    sam = desk.rep("sam")
    first = shows_face(sam, hostile.picture("JPEG")).json()["picture"]
    second = shows_face(sam, hostile.picture("PNG"), "image/png").json()["picture"]
    refused(desk.client().get(f"/api/pictures/{first}"), 404, "not_found")
    assert not (desk.settings.files / first).exists()
    removed = sam.http.request("DELETE", "/api/rep/picture", json={})
    assert removed.json() == {"picture": None}
    refused(desk.client().get(f"/api/pictures/{second}"), 404, "not_found")
    assert not (desk.settings.files / second).exists()


def test_a_picture_must_be_one(desk: Desk) -> None:
    ruth = desk.rep("ruth")
    refused(shows_face(ruth, hostile.TEXT, "text/plain"), 415, "file_refused")
    refused(shows_face(ruth, b"\xff\xd8\xff not a picture"), 422, "file_unreadable")
    refused(shows_face(ruth, b""), 422, "file_empty")


def test_customers_files_are_not_shown_like_reps_pictures(desk: Desk) -> None:
    ana = desk.ana()
    sent = sends(ana, ana.opens(), hostile.picture()).json()
    refused(desk.client().get(f"/api/pictures/{sent['attachment']['id']}"), 404, "not_found")
