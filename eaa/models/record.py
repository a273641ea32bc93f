"""Record: something the group made from its words, by mechanism; its versions, and the checks of those it quotes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions_app.models import Participant, Via


class Mechanism(models.TextChoices):
    """Whose record it is. Dialogue has none, since it is measured; an understanding is an interpretation that was
    settled."""

    INTENTION = "intention", _("Why we are here")
    ASSETS = "assets", _("What each of us brings")
    DOCUMENTATION = "documentation", _("What we wrote down")
    INTERPRETATION = "interpretation", _("What we think it means")


class Status(models.TextChoices):
    DRAFT = "draft", _("Not yet asked about")
    RETURNED = "returned", _("With the people whose words it rests on")
    UNDERSTOOD = "understood", _("What we understand together")
    DIFFERENCE = "difference", _("A difference that stays")


class DocumentKind(models.TextChoices):
    NOTES = "notes", _("Notes")
    SUMMARY = "summary", _("Summary")
    CLUSTERS = "clusters", _("Headings from cards")
    PHOTO = "photo", _("Typed from a photo")


class AssetKind(models.TextChoices):
    EXPERIENCE = "experience", _("Experience of life or illness")
    KNOWLEDGE = "knowledge", _("Knowledge")
    SKILL = "skill", _("Skill")
    CONTACT = "contact", _("People one knows")
    LANGUAGE = "language", _("Language")
    EQUIPMENT = "equipment", _("Thing to lend")
    PLACE = "place", _("Place to be")
    TIME = "time", _("Time")
    MANDATE = "mandate", _("Right to decide")
    ARCHIVE = "archive", _("Papers and memories")


class Shown(models.TextChoices):
    SHOWN = "shown", _("Shown to the group")
    HIDDEN = "hidden", _("Hidden for now")
    WITHDRAWN = "withdrawn", _("Taken back")


class RecordQuerySet(models.QuerySet["Record"]):
    def standing(self) -> "RecordQuerySet":
        """Without those that were thrown away."""
        return self.filter(removed_at__isnull=True)


class Record(models.Model):
    """`owner` is whose asset it is. `head` is the number of the newest version; a page that shows another is stale.

    `session` or `activity` say what it is about. `made_by` are the people who made it, whoever typed.
    """

    workshop = models.ForeignKey("sessions_app.Workshop", on_delete=models.CASCADE, related_name="eaa_records")
    mechanism = models.CharField(max_length=20, choices=Mechanism.choices)
    kind = models.CharField(max_length=20, blank=True, help_text="Of documentation or of an asset.")
    title = models.CharField(max_length=480, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    head = models.PositiveIntegerField(default=0)
    owner = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="eaa_assets")
    shown = models.CharField(max_length=12, choices=Shown.choices, default=Shown.SHOWN)
    session = models.ForeignKey("sessions_app.Session", null=True, blank=True, on_delete=models.SET_NULL)
    activity = models.ForeignKey("sessions_app.Activity", null=True, blank=True, on_delete=models.SET_NULL)
    from_record = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="led_to")
    made_by = models.ManyToManyField(Participant, blank=True, related_name="eaa_made")
    difference = models.TextField(blank=True, help_text="How people see it differently, when that stays.")
    returned_at = models.DateTimeField(null=True, blank=True)
    answers_until = models.DateTimeField(null=True, blank=True, help_text="By when those quoted are asked to answer.")
    settled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    client_id = models.UUIDField(null=True, editable=False, help_text="Of the form that made it.")

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "client_id"], name="eaa_record_once_per_form"),
            models.UniqueConstraint(
                fields=["workshop"],
                condition=models.Q(mechanism="intention", owner__isnull=True, removed_at__isnull=True),
                name="eaa_one_shared_intention",
            ),
            models.CheckConstraint(
                condition=models.Q(mechanism="assets", owner__isnull=False) | ~models.Q(mechanism="assets"),
                name="eaa_asset_has_owner",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="understood") | models.Q(returned_at__isnull=False),
                name="eaa_understood_was_returned",
            ),
        ]

    def __str__(self) -> str:
        return f"record {self.pk}"

    @property
    def name(self) -> str:
        return self.title or str(Mechanism(self.mechanism).label)


class RecordVersion(models.Model):
    """The text as it stood from `at` on. `because` says what changed it, in the words of who changed it."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    language = models.CharField(max_length=10)
    because = models.TextField(blank=True)
    written_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="eaa_record_version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of record {self.record_id}"


class CheckAnswer(models.TextChoices):
    THAT_IS = "that_is", _("That is what I meant")
    ALMOST = "almost", _("Almost")
    IS_NOT = "is_not", _("That is not what I meant")


class Check(models.Model):
    """What somebody whose words are quoted says of one version. The last press counts; a new version asks anew."""

    version = models.ForeignKey(RecordVersion, on_delete=models.CASCADE, related_name="checks")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="eaa_checks")
    answer = models.CharField(max_length=12, choices=CheckAnswer.choices)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    via = models.CharField(max_length=12, choices=Via.choices, default=Via.THREAD)
    recorded_by = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["version", "participant"], name="eaa_check_once")]

    def __str__(self) -> str:
        return f"check {self.pk}"
