"""Parked: what the worker could not do for one thing of a workshop, and does not try any more after three times."""

from django.db import models


class Parked(models.Model):
    """`task` is what was to be done, as a key of ours, and `about` the number of what it was to be done to.

    With `parked_at` the worker leaves it alone, and all else goes on; `settled_at` is when a host put it away.
    """

    workshop = models.ForeignKey("Workshop", on_delete=models.CASCADE, related_name="parked")
    task = models.CharField(max_length=40)
    about = models.BigIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=100, help_text="The kind of fault, without anybody's words.")
    last_at = models.DateTimeField()
    parked_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-last_at", "pk"]
        verbose_name_plural = "parked"
        constraints = [models.UniqueConstraint(fields=["task", "about"], name="parked_once")]

    def __str__(self) -> str:
        return f"{self.task} {self.about}"
