"""Dialogue: where contributions to an activity are made. The room and the thread are two views of it."""

from django.db import models
from django.utils import timezone


class DialogueQuerySet(models.QuerySet["Dialogue"]):
    def plenary(self) -> "DialogueQuerySet":
        """Those in which everybody meets, one for each step: without the dialogues of small groups."""
        return self.filter(group__isnull=True)


class Dialogue(models.Model):
    """One for the plenary of a step, and one for each of its small groups."""

    activity = models.ForeignKey("Activity", on_delete=models.CASCADE, related_name="dialogues")
    group = models.OneToOneField("Group", null=True, blank=True, on_delete=models.CASCADE, related_name="dialogue")

    objects = DialogueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity"], condition=models.Q(group__isnull=True), name="dialogue_one_plenary"
            )
        ]

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
