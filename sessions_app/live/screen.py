"""The pieces of the hall's screen: drawn from the present, for everybody who stands before it."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from sessions_app.live.audience import Audience
from sessions_app.live.seats import people_here
from sessions_app.models import Session
from sessions_app.queries.screens import online_among, screen_view

PARTS = {"screen-main": "screen/main.html", "screen-foot": "screen/foot.html", "screen-look": "screen/look.html"}


def draw_screen(audience: Audience, happened: Iterable[Any]) -> list[dict[str, Any]]:
    """All parts, since they are few and there is one screen. Seven queries."""
    if not list(happened):
        return []
    context = screen_context(Session.objects.select_related("workshop", "current_activity").get(pk=audience.scope_id))
    return [{"id": name, "html": render_to_string(template, context)} for name, template in PARTS.items()]


def online_piece(audience: Audience) -> dict[str, Any]:
    """Those online alone, for when somebody comes or goes."""
    with translation.override(audience.language):
        context = {"online": online_among(people_here(audience.scope_id))}
        return {"id": "screen-people", "html": render_to_string("screen/people.html", context)}


def screen_context(session: Session) -> dict[str, Any]:
    """What the parts' templates need; the page itself uses the same."""
    view = screen_view(session)
    return {"screen": view, "room": view.room, "queue": view.queue}
