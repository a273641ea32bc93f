"""Workshop: the whole co-production process, and the head of its log."""

import uuid
import zoneinfo
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class Workshop(models.Model):
    """One process. `head_seq` is the number of its last event; its row lock puts all writes in one order."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=480)
    lead = models.CharField(max_length=1200, blank=True)
    purpose = models.TextField(max_length=2000, blank=True)
    languages = ArrayField(models.CharField(max_length=10), default=list)
    time_zone = models.CharField(max_length=64, default="Europe/Stockholm")
    contact_name = models.CharField(max_length=320, blank=True)
    contact_phone = models.CharField(max_length=160, blank=True)
    contact_email = models.EmailField(blank=True)
    code = models.CharField(max_length=12, unique=True, help_text="Eight letters that lead to the threads.")
    lobby = models.BooleanField(default=False, help_text="Everybody waits until a facilitator lets them in.")
    late_answers_days = models.PositiveSmallIntegerField(default=7)
    keep_until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, help_text="Thrown away before anybody had joined.")
    epoch = models.UUIDField(default=uuid.uuid4, help_text="Changes when a restore makes old cursors worthless.")
    head_seq = models.BigIntegerField(default=0)
    practice_of = models.ForeignKey(
        "Session",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="practices",
        help_text="The meeting that is practised here with pretend people. Nobody else sees it; it is thrown away.",
    )
    practice_ends_at = models.DateTimeField(null=True, blank=True)
    client_id = models.UUIDField(null=True, editable=False, unique=True, help_text="Of the form that made it.")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(head_seq__gte=0), name="workshop_head_seq_positive")]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_practice(self) -> bool:
        return self.practice_of_id is not None

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def local(self, moment: datetime) -> datetime:
        """MOMENT on the workshop's own clock."""
        return moment.astimezone(self.zone)


class ResearchNotice(models.Model):
    """The question about research in one version. Answers point at the version.

    Without `text` it is our standard question, which everybody reads in their own language; else it is shown as
    somebody wrote it, in `language`.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="research_notices")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=2000, blank=True)
    language = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["workshop", "version"], name="research_notice_version")]

    def __str__(self) -> str:
        return f"{self.workshop_id} v{self.version}"
