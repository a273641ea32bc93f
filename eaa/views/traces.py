"""The pages of the trace: from a clause or a record back to the words, and from words forward to what they led to."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from eaa.access import clause_for, record_for
from eaa.queries.graph import graph_of
from eaa.queries.onward import record_onward, words_onward
from eaa.queries.traces import clause_back, record_back
from eaa.queries.whereabouts import words_back
from sessions_app.access import contribution_for
from sessions_app.errors import NotFound
from sessions_app.policy import require


@require_GET
def clause(request: HttpRequest, pk: int) -> HttpResponse:
    """What a clause of an agreement rests on."""
    actor, found = clause_for(request, pk)
    agreement = found.version.agreement
    require(actor, "eaa.see", agreement.workshop)
    context = {
        "actor": actor,
        "workshop": agreement.workshop,
        "clause": found,
        "agreement": agreement,
        "back": clause_back(actor, found),
    }
    return render(request, "eaa/trace_of_clause.html", context)


@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """What a record rests on, and what it has led to."""
    actor, found = record_for(request, pk)
    graph = graph_of(found.workshop, actor)
    context = {
        "actor": actor,
        "workshop": found.workshop,
        "record": found,
        "back": record_back(actor, found, graph),
        "onward": record_onward(graph, found),
    }
    return render(request, "eaa/trace_of_record.html", context)


@require_GET
def contribution(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What somebody's words have led to, and what they answer."""
    actor, found = contribution_for(request, pk)
    require(actor, "eaa.see", found.dialogue.activity.workshop)
    person, activity = actor.participant, found.dialogue.activity
    if activity.is_hidden and (person is None or person.pk not in {found.author_id, found.recorded_by_id}):
        raise NotFound  # while answers lie face down, nobody else knows that this one is there
    context = {
        "actor": actor,
        "workshop": activity.workshop,
        "words": words_back(actor, found),
        "onward": words_onward(actor, found),
    }
    return render(request, "eaa/trace.html", context)
