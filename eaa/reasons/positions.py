"""Mails about an open agreement: where do you stand, and tomorrow it closes. To those who were not heard yet."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eaa.models import Agreement, Evidence
from eaa.queries.awaited import Open, open_agreements
from eaa.reasons.parts import POSITION, by_mail, day_before_the_end, numbers_of, own_words, until_line
from sessions_app.models import Notice, Participant, Workshop
from sessions_app.reasons.base import Due, Mail, Reason
from sessions_app.reasons.questions import THINKS


class OfAgreement(Reason):
    """What all mails about an agreement have. Subjects begin with its number."""

    stop = "agreements"

    @classmethod
    def topics(cls, workshop: Workshop, subjects: Iterable[str]) -> dict[str, str]:
        numbers = numbers_of(subjects)
        titles = dict(Agreement.objects.filter(workshop=workshop, pk__in=numbers.values()).values_list("pk", "title"))
        return {subject: titles.get(number, "") for subject, number in numbers.items()}


class _Open(OfAgreement):
    """About a text as it reads since one version: only when a clause changed are people asked anew."""

    @classmethod
    @abstractmethod
    def _at(cls, found: Open) -> datetime | None:
        """When the mail about an open agreement is due; None when there is to be none."""

    @classmethod
    def _waiting(cls, found: Open) -> frozenset[int]:
        return found.silent

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterator[Due]:
        for found in open_agreements(workshop):
            at, until = cls._at(found), found.agreement.open_until
            if at is None or until is None:
                continue
            for person in people:
                if person.pk in cls._waiting(found):
                    yield Due(person, f"{found.agreement.pk}:{found.first}", at, until)

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        number, _colon, first = notice.subject.partition(":")
        for found in open_agreements(notice.workshop, pk=int(number)):
            if found.first == int(first) and notice.participant_id in cls._waiting(found):
                return cls._written(found, notice.participant)
        return None

    @classmethod
    def _written(cls, found: Open, person: Participant) -> Mail:
        agreement, signs = found.agreement, person.pk in found.unsigned
        assert agreement.open_until is not None  # noqa: S101  -- it is open
        lines = [until_line(agreement.open_until, agreement.workshop)]
        if person.pk in found.before:
            lines.append(_("The text has changed since you answered."))
        if not signs:
            lines.append(_("If you do not answer: %(words)s") % {"words": agreement.silence_means})
        title = _("Do you sign “%(title)s”?") if signs else _("Where do you stand on “%(title)s”?")
        page = reverse("eaa:agreement", args=[agreement.pk])
        ways = {"path": f"{page}#sign"} if signs else _ways(found, person)
        return Mail(
            subject=cls._subject(title % {"title": agreement.title}),
            title=title % {"title": agreement.title},
            lines=tuple(lines),
            quotes=own_words(_evidence(agreement), person),
            button=_("Read and sign") if signs else _("Read and answer"),
            **ways,
            note=cls._note(found),
        )

    @classmethod
    def _subject(cls, question: str) -> str:
        return question

    @classmethod
    def _note(cls, found: Open) -> str:
        return _("This is the last mail about it.")


class PositionWaits(_Open):
    key = "position_waits"
    name = gettext_lazy("Where do you stand?")

    @classmethod
    def _at(cls, found: Open) -> datetime | None:
        return found.since + THINKS

    @classmethod
    def _note(cls, found: Open) -> str:
        return _("This is the first of two.") if AgreementCloses._at(found) else super()._note(found)


class AgreementCloses(_Open):
    """Also for those who agree and have not signed: sign, or leave it."""

    key = "agreement_closes"
    name = gettext_lazy("An agreement closes tomorrow")

    @classmethod
    def _at(cls, found: Open) -> datetime | None:
        return day_before_the_end(found.since, found.agreement.open_until, found.agreement.workshop)

    @classmethod
    def _waiting(cls, found: Open) -> frozenset[int]:
        return found.silent | found.unsigned

    @classmethod
    def _subject(cls, question: str) -> str:
        return _("Until tomorrow: %(question)s") % {"question": question}


def _ways(found: Open, person: Participant) -> dict[str, Any]:
    about = f"{found.agreement.pk}:{found.first}"
    return by_mail(person, POSITION, about, "eaa:position_by_mail", "eaa:agreement", "#ask")


def _evidence(agreement: Agreement) -> list[Evidence]:
    found = Evidence.objects.filter(clause__version__agreement=agreement, clause__version__number=agreement.head)
    return list(found.order_by("pk"))
