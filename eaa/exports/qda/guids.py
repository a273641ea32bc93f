"""The ids that the standard wants, made from those of the export: the same every time, and of no use to a guesser."""

from functools import cached_property, lru_cache
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings


class Guids:
    """`study` is the keyed id of the workshop. Lower case, without braces: some programs compare letter by letter."""

    def __init__(self, study: str) -> None:
        self._study = study
        self._space = uuid5(NAMESPACE_URL, settings.PUBLIC_URL)
        self.code = lru_cache(maxsize=5_000)(self._code)

    def of(self, kind: str, key: str) -> str:
        return str(uuid5(self._space, f"{kind}/{self._study}/{key}"))

    @cached_property
    def automatic(self) -> str:
        """The user who does what no person did. Always the first: some programs take the first for the reader."""
        return self.of("user", "automatic")

    def user(self, person: str) -> str:
        return self.of("user", person) if person else self.automatic

    def words(self, card: str) -> str:
        """The place in a text where all of these words stand."""
        return self.of("selection", card)

    def _code(self, key: str) -> str:
        return self.of("code", key)
