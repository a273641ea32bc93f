"""The facilitator's page of a step's small groups: make them, move people, time, messages, back, carry back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sessions_app.access import activity_for, group_for, group_of, member_of
from sessions_app.errors import BadText, NotFound, Refused, Stale
from sessions_app.kinds import kind_of
from sessions_app.models import Activity, Group, GroupRule
from sessions_app.operations import carrying, group_work
from sessions_app.operations import groups as operations
from sessions_app.policy import Actor
from sessions_app.queries.groups import groups_view, was_carried, without_a_seat


@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, and every press on it. What was refused stands beside its field, with what was typed."""
    actor, activity = activity_for(request, pk, "activity.plan")
    if activity.session is None or not kind_of(activity.kind).in_groups:
        raise NotFound
    activity.session.workshop = activity.workshop
    if request.method != "POST":
        return _page(request, activity)
    press = PRESSES.get(request.POST.get("press", ""))
    if press is None:
        raise Refused
    try:
        done = press(activity, actor, request.POST)
    except Refused as trouble:
        return _page(request, activity, trouble)
    told.success(request, done)
    anchor = f"#group-{request.POST['group']}" if request.POST.get("group", "").isdecimal() else ""
    return redirect(f"{reverse('groups', args=[pk])}{anchor}")


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A group's name, and the link to a call of its own."""
    actor, found = group_for(request, pk, "group.change")
    sent, trouble, newer = {"name": found.name, "call_link": found.call_link}, None, ""
    seen = request.POST.get("seen") or group_work.seen_group(found)
    if request.method == "POST":
        sent = {name: request.POST.get(name, "") for name in sent}
        try:
            group_work.change_group(group=found, actor=actor, seen=seen, **sent)
        except Stale as stale:
            newer, seen = str(stale.message), group_work.seen_group(found)
        except Refused as refusal:
            trouble = refusal
        else:
            return redirect(f"{reverse('groups', args=[found.activity_id])}#group-{pk}")
    context = {"group": found, "sent": sent, "trouble": trouble, "seen": seen, "newer": newer}
    return render(request, "groups/change.html", context, status=Stale.status if newer else 422 if trouble else 200)


def _page(request: HttpRequest, activity: Activity, trouble: Refused | None = None) -> HttpResponse:
    view = groups_view(activity)
    context = {
        "view": view,
        "activity": activity,
        "session": activity.session,
        "rules": GroupRule.choices,
        "loose": without_a_seat(view),
        "was_carried": was_carried(activity),
        "trouble": trouble,
        "pressed": request.POST.get("press", "") if trouble else "",
        "sent": request.POST,
    }
    return render(request, "groups/groups.html", context, status=trouble.status if trouble else 200)


def _make(activity: Activity, actor: Actor, sent: Any) -> str:
    made = operations.make_groups(
        activity=activity,
        actor=actor,
        rule=sent.get("rule", ""),
        size=sent.get("size", "").strip(),
    )
    return ngettext("%(n)d group is ready.", "%(n)d groups are ready.", len(made)) % {"n": len(made)}


def _add(activity: Activity, actor: Actor, sent: Any) -> str:
    return _("%(group)s is there.") % {"group": operations.add_group(activity=activity, actor=actor).label}


def _remove(activity: Activity, actor: Actor, sent: Any) -> str:
    group = _group(activity, sent)
    if group is not None:
        operations.remove_group(group=group, actor=actor)
    return _("The group is gone.")


def _move(activity: Activity, actor: Actor, sent: Any) -> str:
    assert activity.session is not None  # noqa: S101  -- the page was shown
    try:
        person = member_of(activity.session, sent.get("person", ""))
    except NotFound as trouble:
        raise BadText(operations.PERSON_GONE, field="person") from trouble
    group = _group(activity, sent, "to")
    operations.move_person(activity=activity, actor=actor, person=person, group=group)
    name = person.name or _("Guest")
    if group is None:
        return _("%(name)s sits in no group now.") % {"name": name}
    return _("%(name)s sits in %(group)s now.") % {"name": name, "group": group.label}


def _rest(activity: Activity, actor: Actor, sent: Any) -> str:
    number = operations.seat_the_rest(activity=activity, actor=actor)
    return ngettext("%(n)d person has a group now.", "%(n)d people have a group now.", number) % {"n": number}


def _back(activity: Activity, actor: Actor, sent: Any) -> str:
    operations.bring_back(activity=activity, actor=actor)
    return _("Everybody is called back.")


def _out(activity: Activity, actor: Actor, sent: Any) -> str:
    operations.send_out(activity=activity, actor=actor)
    return _("The groups go on.")


def _carry(activity: Activity, actor: Actor, sent: Any) -> str:
    what, group = sent.get("what", ""), _group(activity, sent)
    number = carrying.carry_back(activity=activity, actor=actor, what=what, group=group)
    if not number:
        return _("Nothing new lies in the groups. What was carried back is there.")
    return ngettext("%(n)d card is on the table.", "%(n)d cards are on the table.", number) % {"n": number}


def _uncarry(activity: Activity, actor: Actor, sent: Any) -> str:
    number = carrying.undo_carrying(activity=activity, actor=actor)
    return ngettext("%(n)d card went back.", "%(n)d cards went back.", number) % {"n": number}


def _time(activity: Activity, actor: Actor, sent: Any) -> str:
    minutes = _number(sent, "minutes", _("Write a number of minutes, such as 10. The time stays as it was."))
    group_work.set_timer(activity=activity, actor=actor, minutes=minutes, group=_group(activity, sent))
    return ngettext("%(n)d minute from now.", "%(n)d minutes from now.", minutes) % {"n": minutes}


def _untime(activity: Activity, actor: Actor, sent: Any) -> str:
    group_work.set_timer(activity=activity, actor=actor, minutes=None, group=_group(activity, sent))
    return _("The time of the step counts again.")


def _tell(activity: Activity, actor: Actor, sent: Any) -> str:
    text = sent.get("body", "")
    group_work.tell_groups(activity=activity, actor=actor, text=text, group=_group(activity, sent))
    return _("It stands on their page.") if text.strip() else _("It is taken away.")


PRESSES: dict[str, Callable[[Activity, Actor, Any], str]] = {
    "make": _make,
    "add": _add,
    "remove": _remove,
    "move": _move,
    "rest": _rest,
    "back": _back,
    "out": _out,
    "carry": _carry,
    "uncarry": _uncarry,
    "time": _time,
    "untime": _untime,
    "tell": _tell,
}


def _group(activity: Activity, sent: Any, name: str = "group") -> Group | None:
    """The group that a form names; None for all, or for none. Raises BadText when it was never there."""
    number = sent.get(name, "")
    return group_of(activity, number, operations.GONE) if number else None


def _number(sent: Any, name: str, otherwise: Any) -> int:
    typed = sent.get(name, "").strip()
    if not typed.removeprefix("-").isdecimal() or len(typed) > 6:
        raise BadText(otherwise, field=name)
    return int(typed)
