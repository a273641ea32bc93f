"""Tally: counted tries within a window of time, for limits that must hold across processes."""

from django.db import models


class Tally(models.Model):
    """`key` names the limit and, as a keyed hash, whom it counts: no address is ever stored."""

    key = models.CharField(max_length=120)
    window = models.BigIntegerField(help_text="Number of the window since 1970.")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="tally_once")]
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"tally {self.pk}"
