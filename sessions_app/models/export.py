"""Export: one ZIP that was made for researchers, what it was made from, whom it holds, and who fetched it."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

OFFERED = timedelta(days=7)


class ExportState(models.TextChoices):
    WAITING = "waiting", _("waits")
    BUILDING = "building", _("is being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")
    EXPIRED = "expired", _("not kept any more")


class Export(models.Model):
    """`taken_at` is when its view of the database was taken; `export_id` is what it is called in citations.

    Without `asked_by` it was made on the server's own command line, and only its line is here. `key` names its file.
    """

    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    workshop = models.ForeignKey("Workshop", on_delete=models.CASCADE, related_name="exports")
    asked_by = models.ForeignKey("Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ExportState.choices, default=ExportState.READY)
    attempts = models.PositiveSmallIntegerField(default=0)
    profile = models.CharField(max_length=12, default="team")
    taken_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    as_of = models.DateTimeField(null=True, blank=True)
    head_seq = models.BigIntegerField(default=0)
    export_id = models.CharField(max_length=12, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    rows = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"export {self.pk}"

    @property
    def is_going_on(self) -> bool:
        return self.state in {ExportState.WAITING, ExportState.BUILDING}

    @property
    def offered_until(self) -> datetime | None:
        return self.ended_at + OFFERED if self.ended_at is not None else None

    def is_offered(self, now: datetime) -> bool:
        """Whether there is a file to fetch at NOW."""
        until = self.offered_until
        is_here = self.state == ExportState.READY and self.asked_by_id is not None
        return is_here and until is not None and now < until


class ExportedPerson(models.Model):
    """Somebody whose words an export holds: if they take their yes back, whoever has it is told what to delete."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="people")
    participant = models.ForeignKey("Participant", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "participant"], name="exported_person_once")]

    def __str__(self) -> str:
        return f"person {self.participant_id} of export {self.export_id}"


class ExportDownload(models.Model):
    """Somebody fetched an export: who has which words is known."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="downloads")
    participant = models.ForeignKey("Participant", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"download {self.pk}"
