"""Contribution: one person's words in a dialogue, by whichever road they came."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions_app.identifiers import ordered_uuid


class Via(models.TextChoices):
    ROOM = "room", _("in the room")
    THREAD = "thread", _("between the meetings")
    EMAIL = "email", _("by e-mail")
    SCRIBE = "scribe", _("written down by the scribe")
    TABLET = "tablet", _("on the shared tablet")
    PAPER = "paper", _("on paper")


class Contribution(models.Model):
    """Words. `author` is whose words they are (nobody's when anonymous), `recorded_by` who typed them for somebody.

    No author, but somebody who typed them: said by someone in the room whom the scribe did not name.
    `seq` is the number of the event that posted it: the one order in which everybody sees the dialogue.
    """

    id = models.UUIDField(primary_key=True, default=ordered_uuid, editable=False)
    dialogue = models.ForeignKey("Dialogue", on_delete=models.CASCADE, related_name="contributions")
    seq = models.BigIntegerField()
    author = models.ForeignKey(
        "Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    recorded_by = models.ForeignKey("Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    anonymous_token = models.CharField(max_length=64, blank=True)
    via = models.CharField(max_length=12, choices=Via.choices)
    place = models.CharField(max_length=12)
    late = models.BooleanField(default=False, help_text="Came in after the step had ended in the room.")
    client_id = models.UUIDField(unique=True)
    body = models.TextField()
    language = models.CharField(max_length=10)
    gloss = models.TextField(blank=True, help_text="A translation that somebody wrote beside the words.")
    gloss_language = models.CharField(max_length=10, blank=True)
    heading = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Its place in the step's headings.")
    builds_on = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="built_into")
    parts = models.PositiveSmallIntegerField(default=0, help_text="How many cards it carries on from an earlier step.")
    reply_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replies")
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to"
    )
    from_group = models.ForeignKey(
        "Group", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="Which carried it back."
    )
    uncarried_at = models.DateTimeField(null=True, blank=True, help_text="When carrying it back was undone.")
    said_at = models.DateTimeField()
    revised_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the speaker said that what somebody typed is what they said."
    )
    read_aloud_at = models.DateTimeField(null=True, blank=True, help_text="When it was read aloud in the hall.")

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["dialogue", "seq"], name="contribution_seq_once")]

    def __str__(self) -> str:
        return f"contribution {self.pk}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_from_room(self) -> bool:
        return self.author_id is None and self.recorded_by_id is not None

    @property
    def keeper_id(self) -> int | None:
        """Who may change the words: their author, or who typed them when nobody is named. None when anonymous."""
        return self.recorded_by_id if self.author_id is None else self.author_id


class Revision(models.Model):
    """What a contribution said before it was changed. Gone when the words are taken back."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="revisions")
    body = models.TextField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["until"]

    def __str__(self) -> str:
        return f"revision {self.pk}"
