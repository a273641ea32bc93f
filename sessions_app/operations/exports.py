"""Exports for researchers: made whole or not at all, each with its line in the log and a note of whom it holds."""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events, hints
from sessions_app.errors import NotFound, Refused
from sessions_app.exports.building import Made, build
from sessions_app.models import Export, ExportDownload, ExportedPerson, ExportState, Workshop
from sessions_app.models.export import OFFERED
from sessions_app.operations.parking import one_by_one
from sessions_app.policy import Actor, require
from sessions_app.queries.exports import PROGRESS, stale_among
from sessions_app.verbs import Verb

logger = logging.getLogger(__name__)
GOING_ON = (ExportState.WAITING, ExportState.BUILDING)
TRIES = 3  # workers that may die or fail over one export
LOCKS = 0x45585054  # keeps the locks of exports apart from others


class NotMade(Refused):
    """The disk is full, or the folder is not there: nothing was left behind."""

    code = "not_made"
    text = _("The export could not be made, and nothing half was left. Tell whoever runs the server.")


class Outdated(Refused):
    """Somebody in it has taken their yes or their words back since."""

    code, status = "outdated", 409
    text = _("Somebody has taken back their yes, or words, since this was made. Make a new export.")


class Expired(Refused):
    code, status = "expired", 410
    text = _("This export is not kept any more. Make a new one.")


def ask_export(*, workshop: Workshop, actor: Actor) -> Export:
    """Ask for an export of WORKSHOP, which a worker makes. Records it. While one is being made, that one is given."""
    require(actor, "workshop.export", workshop)
    with transaction.atomic():
        events.lock(workshop.pk)
        going_on = Export.objects.filter(workshop=workshop, state__in=GOING_ON).first()
        if going_on is not None:
            return going_on
        export = Export.objects.create(
            workshop=workshop, asked_by=actor.participant, asked_at=clock.now(), state=ExportState.WAITING
        )
        _record(Verb.EXPORT_ASKED, export, actor)
    return export


def download(*, export: Export, actor: Actor) -> BinaryIO:
    """The file of EXPORT, open, for ACTOR, if everybody in it still says yes. Records who fetched it.

    Whoever takes back a yes or words holds the workshop's lock meanwhile: they come before this, or after it. An open
    file stays whole also when it is deleted. Raises Expired, NotFound or Outdated.
    """
    require(actor, "workshop.export", export.workshop)
    assert actor.participant is not None  # noqa: S101  -- require() has seen to it
    with transaction.atomic():
        events.lock(export.workshop_id)
        export.refresh_from_db(fields=["state"])
        _check_offered(export)
        if stale_among([export]):
            raise Outdated
        ExportDownload.objects.create(export=export, participant=actor.participant, at=clock.now())
        _record(Verb.EXPORT_DOWNLOADED, export, actor)
        return _opened(export)


def _check_offered(export: Export) -> None:
    is_over = export.state == ExportState.READY and not export.is_offered(clock.now())
    if is_over or export.state == ExportState.EXPIRED:
        raise Expired
    if export.state != ExportState.READY:
        raise NotFound


def _opened(export: Export) -> BinaryIO:
    try:
        return file_of(export).open("rb")
    except FileNotFoundError as trouble:
        raise Expired from trouble


def make_waiting() -> int:
    """Make every export that somebody waits for, also one over which a worker has died. Returns how many were made.

    One that fails does not stop the others.
    """
    waiting = Export.objects.filter(state__in=GOING_ON).select_related("workshop", "asked_by").order_by("pk")
    return one_by_one("make_export", waiting, _make_alone)


def _make_alone(export: Export) -> bool:
    """Make EXPORT unless another worker is at it. Whether it was made."""
    with _alone(export) as is_mine:
        if not is_mine:
            return False
        export.refresh_from_db(fields=["state", "attempts"])
        return export.is_going_on and _make(export)


def _make(export: Export) -> bool:
    """Make EXPORT in a folder of its own; its file is in its place, whole, before anybody is told of it.

    What fails is tried again by the next worker, unless the disk is full; after the last try it is given up.
    """
    if export.attempts >= TRIES:
        _give_up(export)
        return False
    export.attempts += 1
    Export.objects.filter(pk=export.pk).update(state=ExportState.BUILDING, attempts=export.attempts)
    folder, taken_at = _folder() / f".{export.key.hex}", _moment(export.workshop_id)
    shutil.rmtree(folder, ignore_errors=True)  # of a worker that died
    try:
        folder.mkdir(mode=0o700)
        made = build(export.workshop, folder / "export.zip", lambda percent: _tell(export, percent))
        (folder / "export.zip").replace(file_of(export))
        with transaction.atomic():
            export.state, export.ended_at = ExportState.READY, clock.now()
            _keep_made(export, made, taken_at)
    except Exception as trouble:
        if not isinstance(trouble, OSError) and export.attempts < TRIES:
            raise
        logger.exception("An export could not be made", extra={"export": export.pk})
        _give_up(export)
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return True


def _give_up(export: Export) -> None:
    Export.objects.filter(pk=export.pk).update(state=ExportState.FAILED, ended_at=clock.now())
    file_of(export).unlink(missing_ok=True)


def drop_expired() -> int:
    """Delete the files that are not offered any more; the lines stay. Returns how many."""
    old = Export.objects.filter(state=ExportState.READY, asked_by__isnull=False, ended_at__lte=clock.now() - OFFERED)
    dropped = 0
    for export in old:
        file_of(export).unlink(missing_ok=True)
        dropped += Export.objects.filter(pk=export.pk, state=ExportState.READY).update(state=ExportState.EXPIRED)
    return dropped


def export_to(*, workshop: Workshop, target: Path) -> Export:
    """Write the export of WORKSHOP to the file TARGET, for whoever runs the server. Records that it was made.

    The file appears when it is whole and recorded; after any trouble there is none. Refuses a practice.
    """
    if workshop.is_practice:
        raise Refused(_("A practice has pretend people. There is nothing to export."))
    half = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        taken_at = _moment(workshop.pk)
        made = _built(workshop, half)
        export = Export(workshop=workshop, asked_at=taken_at, ended_at=clock.now())
        with transaction.atomic():
            _keep_made(export, made, taken_at)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    return export


def file_of(export: Export) -> Path:
    return settings.EXPORT_FOLDER / f"{export.key.hex}.zip"


def _folder() -> Path:
    """Where exports lie, for nobody but us."""
    folder: Path = settings.EXPORT_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _built(workshop: Workshop, target: Path) -> Made:
    try:
        return build(workshop, target)
    except OSError as trouble:
        raise NotMade from trouble


def _moment(workshop_id: int) -> datetime:
    """Now, with nobody in the middle of taking something back: what was taken back before is seen by a view of the
    database that is taken after this, and what is taken back later bears a later time."""
    with transaction.atomic():
        events.lock(workshop_id)
        return clock.now()


def _keep_made(export: Export, made: Made, taken_at: datetime) -> None:
    """Note what EXPORT holds, and record it. Needs a transaction."""
    events.lock(export.workshop_id)
    export.taken_at, export.as_of, export.head_seq = taken_at, made.as_of, made.head_seq
    export.export_id, export.sha256, export.size, export.rows = made.export_id, made.sha256, made.size, made.rows
    export.save()
    ExportedPerson.objects.bulk_create(ExportedPerson(export=export, participant_id=pk) for pk in sorted(made.included))
    _record(Verb.EXPORT_MADE, export, Actor(export.asked_by))


def _record(verb: Verb, export: Export, actor: Actor) -> None:
    events.record(verb, workshop_id=export.workshop_id, actor=actor.participant, data={"export": export.pk})


def _tell(export: Export, percent: int) -> None:
    """How far it is, for the page; it may be lost."""
    hints.attempt(lambda client: client.set(PROGRESS % export.pk, percent, ex=600), None)


@contextmanager
def _alone(export: Export) -> Iterator[bool]:
    """Whether nobody else makes EXPORT. PostgreSQL frees the lock of a worker that dies, so that another goes on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCKS, export.pk])
        is_mine: bool = cursor.fetchone()[0]
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, export.pk])
