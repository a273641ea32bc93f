"""A letter that a facilitator wrote, to each of those whom they chose."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.models import Letter, Notice, Participant, Workshop
from sessions_app.reasons.base import AHEAD, Due, Mail, Reason

GOES_FOR = timedelta(days=2)  # after that nobody would know what it is about


class HostsLetter(Reason):
    key = "letter"
    name = gettext_lazy("A letter from the hosts")
    stop = "letters"

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterator[Due]:
        found = Letter.objects.filter(workshop=workshop, taken_back_at=None)
        near = found.filter(send_at__gt=now - GOES_FOR, send_at__lt=now + AHEAD)
        for letter in near.prefetch_related("people"):
            chosen = {person.pk for person in letter.people.all()}
            for person in people:
                if person.pk in chosen:
                    yield Due(person, str(letter.pk), letter.send_at, letter.send_at + GOES_FOR)

    @classmethod
    def topics(cls, workshop: Workshop, subjects: Iterable[str]) -> dict[str, str]:
        found = Letter.objects.filter(workshop=workshop, pk__in=[int(subject) for subject in subjects])
        return {str(pk): title for pk, title in found.values_list("pk", "title")}

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        found = Letter.objects.select_related("written_by").filter(workshop=notice.workshop, taken_back_at=None)
        letter = found.filter(pk=int(notice.subject), people=notice.participant_id).first()
        return mail_of(letter) if letter is not None else None


def mail_of(letter: Letter) -> Mail:
    """LETTER as a mail. Its words are the writer's, and in no other language than theirs."""
    paragraphs = tuple(part.strip() for part in letter.body.split("\n\n") if part.strip())
    return Mail(
        subject=letter.title,
        title=letter.title,
        lines=paragraphs,
        button=_("Go to the workshop"),
        path=reverse("workshop", args=[letter.workshop.slug]),
        note=_("%(name)s wrote this letter.") % {"name": letter.written_by.name},
    )
