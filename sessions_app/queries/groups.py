"""Small groups as they are now: people, cards, time left, who was not heard yet; and where each person sits."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from sessions_app import clock, moments
from sessions_app.kinds import kind_of
from sessions_app.models import (
    Activity,
    Contribution,
    Event,
    Group,
    GroupRule,
    Identity,
    Membership,
    Participant,
    Place,
    Role,
)
from sessions_app.verbs import Verb


@dataclass(frozen=True, slots=True)
class Row:
    """One group. `unheard` is empty where words have no names or lie face down; `fresh` are cards not carried yet."""

    group: Group
    people: tuple[Participant, ...]
    count: int
    fresh: int
    unheard: tuple[Participant, ...]
    ends_at: datetime | None
    total_seconds: int
    now: datetime
    room: int = 0  # how many more may sit down

    @property
    def dialogue_id(self) -> int:
        return self.group.dialogue.pk

    @property
    def seconds_left(self) -> int:
        return max(0, int((self.ends_at - (self.paused_at or self.now)).total_seconds())) if self.ends_at else 0

    @property
    def paused_at(self) -> datetime | None:
        """Since when its clock stands still: that of the step does, and the group has no time of its own."""
        return self.group.activity.paused_at if self.group.ends_at is None else None

    @property
    def time_words(self) -> str:
        return moments.time_left_words(self.seconds_left, is_paused=self.paused_at is not None)

    @property
    def minder(self) -> Participant | None:
        """Who minds the time: another person of the group in each step."""
        step = self.group.activity.position
        return self.people[step % len(self.people)] if self.people else None


@dataclass(frozen=True, slots=True)
class GroupsView:
    """The groups of a step that stand."""

    activity: Activity
    rows: tuple[Row, ...]

    @property
    def is_out(self) -> bool:
        """Whether people sit in their groups, rather than all together."""
        return any(row.group.gathered_at is None for row in self.rows)

    @property
    def rule(self) -> str:
        return str(self.activity.options.get("rule", ""))

    @property
    def people_choose(self) -> bool:
        return self.rule == GroupRule.CHOICE

    @property
    def seats_json(self) -> str:
        """Person -> group, for the pages of those who sit somewhere: each finds its own."""
        seats = {person.pk: row.group.pk for row in self.rows for person in row.people}
        return json.dumps(dict(sorted(seats.items())))

    @property
    def labels_json(self) -> str:
        return json.dumps({row.group.pk: row.group.label for row in self.rows}, ensure_ascii=False)

    @property
    def fresh(self) -> int:
        return sum(row.fresh for row in self.rows)

    def row_of(self, group_id: int) -> Row | None:
        return next((row for row in self.rows if row.group.pk == group_id), None)

    def seat_of(self, person: Participant) -> Group | None:
        """The group in which PERSON sits."""
        return next((row.group for row in self.rows if any(one.pk == person.pk for one in row.people)), None)


def groups_view(activity: Activity) -> GroupsView:
    """The groups of ACTIVITY. Three queries, however many there are."""
    groups = list(Group.objects.standing().filter(activity=activity).select_related("dialogue", "note_taker"))
    people: dict[int, list[Participant]] = {group.pk: [] for group in groups}
    sit = Membership.objects.filter(activity=activity, left_at=None, participant__removed_at=None)
    for seat in sit.select_related("participant").order_by("participant__name", "participant_id"):
        people.get(seat.group_id, []).append(seat.participant)
    said = _said(activity)
    names = activity.identity == Identity.NAMED and not activity.is_hidden
    size, now = int(activity.options.get("size", 0)), clock.now()
    rows = []
    for group in groups:
        group.activity = activity
        here = people[group.pk]
        words = [(author, carried) for dialogue, author, carried in said if dialogue == group.dialogue.pk]
        wrote = {author for author, _carried in words}
        ends, began = group.ends_at or activity.ends_at, group.timed_at or activity.opened_at
        total = int((ends - began).total_seconds()) if ends and began else 0
        quiet = tuple(person for person in here if person.pk not in wrote) if names else ()
        fresh = sum(not carried for _author, carried in words)
        room = max(0, size - len(here))
        rows.append(Row(group, tuple(here), len(words), fresh, quiet, ends, max(1, total), now, room))
    return GroupsView(activity, tuple(rows))


def groups_in_room(activity: Activity | None) -> GroupsView | None:
    """The groups of the step that is on in a room; None where it has none."""
    if activity is None or not kind_of(activity.kind).in_groups:
        return None
    view = groups_view(activity)
    return view if view.rows else None


def people_to_seat(activity: Activity) -> list[Participant]:
    """Who is put into groups: who came in, sits in the hall or on the phone under a name, or has a seat already.

    Before the meeting is on, everybody who takes part.
    """
    session = activity.session
    here = Q(memberships__activity=activity, memberships__left_at=None)
    if session is not None and session.started_at is not None:
        came = Event.objects.filter(session=session, verb=Verb.PARTICIPANT_ENTERED).values("participant")
        here |= Q(pk__in=came) | (Q(usual_place__in=[Place.HALL, Place.PHONE]) & ~Q(name=""))
    else:
        here |= ~Q(name="")
    people = Participant.objects.filter(
        here,
        workshop=activity.workshop_id,
        removed_at=None,
        admitted_at__isnull=False,
        roles__contains=[Role.PARTICIPANT],
    )
    return list(people.distinct().order_by("joined_at", "pk"))


def was_carried(activity: Activity) -> bool:
    """Whether something of the groups lies on everybody's table. One query."""
    carried = Contribution.objects.filter(dialogue__activity=activity, from_group__isnull=False, withdrawn_at=None)
    return carried.exists()


def without_a_seat(view: GroupsView) -> list[Participant]:
    """Who is here and sits in no group. One query."""
    seated = {person.pk for row in view.rows for person in row.people}
    return [person for person in people_to_seat(view.activity) if person.pk not in seated]


def _said(activity: Activity) -> list[tuple[int, int | None, bool]]:
    """Of every card that stands in a group: its dialogue, its author, and whether it was carried back."""
    copies = Contribution.objects.filter(carried_from=OuterRef("pk"), uncarried_at=None)
    found = Contribution.objects.filter(
        dialogue__activity=activity, dialogue__group__isnull=False, withdrawn_at=None
    ).annotate(carried=Exists(copies))
    return list(found.order_by("seq").values_list("dialogue_id", "author_id", "carried"))
