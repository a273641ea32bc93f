"""One dialogue with all that hangs on it, as every post and every batch of news needs it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from sessions_app.models import Activity, Contribution, Dialogue, Membership, Participant, Response, Session, Workshop
from sessions_app.models.joined import Joined

WITH_SESSION = """
    SELECT {columns} FROM sessions_app_dialogue d
    JOIN sessions_app_activity a ON a.id = d.activity_id
    LEFT JOIN sessions_app_session s ON s.id = a.session_id
    WHERE d.id = %s AND a.workshop_id = %s
"""
ON_THE_TABLE = """
    SELECT {columns} FROM sessions_app_session s
    JOIN sessions_app_activity a ON a.id = s.current_activity_id
    JOIN sessions_app_dialogue d ON d.activity_id = a.id AND d.group_id IS NULL
    JOIN sessions_app_workshop w ON w.id = s.workshop_id
    WHERE s.id = %s
"""
OPEN_STEPS = """
    SELECT {columns} FROM sessions_app_activity a JOIN sessions_app_workshop w ON w.id = a.workshop_id
    JOIN sessions_app_participant p ON p.workshop_id = w.id
    WHERE a.id = %s AND p.id = %s AND w.closed_at IS NULL AND p.removed_at IS NULL
    """
_with_session = Joined(WITH_SESSION, d=Dialogue, a=Activity, s=Session)
_open_steps = Joined(OPEN_STEPS, a=Activity)
_on_the_table = Joined(ON_THE_TABLE, d=Dialogue, a=Activity, s=Session, w=Workshop)


def dialogue_in(pk: int, workshop: Workshop) -> Dialogue | None:
    """The dialogue with its activity, session and WORKSHOP at hand; None when it is another workshop's. One query."""
    found = _with_session.first([pk, workshop.pk])
    if found is None:
        return None
    dialogue, activity, session = found
    return _tied(dialogue, activity, session, workshop)


def dialogue_on_the_table(session_id: int) -> Dialogue | None:
    """The dialogue of the step that is on in a meeting. One query."""
    found = _on_the_table.first([session_id])
    return _tied(*found) if found else None


def group_dialogue(activity: Activity, pk: int) -> Dialogue | None:
    """The dialogue of one of ACTIVITY's small groups, with all that hangs on it; None for any other. One query."""
    groups = Dialogue.objects.filter(activity=activity, group__removed_at=None, group__isnull=False)
    found = groups.select_related("group").filter(pk=pk).first()
    return _tied(found, activity, activity.session, activity.workshop) if found is not None else None


def groups_of(person: Participant) -> list[int]:
    """The small groups in which PERSON sits. One query."""
    return list(Membership.objects.filter(participant=person, left_at=None).values_list("group_id", flat=True))


def still_takes(activity: Activity, person: Participant, now: datetime) -> bool:
    """Whether words or an answer of PERSON may come in at NOW. Needs the workshop's lock to stay true. One query."""
    found = _open_steps.first([activity.pk, person.pk])
    if found is None:
        return False
    found[0].workshop = activity.workshop
    return found[0].accepts(now)


def answered_by(person: Participant, dialogues: Iterable[Dialogue]) -> set[int]:
    """Ids of those DIALOGUES in which words or a choice stand under PERSON's name. One query.

    A choice counts in the round that is on; words that were taken back don't.
    """
    stands = {"dialogue__in": [dialogue.pk for dialogue in dialogues], "withdrawn_at__isnull": True}
    words = Contribution.objects.filter(author=person, **stands)
    choices = Response.objects.filter(participant=person, round=F("dialogue__activity__round"), **stands)
    return set(
        words.order_by()
        .values_list("dialogue_id")
        .union(choices.order_by().values_list("dialogue_id"))
        .values_list("dialogue_id", flat=True)
    )


def _tied(dialogue: Dialogue, activity: Activity, session: Session | None, workshop: Workshop) -> Dialogue:
    dialogue.activity, activity.session, activity.workshop = activity, session, workshop
    if session is not None:
        session.workshop = workshop
    return dialogue
