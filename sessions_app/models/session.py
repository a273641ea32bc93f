"""Session: one meeting, or one stretch of time between meetings, with its cell in the time x space grid."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Time(models.TextChoices):
    SAME = "same", _("everybody at the same time")
    BLENDED = "blended", _("some now, some later")
    DIFFERENT = "different", _("everybody in their own time")


class Space(models.TextChoices):
    SAME = "same", _("everybody in the same place")
    BLENDED = "blended", _("some in the hall, some online")
    DISTRIBUTED = "distributed", _("everybody from where they are")


class State(models.TextChoices):
    PLANNED = "planned", _("planned")
    DOORS_OPEN = "doors_open", _("doors open")
    LIVE = "live", _("on now")
    CLOSED = "closed", _("over")
    CANCELLED = "cancelled", _("cancelled")


class SessionQuerySet(models.QuerySet["Session"]):
    def standing(self) -> "SessionQuerySet":
        """Without those that were taken off the plan before anything had happened in them."""
        return self.filter(removed_at__isnull=True)

    def to_come(self) -> "SessionQuerySet":
        """Those that are on or still to be held."""
        return self.standing().exclude(state__in=[State.CLOSED, State.CANCELLED])


class Session(models.Model):
    """A meeting. `rev` counts the presses of its controls, so that the second of two facilitators is told."""

    workshop = models.ForeignKey("Workshop", on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(max_length=480)
    time = models.CharField(max_length=12, choices=Time.choices, default=Time.SAME)
    space = models.CharField(max_length=12, choices=Space.choices, default=Space.BLENDED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=800, blank=True)
    link = models.URLField(blank=True)
    without_screen = models.CharField(
        max_length=1200, blank=True, help_text="Who cannot use this, and how they take part."
    )
    summary = models.TextField(max_length=2000, blank=True, help_text="What happened, in a facilitator's words.")
    code = models.CharField(max_length=12, unique=True, help_text="Six letters for the door.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    doors_opened_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    current_activity = models.ForeignKey("Activity", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    mirror_shown_at = models.DateTimeField(
        null=True, blank=True, help_text="When the group was shown how its voices were shared out, without names."
    )
    rev = models.PositiveIntegerField(default=0)
    client_id = models.UUIDField(null=True, editable=False, help_text="Of the form that made it.")
    series = models.UUIDField(
        null=True, editable=False, db_index=True, help_text="The same for meetings planned in one go."
    )
    removed_at = models.DateTimeField(null=True, blank=True, help_text="Taken off the plan before anything happened.")

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "client_id"], name="session_once_per_form"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"

    @property
    def is_on(self) -> bool:
        return self.state in {State.DOORS_OPEN, State.LIVE}

    @property
    def is_cancelled(self) -> bool:
        return self.state == State.CANCELLED

    @property
    def is_to_come(self) -> bool:
        """Whether it is on or still to be held."""
        return self.state not in {State.CLOSED, State.CANCELLED}


class Reflection(models.Model):
    """A facilitator's own note after a meeting. Nobody else ever reads it, and no export holds it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="reflections")
    writer = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="reflections")
    body = models.TextField(max_length=4000)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "writer"], name="reflection_once")]

    def __str__(self) -> str:
        return f"reflection {self.pk}"
