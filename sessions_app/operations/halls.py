"""What hosts set for the hall: how its screen looks, how many notes of paper lie there, what was read aloud."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import BadText, Closed, Refused
from sessions_app.models import Contribution, Dialogue, PaperNotes, Screen, Session
from sessions_app.operations.sessions import check_link
from sessions_app.policy import Actor, require
from sessions_app.verbs import Verb

MOST_NOTES = 2000


def set_screen(*, session: Session, actor: Actor, is_dark: bool, has_captions: bool, link: str = "") -> None:
    """Say how the screen of the hall looks; it follows at once."""
    require(actor, "session.message", session)
    link = link.strip()
    if link:
        check_link(link)
    given = {"is_dark": is_dark, "has_captions": has_captions, "captions_link": link}
    with transaction.atomic():
        events.lock(session.workshop_id)
        Screen.objects.update_or_create(session=session, defaults=given)
        events.record(Verb.SCREEN_SET, workshop_id=session.workshop_id, actor=actor.participant, session=session)


def count_paper(*, dialogue: Dialogue, actor: Actor, count: int) -> None:
    """Say how many notes of paper lie in the hall for the step of DIALOGUE."""
    require(actor, "dialogue.record_for", dialogue)
    if not 0 <= count <= MOST_NOTES:
        raise BadText(_("Write a number from 0 to 2000."))
    with transaction.atomic():
        events.lock(dialogue.activity.workshop_id)
        PaperNotes.objects.update_or_create(dialogue=dialogue, defaults={"count": count})
        events.record(
            Verb.PAPER_COUNTED,
            workshop_id=dialogue.activity.workshop_id,
            actor=actor.participant,
            activity=dialogue.activity,
            dialogue=dialogue,
            data={"notes": count},
        )


def read_aloud(*, contribution: Contribution, actor: Actor, is_read: bool = True) -> None:
    """Tick that words from outside were read aloud in the hall, or take the tick away."""
    activity = contribution.dialogue.activity
    require(actor, "dialogue.record_for", contribution.dialogue)
    with transaction.atomic():
        events.lock(activity.workshop_id)
        activity.refresh_from_db(fields=["revealed_at"])
        if activity.is_hidden:
            raise Refused(_("These words lie face down. Nobody reads them aloud yet."))
        contribution.refresh_from_db(fields=["withdrawn_at", "read_aloud_at"])
        if contribution.is_withdrawn:
            raise Closed(_("These words have been taken back already."))
        if (contribution.read_aloud_at is not None) == is_read:
            return
        contribution.read_aloud_at = clock.now() if is_read else None
        contribution.save(update_fields=["read_aloud_at"])
        events.record(
            Verb.CONTRIBUTION_READ_ALOUD,
            workshop_id=activity.workshop_id,
            actor=None if contribution.anonymous_token else actor.participant,
            dialogue=contribution.dialogue,
            activity=activity,
            contribution=contribution,
            data={"read": is_read},
        )
