"""Commitment: who does what by when, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions_app.models import Participant


class CommitmentState(models.TextChoices):
    NOT_YET = "not_yet", _("Not yet")
    GOING_ON = "going_on", _("Going on")
    DONE = "done", _("Done")
    NOT_DONE = "not_done", _("Will not be done")


class Commitment(models.Model):
    """`due_on` is a day; `due_words` say when where there is none (“before the next meeting”); `starts_on` is for what
    goes on from a day."""

    agreement = models.ForeignKey("eaa.Agreement", on_delete=models.CASCADE, related_name="commitments")
    people = models.ManyToManyField(Participant, related_name="eaa_commitments")
    what = models.CharField(max_length=1200)
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_words = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=CommitmentState.choices, default=CommitmentState.NOT_YET)
    told = models.CharField(max_length=1200, blank=True, help_text="What became of it, in the words of who did it.")
    done_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    client_id = models.UUIDField(null=True, editable=False, unique=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on__isnull=False) | models.Q(starts_on__isnull=False) | ~models.Q(due_words=""),
                name="eaa_commitment_says_when",
            )
        ]

    def __str__(self) -> str:
        return f"commitment {self.pk}"
