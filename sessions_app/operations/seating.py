"""The rows behind small groups: groups that stand, and who sits where. Called under the workshop's lock."""

from collections.abc import Mapping

from sessions_app import clock
from sessions_app.models import Activity, Contribution, Dialogue, Group, Membership, Participant
from sessions_app.operations.dealing import Dealt


def stand_groups(activity: Activity, dealt: list[Dealt]) -> list[Group]:
    """As many groups as DEALT, the first ones again if there were some; surplus ones that are empty go."""
    there = list(Group.objects.filter(activity=activity).select_related("dialogue").order_by("number"))
    names = activity.options.get("names", [])
    last = there[-1].number if there else 0
    missing = range(last + 1, last + 1 + max(0, len(dealt) - len(there)))
    fresh = [Group(activity=activity, number=n, name=names[n - 1] if n <= len(names) else "") for n in missing]
    Group.objects.bulk_create(fresh)
    made = Dialogue.objects.bulk_create([Dialogue(activity=activity, group=group) for group in fresh])
    for group, dialogue in zip(fresh, made, strict=True):
        group.dialogue = dialogue
    groups = [*there, *fresh][: len(dealt)]
    for group, table in zip(groups, dealt, strict=True):
        group.name = table.name or group.name
        group.removed_at = group.gathered_at = group.ends_at = group.timed_at = None
    Group.objects.bulk_update(groups, ["name", "removed_at", "gathered_at", "ends_at", "timed_at"])
    surplus = [group.pk for group in there[len(dealt) :]]
    spoken = Contribution.objects.filter(dialogue__group__in=surplus).values("dialogue__group")
    empty = Group.objects.standing().filter(pk__in=surplus, notes="").exclude(pk__in=spoken)
    empty.update(removed_at=clock.now())
    kept = Group.objects.standing().filter(pk__in=surplus).select_related("dialogue")
    kept.update(gathered_at=None, ends_at=None, timed_at=None)
    return [*groups, *kept] if surplus else groups


def seat_all(activity: Activity, seats: Mapping[int, Group]) -> None:
    """Everybody sits where SEATS says, and nobody anywhere else: in three statements, however many they are."""
    sit = dict(Membership.objects.filter(activity=activity, left_at=None).values_list("participant_id", "group_id"))
    stay = {person for person, group in seats.items() if sit.get(person) == group.pk}
    gone = Membership.objects.filter(activity=activity, left_at=None).exclude(participant__in=stay)
    gone.update(left_at=clock.now())
    seat_more(activity, {person: group for person, group in seats.items() if person not in stay})
    takers = Group.objects.filter(activity=activity, note_taker__isnull=False)
    for group in takers:
        if seats.get(group.note_taker_id or 0) != group:
            takers.filter(pk=group.pk).update(note_taker=None)


def seat_more(activity: Activity, seats: Mapping[int, Group]) -> None:
    """Those of SEATS, who sit nowhere yet, sit down: in one statement, however many they are."""
    now = clock.now()
    Membership.objects.bulk_create(
        Membership(activity=activity, group=group, participant_id=person, since=now) for person, group in seats.items()
    )


def seated_in(activity: Activity) -> dict[Group, list[Participant]]:
    """The groups that stand, and who sits in each. Two queries."""
    groups = {g.pk: g for g in Group.objects.standing().filter(activity=activity).select_related("dialogue")}
    tables: dict[Group, list[Participant]] = {group: [] for group in groups.values()}
    for seat in Membership.objects.filter(group__in=groups, left_at=None).select_related("participant"):
        tables[groups[seat.group_id]].append(seat.participant)
    return tables
