"""Dialogue: where contributions to an activity are made. The room and the thread are two views of it."""

from django.db import models
from django.utils import timezone


class Dialogue(models.Model):
    activity = models.ForeignKey("Activity", on_delete=models.CASCADE, related_name="dialogues")

    def __str__(self) -> str:
        return f"dialogue {self.pk}"


class Reading(models.Model):
    """How far a person has read in a dialogue: the line *since your last visit* is drawn after `through_seq`."""

    participant = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="readings")
    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="readings")
    through_seq = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "dialogue"], name="reading_once")]

    def __str__(self) -> str:
        return f"reading {self.pk}"
