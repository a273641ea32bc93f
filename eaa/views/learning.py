"""Telling how it was to work this way, for oneself or for somebody who can't; and what all of it says."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from eaa.access import workshop_of
from eaa.forms.learning import LearnForm, NoteForm, values_of
from eaa.models import Effect, LearningNote, Theme
from eaa.operations import learning as operations
from eaa.queries.learned import learned, learned_by_study
from eaa.queries.learning import notes_of, own_of, people_to_write_for, typed_for
from eaa.queries.plots import SPACES, TIMES
from eaa.stages import STAGES
from sessions_app.access import dialogue_for, session_for
from sessions_app.errors import BadText, Closed, NotFound, Refused, Stale, TooFast, TooLong
from sessions_app.identity import actor_of
from sessions_app.models import Activity, Participant, Session, Space, Time
from sessions_app.policy import Actor, can, require
from sessions_app.queries.grid import cell_of
from sessions_app.views.records import require_second_step

SHOWN_IN_PLACE = (BadText, TooLong, TooFast)
PAGE = ["GET", "HEAD", "POST"]
# By what the words can be chosen: never by who somebody is, or from where.
CHOICES = (
    ("effect", gettext_lazy("Easier or harder"), Effect.choices),
    ("theme", gettext_lazy("Theme"), Theme.choices),
    ("stage", gettext_lazy("When in the work"), [(tag.key, tag.plain) for tag in STAGES]),
    ("time", gettext_lazy("Time"), [(time.value, TIMES[time]) for time in Time]),
    ("space", gettext_lazy("Place"), [(space.value, SPACES[space]) for space in Space]),
)


@require_http_methods(PAGE)
def learn(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting: POST keeps the answers to the questions, or one thing that the tools did."""
    actor, session = session_for(request, pk)
    require(actor, "eaa.see", session.workshop)
    return _page(request, actor, session)


@require_http_methods(PAGE)
def learn_thread(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a thread, which has no questions. A step of a meeting is told of with its meeting."""
    actor, dialogue = dialogue_for(request, pk)
    require(actor, "eaa.see", dialogue.activity.workshop)
    if dialogue.activity.session_id is not None:
        return redirect("eaa:learn", pk=dialogue.activity.session_id)
    return _page(request, actor, dialogue.activity)


@require_http_methods(PAGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own words, or those that one has typed for somebody."""
    actor, note = _note_for(request, pk)
    form, newer, status = NoteForm(_sent(request), initial=values_of(note)), False, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                operations.change_note(note=note, actor=actor, told=form.told, seen=form.cleaned_data["seen"])
            except (BadText, TooLong) as trouble:
                form.add_error(trouble.field or "body", str(trouble.message))
            except Stale as trouble:
                form.add_error(None, str(trouble.message))
                newer, status = True, 409
                _send_next_time(form, seen=values_of(note)["seen"])
            else:
                messages.success(request, _("It is changed."))
                return redirect(_address(note, actor))
    context = {"form": form, "note": note, "newer": newer, "back": _address(note, actor)}
    return render(
        request, "eaa/learning_change.html", _about(actor, operations.about_of(note)) | context, status=status
    )


@require_http_methods(PAGE)
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then take the words back for good."""
    actor, note = _note_for(request, pk)
    if request.method == "POST":
        operations.withdraw_note(note=note, actor=actor)
        messages.success(request, _("It is taken back. The words are gone for good."))
        return redirect(_address(note, actor))
    context = {"note": note, "back": _address(note, actor)}
    return render(request, "eaa/learning_withdraw.html", _about(actor, operations.about_of(note)) | context)


@require_GET
def learning(request: HttpRequest, slug: str) -> HttpResponse:
    """What the workshop says of working this way: counts for everybody, words for those who study it."""
    actor, workshop = workshop_of(request, slug, "eaa.map")
    studies = can(actor, "eaa.study", workshop)
    context: dict[str, Any] = {"workshop": workshop, "actor": actor, "studies": studies}
    if studies:
        require_second_step(request, actor)
        asked = {name: request.GET.get(name, "") for name, *_rest in CHOICES}
        context["view"] = learned_by_study(workshop, is_facilitator=actor.is_facilitator, asked=asked)
        context["choices"] = [
            {"name": name, "label": label, "options": options, "value": asked[name]} for name, label, options in CHOICES
        ]
    else:
        context |= {"view": learned(workshop), "own": notes_of(_me(actor))}
    return render(request, "eaa/learning.html", context)


def _page(request: HttpRequest, actor: Actor, about: Session | Activity) -> HttpResponse:
    person = _person(request, actor)
    own = typed_for(_me(actor), person, about) if person else own_of(_me(actor), about)
    time, space = cell_of(about if isinstance(about, Session) else None)
    before = {"time": time, "space": space, **own.answers}
    form = LearnForm(_sent(request), asks=isinstance(about, Session), initial=before)
    if request.method == "POST" and form.is_valid() and _kept(request, actor, about, person, form):
        return redirect(f"{request.path}?for={person.pk}" if person else request.path)
    context = {
        **_about(actor, about),
        "form": form,
        "own": own,
        "person": person,
        "people": people_to_write_for(actor) if can(actor, "eaa.lead", about.workshop) else [],
        "can_write": can(actor, "eaa.write", about.workshop),
        "on_paper": request.POST.get("road") == "paper",
    }
    return render(request, "eaa/learning_own.html", context, status=422 if form.errors else 200)


def _kept(
    request: HttpRequest, actor: Actor, about: Session | Activity, person: Participant | None, form: LearnForm
) -> bool:
    """Whether what was sent is kept; if not, the form says why."""
    answers = form.answers
    if person is not None:  # what a scribe leaves open stays as the person answered it
        answers = {key: value for key, value in answers.items() if value is not None}
    try:
        kept = operations.keep(
            about=about,
            actor=actor,
            answers=answers,
            told=form.note,
            language=get_language() or settings.LANGUAGE_CODE,
            client_id=form.cleaned_data["client_id"],
            person=person,
            on_paper=request.POST.get("road") == "paper",
        )
    except SHOWN_IN_PLACE as trouble:
        form.add_error(trouble.field if trouble.field in form.fields else "body", str(trouble.message))
        _send_next_time(form, client_id=str(uuid.uuid4()))  # nothing was made under the last one
        return False
    if not kept and not any(answers.values()):
        form.add_error(None, _("Nothing is filled in yet. Choose a number, or write a word or two."))
        return False
    messages.success(request, _("Thank you. It is kept, without your name. You can change it here."))
    return True


def _about(actor: Actor, about: Session | Activity) -> dict[str, Any]:
    """What every page about one meeting or thread shows at its top."""
    title = about.title if isinstance(about, Session) else about.prompt or about.title
    return {"workshop": about.workshop, "title": title, "about": about, "actor": actor}


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST.copy() if request.method == "POST" else None


def _send_next_time(form: NoteForm, **hidden: str) -> None:
    """Let the form that is shown again carry another hidden value than it was sent with."""
    assert isinstance(form.data, QueryDict)  # noqa: S101  -- it was sent
    for name, value in hidden.items():
        form.data[name] = value


def _me(actor: Actor) -> Participant:
    assert actor.participant is not None  # noqa: S101  -- access found them
    return actor.participant


def _person(request: HttpRequest, actor: Actor) -> Participant | None:
    """For whom the actor writes; nobody else for those who may write for themselves alone."""
    number = request.POST.get("for") or request.GET.get("for") or ""
    if not number:
        return None
    require(actor, "eaa.lead", _me(actor).workshop)
    person = next((one for one in people_to_write_for(actor) if str(one.pk) == number), None)
    if person is None:
        raise Refused(operations.GONE)
    return person


def _note_for(request: HttpRequest, pk: int) -> tuple[Actor, LearningNote]:
    """A note that the actor may change. Others do not learn that it is there."""
    found = LearningNote.objects.select_related("session__workshop", "activity__workshop", "participant")
    note = found.filter(Q(pk=pk)).first() if 0 < pk < 2**63 else None
    if note is None:
        raise NotFound
    workshop = operations.about_of(note).workshop
    actor = actor_of(request, pk=workshop.pk)
    if workshop.removed_at is not None or not operations.keeps(actor, note):
        raise NotFound
    request.workshop = workshop  # type: ignore[attr-defined]
    require(actor, "eaa.write", workshop)
    if note.withdrawn_at is not None:
        raise Closed(operations.TAKEN_BACK)
    return actor, note


def _address(note: LearningNote, actor: Actor) -> str:
    """The page that the note stands on: one's own, or that of the person for whom one typed it."""
    about = operations.about_of(note)
    if isinstance(about, Session):
        page = reverse("eaa:learn", args=[about.pk])
    else:
        page = reverse("eaa:learn_thread", args=[about.plenary.pk])
    return page if note.participant_id == _me(actor).pk else f"{page}?for={note.participant_id}"
