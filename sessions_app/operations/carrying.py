"""Carry what small groups wrote back to everybody, in one press; and undo it."""

import uuid
from collections import Counter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import anonymity, clock, events
from sessions_app.errors import BadText, Refused
from sessions_app.models import Activity, Contribution, Dialogue, Group, Identity, Participant, Via
from sessions_app.policy import Actor, require
from sessions_app.verbs import Verb

CARDS, NOTES = "cards", "notes"
COPIED = (
    *("author_id", "recorded_by_id", "anonymous_token", "via", "place", "late", "body", "language"),
    *("gloss", "gloss_language", "revised_at", "said_at"),
)


def carry_back(*, activity: Activity, actor: Actor, what: str = CARDS, group: Group | None = None) -> int:
    """Put the cards of all groups (or of GROUP), or only the lines of their notes, on everybody's table.

    Each keeps its author, its level of names and where it came from. What was carried before is not carried twice;
    returns how many are new. A few statements, however many cards. Raises BadText or Refused.
    """
    require(actor, "activity.plan", activity)
    if what not in {CARDS, NOTES}:
        raise BadText(_("Choose one of the answers in the list."), field="what")
    with transaction.atomic():
        activity.workshop = events.lock(activity.workshop_id)
        activity.refresh_from_db(fields=["opened_at", "identity"])
        if not activity.was_opened:
            raise Refused(_("This step has not been on yet. Open it in the meeting first."))
        plenary = activity.plenary
        groups = Group.objects.standing().filter(activity=activity).select_related("noted_by")
        chosen = list(groups.filter(pk=group.pk) if group is not None else groups)
        drafts = _cards(plenary, chosen) if what == CARDS else _notes(activity, plenary, chosen)
        there = set(
            Contribution.objects.filter(client_id__in=[one.client_id for one in drafts]).values_list(
                "client_id", flat=True
            )
        )
        fresh = [one for one in drafts if one.client_id not in there]
        _put(activity, plenary, fresh, actor)
    return len(fresh)


def undo_carrying(*, activity: Activity, actor: Actor) -> int:
    """Take what was carried back from everybody's table. The groups keep their words. Returns how many went."""
    require(actor, "activity.plan", activity)
    now = clock.now()
    with transaction.atomic():
        events.lock(activity.workshop_id)
        carried = Contribution.objects.filter(
            dialogue__activity=activity,
            dialogue__group=None,
            from_group__isnull=False,
            withdrawn_at=None,
            revisions=None,
        )
        gone = list(carried.order_by("seq").values_list("pk", "dialogue_id"))
        events.record_all(
            Verb.CONTRIBUTION_UNCARRIED,
            [_about(activity, dialogue_id=dialogue, contribution_id=pk) for pk, dialogue in gone],
            workshop_id=activity.workshop_id,
            actor=_told_actor(activity, actor),
            at=now,
        )
        carried.filter(pk__in=[pk for pk, _dialogue in gone]).update(
            body="", gloss="", gloss_language="", withdrawn_at=now, uncarried_at=now
        )
    return len(gone)


def _cards(plenary: Dialogue, groups: list[Group]) -> list[Contribution]:
    """A copy of every card that stands in GROUPS, group by group. An answer answers the copy."""
    said = Contribution.objects.filter(dialogue__group__in=groups, withdrawn_at=None)
    sources = list(said.select_related("dialogue").order_by("dialogue__group__number", "seq"))
    undone = Counter(
        Contribution.objects.filter(carried_from__in=sources, uncarried_at__isnull=False).values_list(
            "carried_from_id", flat=True
        )
    )
    copies: dict[uuid.UUID, Contribution] = {}
    for source in sources:
        copies[source.pk] = Contribution(
            dialogue=plenary,
            client_id=uuid.uuid5(source.client_id, f"carried back {undone[source.pk]}"),
            carried_from=source,
            from_group_id=source.dialogue.group_id,
            reply_to=copies.get(source.reply_to_id) if source.reply_to_id else None,
            **{name: getattr(source, name) for name in COPIED},
        )
    return list(copies.values())


def _notes(activity: Activity, plenary: Dialogue, groups: list[Group]) -> list[Contribution]:
    """A card for every line of the notes: words of the group, typed by its note-taker."""
    now, drafts = clock.now(), []
    undone = Counter(
        Contribution.objects.filter(from_group__in=groups, carried_from=None, uncarried_at__isnull=False).values_list(
            "from_group_id", flat=True
        )
    )
    for group in groups:
        came = Counter[str]()
        for line in filter(None, map(str.strip, group.notes.split("\n"))):
            name = f"notes of group {group.pk}, {undone[group.pk]}, {came[line]}: {line}"
            came[line] += 1
            draft = Contribution(
                dialogue=plenary,
                client_id=uuid.uuid5(uuid.NAMESPACE_OID, name),
                from_group=group,
                recorded_by=group.noted_by,
                via=Via.ROOM,
                place=group.noted_by.usual_place if group.noted_by else "",
                body=line,
                language=group.noted_by.language if group.noted_by else "",
                said_at=now,
            )
            if activity.identity == Identity.ANONYMOUS and group.noted_by is not None:
                draft.anonymous_token, draft.recorded_by = anonymity.token_for(activity, group.noted_by), None
            drafts.append(draft)
    return drafts


def _put(activity: Activity, plenary: Dialogue, fresh: list[Contribution], actor: Actor) -> None:
    lines = events.record_all(
        Verb.CONTRIBUTION_CARRIED,
        [_about(activity, dialogue=plenary, contribution_id=one.pk, data=_told(one)) for one in fresh],
        workshop_id=activity.workshop_id,
        actor=_told_actor(activity, actor),
        at=clock.now(),
    )
    new = {one.pk for one in fresh}
    earlier = {one.reply_to.client_id for one in fresh if one.reply_to is not None and one.reply_to.pk not in new}
    there = {one.client_id: one for one in Contribution.objects.filter(client_id__in=earlier)} if earlier else {}
    for one, line in zip(fresh, lines, strict=True):
        one.seq = line.seq
        if one.reply_to is not None and one.reply_to.pk not in new:
            one.reply_to = there.get(one.reply_to.client_id)
    Contribution.objects.bulk_create(fresh)


def _told_actor(activity: Activity, actor: Actor) -> Participant | None:
    """Where nobody can know who said what, no event of the words names anybody."""
    return None if activity.identity == Identity.ANONYMOUS else actor.participant


def _told(one: Contribution) -> dict[str, Any]:
    return {"via": one.via, "place": one.place, "from_group": one.from_group_id}


def _about(activity: Activity, **more: Any) -> dict[str, Any]:
    return {"activity": activity, "session_id": activity.session_id, **more}
