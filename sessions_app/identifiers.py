"""Identifiers that people and browsers carry: door codes, device tokens, ids in order of time."""

import hashlib
import hmac
import secrets
import time
import uuid

from django.conf import settings

# Without 0 O 1 I L: 31 signs, 29.7 bits in six of them.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
# A code chosen by hand may hold some of them; then they are read as one.
LOOKALIKES = str.maketrans({"0": "O", "1": "I", "L": "I"})


def ordered_uuid() -> uuid.UUID:
    """A version 7 UUID (RFC 9562): milliseconds first, so that an index grows at its end."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=value)


def door_code(length: int = 6) -> str:
    """A random code of LENGTH signs: 6 for an open door, 8 for what stays open between the meetings."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def grouped_code(code: str) -> str:
    """CODE in groups of three, which is easier to read out and to copy."""
    return "-".join(code[start : start + 3] for start in range(0, len(code), 3))


def normal_code(typed: str) -> str:
    """TYPED without case, spaces and dashes, look-alikes read as one: the form in which codes are stored."""
    return "".join(char for char in typed.upper() if char.isalnum()).translate(LOOKALIKES)[:12]


def new_token() -> str:
    """128 random bits for a cookie."""
    return secrets.token_urlsafe(16)


def token_of_form(value: str) -> str:
    """The cookie's token that belongs to VALUE, a random text of a form: the same for each press, a secret of ours."""
    return hmac.new(settings.SECRET_KEY.encode(), f"form:{value}".encode(), hashlib.sha256).hexdigest()[:32]


def token_hash(token: str) -> str:
    """What the database keeps of a token: 64 hexadecimal digits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
