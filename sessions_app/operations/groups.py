"""Small groups: make them by a rule, move people, let people choose, bring everybody back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import BadText, Closed, NotAllowed, Refused
from sessions_app.kinds import kind_of
from sessions_app.kinds.options import cleaned
from sessions_app.models import (
    Activity,
    Contribution,
    Dialogue,
    Event,
    Group,
    GroupRule,
    Membership,
    Participant,
    Role,
    Session,
)
from sessions_app.operations.dealing import MOST_GROUPS, best_for, deal
from sessions_app.operations.seating import seat_all, seat_more, seated_in, stand_groups
from sessions_app.policy import Actor, require
from sessions_app.queries.groups import people_to_seat
from sessions_app.verbs import Verb

GONE = _("That group is not there any more. Choose another one; nobody was moved.")
PERSON_GONE = _("That person is not in this workshop any more. Nobody was moved.")


def make_groups(*, activity: Activity, actor: Actor, rule: str = "", size: Any = None, count: int = 0) -> list[Group]:
    """Put everybody who is here into groups, in one transaction and with one announcement. A second press deals anew.

    RULE and SIZE are what the step's plan says unless they are given, and are kept for those who come late. COUNT
    is a number of groups instead. Groups that hold words or notes stay, whatever is dealt. Raises BadText.
    """
    require(actor, "activity.plan", activity)
    given = {"rule": rule, "size": size}
    with _locked(activity):
        _keep_options(activity, {name: value for name, value in given.items() if value})
        if not 0 <= count <= MOST_GROUPS:
            raise BadText(_("Make between 1 and 100 groups."), field="count")
        people = people_to_seat(activity)
        dealt = deal(people, activity.options["rule"], activity.options["size"], count)
        groups = stand_groups(activity, dealt)
        seats = {one.pk: group for group, table in zip(groups, dealt, strict=False) for one in table.people}
        seat_all(activity, seats)
        told = {
            "rule": activity.options["rule"],
            "size": activity.options["size"],
            "groups": {str(group.dialogue.pk): group.number for group in groups},
            "seats": {str(person): group.dialogue.pk for person, group in seats.items()},
        }
        record(Verb.GROUPS_ARRANGED, activity, actor, data=told)
    return groups


def add_group(*, activity: Activity, actor: Actor) -> Group:
    """One more group, with nobody in it yet."""
    require(actor, "activity.plan", activity)
    with _locked(activity):
        if Group.objects.standing().filter(activity=activity).count() >= MOST_GROUPS:
            raise Refused(_("There can be at most 100 groups."))
        last = Group.objects.filter(activity=activity).aggregate(last=Max("number"))["last"] or 0
        group = Group.objects.create(activity=activity, number=last + 1)
        group.dialogue = Dialogue.objects.create(activity=activity, group=group)
        record(Verb.GROUP_ADDED, activity, actor, group=group, data={"number": group.number})
    return group


def remove_group(*, group: Group, actor: Actor) -> None:
    """Take a group away in which nobody sits and nothing was written."""
    require(actor, "group.change", group)
    with _locked(group.activity):
        group.refresh_from_db(fields=["removed_at", "notes"])
        if group.removed_at is not None:
            return
        if Membership.objects.filter(group=group, left_at=None).exists():
            raise Refused(_("Somebody sits in this group. Move them first, then take the group away."))
        if group.notes or Contribution.objects.filter(dialogue__group=group).exists():
            raise Refused(_("Something was written in this group, so it stays."))
        group.removed_at = clock.now()
        group.save(update_fields=["removed_at"])
        record(Verb.GROUP_REMOVED, group.activity, actor, group=group)


def move_person(*, activity: Activity, actor: Actor, person: Participant, group: Group | None) -> None:
    """Put PERSON into GROUP, or (None) into none. What they wrote stays where they wrote it."""
    require(actor, "activity.plan", activity)
    with _locked(activity):
        person.refresh_from_db(fields=["removed_at"])
        if person.workshop_id != activity.workshop_id or not person.is_here_to_stay:
            raise BadText(PERSON_GONE, field="person")
        if group is not None:
            _need_standing(activity, group)
        _place(activity, actor, person, group)


def join_group(*, group: Group, actor: Actor) -> None:
    """Sit down in a group of one's own choice, where people choose and the group has room."""
    require(actor, "group.join", group)
    person, activity = actor.participant, group.activity
    assert person is not None  # noqa: S101  -- an outsider may not join
    with _locked(activity):
        _need_standing(activity, group)
        if activity.options.get("rule") != GroupRule.CHOICE:
            raise NotAllowed(_("The host puts people into groups here. Ask the host to move you."))
        others = Membership.objects.filter(group=group, left_at=None).exclude(participant=person)
        if others.count() >= activity.options["size"]:
            raise BadText(_("That group is full. Choose another one."), field="group")
        _place(activity, actor, person, group)


def find_seat(*, activity: Activity, actor: Actor) -> None:
    """Put the actor, who sits nowhere, into the group that the rule says."""
    require(actor, "activity.see", activity)
    person = actor.participant
    assert person is not None  # noqa: S101  -- an outsider sees no step
    with _locked(activity):
        require(actor, "session.speak", activity)
        if Membership.objects.filter(activity=activity, participant=person, left_at=None).exists():
            return
        rule = activity.options.get("rule", "")
        group = best_for(person, GroupRule.NUMBER if rule == GroupRule.CHOICE else rule, seated_in(activity))
        if group is None:
            raise Refused(_("There is no group for you yet. Ask the host."))
        _place(activity, actor, person, group)


def seat_late(*, session: Session, person: Participant) -> None:
    """Put somebody who comes while groups are out into the one that the rule says. Cheap when none are out."""
    activity = session.current_activity
    if activity is None or not kind_of(activity.kind).in_groups or Role.PARTICIPANT not in person.roles:
        return
    if activity.options.get("rule") == GroupRule.CHOICE:
        return
    out = Group.objects.standing().filter(activity=activity, gathered_at=None)
    seated = Membership.objects.filter(activity=activity, participant=person, left_at=None)
    if seated.exists() or not out.exists():
        return
    activity.session = session
    with _locked(activity):
        if not seated.exists():
            _place(activity, Actor(person), person, best_for(person, activity.options["rule"], seated_in(activity)))


def seat_the_rest(*, activity: Activity, actor: Actor) -> int:
    """Put everybody who is here and sits nowhere into the groups there are, in a few statements. Returns how many."""
    require(actor, "activity.plan", activity)
    with _locked(activity):
        tables = seated_in(activity)
        sit = {one.pk for people in tables.values() for one in people}
        rule = activity.options.get("rule", "")
        seats: dict[int, Group] = {}
        for person in (one for one in people_to_seat(activity) if one.pk not in sit):
            group = best_for(person, GroupRule.NUMBER if rule == GroupRule.CHOICE else rule, tables)
            if group is None:
                raise Refused(_("There are no groups yet. Make them first."))
            tables[group].append(person)
            seats[person.pk] = group
        seat_more(activity, seats)
        events.record_all(
            Verb.GROUP_PERSON_MOVED,
            [_sat_down(activity, person, group) for person, group in seats.items()],
            workshop_id=activity.workshop_id,
            actor=actor.participant,
            at=clock.now(),
        )
    return len(seats)


def bring_back(*, activity: Activity, actor: Actor) -> None:
    """Bring everybody back together. Words on their way still reach their group; send_out undoes it."""
    _set_gathered(activity, actor, Verb.GROUPS_GATHERED)


def send_out(*, activity: Activity, actor: Actor) -> None:
    """Let the groups go on after they were brought back."""
    _set_gathered(activity, actor, Verb.GROUPS_SENT_OUT)


def leave_groups(person: Participant) -> None:
    """Somebody is taken out of the workshop: they sit nowhere, and take no notes. Needs the workshop's lock."""
    Membership.objects.filter(participant=person, left_at=None).update(left_at=clock.now())
    Group.objects.filter(note_taker=person).update(note_taker=None)


@contextmanager
def _locked(activity: Activity) -> Iterator[None]:
    """The workshop locked until the block ends, and ACTIVITY as it is now; refuses where there are no groups."""
    with transaction.atomic():
        activity.workshop = events.lock(activity.workshop_id)
        activity.refresh_from_db(fields=["options", "removed_at", "kind"])
        if not kind_of(activity.kind).in_groups or activity.session_id is None or activity.removed_at is not None:
            raise Closed(_("There are no small groups in this step."))
        yield


def _keep_options(activity: Activity, given: Mapping[str, Any]) -> None:
    options = cleaned(kind_of(activity.kind).options, {**activity.options, **given})
    if options != activity.options:
        activity.options = options
        activity.save(update_fields=["options"])


def _place(activity: Activity, actor: Actor, person: Participant, group: Group | None) -> None:
    found = Membership.objects.filter(activity=activity, participant=person, left_at=None)
    seat = found.select_related("group__dialogue").first()
    if group == (seat.group if seat else None):
        return
    now = clock.now()
    if seat is not None:
        seat.left_at = now
        seat.save(update_fields=["left_at"])
    if group is not None:
        Membership.objects.create(activity=activity, group=group, participant=person, since=now)
    data = {"group_before": seat.group.dialogue.pk if seat else None}
    record(Verb.GROUP_PERSON_MOVED, activity, actor, group=group, participant=person, data=data)
    if seat is not None and seat.group.note_taker_id == person.pk:
        Group.objects.filter(pk=seat.group_id).update(note_taker=None)
        record(Verb.GROUP_NOTE_TAKER, activity, actor, group=seat.group)


def _sat_down(activity: Activity, person_id: int, group: Group) -> dict[str, Any]:
    """What the log is told of somebody who sat nowhere."""
    about = {"activity": activity, "session_id": activity.session_id, "dialogue": group.dialogue}
    return {**about, "participant_id": person_id, "data": {"group_before": None}}


def _set_gathered(activity: Activity, actor: Actor, verb: Verb) -> None:
    require(actor, "activity.plan", activity)
    is_back = verb == Verb.GROUPS_GATHERED
    with _locked(activity):
        changed = Group.objects.standing().filter(activity=activity, gathered_at__isnull=is_back)
        if changed.update(gathered_at=clock.now() if is_back else None):
            record(verb, activity, actor)


def _need_standing(activity: Activity, group: Group) -> None:
    group.refresh_from_db(fields=["removed_at", "activity"])
    if group.removed_at is not None or group.activity_id != activity.pk:
        raise BadText(GONE, field="group")


def record(verb: Verb, activity: Activity, actor: Actor, *, group: Group | None = None, **about: Any) -> Event:
    """Append an event about ACTIVITY's groups, or about GROUP (with its dialogue at hand)."""
    return events.record(
        verb,
        workshop_id=activity.workshop_id,
        actor=actor.participant,
        session_id=activity.session_id,
        activity=activity,
        dialogue=group.dialogue if group else None,
        **about,
    )
