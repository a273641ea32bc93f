"""What all ledgers share: an event as they read it, and how what they add up to is held beside the tables."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


class Told(Protocol):
    """What is read of an event."""

    @property
    def verb(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def data(self) -> dict[str, Any]: ...
    @property
    def participant(self) -> int | None: ...
    @property
    def session(self) -> int | None: ...
    @property
    def activity(self) -> int | None: ...
    @property
    def dialogue(self) -> int | None: ...
    @property
    def contribution(self) -> UUID | None: ...


def is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def differing(check: str, here: Mapping[Any, Any], told: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    """(CHECK, text) for each key whose value HERE, in the tables, is not what the log TOLD; no value is none, or 0."""
    for key in here.keys() | told.keys():
        if (here.get(key) or None) != (told.get(key) or None):
            yield check, f"{key} is {here.get(key)}, the log says {told.get(key)}"
