"""The console's pieces: drawn from the present for the hosts, and for nobody else."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from sessions_app.live.audience import Audience
from sessions_app.live.seats import people_here
from sessions_app.models import Session
from sessions_app.queries.balance import balance_of
from sessions_app.queries.consoles import console_view, hosts_words
from sessions_app.queries.groups import groups_in_room
from sessions_app.queries.halls import hall_view
from sessions_app.verbs import Verb

WORDS_ONLY = frozenset({Verb.CONTRIBUTION_POSTED, Verb.CONTRIBUTION_REVISED, Verb.CONTRIBUTION_WITHDRAWN})
RUN = {"console-run": "console/run.html", "room-controls": "rooms/controls.html", "console-next": "console/next.html"}
REVEAL = {"controls-reveal": "rooms/reveal.html"}
HALL = {"hall-paper": "hall/paper.html", "hall-aloud": "hall/aloud.html"}
GROUPS = {"console-groups": "console/groups.html"}
PEOPLE = {"console-people": "console/people.html"}
PULSE = {"console-pulse": "console/pulse.html", "console-who": "console/who.html"}


def draw_console(audience: Audience, happened: Iterable[Any]) -> list[dict[str, Any]]:
    """All regions, since nearly everything moves one of them; words that were said move only people and lanes."""
    verbs = {event.verb for event in happened}
    if not verbs:
        return []
    parts = PEOPLE | PULSE | RUN | GROUPS
    if verbs <= WORDS_ONLY:
        parts = PEOPLE | GROUPS | {"console-run": RUN["console-run"]}
    if audience.can_record:
        parts = parts | HALL
    if not audience.is_facilitator:
        parts = {name: template for name, template in parts.items() if name not in RUN | GROUPS}
    context = _context(audience)
    if audience.is_facilitator and context["room"].is_hidden:
        parts = parts | REVEAL  # by itself, since the buttons around it are left alone while one can be undone
    return [{"id": name, "html": render_to_string(template, context)} for name, template in parts.items()]


def people_piece(audience: Audience) -> dict[str, Any]:
    """The people alone, for when somebody comes or goes."""
    with translation.override(audience.language):
        context = _context(audience)
        return {"id": "console-people", "html": render_to_string(PEOPLE["console-people"], context)}


def _context(audience: Audience) -> dict[str, Any]:
    session = Session.objects.select_related("workshop", "current_activity").get(pk=audience.scope_id)
    return console_context(session, is_facilitator=audience.is_facilitator, can_record=audience.can_record)


def console_context(session: Session, *, is_facilitator: bool, can_record: bool) -> dict[str, Any]:
    """What the regions' templates need; the page itself uses the same."""
    view = console_view(session, set(people_here(session.pk)))
    return {
        "console": view,
        "room": view.room,
        "is_facilitator": is_facilitator,
        "can_record": can_record and session.is_to_come,
        "hall": hall_view(session) if can_record else None,
        "on_console": True,
        "who": hosts_words(session),
        "groups": groups_in_room(view.room.activity),
        "balance": balance_of(session) if is_facilitator else None,
    }
