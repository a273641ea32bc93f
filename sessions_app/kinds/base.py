"""What a kind is, and the registry that finds the modules and folders beside this one (docs/activity-kinds.md)."""

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sessions_app.errors import BadText
from sessions_app.kinds.options import Option

NOT_KINDS = {"base", "options", "templates"}


class Sent(Protocol):
    """A form as it was sent: Django's QueryDict, or anything like it."""

    def get(self, key: str, default: Any = None) -> Any: ...
    def getlist(self, key: str) -> list[Any]: ...


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as everybody may see it. `who` is empty where names are not shown; `reason` are words beside it.

    `card` is the id of those words, so that links lead to them; only where names are shown, since it tells when.
    """

    value: Any
    who: str = ""
    initials: str = "?"
    place: str = ""
    reason: str = ""
    language: str = ""
    card: str = ""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What a paper ballot of a choosing kind shows: `how` to fill it in, and a `row` for each thing.

    `mark` is what stands before a row: a "box" to tick, a "blank" for a number, or a "line" to write on.
    `before` are lines to read first.
    """

    how: str | Promise
    rows: tuple[str | Promise, ...]
    mark: str = "box"
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of one step to which a facilitator leads the group, and one sentence of what people do in it."""

    name: str | Promise
    says: str | Promise


class Kind:
    """A way of facilitating. The defaults fill the planner's form; the templates draw it in the room and the thread.

    A kind whose people choose instead of write is a Choosing and has two templates beside it:
    `kinds/<key>/answer.html`, the fields of one person's answer (`choices`), and `kinds/<key>/result.html` (`result`).
    Where nothing is chosen, an answer is refused and there is no result.
    """

    key: ClassVar[str]
    name: ClassVar[str | Promise]
    summary: ClassVar[str | Promise]
    invitation: ClassVar[str | Promise]  # the label of the composer
    minutes: ClassVar[int] = 10
    stages: ClassVar[tuple[str, ...]] = ()
    mechanisms: ClassVar[tuple[str, ...]] = ()
    blind: ClassVar[bool] = False
    takes_words: ClassVar[bool] = True
    needs_question: ClassVar[bool] = False  # what people choose from says nothing without the question above it
    takes_answers: ClassVar[bool] = False  # one answer per person and round, kept as a Response
    shows_who: ClassVar[bool] = True  # whether the result tells who answered what, where the step shows names
    takes_reasons: ClassVar[bool] = False  # an answer may come with words, kept as a contribution
    reason_label: ClassVar[str | Promise] = _("Why? In your own words.")
    reason_hint: ClassVar[str | Promise] = _("if you want")
    takes_objections: ClassVar[bool] = False  # facilitators note how each was taken in
    identity: ClassVar[str] = "named"  # what a step of it promises about names, unless the planner chooses
    is_private: ClassVar[bool] = False  # what is written stays on the device until it is shared as a card
    carries: ClassVar[bool] = False  # people work in twos or fours, and carry cards of the step before on
    in_turn: ClassVar[bool] = False  # one after the other has the word, online and the hall by turns
    quotes: ClassVar[bool] = False  # answers are about the cards of the step before: `options["cards"]`
    draws_before: ClassVar[bool] = False  # its result shows the round before beside this one
    allows_pass: ClassVar[bool] = False  # a button that answers "Pass" in the person's name
    layout: ClassVar[str] = "wall"  # "wall": cards side by side; "says": one below the other; "outline": by heading
    headings: ClassVar[str] = ""  # "chosen": who writes chooses one; "sorted": cards are put under them afterwards
    in_groups: ClassVar[bool] = False  # people work in small groups, each with a page and a dialogue of its own
    rests: ClassVar[bool] = False  # a break: drawn with a cup, not with a stage
    phases: ClassVar[
        tuple[Phase, ...]
    ] = ()  # shown to everybody in a meeting; a facilitator leads from one to the next
    options: ClassVar[tuple[Option, ...]] = ()  # what a facilitator can set for it

    @classmethod
    def invites(cls) -> bool:
        """Whether people are asked for anything, as in a break they are not."""
        return cls.takes_words or cls.takes_answers

    @classmethod
    def shows_words(cls) -> bool:
        """Whether words lie by themselves; where people choose, their reasons lie in the result instead."""
        return cls.takes_words or not cls.takes_answers

    @classmethod
    def counted(cls, count: int) -> str:
        """How many answers there are, in words."""
        if cls.takes_answers:
            return ngettext("%(count)d answer", "%(count)d answers", count) % {"count": count}
        return ngettext("%(count)d card", "%(count)d cards", count) % {"count": count}

    @classmethod
    def clean_answer(cls, sent: Sent, options: Mapping[str, Any]) -> Any:
        """The answer in a form that was SENT, as it is kept (JSON). Raises BadText in plain words."""
        raise BadText(_("There is nothing to choose in this step."))

    @classmethod
    def choices(cls, options: Mapping[str, Any], value: Any) -> Any:
        """What `answer.html` draws for somebody whose answer is VALUE (None: not given yet)."""
        return None

    @classmethod
    def as_sent(cls, sent: Sent, options: Mapping[str, Any]) -> Any:
        """What `choices` draws after a refusal, so that nothing is lost; None: the answer that stands."""
        return None

    @classmethod
    def result(cls, given: Sequence[Given], options: Mapping[str, Any]) -> Any:
        """What `result.html` draws: the answers of one round, added up. In no language, since all share it."""
        return None

    @classmethod
    def on_paper(cls, options: Mapping[str, Any]) -> OnPaper:
        """A paper ballot. A kind that says nothing of it gets lines to write on."""
        return OnPaper(_("Write your answer here."), ("", "", ""), "line")

    @classmethod
    def in_words(cls, value: Any, options: Mapping[str, Any]) -> str:
        """One answer as a sentence or less, for who gave it and for the record."""
        return ""


class Choosing(Kind):
    """What ways of working have in common in which people choose instead of write. Such a kind defines all of
    clean_answer, choices, as_sent, result and in_words, and has its two templates (tests/kinds/test_every_kind.py)."""

    blind = True
    takes_words = False
    takes_answers = True


@cache
def all_kinds() -> dict[str, type[Kind]]:
    """Every kind by its key, in the order of their names' modules."""
    here = pkgutil.iter_modules(importlib.import_module("sessions_app.kinds").__path__)
    modules = {f"sessions_app.kinds.{module.name}" for module in here if module.name not in NOT_KINDS}
    for name in sorted(modules):
        importlib.import_module(name)
    kinds = [kind for kind in _below(Kind) if kind.__module__ in modules]
    return {kind.key: kind for kind in sorted(kinds, key=lambda kind: kind.__module__)}


def kind_of(key: str) -> type[Kind]:
    """The kind with KEY; an unknown one (its module was taken away) is read as an open dialogue."""
    kinds = all_kinds()
    return kinds.get(key) or kinds["open_dialogue"]


def _below(kind: type[Kind]) -> list[type[Kind]]:
    """The kinds made from KIND: those that have a key; others only lend what several have in common."""
    return [one for child in kind.__subclasses__() for one in ([child] * ("key" in vars(child)) + _below(child))]
