"""The shapes that data of the framework's events may have: numbers and keys of ours, never somebody's words."""

from collections.abc import Callable
from typing import Any

from eaa.models import Mechanism, OutcomeKind, Shown, Status
from sessions_app.told import is_number


def _is_truth(value: Any) -> bool:
    return isinstance(value, bool)


SHAPES: dict[str, Callable[[Any], Any]] = {
    "record": is_number,
    "agreement": is_number,
    "commitment": is_number,
    "note": is_number,
    "code": is_number,
    "coding": is_number,
    "into": is_number,
    "clauses": lambda value: isinstance(value, list) and all(is_number(key) for key in value),
    "mechanism": lambda value: value in Mechanism.values,
    "status": lambda value: value in Status.values,
    "shown": lambda value: value in Shown.values,
    "outcome": lambda value: value in OutcomeKind.values,
    "gone": _is_truth,
    "accepted": _is_truth,
}
