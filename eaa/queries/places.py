"""Where words can have been used: records, agreements, steps and meetings that everybody may know of."""

from typing import Any

from eaa.models import Agreement, AgreementState, Mechanism, Record, RecordVersion
from sessions_app.models import Activity, Session, Workshop
from sessions_app.text import shortened

LENGTH = 60


def choices_of(workshop: Workshop) -> list[tuple[str, str]]:
    """(value, name) of each. Four queries."""
    found = [(f"agreement-{one.pk}", one.title) for one in _agreements(workshop)]
    versions = RecordVersion.objects.filter(record__in=_records(workshop)).select_related("record")
    newest = [one for one in versions.order_by("record_id") if one.number == one.record.head]
    found += [(f"record-{one.record_id}", one.record.title or shortened(one.text, LENGTH)) for one in newest]
    found += [(f"session-{one.pk}", one.title) for one in _sessions(workshop)]
    return found + [(f"activity-{one.pk}", one.title) for one in _steps(workshop)]


def place_of(workshop: Workshop, value: str) -> Any:
    """The thing that VALUE of a form names; None for nowhere in particular."""
    kind, _dash, number = value.partition("-")
    kinds = {"agreement": _agreements, "record": _records, "session": _sessions, "activity": _steps}
    if kind not in kinds or not number.isdecimal() or len(number) > 18:
        return None
    return kinds[kind](workshop).filter(pk=number).first()


def _agreements(workshop: Workshop) -> Any:
    return Agreement.objects.standing().filter(workshop=workshop).exclude(state=AgreementState.DRAFT)


def _records(workshop: Workshop) -> Any:
    return Record.objects.standing().filter(workshop=workshop).exclude(mechanism=Mechanism.ASSETS)


def _sessions(workshop: Workshop) -> Any:
    return Session.objects.standing().filter(workshop=workshop).order_by("starts_at", "pk")


def _steps(workshop: Workshop) -> Any:
    return Activity.objects.planned().filter(workshop=workshop, opened_at__isnull=False).order_by("opened_at", "pk")
