"""Outcome: what happened to a contribution, told to whoever wrote it and to the group."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions_app.models import Participant


class OutcomeKind(models.TextChoices):
    USED = "used", _("Used")
    PARKED = "parked", _("Parked for later")
    NOT_USED = "not_used", _("Not used")


class Outcome(models.Model):
    """One for a contribution; the newest telling counts. `words` say why, or where it was used."""

    contribution = models.OneToOneField(
        "sessions_app.Contribution", on_delete=models.CASCADE, related_name="eaa_outcome"
    )
    kind = models.CharField(max_length=12, choices=OutcomeKind.choices)
    words = models.TextField(blank=True)
    record = models.ForeignKey("eaa.Record", null=True, blank=True, on_delete=models.SET_NULL, related_name="outcomes")
    agreement = models.ForeignKey(
        "eaa.Agreement", null=True, blank=True, on_delete=models.SET_NULL, related_name="outcomes"
    )
    activity = models.ForeignKey("sessions_app.Activity", null=True, blank=True, on_delete=models.SET_NULL)
    session = models.ForeignKey("sessions_app.Session", null=True, blank=True, on_delete=models.SET_NULL)
    told_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="not_used") | ~models.Q(words=""), name="eaa_not_used_because"
            )
        ]

    def __str__(self) -> str:
        return f"outcome {self.pk}"
