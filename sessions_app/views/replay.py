"""The replay page: step through a meeting as it happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sessions_app.access import session_for
from sessions_app.queries.replays import replay_view


@require_GET
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """`?line=` (a button) or `?at=` (the slider) says how far, `?seq=` (a link) up to which event; without them it
    stands where the meeting begins."""
    actor, session = session_for(request, pk, "session.replay")
    position = _number(request.GET.get("line") or request.GET.get("at", ""))
    view = replay_view(session, position, through=_number(request.GET.get("seq", "")))
    return render(request, "replay/replay.html", {"actor": actor, "replay": view})


def _number(wish: str) -> int | None:
    return int(wish) if wish.isdecimal() and len(wish) < 9 else None
