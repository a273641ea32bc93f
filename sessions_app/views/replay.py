"""The replay page: step through a meeting as it happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sessions_app.access import session_for
from sessions_app.queries.replays import replay_view


@require_GET
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """`?line=` (a button) or `?at=` (the slider) says how far; without them the whole meeting is there."""
    actor, session = session_for(request, pk, "session.replay")
    wish = request.GET.get("line") or request.GET.get("at", "")
    position = int(wish) if wish.isdecimal() and len(wish) < 9 else None
    return render(request, "replay/replay.html", {"actor": actor, "replay": replay_view(session, position)})
