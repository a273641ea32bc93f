"""Inside small groups: name and call link, who takes notes, the notes, the time, what hosts tell a group."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import BadText, NotAllowed, NotFound
from sessions_app.models import Activity, Group, Participant
from sessions_app.models.group import GroupQuerySet
from sessions_app.operations.editions import edition_of, need_newest
from sessions_app.operations.groups import GONE, record
from sessions_app.operations.messages import LENGTH
from sessions_app.operations.sessions import check_link
from sessions_app.policy import SCRIBES, Actor, can, require, sits_in
from sessions_app.text import clean_body, clean_line
from sessions_app.verbs import Verb

NAME = 60  # signs that a person sees
LONGEST = 180  # minutes
CHANGEABLE = ("name", "call_link")


def seen_group(group: Group) -> str:
    """The edition of what a form of GROUP shows."""
    return edition_of(group, CHANGEABLE)


def change_group(*, group: Group, actor: Actor, name: str, call_link: str, seen: str = "") -> Group:
    """Give a group a name, and a link to a call of its own; empty takes either away. Raises BadText, TooLong.

    SEEN is the edition that the form showed, if there was one; Stale when it says something else by now.
    """
    require(actor, "group.change", group)
    values = {"name": clean_line(name, limit=NAME) if name.strip() else "", "call_link": call_link.strip()}
    if values["call_link"]:
        check_link(values["call_link"], field="call_link")
    with _locked(group):
        need_newest(seen, seen_group(group), verb=Verb.GROUP_CHANGED, actor=actor, dialogue=group.dialogue)
        changed = sorted(field for field, value in values.items() if getattr(group, field) != value)
        if changed:
            for field in changed:
                setattr(group, field, values[field])
            group.save(update_fields=changed)
            record(Verb.GROUP_CHANGED, group.activity, actor, group=group, data={"fields": changed})
    return group


def name_note_taker(*, group: Group, actor: Actor, person: Participant | None) -> None:
    """Say who takes the notes: hosts name anybody in the group or themselves, people in the group themselves."""
    require(actor, "group.name_note_taker", group)
    with _locked(group):
        gives_back = person is None and group.note_taker == actor.participant
        if not (actor.has(SCRIBES) or person == actor.participant or gives_back):
            raise NotAllowed(_("You can take the notes yourself. Only a host can give them to somebody else."))
        if person is not None and not (sits_in(Actor(person), group.pk) or (person == actor.participant)):
            raise BadText(_("That person does not sit in this group. Choose somebody who does."), field="person")
        if group.note_taker_id == (person.pk if person else None):
            return
        group.note_taker = person
        group.save(update_fields=["note_taker"])
        record(Verb.GROUP_NOTE_TAKER, group.activity, actor, group=group, participant=person)


def keep_notes(*, group: Group, actor: Actor, text: str) -> None:
    """Keep the notes of a group as its note-taker has them now. Who is not its note-taker any more is refused."""
    require(actor, "group.see", group)
    words = clean_body(text) if text.strip() else ""
    with _locked(group):
        if not can(actor, "group.note", group):
            raise NotAllowed(_("Somebody else takes the notes now. Your text is here: copy it, or give it to them."))
        if group.notes == words:
            return
        group.notes, group.noted_by = words, actor.participant
        group.save(update_fields=["notes", "noted_by"])
        record(Verb.GROUP_NOTED, group.activity, actor, group=group)


def set_timer(*, activity: Activity, actor: Actor, minutes: int | None, group: Group | None = None) -> None:
    """Give one group, or all of them, so many MINUTES from now; None takes the time away. Raises BadText."""
    require(actor, "activity.plan", activity)
    if minutes is not None and not 1 <= minutes <= LONGEST:
        raise BadText(_("Give between 1 and 180 minutes. The time stays as it was."), field="minutes")
    now = clock.now()
    until = now + timedelta(minutes=minutes) if minutes is not None else None
    with transaction.atomic():
        events.lock(activity.workshop_id)
        _those(activity, group).update(ends_at=until, timed_at=now if until else None)
        data = {"until": until.isoformat()} if until else {}
        record(Verb.GROUP_TIMED, activity, actor, group=group, data=data)


def tell_groups(*, activity: Activity, actor: Actor, text: str, group: Group | None = None) -> None:
    """Show TEXT on the page of one group, or of all, in place of what was told before; empty takes it away."""
    require(actor, "session.message", activity)
    words = clean_body(text, limit=LENGTH) if text.strip() else ""
    with transaction.atomic():
        events.lock(activity.workshop_id)
        _those(activity, group).update(told=words)
        record(Verb.GROUP_TOLD, activity, actor, group=group)


def _those(activity: Activity, group: Group | None) -> GroupQuerySet:
    """The group, or all that stand. Raises BadText when the one is gone, NotFound when there is none at all."""
    found = Group.objects.standing().filter(activity=activity)
    those = found if group is None else found.filter(pk=group.pk)
    if not those.exists():
        if group is not None:
            raise BadText(GONE, field="group")
        raise NotFound(_("There are no groups yet. Make them first."))
    return those


@contextmanager
def _locked(group: Group) -> Iterator[None]:
    """The workshop locked until the block ends, and GROUP as it is now. Raises BadText when it was taken away."""
    with transaction.atomic():
        events.lock(group.activity.workshop_id)
        fresh = ["name", "call_link", "note_taker", "notes", "noted_by", "removed_at"]
        group.refresh_from_db(fields=fresh)
        if group.removed_at is not None:
            raise BadText(_("That group is not there any more."), field="group")
        yield
