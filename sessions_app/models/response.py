"""Response: one answer of one person to a question that is answered by choosing."""

from django.db import models
from django.db.models import Q

from sessions_app.models.contribution import Via
from sessions_app.models.participant import Place


class Response(models.Model):
    """A choice, dots or a position. The last one that a person gave in a round counts; taking it back empties it.

    Whose it is: a participant; or a token where the step is anonymous; or the number of a paper ballot.
    """

    dialogue = models.ForeignKey("Dialogue", on_delete=models.CASCADE, related_name="responses")
    round = models.PositiveSmallIntegerField(default=1)
    participant = models.ForeignKey(
        "Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="responses"
    )
    anonymous_token = models.CharField(max_length=64, blank=True)
    ballot = models.CharField(max_length=12, blank=True, help_text="The number of a paper ballot that nobody signed.")
    value = models.JSONField(null=True, blank=True)
    reason = models.ForeignKey("Contribution", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    via = models.CharField(max_length=12, choices=Via.choices)
    place = models.CharField(max_length=12, choices=Place.choices)
    late = models.BooleanField(default=False)
    recorded_by = models.ForeignKey("Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField(help_text="The number of the event that it was last given or taken back with.")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "round", "participant"],
                condition=Q(participant__isnull=False),
                name="response_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["dialogue", "round", "anonymous_token"],
                condition=~Q(anonymous_token=""),
                name="response_once_per_token",
            ),
            models.UniqueConstraint(
                fields=["dialogue", "round", "ballot"], condition=~Q(ballot=""), name="response_once_per_ballot"
            ),
            models.CheckConstraint(
                condition=Q(participant__isnull=False, anonymous_token="", ballot="")
                | (Q(participant__isnull=True) & (Q(anonymous_token="") ^ Q(ballot=""))),
                name="response_is_one_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"response {self.pk}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None
