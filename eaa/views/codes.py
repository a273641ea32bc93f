"""The codebook: facilitators and researchers make, change and merge codes. Nobody else ever sees one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from eaa.access import code_for, workshop_of
from eaa.forms.codes import CodeForm, MergeForm
from eaa.models import Code
from eaa.operations import codes as operations
from eaa.queries.codes import choices_of, codebook_of, examples_of
from eaa.views.forms import refuse
from sessions_app.errors import Refused
from sessions_app.policy import Actor
from sessions_app.views.records import require_second_step


@require_http_methods(["GET", "HEAD", "POST"])
def codebook(request: HttpRequest, slug: str) -> HttpResponse:
    """All codes, with a form for one more; at first a button that begins with the framework's."""
    actor, workshop = workshop_of(request, slug, "eaa.code")
    require_second_step(request, actor)
    if request.method == "POST" and "begin" in request.POST:
        operations.begin_codebook(workshop=workshop, actor=actor)
        return redirect("eaa:codebook", slug=slug)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = operations.add_code(workshop=workshop, actor=actor, **form.cleaned_data)
        except Refused as trouble:
            refuse(form, trouble)
        else:
            messages.success(request, _("The code “%(name)s” is in the codebook.") % {"name": made.name})
            return redirect("eaa:codebook", slug=slug)
    context = {"actor": actor, "workshop": workshop, "view": codebook_of(workshop, actor), "form": form}
    return render(request, "eaa/codebook.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one code; read what lies under it."""
    actor, found = code_for(request, pk)
    require_second_step(request, actor)
    first = {"name": found.name, "description": found.description, "colour": found.colour}
    form = CodeForm(request.POST if request.method == "POST" else None, initial=first, is_named=found.is_own)
    if form.is_bound and form.is_valid():
        given = {"name": found.name, **form.cleaned_data}
        try:
            operations.change_code(code=found, actor=actor, **given)
        except Refused as trouble:
            refuse(form, trouble)
        else:
            messages.success(request, _("It is kept."))
            return redirect("eaa:codebook", slug=found.workshop.slug)
    return _page(request, actor, found, form=form, status=422 if form.is_bound else 200)


@require_POST
def merging(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go into another code."""
    actor, found = code_for(request, pk)
    require_second_step(request, actor)
    merge = _merge_form(found, request.POST)
    if merge.is_valid():
        _same, into = code_for(request, int(merge.cleaned_data["into"]))
        operations.merge_code(code=found, actor=actor, into=into)
        told = {"name": found.name, "into": into.name}
        messages.success(request, _("“%(name)s” went into “%(into)s”. You can put it back below.") % told)
        return redirect("eaa:codebook", slug=found.workshop.slug)
    return _page(request, actor, found, merge=merge, status=422)


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it away; the same address puts it back, also when it went into another."""
    actor, found = code_for(request, pk, removed=True)
    require_second_step(request, actor)
    try:
        if "undo" in request.POST:
            operations.put_back_code(code=found, actor=actor)
            messages.success(request, _("“%(name)s” is back.") % {"name": found.name})
        else:
            operations.remove_code(code=found, actor=actor)
            messages.success(request, _("“%(name)s” is taken away. You can put it back below.") % {"name": found.name})
    except Refused as trouble:
        messages.error(request, str(trouble.message))
    return redirect("eaa:codebook", slug=found.workshop.slug)


def _merge_form(found: Code, sent: Any = None) -> MergeForm:
    others = [choice for _label, its in choices_of(found.workshop) for choice in its if choice[0] != str(found.pk)]
    return MergeForm(sent, choices=others)


def _page(
    request: HttpRequest,
    actor: Actor,
    found: Code,
    *,
    form: CodeForm | None = None,
    merge: MergeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    first = {"name": found.name, "description": found.description, "colour": found.colour}
    context = {
        "actor": actor,
        "workshop": found.workshop,
        "code": found,
        "form": form or CodeForm(initial=first, is_named=found.is_own),
        "merge": merge or _merge_form(found),
        "examples": examples_of(found, actor),
    }
    return render(request, "eaa/code.html", context, status=status)
