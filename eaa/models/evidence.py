"""Evidence: what a version of a record, or a clause, rests on: somebody's words, whole or a part, or another record."""

from django.db import models
from django.db.models import Q


class Evidence(models.Model):
    """Points at words and never holds any, so that words taken back are gone here, too.

    `start` and `end` count signs of the words as they stood `at` that moment (a revision or the body);
    without them the whole is meant. Exactly one of `version` and `clause` rests on exactly one of `contribution` and
    `record`.
    """

    version = models.ForeignKey(
        "eaa.RecordVersion", null=True, blank=True, on_delete=models.CASCADE, related_name="evidence"
    )
    clause = models.ForeignKey("eaa.Clause", null=True, blank=True, on_delete=models.CASCADE, related_name="evidence")
    contribution = models.ForeignKey(
        "sessions_app.Contribution", null=True, blank=True, on_delete=models.PROTECT, related_name="eaa_evidence"
    )
    record = models.ForeignKey("eaa.Record", null=True, blank=True, on_delete=models.CASCADE, related_name="rested_on")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(version__isnull=False, clause__isnull=True) | Q(version__isnull=True, clause__isnull=False),
                name="eaa_evidence_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(contribution__isnull=False, record__isnull=True)
                | Q(contribution__isnull=True, record__isnull=False),
                name="eaa_evidence_is_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(start__lt=models.F("end")),
                name="eaa_evidence_span_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"evidence {self.pk}"
