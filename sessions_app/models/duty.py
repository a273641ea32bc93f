"""Duty: which host does what in a meeting, and gives it to another with one press."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Task(models.TextChoices):
    LEAD = "lead", _("leads")
    ONLINE = "online", _("looks after online")


class Duty(models.Model):
    """Who of the hosts leads a meeting now, and who looks after those online."""

    session = models.ForeignKey("Session", on_delete=models.CASCADE, related_name="duties")
    task = models.CharField(max_length=12, choices=Task.choices)
    participant = models.ForeignKey("Participant", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "duties"
        constraints = [models.UniqueConstraint(fields=["session", "task"], name="duty_once")]

    def __str__(self) -> str:
        return f"duty {self.pk}"
