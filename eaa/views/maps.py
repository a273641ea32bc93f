"""The pages of the map and of the story: how a workshop, or one meeting, hangs together."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, get_language_bidi
from django.views.decorators.http import require_GET

from eaa.access import meeting_of, workshop_of
from eaa.queries.charts import NARROW, WIDE, chart
from eaa.queries.findings import advice, finding, told_of
from eaa.queries.maps import Map, map_of
from eaa.queries.stories import common_story, paths_of
from eaa.stages import MECHANISMS
from sessions_app.models import Role, Workshop
from sessions_app.policy import HOSTS, Actor, can
from sessions_app.views.records import require_second_step

STAFF = HOSTS | {Role.RESEARCHER}


@require_GET
def workshop_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Which mechanisms a workshop has touched, what came back, and where its agreements come from."""
    actor, workshop = workshop_of(request, slug, "eaa.map")
    require_second_step(request, actor)
    context = _drawn(actor, workshop, map_of(workshop))
    if can(actor, "eaa.see", workshop):
        context["common"] = common_story(workshop, actor)
    return render(request, "eaa/map.html", context)


@require_GET
def meeting_map(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of one meeting."""
    actor, session = meeting_of(request, pk, "eaa.map")
    require_second_step(request, actor)
    context = _drawn(actor, session.workshop, map_of(session.workshop, session))
    return render(request, "eaa/map.html", {**context, "session": session})


@require_GET
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """You said, we understood, we agreed, it was done: everybody's in short, and the reader's own."""
    actor, workshop = workshop_of(request, slug)
    assert actor.participant is not None  # noqa: S101  -- workshop_of found them
    paths = paths_of(actor, actor.participant)
    context = {
        "actor": actor,
        "workshop": workshop,
        "common": common_story(workshop, actor),
        "paths": [path for path in paths if path.leads_somewhere],
        "quiet": [path for path in paths if not path.leads_somewhere],
    }
    return render(request, "eaa/story.html", context)


def _drawn(actor: Actor, workshop: Workshop, found: Map) -> dict[str, Any]:
    """Citizens read plain words; the framework's own are for those who work with it, in languages that have them."""
    is_plain = not actor.has(STAFF) or get_language() not in settings.STAFF_LANGUAGES
    look = {"is_plain": is_plain, "is_mirrored": get_language_bidi()}
    names = {tag.key: str(tag.plain if is_plain else tag.name) for tag in MECHANISMS}
    return {
        "actor": actor,
        "workshop": workshop,
        "map": found,
        "is_plain": is_plain,
        "finding": finding(found, names),
        "returns": [told_of(one) for one in found.returns],
        "advice": list(advice(found)),
        "charts": [("wide", chart(found, WIDE, **look)), ("narrow", chart(found, NARROW, **look))],
    }
