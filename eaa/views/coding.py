"""Coding, one contribution after the other, with the keyboard alone and without script if need be."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from eaa.access import codable_for, workshop_of
from eaa.forms.codes import PartForm, WholeForm
from eaa.operations import coding as operations
from eaa.queries.coders import compared
from eaa.queries.codes import after, choices_of, codebook_of, steps_to_code, words_to_code
from eaa.views.forms import refuse
from sessions_app.errors import Refused
from sessions_app.views.records import require_second_step


@require_GET
def coding(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to code, step by step, and how far one has come."""
    actor, workshop = workshop_of(request, slug, "eaa.code")
    require_second_step(request, actor)
    steps = steps_to_code(workshop, actor)
    is_empty = codebook_of(workshop, actor).is_empty
    context = {"actor": actor, "workshop": workshop, "steps": steps, "is_empty": is_empty}
    return render(request, "eaa/coding.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The words of one contribution: tick codes, go on to the next. A part can be coded by itself."""
    actor, said = codable_for(request, pk)
    require_second_step(request, actor)
    workshop = said.dialogue.activity.workshop
    view, choices = words_to_code(said, actor), choices_of(workshop)
    sent = request.POST if request.method == "POST" else None
    is_part = sent is not None and "part" in sent
    whole = WholeForm(None if is_part else sent, initial={"codes": [str(one) for one in view.whole]}, choices=choices)
    part = PartForm(sent if is_part else None, choices=[("", "–"), *choices])
    try:
        if sent is not None and "off" in sent:
            operations.take_off_part(said=said, actor=actor, coding=_number(sent["off"]))
            return redirect("eaa:code_words", pk=pk)
        if part.is_bound and part.is_valid():
            given = part.cleaned_data
            operations.code_part(said=said, actor=actor, code=int(given["code"]), quote=given["quote"])
            return redirect("eaa:code_words", pk=pk)
        if whole.is_bound and whole.is_valid():
            operations.judge(said=said, actor=actor, codes={int(one) for one in whole.cleaned_data["codes"]})
            messages.success(request, _("Kept."))
            following = after(said, actor)
            if following is None:
                return redirect("eaa:coding", slug=workshop.slug)
            return redirect("eaa:code_words", pk=following.pk)
    except Refused as trouble:
        refuse(part if is_part else whole, trouble)
    context = {"actor": actor, "workshop": workshop, "view": view, "whole": whole, "part": part}
    return render(request, "eaa/code_words.html", context, status=422 if sent is not None else 200)


@require_GET
def coders(request: HttpRequest, slug: str) -> HttpResponse:
    """How far those who code agree."""
    actor, workshop = workshop_of(request, slug, "eaa.code")
    require_second_step(request, actor)
    context = {"actor": actor, "workshop": workshop, "view": compared(workshop, actor)}
    return render(request, "eaa/coders.html", context)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 18 else 0
