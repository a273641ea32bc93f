"""Mails that ask whether it is what one meant: to those quoted who have not answered, twice at most."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eaa.models import RecordVersion
from eaa.queries.awaited import Returned, awaited_checks
from eaa.queries.checks import evidence_of
from eaa.queries.texts import short
from eaa.reasons.parts import CHECK, by_mail, day_before_the_end, numbers_of, own_words, until_line
from sessions_app.models import Notice, Participant, Workshop
from sessions_app.reasons.base import Due, Mail, Quoted, Reason
from sessions_app.reasons.questions import THINKS


class _Check(Reason):
    """About one version: a text that was changed and is asked about again is another subject."""

    stop = "questions"

    @classmethod
    @abstractmethod
    def _at(cls, found: Returned) -> datetime | None:
        """When the mail about a text that went back is due; None when there is to be none."""

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterator[Due]:
        for found in awaited_checks(workshop):
            at = cls._at(found)
            for person in people:
                if at is not None and person.pk in found.waiting:
                    yield Due(person, f"{found.record.pk}:{found.record.head}", at, found.until)

    @classmethod
    def topics(cls, workshop: Workshop, subjects: Iterable[str]) -> dict[str, str]:
        numbers = numbers_of(subjects)
        versions = RecordVersion.objects.filter(record__workshop=workshop, record__in=numbers.values())
        texts = {number: short(text) for number, text in versions.order_by("number").values_list("record", "text")}
        return {subject: texts.get(number, "") for subject, number in numbers.items()}

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        number, _colon, head = notice.subject.partition(":")
        for found in awaited_checks(notice.workshop, pk=int(number)):
            if found.record.head == int(head) and notice.participant_id in found.waiting:
                return cls._written(found, notice.participant)
        return None

    @classmethod
    def _written(cls, found: Returned, person: Participant) -> Mail:
        record = found.record
        version = RecordVersion.objects.get(record=record, number=record.head)
        return Mail(
            subject=cls._subject(),
            title=_("Is this what you meant?"),
            lines=(until_line(found.until, record.workshop),),
            quotes=(
                Quoted(version.text, _("What we think it means"), version.language),
                *own_words(evidence_of(record), person),
            ),
            button=_("Answer"),
            **by_mail(person, CHECK, f"{record.pk}:{record.head}", "eaa:check_by_mail", "eaa:check"),
            note=cls._note(found),
        )

    @classmethod
    def _subject(cls) -> str:
        return _("Is this what you meant?")

    @classmethod
    def _note(cls, found: Returned) -> str:
        return _("This is the last mail about it.")


class CheckWaits(_Check):
    key = "check_waits"
    name = gettext_lazy("Is this what you meant?")

    @classmethod
    def _at(cls, found: Returned) -> datetime | None:
        return found.since + THINKS

    @classmethod
    def _note(cls, found: Returned) -> str:
        return _("This is the first of two.") if CheckCloses._at(found) else super()._note(found)


class CheckCloses(_Check):
    key = "check_closes"
    name = gettext_lazy("Is this what you meant? It closes tomorrow")

    @classmethod
    def _at(cls, found: Returned) -> datetime | None:
        return day_before_the_end(found.since, found.until, found.record.workshop)

    @classmethod
    def _subject(cls) -> str:
        return _("Until tomorrow: %(question)s") % {"question": _("Is this what you meant?")}
