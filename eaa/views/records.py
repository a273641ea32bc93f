"""Everything that the group wrote down, and one record: read, made, changed, thrown away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from eaa.access import record_for, workshop_of
from eaa.forms.records import ChangeForm, RecordForm, chosen_in, rests_in, whole
from eaa.models import Mechanism, Record, Shown
from eaa.operations import records as operations
from eaa.operations.assets import show_asset
from eaa.operations.evidence import Rests
from eaa.queries.checks import until_words
from eaa.queries.picking import chosen_of, first_source, sources_of
from eaa.queries.quoting import quotes
from eaa.queries.records import documents_of, record_view, removed_record, shelves_of
from eaa.queries.sources import About, about_of
from eaa.views.forms import is_looking, language_of, picker_in, refuse, typed
from sessions_app.errors import NotFound, Refused, Stale
from sessions_app.models import Workshop
from sessions_app.policy import SCRIBES, Actor, can

WRITTEN = {Mechanism.INTENTION, Mechanism.DOCUMENTATION, Mechanism.INTERPRETATION}


@require_GET
def records(request: HttpRequest, slug: str) -> HttpResponse:
    actor, workshop = workshop_of(request, slug)
    assert actor.participant is not None  # noqa: S101  -- access found them
    context = {
        "actor": actor,
        "workshop": workshop,
        "shelves": shelves_of(workshop, actor.participant),
        "may_write": can(actor, "eaa.write", workshop),
        "may_lead": can(actor, "eaa.lead", workshop),
        "removed": _removed(actor, workshop, request.GET.get("removed", "")),
    }
    return render(request, "eaa/records.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose cards, write what they say or mean, save. Looking for cards keeps what was typed."""
    mechanism = (request.POST if request.method == "POST" else request.GET).get("mechanism", "")
    if mechanism not in WRITTEN:
        mechanism = Mechanism.DOCUMENTATION
    is_intention = mechanism == Mechanism.INTENTION
    actor, workshop = workshop_of(request, slug, "eaa.lead" if is_intention else "eaa.write")
    if is_intention and request.method != "POST" and (kept := operations.shared_intention(workshop)):
        return redirect("eaa:change_record", pk=kept.pk)
    about = about_of(workshop, (request.POST if request.method == "POST" else request.GET).get("about", ""))
    needs: dict[str, Any] = {"mechanism": mechanism, "documents": documents_of(workshop)}
    form = _form(request, RecordForm, **needs)
    if form.is_bound and form.is_valid():
        try:
            record = _make(request, actor, workshop, form.cleaned_data, mechanism, about)
        except Refused as trouble:
            refuse(form, trouble)
        else:
            messages.success(request, _("It is written down. Everybody in the workshop can read it."))
            return redirect("eaa:record", pk=record.pk)
    source = first_source(sources_of(workshop), about.dialogues) if request.method != "POST" else ""
    context = {
        "actor": actor,
        "workshop": workshop,
        "mechanism": mechanism,
        "about": about,
        "form": form,
        "picker": picker_in(request, actor, workshop, source=source),
    }
    return render(request, "eaa/new_record.html", context, status=422 if form.is_bound and form.errors else 200)


@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = record_for(request, pk)
    view = record_view(found, is_facilitator=actor.is_facilitator, sees_drafts=actor.has(SCRIBES))
    standing = view.standing
    context = {
        "actor": actor,
        "workshop": found.workshop,
        "record": found,
        "view": view,
        "may_change": can(actor, "record.change", found),
        "may_decide": can(actor, "eaa.decide", found.workshop),
        "may_lead": can(actor, "eaa.lead", found.workshop),
        "until": until_words(found),
        "own": next((one for one in standing.asked if one.person == actor.participant), None) if standing else None,
    }
    return render(request, "eaa/record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another text, and other cards. Who was slower keeps what they typed and sees the new text beside it."""
    actor, found = record_for(request, pk, "record.change")
    version = found.versions.get(number=found.head)
    initial = {"head": found.head, "title": found.title, "text": version.text}
    needs: dict[str, Any] = {"mechanism": found.mechanism}
    form = _form(request, ChangeForm, first=initial, **needs)
    status, context = 200, {}
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            operations.revise_record(
                record=found, actor=actor, language=language_of(request), rests=_rests(request, found), **given
            )
        except Stale as trouble:
            status, context = 409, _what_is_new(found, given["head"], str(trouble.message))
            form = _again(request, ChangeForm, found, **needs)
        except Refused as trouble:
            refuse(form, trouble)
        else:
            messages.success(request, _("Saved."))
            return redirect("eaa:record", pk=pk)
    kept = quotes(version.evidence.all(), is_facilitator=actor.is_facilitator) if request.method != "POST" else {}
    context |= {
        "actor": actor,
        "workshop": found.workshop,
        "record": found,
        "form": form,
        "mechanism": found.mechanism,
        "picker": picker_in(request, actor, found.workshop, chosen_of(kept.values())),
    }
    wrong = form.is_bound and form.errors
    return render(request, "eaa/change_record.html", context, status=422 if wrong else status)


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then throw it away; the same address puts it back. What somebody brings is taken back for good."""
    actor, found = record_for(request, pk, "record.change", removed=True)
    is_asset = found.mechanism == Mechanism.ASSETS
    if request.method != "POST":
        if found.removed_at is not None or (is_asset and found.shown == Shown.WITHDRAWN):
            raise NotFound
        context = {"workshop": found.workshop, "record": found, "is_asset": is_asset}
        return render(request, "eaa/remove_record.html", context)
    slug = found.workshop.slug
    if is_asset:
        show_asset(record=found, actor=actor, shown=Shown.WITHDRAWN)
        messages.success(request, _("It is taken back. Its words are gone."))
        return redirect("eaa:assets", slug=slug)
    if "undo" in request.POST:
        operations.put_back_record(record=found, actor=actor)
        return redirect("eaa:record", pk=pk)
    operations.remove_record(record=found, actor=actor)
    return redirect(f"{reverse('eaa:records', args=[slug])}?removed={pk}")


def _form(request: HttpRequest, kind: type[Any], *, first: dict[str, Any] | None = None, **needs: Any) -> Any:
    """KIND as it is shown at first, as it was typed while cards are looked for, or bound to what was sent."""
    if is_looking(request):
        return typed(request, kind, **needs)
    return kind(request.POST if request.method == "POST" else None, initial=first, **needs)


def _again(request: HttpRequest, kind: type[Any], found: Record, **needs: Any) -> Any:
    """What was typed, on top of the newest version."""
    form = typed(request, kind, **needs)
    form.initial["head"] = found.head
    return form


def _make(
    request: HttpRequest, actor: Actor, workshop: Workshop, given: dict[str, Any], mechanism: str, about: About
) -> Record:
    documents = {str(one.pk): one for one in documents_of(workshop)}
    return operations.make_record(
        workshop=workshop,
        actor=actor,
        mechanism=mechanism,
        title=given["title"],
        text=given["text"],
        kind=given.get("kind", ""),
        client_id=given["client_id"],
        rests=rests_in(chosen_in(request.POST)),
        language=language_of(request),
        from_record=documents.get(given.get("from_record", "")),
        session=about.session,
        activity=about.activity,
    )


def _rests(request: HttpRequest, found: Record) -> list[Rests] | None:
    """What the form says that the text rests on; a form for what somebody brings does not ask."""
    return None if found.mechanism == Mechanism.ASSETS else rests_in(chosen_in(request.POST))


def _what_is_new(found: Record, seen: int, told: str) -> dict[str, Any]:
    """The newest text beside the one that was on the page."""
    view = record_view(found)
    return {"stale": told, "newest": view.version, "news": view.changes[0].parts if seen < found.head else []}


def _removed(actor: Actor, workshop: Workshop, number: str) -> Record | None:
    """What was just thrown away, for those who may put it back."""
    found = removed_record(workshop, number) if whole(number) else None
    if found is None:
        return None
    found.workshop = workshop
    return found if can(actor, "record.change", found) else None
