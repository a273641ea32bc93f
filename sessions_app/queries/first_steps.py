"""A facilitator's next step on the way to the first meeting: plan it, share it, open its doors. Then it is gone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from sessions_app.models import Participant, Role, State
from sessions_app.queries.workshops import WorkshopView

NOT_BEGUN = frozenset({State.PLANNED, State.CANCELLED})


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do now, the words on its button, and where that leads."""

    text: str
    button: str
    address: str


def next_step(view: WorkshopView, people: Iterable[Participant]) -> NextStep | None:
    """None once the doors of a meeting were opened, where all happens in threads, and where nothing may change."""
    workshop, meeting = view.workshop, view.next_meeting
    has_begun = any(one.session.state not in NOT_BEGUN for one in view.meetings)
    if workshop.closed_at is not None or workshop.is_practice or has_begun:
        return None
    if meeting is None:
        return None if view.threads else _plan(workshop.slug)
    if not any(one.dialogues for one in view.meetings if one.session == meeting):
        text = _("Now choose what happens in “%(title)s”, step by step.") % {"title": meeting.title}
        return NextStep(text, _("Make the run sheet"), reverse("plan", args=[meeting.pk]))
    if not any(Role.PARTICIPANT in person.roles for person in people):
        text = _("“%(title)s” is planned. Now send people the link or the code.") % {"title": meeting.title}
        return NextStep(text, _("Share it"), reverse("share", args=[meeting.pk]))
    text = _("“%(title)s” is ready. Open the doors a quarter of an hour before you begin.") % {"title": meeting.title}
    return NextStep(text, _("Go to the room"), reverse("room", args=[meeting.pk]))


def _plan(slug: str) -> NextStep:
    return NextStep(
        _("Begin with the day and the time."), _("Plan the first meeting"), reverse("new_meeting", args=[slug])
    )
