"""Keyed names for people and things: the same in every export of one workshop, unlinkable between two workshops.

The key is not in the database. Nobody can work out an id, or find whose it is, without it.
"""

import hashlib
import hmac
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none that look alike
PERSON, THING = 8, 12


class Pseudonyms:
    """`people` are all participants of the workshop: if two would get the same eight signs, everybody gets ten."""

    def __init__(self, workshop_id: int, people: Iterable[int] = ()) -> None:
        self._key = hmac.digest(_master(), f"workshop\x1f{workshop_id}".encode(), "sha256")
        self._thing = lru_cache(maxsize=20_000)(self._made)
        ids = list(people)
        short = {self._made("P", one, PERSON) for one in ids}
        self._person_length = PERSON if len(short) == len(ids) else PERSON + 2
        self._people = {one: self._made("P", one, self._person_length) for one in ids}

    @property
    def key_id(self) -> str:
        """Says with which key the ids were made, and nothing about the key."""
        return hashlib.sha256(b"key id\x1f" + self._key).hexdigest()[:12]

    @property
    def study(self) -> str:
        return self._made("W", "", THING)

    def person(self, pk: int | None) -> str:
        if pk is None:
            return ""
        return self._people.get(pk) or self._made("P", pk, self._person_length)

    def thing(self, prefix: str, pk: Any) -> str:
        return "" if pk is None else self._thing(prefix, pk, THING)

    def _made(self, prefix: str, pk: Any, length: int) -> str:
        digest = hmac.digest(self._key, f"{prefix}\x1f{pk}".encode(), "sha256")
        return f"{prefix}-{_crockford(digest, length)}"


def _master() -> bytes:
    """PSEUDONYM_KEY, else one that follows from SECRET_KEY, which is not in the database either."""
    if settings.PSEUDONYM_KEY:
        return bytes(settings.PSEUDONYM_KEY.encode())
    return hmac.digest(settings.SECRET_KEY.encode(), b"pseudonyms of exports", "sha256")


def _crockford(digest: bytes, length: int) -> str:
    number = int.from_bytes(digest, "big")
    return "".join(SIGNS[(number >> (5 * place)) & 31] for place in range(length))
