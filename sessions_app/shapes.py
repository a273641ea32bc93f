"""The shapes that the data of events may have: numbers, moments, keys of ours; never somebody's words."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.dateparse import parse_datetime

from sessions_app.group_ledger import GROUP_SHAPES
from sessions_app.heading_ledger import HEADING_SHAPES
from sessions_app.models import Place, Purpose, Role, State, Via
from sessions_app.room_ledger import ROOM_SHAPES
from sessions_app.told import is_number

_WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CARD = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KEY = re.compile(r"[a-z_]{1,40}|[0-9]{1,19}")


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and parse_datetime(value) is not None
    except ValueError:
        return False


def _is_snapshot(value: Any) -> bool:
    """What things were like before a press: keys of ours, numbers, moments and states, however deep."""
    if isinstance(value, dict):
        return all(_KEY.fullmatch(key) and _is_snapshot(inner) for key, inner in value.items())
    return value is None or is_number(value) or _is_moment(value) or value in State.values


def _list_of(allowed: Callable[[Any], Any]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(isinstance(item, str) and allowed(item) for item in value)


SHAPES: dict[str, Callable[[Any], Any]] = {
    "via": lambda value: value in Via.values,
    "place": lambda value: value in Place.values,
    "late": lambda value: isinstance(value, bool),
    "stands": lambda value: isinstance(value, bool),
    "roles": _list_of(lambda role: role in Role.values),
    "fields": _list_of(_WORD.fullmatch),
    "purpose": lambda value: value in Purpose.values,
    "version": is_number,
    "kind": lambda value: isinstance(value, str) and _WORD.fullmatch(value),
    "position": is_number,
    "minutes": is_number,
    "round": is_number,
    "phase": is_number,
    "first": lambda value: isinstance(value, bool),
    "until": _is_moment,
    "opens": _is_moment,
    "from": is_number,
    "undid": is_number,
    "cards": _list_of(_CARD.fullmatch),
    "sizes": lambda value: isinstance(value, list) and all(is_number(size) for size in value),
    "read": lambda value: isinstance(value, bool),
    "overrode": lambda value: value is True,
    "message": is_number,
    "letter": is_number,
    "notes": is_number,
    "export": is_number,
    **ROOM_SHAPES,
    **HEADING_SHAPES,
    **GROUP_SHAPES,
    "rev": is_number,
    "before": lambda value: isinstance(value, dict) and _is_snapshot(value),
}
