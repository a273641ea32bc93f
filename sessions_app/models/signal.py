"""Signal: somebody cannot follow, or wants a break. Nobody can know who, and everybody counts once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignalKind(models.TextChoices):
    CANT_FOLLOW = "cant_follow", _("I can’t follow")
    SLOW_DOWN = "slow_down", _("Slow down, please")
    BREAK = "break", _("A break, please")
    MORE_TIME = "more_time", _("More time, please")


class SignalKey(models.Model):
    """The key behind the tokens of one meeting's signals. It is destroyed when the meeting closes."""

    session = models.OneToOneField("Session", on_delete=models.CASCADE, related_name="signal_key")
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"signal key of session {self.session_id}"


class Signal(models.Model):
    """`token` is a keyed hash of the person: it lets them take the signal back, and tells nobody who they are.

    `online` says only whether it came from outside the hall, because a place can be one person's alone.
    """

    session = models.ForeignKey("Session", on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=12, choices=SignalKind.choices)
    online = models.BooleanField()
    token = models.CharField(max_length=64)
    raised_at = models.DateTimeField()
    lowered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind", "token"], condition=models.Q(lowered_at__isnull=True), name="signal_once"
            )
        ]

    def __str__(self) -> str:
        return f"signal {self.pk}"
