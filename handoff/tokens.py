"""Secrets that people carry: random, and stored only as a hash."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """256 random bits, fit for a header or a cookie."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is stored of a token. A plain hash will do: nobody guesses 256 random bits."""
    return hashlib.sha256(token.encode(errors="surrogateescape")).hexdigest()


def keyed_hash(key: str, text: str) -> str:
    """The same 32 hex digits for the same text; without the key nobody can try texts out."""
    return hmac.new(key.encode(), text.encode(errors="surrogateescape"), hashlib.sha256).hexdigest()[:32]
