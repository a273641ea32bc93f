"""What an app beside the product hands to it when it starts, so that the product need not know it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Became:
    """What a host told of somebody's words: what happened to them in a word or two, and why or where."""

    label: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for one person: a sentence, where it is, and by when (in words) if there is a day."""

    text: str | Promise
    address: str
    until: str = ""


IS_WITHDRAWN = Q(withdrawn_at__isnull=False)


@dataclass(frozen=True, slots=True)
class Given:
    """Rows that people give and can take back. `taken_back` says which ones were; their `withdrawn_at` says when.

    `person` and `since` are the fields that say whose it is and when it came; `prefix` begins its ids in exports.
    """

    prefix: str
    model: type[Model]
    person: str
    since: str
    taken_back: Q = IS_WITHDRAWN


# Given a participant: what waits for them. Given a workshop: (rule, what is wrong) where tables and log disagree.
# Modules whose `cues(company)` add to the story of the sample workshop, by name.
SAMPLE_PARTS: list[str] = []
WAITING: list[Callable[[Any], Iterable[Waiting]]] = []
CONTRADICTIONS: list[Callable[[Any], Iterable[tuple[str, str]]]] = []
# Given ids of contributions and their workshop: those that everybody can see to have led to something.
LED: list[Callable[[Iterable[Any], Any], set[Any]]] = []
# Given a workshop: measures (queries.measured.Figure) for the record in numbers.
FIGURES: list[Callable[[Any], Iterable[Any]]] = []

# Given a workshop, a person of it (or None for what is news to anybody) and two moments: sentences for mails with news.
NEWS: list[Callable[[Any, Any, Any, Any], Iterable[str]]] = []

# What people can take back, beside words and answers.
GIVEN: list[Given] = []

# Given ids of contributions: what hosts told of each of them.
BECAME: list[Callable[[Iterable[Any]], dict[Any, Became]]] = []


def waiting_for(person: Any) -> list[Waiting]:
    """Everything that waits for PERSON, in the order in which apps were added."""
    return [one for asked in WAITING for one in asked(person)]


def news_of(workshop: Any, person: Any, since: Any, until: Any) -> list[str]:
    """What happened in WORKSHOP after SINCE, up to UNTIL, that PERSON may want to know, in their language."""
    return [line for asked in NEWS for line in asked(workshop, person, since, until)]


def led_to_something(words: Iterable[Any], workshop: Any) -> set[Any]:
    """Which of WORDS (ids) have a page that says what they led to."""
    ids = list(words)
    return {one for asked in LED for one in asked(ids, workshop)} if ids else set()


def figures_of(workshop: Any) -> list[Any]:
    """The measures that other apps add to the record in numbers."""
    return [one for asked in FIGURES for one in asked(workshop)]


def became_of(words: Iterable[Any]) -> dict[Any, Became]:
    """Word (id) -> what a host told of it. Nothing is asked where there are none."""
    ids = list(words)
    return {one: told for asked in BECAME for one, told in asked(ids).items()} if ids else {}
