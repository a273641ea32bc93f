"""Turn: somebody asked for the word in a meeting, had it, and gave it back."""

from django.db import models

from sessions_app.models.contribution import Via
from sessions_app.models.participant import Place


class Turn(models.Model):
    """One line for the hall and online. Nothing is cut off: `seconds` only says when the timer asks to round off."""

    session = models.ForeignKey("Session", on_delete=models.CASCADE, related_name="turns")
    participant = models.ForeignKey("Participant", on_delete=models.PROTECT, related_name="turns")
    recorded_by = models.ForeignKey("Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    via = models.CharField(max_length=12, choices=Via.choices)
    place = models.CharField(max_length=12, choices=Place.choices)
    step = models.ForeignKey(
        "Activity", null=True, blank=True, on_delete=models.CASCADE, related_name="+", help_text="Whose round it is in."
    )
    is_reply = models.BooleanField(default=False, help_text="Answers what is being said, rather than something new.")
    note = models.CharField(max_length=800, blank=True, help_text="What somebody else is asked to raise for them.")
    seconds = models.PositiveSmallIntegerField(default=90)
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "participant"],
                condition=models.Q(ended_at__isnull=True, withdrawn_at__isnull=True),
                name="turn_once_in_line",
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=models.Q(given_at__isnull=False, ended_at__isnull=True, withdrawn_at__isnull=True),
                name="turn_one_speaks",
            ),
        ]

    def __str__(self) -> str:
        return f"turn {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.given_at is None and self.withdrawn_at is None

    @property
    def is_on(self) -> bool:
        return self.given_at is not None and self.ended_at is None and self.withdrawn_at is None
