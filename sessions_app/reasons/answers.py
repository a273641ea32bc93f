"""A mail when somebody answered one's words, for those who asked for every answer."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app import clock
from sessions_app.models import Contribution, Notice, Participant, Workshop
from sessions_app.queries.promises import promise_of
from sessions_app.queries.timeline import shown
from sessions_app.reasons.base import Due, Mail, Quoted, Reason
from sessions_app.reply_addresses import reply_address

SETTLES = timedelta(minutes=5)


class AnsweredYou(Reason):
    key = "answered_you"
    name = gettext_lazy("Somebody answered you")
    stop = "answers"
    only_if = frozenset({"everything"})

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterator[Due]:
        known = {person.pk: person for person in people}
        rows = (
            open_to_all(Contribution.objects.filter(dialogue__activity__workshop=workshop))
            .filter(reply_to__author__in=known, said_at__gt=now - timedelta(days=1))
            .select_related("reply_to")
        )
        for row in rows:
            assert row.reply_to is not None  # noqa: S101  -- the filter has looked
            if row.author_id != row.reply_to.author_id:
                at = row.said_at + SETTLES
                yield Due(known[row.reply_to.author_id or 0], str(row.pk), at, at + timedelta(days=2))

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        found = open_to_all(Contribution.objects.filter(dialogue__activity__workshop=notice.workshop_id))
        row = found.select_related("author", "reply_to__author", "dialogue__activity", "from_group", "recorded_by")
        reply = row.filter(pk=uuid.UUID(notice.subject)).first()
        if reply is None:
            return None
        reply.dialogue.activity.workshop = notice.workshop
        is_open = reply.dialogue.activity.is_open(clock.now())
        (said,) = shown(reply.dialogue, [reply], is_facilitator=False)
        return Mail(
            subject=_("%(name)s answered you") % {"name": said.who},
            title=_("Somebody answered what you wrote."),
            lines=(),
            quotes=(Quoted(reply.body, said.who, reply.language, said.said_on),),
            button=_("Read and answer"),
            path=f"{reverse('thread', args=[reply.dialogue_id])}#{said.element_id}",
            reply_to=reply_address(notice.participant, reply.dialogue) if is_open else "",
            promise=promise_of(reply.dialogue.activity),
        )


def open_to_all(found: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Of these contributions those that everybody may read: they stand, lie face up, and were not said in a group.

    Nothing of a step whose opening was taken back: it is the facilitators' secret again.
    """
    face_up = Q(dialogue__activity__blind=False) | Q(dialogue__activity__revealed_at__isnull=False)
    opened = found.filter(dialogue__activity__opened_at__isnull=False, dialogue__activity__removed_at=None)
    return opened.filter(face_up, withdrawn_at=None, uncarried_at=None, dialogue__group=None)
