"""Activity: one question or task put to the group, in a meeting or standing alone between meetings."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from sessions_app.models.dialogue import Dialogue

# Words on their way while a step closes still count: the person pressed in time.
GRACE = timedelta(seconds=5)
UNDO_WITHIN = timedelta(seconds=15)  # the button says ten; a slow line gets five more


class Identity(models.TextChoices):
    NAMED = "named", _("with names")
    GROUP = "group", _("without names in the group, known to the facilitators")
    ANONYMOUS = "anonymous", _("anonymous, nobody can know")


# How much is told of who wrote something: nobody may loosen it, and words about words keep the stricter promise.
LOOSENESS: dict[str, int] = {Identity.ANONYMOUS: 0, Identity.GROUP: 1, Identity.NAMED: 2}


class ActivityQuerySet(models.QuerySet["Activity"]):
    def planned(self) -> "ActivityQuerySet":
        """Without those that were taken off the run sheet."""
        return self.filter(removed_at__isnull=True)


class Activity(models.Model):
    """A step of a run sheet (`session` set) or a thread of its own (`session` empty)."""

    workshop = models.ForeignKey("Workshop", on_delete=models.CASCADE, related_name="activities")
    session = models.ForeignKey("Session", null=True, blank=True, on_delete=models.CASCADE, related_name="activities")
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=480)
    prompt = models.CharField(max_length=2000, blank=True)
    lead = models.CharField(max_length=2000, blank=True)
    hall = models.CharField(max_length=1200, blank=True, help_text="What those in the hall do, for the facilitators.")
    online = models.CharField(max_length=1200, blank=True, help_text="What those online do, for the facilitators.")
    minutes = models.PositiveSmallIntegerField(default=10)
    stages = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    mechanisms = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    identity = models.CharField(max_length=12, choices=Identity.choices, default=Identity.NAMED)
    blind = models.BooleanField(default=False)
    options = models.JSONField(default=dict, blank=True, help_text="What its way of working lets people set.")
    round = models.PositiveSmallIntegerField(default=1, help_text="How often the same question has been put.")
    phase = models.PositiveSmallIntegerField(default=0, help_text="Which of the phases of its kind it is in.")
    circles = models.JSONField(default=list, blank=True, help_text="Who works with whom: lists of participants' ids.")
    comes_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="leads_to")
    opens_at = models.DateTimeField(null=True, blank=True, help_text="When it is to open by itself, with no meeting.")
    opened_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True, help_text="When the timer of the room runs out.")
    paused_at = models.DateTimeField(null=True, blank=True, help_text="Since when the timer stands still.")
    revealed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="When the step ended in the room.")
    open_until = models.DateTimeField(null=True, blank=True, help_text="The last moment for answers between meetings.")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When that last moment had passed.")
    removed_at = models.DateTimeField(null=True, blank=True, help_text="Taken off the run sheet before it opened.")

    client_id = models.UUIDField(null=True, editable=False, help_text="Of the form that made it.")

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(fields=["workshop", "client_id"], name="activity_once_per_form"),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=600), name="activity_minutes_within_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"activity {self.pk}"

    def is_open(self, now: datetime) -> bool:
        """Whether people are invited to write at NOW: it is on in the room, or its window is open."""
        if self.opened_at is None or self.workshop.closed_at is not None:
            return False
        return self.is_on or (self.ended_at is None and self.open_until is not None and now < self.open_until)

    def accepts(self, now: datetime) -> bool:
        """Whether words may be put into its dialogue at NOW: the one place where that is decided."""
        return self.is_open(now) or (self.closed_at is not None and now < self.closed_at + GRACE)

    def may_accept_again(self, now: datetime) -> bool:
        """Whether words may be put into its dialogue at NOW, or once the press that closed it is taken back."""
        return self.accepts(now) or (self.closed_at is not None and now <= self.closed_at + UNDO_WITHIN)

    def opens_later(self, now: datetime) -> bool:
        """Whether it will open by itself."""
        return (
            self.opened_at is None
            and self.opens_at is not None
            and self.open_until is not None
            and now < self.open_until
        )

    @property
    def plenary(self) -> "Dialogue":
        """The dialogue in which everybody meets. One query."""
        return self.dialogues.get(group__isnull=True)

    @property
    def is_on(self) -> bool:
        """Whether the room works on it at this moment: its timer was set, and nobody has closed it."""
        return self.ends_at is not None and self.closed_at is None

    @property
    def is_hidden(self) -> bool:
        """Whether answers still lie face down."""
        return self.blind and self.revealed_at is None

    @property
    def was_opened(self) -> bool:
        return self.opened_at is not None

    @property
    def is_thread(self) -> bool:
        return self.session_id is None


class AnonymityKey(models.Model):
    """The key behind one anonymous activity's tokens. Destroying it makes the authors unknowable for good."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="anonymity_key")
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"key of activity {self.activity_id}"
