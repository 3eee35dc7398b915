"""The shop's token: what is believed, and what is refused with a reason in the log only (guarantees 2.2)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from handoff.errors import IdentityInvalid
from handoff.identity import verify
from handoff.settings import IdentityKey, Settings
from tests.desk import SHOP_SECRET

SIGNING = ec.generate_private_key(ec.SECP256R1())
PUBLIC = SIGNING.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
KEYS = {"demo-1": IdentityKey("HS256", SHOP_SECRET), "ec-1": IdentityKey("ES256", PUBLIC)}
SETTINGS = Settings(bot_token="", context_key="", identity_keys=KEYS, identity_issuer="demo-shop")


def claims(**changes: Any) -> dict[str, Any]:
    whole = {"sub": "C-1001", "iss": "demo-shop", "aud": "baton", "exp": int(time.time()) + 600, **changes}
    return {name: value for name, value in whole.items() if value is not ...}


def token(**changes: Any) -> str:
    return jwt.encode(claims(**changes), SHOP_SECRET, algorithm="HS256", headers={"kid": "demo-1"})


def by_hand(header: dict[str, Any], body: bytes, signature: bytes = b"") -> str:
    parts = (json.dumps(header).encode(), body, signature)
    return b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts).decode()


def test_the_shops_customer_is_believed() -> None:
    found = verify(token(name="Ana", order_id="A-123456"), SETTINGS)
    assert (found.sub, found.name, found.order_id) == ("C-1001", "Ana", "A-123456")


@pytest.mark.parametrize(
    ("email", "known"),
    [("ana@example.com", "ana@example.com"), ("ana@example", None), ("Ana <ana@example.com>", None), (None, None)],
)
def test_an_address_that_nobody_can_write_to_keeps_nobody_out(email: str | None, known: str | None) -> None:
    assert verify(token(email=email), SETTINGS).email == known


def test_a_token_signed_with_the_shops_private_key_is_believed() -> None:
    signed = jwt.encode(claims(), SIGNING, algorithm="ES256", headers={"kid": "ec-1"})
    assert verify(signed, SETTINGS).sub == "C-1001"


@pytest.mark.parametrize("seconds", [-45, 3_600])
def test_clocks_may_differ_by_a_minute(seconds: int) -> None:
    assert verify(token(exp=int(time.time()) + seconds), SETTINGS).sub == "C-1001"


FOREIGN = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def bad_tokens() -> dict[str, str]:
    """Made afresh by each test: a token from the start of a long run would be refused for its age alone."""
    now = int(time.time())
    return {
        "no algorithm": by_hand({"alg": "none", "kid": "demo-1"}, json.dumps(claims()).encode()),
        "no algorithm, signed": by_hand({"alg": "none", "kid": "demo-1"}, json.dumps(claims()).encode(), b"x"),
        "public key as a secret": by_hand({"alg": "HS256", "kid": "ec-1"}, json.dumps(claims()).encode(), b"x"),
        "another algorithm": jwt.encode(claims(), FOREIGN, algorithm="RS256", headers={"kid": "demo-1"}),
        "ES256 for the secret's kid": jwt.encode(claims(), SIGNING, algorithm="ES256", headers={"kid": "demo-1"}),
        "longer hash": jwt.encode(claims(), SHOP_SECRET * 2, algorithm="HS512", headers={"kid": "demo-1"}),
        "unknown kid": jwt.encode(claims(), SHOP_SECRET, headers={"kid": "demo-2"}),
        "no kid": jwt.encode(claims(), SHOP_SECRET),
        "kid that is a list": by_hand({"alg": "HS256", "kid": ["demo-1"]}, json.dumps(claims()).encode()),
        "crit": jwt.encode(claims(), SHOP_SECRET, headers={"kid": "demo-1", "crit": ["x"], "x": 1}),
        "another secret": jwt.encode(claims(), "another secret, just as long as it", headers={"kid": "demo-1"}),
        "expired": token(exp=now - 120),
        "not before": token(nbf=now + 300),
        "issued later": token(iat=now + 300),
        "another audience": token(aud="other"),
        "list of audiences": token(aud=["baton", "other"]),
        "another issuer": token(iss="https://evil"),
        "no audience": token(aud=...),
        "no issuer": token(iss=...),
        "no sub": token(sub=...),
        "empty sub": token(sub=""),
        "null sub": by_hand({"alg": "HS256", "kid": "demo-1"}, json.dumps({**claims(), "sub": None}).encode()),
        "long sub": token(sub="x" * 129),
        "sub with a zero": token(sub="C\x00"),
        "no exp": token(exp=...),
        "lives too long": token(exp=now + 4_000),
        "lives for ever": token(exp=10**18),
        "name that is a list": token(name=["Ana"]),
        "long order": token(order_id="A" * 65),
        "8 kB": token(extra="x" * 8_200),
        "nothing": "",
        "two parts": "a.b",
        "no base64": "ä.ö.ü",
        "no JSON": by_hand({"alg": "HS256", "kid": "demo-1"}, b"{"),
        "no object": by_hand({"alg": "HS256", "kid": "demo-1"}, b"[]"),
        "deep": by_hand({"alg": "HS256", "kid": "demo-1"}, b"[" * 2_000),
    }


@pytest.mark.parametrize("what", bad_tokens())
def test_anything_else_is_refused_with_one_answer(what: str) -> None:
    with pytest.raises(IdentityInvalid) as refusal:
        verify(bad_tokens()[what], SETTINGS)
    assert refusal.value.words == IdentityInvalid.message


def signed_by_hand(body: bytes) -> str:
    """Properly signed, but with a body that PyJWT wouldn't make."""
    header = {"alg": "HS256", "kid": "demo-1"}
    unsigned = by_hand(header, body).rsplit(".", 1)[0].encode()
    return by_hand(header, body, hmac.digest(SHOP_SECRET.encode(), unsigned, hashlib.sha256))


def test_strange_claims_under_a_good_signature_are_refused() -> None:
    plain = json.dumps(claims()).encode()
    assert verify(signed_by_hand(plain), SETTINGS).sub == "C-1001"
    for name, values in {
        "sub": ["[1]", "7", "{}"],
        "exp": ['"soon"', "1e999", "NaN", "[]", '"99999999999"', "true"],
    }.items():
        for value in values:
            strange = json.dumps({**claims(), name: "@"}).replace('"@"', value).encode()
            with pytest.raises(IdentityInvalid):
                verify(signed_by_hand(strange), SETTINGS)


def test_the_reason_is_for_the_log_and_without_the_token(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "baton.identity"), pytest.raises(IdentityInvalid):
        verify(bad_tokens()["expired"], SETTINGS)
    assert "expired_signature" in caplog.text
    assert "C-1001" not in caplog.text
