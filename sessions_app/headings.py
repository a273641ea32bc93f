"""Headings: titles in the options of a step. A card lies under one by its place in that list, or under none yet."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _

from sessions_app.kinds import kind_of

OPTION = "headings"
MOST = 20  # at the same time
EVER = 100  # with those that were taken away, whose places are never given to others
LIMIT = 60  # signs of a title


class Headed(Protocol):
    """What is read of an activity here."""

    kind: str
    options: Any

    @property
    def is_hidden(self) -> bool: ...


def titles_of(activity: Headed) -> list[str]:
    """All titles, each at its own place; an empty one was taken away."""
    return list(activity.options.get(OPTION, [])) if kind_of(activity.kind).headings else []


def headings_of(activity: Headed) -> list[tuple[int, str]]:
    """The headings that are there: place and title."""
    return [(place, title) for place, title in enumerate(titles_of(activity)) if title]


def title_of(activity: Headed, heading: int | None) -> str:
    """The title that stands at HEADING; empty for none, and for one that is gone."""
    titles = titles_of(activity)
    return titles[heading] if heading is not None and 0 <= heading < len(titles) else ""


def to_choose_from(activity: Headed) -> list[tuple[int, str]]:
    """The headings under one of which every card has to be written; none where cards are sorted afterwards."""
    return headings_of(activity) if kind_of(activity.kind).headings == "chosen" else []


def is_outline(activity: Headed) -> bool:
    """Whether its cards lie in lists of their own, one for each heading: never while they lie face down."""
    return bool(kind_of(activity.kind).headings) and not activity.is_hidden


def list_id(dialogue_id: int, activity: Headed, heading: int | None) -> str:
    """The id of the list on the page in which a card lies."""
    if not is_outline(activity):
        return f"said-{dialogue_id}"
    return f"said-{dialogue_id}-{heading if title_of(activity, heading) else 'none'}"


def not_sorted() -> str:
    return _("Not sorted yet")


def without_sorted(kind: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """OPTIONS as they were planned: without the headings that people made while they sorted."""
    typed = kind_of(kind).headings == "sorted"
    return {name: value for name, value in options.items() if not (typed and name == OPTION)}
