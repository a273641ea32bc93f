"""How many there are, as it changes: answers of a thread, cards under each heading."""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string

from sessions_app.models import Dialogue
from sessions_app.queries.outlines import Outline
from sessions_app.queries.responses import board_of
from sessions_app.queries.threads import answers_words
from sessions_app.queries.timeline import counts_of


def answered(dialogue: Dialogue, present: Callable[[Any, Callable[[], Any]], Any]) -> dict[str, Any]:
    """How many have answered in a thread, beside its words."""
    board = present(("board", dialogue.pk), lambda: board_of(dialogue))
    count = board.count if board else present(("counts", dialogue.pk), lambda: counts_of(dialogue)).standing
    return {"id": "thread-count", "html": answers_words(count)}


def headed(outline: Outline | None) -> list[dict[str, Any]]:
    """How many cards lie under each heading, in the list of them and at each."""
    if outline is None or not outline.is_headed:
        return []
    table = {"id": outline.counts_id, "html": render_to_string("headings/counts.html", {"outline": outline})}
    return [table, *({"id": section.count_id, "html": section.counted} for section in outline.sections)]
