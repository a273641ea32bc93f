"""Event: one line of the log. References, never words. Written by sessions_app.events alone."""

from typing import Any

from django.db import models


class Event(models.Model):
    """Append-only: saving an existing event raises here, and a trigger in PostgreSQL refuses it too."""

    workshop = models.ForeignKey("Workshop", on_delete=models.PROTECT, related_name="events")
    seq = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    actor = models.ForeignKey("Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey("Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey("Session", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey("Activity", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    dialogue = models.ForeignKey("Dialogue", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contribution = models.ForeignKey("Contribution", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["workshop", "seq"], name="event_seq_once")]

    def __str__(self) -> str:
        return f"{self.workshop_id}:{self.seq} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("An event is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("An event is never deleted.")
