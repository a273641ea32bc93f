"""A mail on the day on which the group wanted to read an agreement again."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eaa.models import Agreement, AgreementState
from eaa.reasons.parts import GOES_FOR, morning_of
from eaa.reasons.positions import OfAgreement
from sessions_app import moments
from sessions_app.models import Notice, Participant, Workshop
from sessions_app.reasons.base import AHEAD, Due, Mail


class ReviewDay(OfAgreement):
    """To everybody who was asked about it. Once for each day that was chosen."""

    key = "review_day"
    name = gettext_lazy("The day to read an agreement again")

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterator[Due]:
        first, last = (workshop.local(moment).date() for moment in (now - GOES_FOR, now + AHEAD))
        found = Agreement.objects.standing().filter(workshop=workshop, state=AgreementState.IN_FORCE)
        for agreement in found.filter(review_on__range=(first, last)).prefetch_related("asked"):
            assert agreement.review_on is not None  # noqa: S101  -- the filter has looked
            asked = {person.pk for person in agreement.asked.all()}
            at = morning_of(agreement.review_on, workshop)
            for person in people:
                if person.pk in asked:
                    yield Due(person, f"{agreement.pk}:{agreement.review_on.isoformat()}", at, at + GOES_FOR)

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        number, _colon, day = notice.subject.partition(":")
        found = Agreement.objects.standing().filter(workshop=notice.workshop, state=AgreementState.IN_FORCE)
        agreement = found.filter(pk=int(number), review_on=date.fromisoformat(day)).first()
        if agreement is None:
            return None
        lines = [_("We wanted to read it again on this day.")]
        if agreement.in_force_at is not None:
            since = moments.day_words(notice.workshop.local(agreement.in_force_at))
            lines.append(_("We agreed on it on %(day)s.") % {"day": since})
        return Mail(
            subject=_("Time to read again: %(title)s") % {"title": agreement.title},
            title=_("Is “%(title)s” still right?") % {"title": agreement.title},
            lines=tuple(lines),
            button=_("Read it again"),
            path=reverse("eaa:agreement", args=[agreement.pk]),
        )
