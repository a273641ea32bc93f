"""Message: what a host tells everybody in a meeting, or one person alone; and what a host notes for themselves."""

from django.db import models


class Message(models.Model):
    """Words of a host. With `to` only that person sees them; `about_room` tells those online what the hall does now.

    No event holds them.
    """

    session = models.ForeignKey("Session", on_delete=models.CASCADE, related_name="messages")
    sender = models.ForeignKey("Participant", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    body = models.TextField(max_length=1200)
    about_room = models.BooleanField(default=False)
    sent_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return f"message {self.pk}"


class PrivateNote(models.Model):
    """What a host notes while a meeting is on. Nobody else ever reads it, and no export holds it."""

    session = models.ForeignKey("Session", on_delete=models.CASCADE, related_name="private_notes")
    writer = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="private_notes")
    body = models.TextField(max_length=8000)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "writer"], name="private_note_once")]

    def __str__(self) -> str:
        return f"private note {self.pk}"
