"""Random ids, 128 bit."""

import secrets


def new_id() -> str:
    """32 hex digits that nobody can guess."""
    return secrets.token_hex(16)
