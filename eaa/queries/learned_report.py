"""What was learned as plain text for a report: numbers, and the words of those who let researchers read them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from eaa.stages import STEPS
from sessions_app.models import Workshop

if TYPE_CHECKING:
    from eaa.queries.learned import Learned, Line, Shown


def text(workshop: Workshop, numbers: "Learned", quotable: "Sequence[Shown]") -> str:
    """In the language of the page. The words come by meeting and cell, never by person."""
    return "\n".join(_sentences(workshop, numbers, quotable))


def _sentences(workshop: Workshop, numbers: "Learned", quotable: "Sequence[Shown]") -> Iterator[str]:
    yield _("What people told of the digital tools in “%(title)s”.") % {"title": workshop.title}
    told = {"people": numbers.people, "harder": numbers.harder, "easier": numbers.easier}
    yield _("People who told: %(people)d. Harder: %(harder)d. Easier: %(easier)d.") % told
    for heading, lines in (
        (_("Where"), _cells(numbers)),
        (_("For whom"), _lines([*numbers.places, *numbers.roads])),
        (_("Themes"), _lines(numbers.themes)),
        (_("Stages"), _lines(numbers.stages)),
        (_("How the questions were answered, from 1 (not at all) to 5 (very much)"), _questions(numbers)),
        (_("In their words"), _quotes(quotable)),
    ):
        if lines:
            yield f"\n{heading}"
            yield from lines


def _cells(numbers: "Learned") -> list[str]:
    return [
        f"- {space}, {time}: " + _numbers(easier, harder)
        for space, cells in numbers.rows
        for time, (easier, harder) in zip(numbers.columns, cells, strict=True)
        if easier or harder
    ]


def _lines(lines: "Iterable[Line]") -> list[str]:
    return [f"- {line.label}: " + _numbers(line.easier, line.harder) for line in lines]


def _numbers(easier: int, harder: int) -> str:
    return _("%(harder)d harder, %(easier)d easier") % {"harder": harder, "easier": easier}


def _questions(numbers: "Learned") -> list[str]:
    found = []
    for meeting in numbers.meetings:
        found.append(f"- {meeting.session.title}")
        for one in meeting.questions:
            counts = ", ".join(f"{step}: {n}" for step, n in zip(STEPS, one.counts, strict=True)) if one.counts else "–"
            found.append(f"  - {one.words} {counts} (n = {one.n})")
    return found


def _quotes(quotable: "Sequence[Shown]") -> list[str]:
    rows = sorted(quotable, key=lambda one: (one.note.effect != "harder", one.about, one.where, one.note.text))
    return [
        f"- “{one.note.text}” ({', '.join(filter(None, [str(one.note.get_effect_display()), _theme(one), one.where]))})"
        for one in rows
    ]


def _theme(one: "Shown") -> str:
    return str(one.note.get_theme_display()) if one.note.theme else ""
