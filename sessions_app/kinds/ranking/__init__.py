"""Ranking: everybody puts a few things in order, and the orders are added up."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from sessions_app.errors import BadText
from sessions_app.kinds.base import Choosing, Given, OnPaper, Sent
from sessions_app.kinds.options import Lines


class Ranking(Choosing):
    """An answer is the list of places, from 1, in the order of the things; each place is given once."""

    key = "ranking"
    name = _("Ranking")
    summary = _("Everybody puts the things in order, the most important first. The orders are added up.")
    invitation = _("Your order")
    minutes = 8
    stages = ("alignment",)
    shows_who = False
    mechanisms = ("interpretation",)
    options = (Lines("things", _("Things to put in order"), _("One on each line, 2 to 10 of them."), most=10),)

    @classmethod
    def clean_answer(cls, sent: Sent, options: Mapping[str, Any]) -> list[int]:
        things, typed = options["things"], _typed(sent, options)
        possible = {str(place) for place in range(1, len(things) + 1)}
        for thing, place in zip(things, typed, strict=True):
            if place not in possible:
                raise BadText(_("“%(thing)s” has no place yet. Choose one for it.") % {"thing": thing})
        twice = sorted({int(place) for place in typed if typed.count(place) > 1})
        if twice:
            raise BadText(
                _("Place %(place)d is given more than once. Give each thing a place of its own.") % {"place": twice[0]}
            )
        return [int(place) for place in typed]

    @classmethod
    def choices(cls, options: Mapping[str, Any], value: Any) -> list[dict[str, Any]]:
        """One row per thing: its field, number, text, and the places, each a number and whether it is chosen.

        They stand in their order once every thing has a place of its own.
        """
        chosen = [str(place) for place in value or [""] * len(options["things"])]
        places = range(1, len(options["things"]) + 1)
        rows = [
            {
                "field": f"place-{number}",
                "number": number,
                "text": thing,
                "places": [(place, str(place) == own) for place in places],
                "own": own,
            }
            for number, (thing, own) in enumerate(zip(options["things"], chosen, strict=True), start=1)
        ]
        is_whole = sorted(chosen) == sorted(map(str, places))
        return sorted(rows, key=lambda row: int(str(row["own"]))) if is_whole else rows

    @classmethod
    def as_sent(cls, sent: Sent, options: Mapping[str, Any]) -> list[str]:
        """The places as they were chosen; after a press of up or down (`move`) all of them, in the new order."""
        typed = _typed(sent, options)
        number, _, where = str(sent.get("move", "")).partition("-")
        if where not in {"up", "down"} or number not in {str(one + 1) for one in range(len(typed))}:
            return typed
        order = _order_of(typed)
        here = order.index(int(number) - 1)
        there = min(len(order) - 1, max(0, here + (-1 if where == "up" else 1)))
        order[here], order[there] = order[there], order[here]
        return [str(order.index(thing) + 1) for thing in range(len(typed))]

    @classmethod
    def result(cls, given: Sequence[Given], options: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Rows with most points first: place, is_tied, text, points, first, share (of all points to be had, percent).

        Points after Borda: of n things the first gets n points, the last one 1. `first` is how many put it first.
        """
        things = options["things"]
        rows = [
            {
                "text": thing,
                "points": sum(len(things) + 1 - one.value[number] for one in given),
                "first": sum(one.value[number] == 1 for one in given),
            }
            for number, thing in enumerate(things)
        ]
        possible = len(given) * len(things) or 1
        return [
            row
            | {
                "place": 1 + sum(other["points"] > row["points"] for other in rows),
                "is_tied": sum(other["points"] == row["points"] for other in rows) > 1,
                "share": round(100 * row["points"] / possible),
            }
            for row in sorted(rows, key=lambda row: -row["points"])
        ]

    @classmethod
    def on_paper(cls, options: Mapping[str, Any]) -> OnPaper:
        return OnPaper(_("Write a number before each: 1 is the most important."), tuple(options["things"]), "blank")

    @classmethod
    def in_words(cls, value: Any, options: Mapping[str, Any]) -> str:
        ordered = sorted(zip(value, options["things"], strict=True))
        return "; ".join(f"{place}. {thing}" for place, thing in ordered)


def _typed(sent: Sent, options: Mapping[str, Any]) -> list[str]:
    return [str(sent.get(f"place-{number}", "")) for number in range(1, len(options["things"]) + 1)]


def _order_of(typed: list[str]) -> list[int]:
    """The things (by number, from 0) in the order of their places; those without a place of their own come last."""
    given = {int(place): thing for thing, place in reversed(list(enumerate(typed))) if place.isdecimal() and place}
    placed = [given[place] for place in sorted(given)]
    return placed + [thing for thing in range(len(typed)) if thing not in placed]
