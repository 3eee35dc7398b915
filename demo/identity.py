"""Who is signed in to the demo shop, and the tokens that tell Baton's desk so."""

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import jwt

KEY_ID, ISSUER, AUDIENCE = "demo-1", "demo-shop", "baton"
TOKEN_LIFE = timedelta(minutes=30)
SIGN_IN_LIFE = timedelta(hours=12)
COOKIE = "larkfield"


def identity_token(secret: str, customer: dict[str, str], order: str | None = None) -> str:
    """The signed word for the desk that this customer is who they are, and which order they ask about; 30 minutes."""
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": customer["customer_id"],
        "name": customer["name"],
        "email": customer["email"],
        "exp": datetime.now(UTC) + TOKEN_LIFE,
    }
    if order:
        claims["order_id"] = order
    return jwt.encode(claims, secret, algorithm="HS256", headers={"kid": KEY_ID})


def sign_in_cookie(secret: str, customer_id: str) -> str:
    """What the browser keeps while somebody is signed in."""
    claims = {"aud": COOKIE, "sub": customer_id, "exp": datetime.now(UTC) + SIGN_IN_LIFE}
    return jwt.encode(claims, _cookie_key(secret), algorithm="HS256")


def signed_in_as(secret: str, cookie: str | None) -> str | None:
    """The customer's id from the cookie; None if it's missing, bad or too old."""
    try:
        claims = jwt.decode(
            cookie or "",
            _cookie_key(secret),
            algorithms=["HS256"],
            audience=COOKIE,
            options={"require": ["exp", "sub", "aud"]},
        )
    except jwt.InvalidTokenError:
        return None
    return claims["sub"]


def _cookie_key(secret: str) -> bytes:
    """Another key than the desk's, so that neither kind of token passes for the other."""
    return hmac.digest(secret.encode(), b"sign-in", sha256)
