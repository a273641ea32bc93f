"""A plan that somebody keeps as a template of their own: meetings and steps, and nothing of what people said."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class SavedPlan(models.Model):
    """`meetings` is a list of {title, after (days), minutes, steps: [a step's own fields]}."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_plans")
    name = models.CharField(max_length=480)
    meetings = models.JSONField(default=list)
    saved_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    client_id = models.UUIDField(null=True, editable=False, help_text="Of the form that made it.")

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "client_id"], name="saved_plan_once_per_form")]

    def __str__(self) -> str:
        return f"saved plan {self.pk}"
