"""Where words came to count: in what the group understands or agreed. For mails and news, of many people at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from eaa.models import Agreement, AgreementState, Evidence, Mechanism, Record, RecordVersion, Status
from eaa.queries.texts import short
from sessions_app.models import Participant, Workshop

SETTLED = (Status.UNDERSTOOD, Status.DIFFERENCE)
HELD = (AgreementState.IN_FORCE, AgreementState.UNDER_REVIEW)


@dataclass(frozen=True, slots=True)
class Used:
    """That words of a person (by number) stand in a thing of ours, since AT."""

    person: int
    thing: Record | Agreement
    name: str
    at: datetime

    @property
    def subject(self) -> str:
        kind = "agreement" if isinstance(self.thing, Agreement) else "record"
        return f"{kind}:{self.thing.pk}"

    @property
    def address(self) -> str:
        kind, _colon, number = self.subject.partition(":")
        return reverse(f"eaa:{kind}", args=[number])


def uses_since(workshop: Workshop, since: datetime, until: datetime) -> Iterator[Used]:
    """Whose words stand in what was settled, written down or agreed after SINCE, up to UNTIL. Two queries.

    Once for each person and thing, and not for what somebody wrote down from their own words.
    """
    seen: set[tuple[int, str]] = set()
    for used in (*_in_records(workshop, since, until), *_in_agreements(workshop, since, until)):
        if (used.person, used.subject) not in seen:
            seen.add((used.person, used.subject))
            yield used


def news_of(workshop: Workshop, person: Participant | None, since: datetime, until: datetime) -> Iterator[str]:
    """What was settled and agreed, and (for PERSON) where their own words stand since. Four queries."""
    held = Agreement.objects.standing().filter(workshop=workshop, state__in=HELD)
    for title in held.filter(in_force_at__gt=since, in_force_at__lte=until).values_list("title", flat=True):
        yield _("Agreed: %(title)s") % {"title": title}
    settled = Record.objects.standing().filter(workshop=workshop, status=Status.UNDERSTOOD)
    settled = settled.filter(settled_at__gt=since, settled_at__lte=until)
    newest = RecordVersion.objects.filter(record__in=settled, number=F("record__head"))
    for version in newest.select_related("record"):
        yield _("We understand together: %(text)s") % {"text": version.record.title or short(version.text)}
    for used in uses_since(workshop, since, until):
        if person is None or used.person == person.pk:
            yield _("Your words were used in “%(name)s”.") % {"name": used.name}


def _in_records(workshop: Workshop, since: datetime, until: datetime) -> Iterator[Used]:
    rows = _theirs().filter(version__record__workshop=workshop, version__record__removed_at=None)
    rows = rows.filter(version__number=F("version__record__head")).exclude(
        contribution__author=F("version__written_by")
    )
    settled = Q(version__record__mechanism=Mechanism.INTERPRETATION, version__record__status__in=SETTLED)
    settled &= Q(version__record__settled_at__gt=since, version__record__settled_at__lte=until)
    written = Q(version__record__mechanism__in=[Mechanism.INTENTION, Mechanism.DOCUMENTATION])
    written &= Q(version__record__owner=None, version__at__gt=since, version__at__lte=until)
    for row in rows.filter(settled | written).select_related("version__record", "contribution"):
        assert row.version is not None and row.contribution is not None  # noqa: S101, PT018  -- the filter has looked
        record = row.version.record
        at = record.settled_at if record.mechanism == Mechanism.INTERPRETATION else row.version.at
        yield Used(row.contribution.author_id or 0, record, record.title or short(row.version.text), at or until)


def _in_agreements(workshop: Workshop, since: datetime, until: datetime) -> Iterator[Used]:
    rows = _theirs().filter(clause__version__agreement__workshop=workshop, clause__version__agreement__removed_at=None)
    rows = rows.filter(clause__version__number=F("clause__version__agreement__head"))
    held = {"clause__version__agreement__state__in": HELD, "clause__version__agreement__in_force_at__gt": since}
    rows = rows.filter(**held, clause__version__agreement__in_force_at__lte=until)
    for row in rows.select_related("clause__version__agreement", "contribution"):
        assert row.clause is not None and row.contribution is not None  # noqa: S101, PT018  -- the filter has looked
        agreement = row.clause.version.agreement
        yield Used(row.contribution.author_id or 0, agreement, agreement.title, agreement.in_force_at or until)


def _theirs() -> QuerySet[Evidence]:
    """Evidence that is somebody's own words, which they have not taken back."""
    found = Evidence.objects.filter(contribution__withdrawn_at=None, contribution__anonymous_token="")
    return found.filter(contribution__author__isnull=False).order_by("pk")
