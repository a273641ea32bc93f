"""A mail on the day by which somebody promised to have done something."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eaa.models import Commitment
from eaa.queries.commitments import promises_for
from eaa.reasons.parts import GOES_FOR, morning_of, numbers_of
from sessions_app.models import Notice, Participant, Workshop
from sessions_app.reasons.base import AHEAD, Due, Mail, Reason


class PromiseDue(Reason):
    """Once for each day: whoever gives themselves another day is asked again on that one."""

    key = "promise_due"
    name = gettext_lazy("Your promise is due")
    stop = "agreements"

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterator[Due]:
        known = {person.pk: person for person in people}
        first, last = (workshop.local(moment).date() for moment in (now - GOES_FOR, now + AHEAD))
        for row in promises_for(workshop).filter(due_on__range=(first, last)).prefetch_related("people"):
            assert row.due_on is not None  # noqa: S101  -- the filter has looked
            at = morning_of(row.due_on, workshop)
            if row.at < at:  # who promises something for today knows
                for person in row.people.all():
                    if person.pk in known:
                        yield Due(known[person.pk], f"{row.pk}:{row.due_on.isoformat()}", at, at + GOES_FOR)

    @classmethod
    def topics(cls, workshop: Workshop, subjects: Iterable[str]) -> dict[str, str]:
        numbers = numbers_of(subjects)
        found = Commitment.objects.filter(agreement__workshop=workshop, pk__in=numbers.values())
        words = dict(found.values_list("pk", "what"))
        return {subject: words.get(number, "") for subject, number in numbers.items()}

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        number, _colon, day = notice.subject.partition(":")
        mine = promises_for(notice.workshop).filter(people=notice.participant_id)
        row = mine.filter(pk=int(number), due_on=day).first()
        if row is None:
            return None
        return Mail(
            subject=_("Your promise is due: %(what)s") % {"what": row.what},
            title=_("Is it done?"),
            lines=(_("You promised: %(what)s") % {"what": row.what},),
            facts=((_("Agreement"), row.agreement.title),),
            button=_("Tell how it went"),
            path=reverse("eaa:agreement_commitment", args=[row.agreement_id, row.pk]),
        )
