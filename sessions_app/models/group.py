"""Group: a breakout or a table of a step, with a note-taker and perhaps a call link; and who sits in it."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class GroupRule(models.TextChoices):
    NUMBER = "number", _("by counting off")
    MIXED = "mixed", _("mixed: hall and online in each")
    PLACE = "place", _("by place: hall, online, phone")
    LANGUAGE = "language", _("by language")
    CHOICE = "choice", _("people choose")


class GroupQuerySet(models.QuerySet["Group"]):
    def standing(self) -> "GroupQuerySet":
        """Without those that were taken away."""
        return self.filter(removed_at__isnull=True)


class Group(models.Model):
    """One of a step's groups. Its words lie in a dialogue of its own (`dialogue`); `notes` are what it wants kept.

    `told` is what hosts have told this group. While `gathered_at` is set, everybody is back together.
    """

    activity = models.ForeignKey("Activity", on_delete=models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=240, blank=True)
    call_link = models.URLField(blank=True)
    note_taker = models.ForeignKey(
        "Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="notes_for"
    )
    notes = models.TextField(max_length=16000, blank=True)
    noted_by = models.ForeignKey("Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told = models.TextField(max_length=1200, blank=True)
    timed_at = models.DateTimeField(null=True, blank=True, help_text="When its own timer was set.")
    ends_at = models.DateTimeField(null=True, blank=True, help_text="When its own timer runs out.")
    gathered_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="group_number_once")]

    def __str__(self) -> str:
        return f"group {self.pk}"

    @property
    def label(self) -> str:
        """What the group is called: its number, and its name if somebody gave it one."""
        number = gettext("Group %(number)d") % {"number": self.number}
        return f"{number}: {self.name}" if self.name else number


class Membership(models.Model):
    """Somebody's place in a group, until `left_at`. In one step a person sits in one group at a time."""

    activity = models.ForeignKey("Activity", on_delete=models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    participant = models.ForeignKey("Participant", on_delete=models.PROTECT, related_name="memberships")
    since = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "participant"],
                condition=models.Q(left_at__isnull=True),
                name="membership_one_group_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"
