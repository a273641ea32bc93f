"""Agreement: a text with versions and clauses, where each person stands on a version, who signed it, who differs."""

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions_app.models import Participant, Via

# The four answers of a reading page, from yes to no. Other scales number their steps from 1.
FOUR = (
    ("agree", _("I agree")),
    ("agree_remark", _("I agree, with a remark")),
    ("talk_first", _("I want to talk first")),
    ("do_not_agree", _("I do not agree")),
)


class Scale(models.TextChoices):
    FOUR = "four", _("Four answers")
    FIVE = "five", _("Five steps from yes to no")
    EIGHT = "eight", _("Eight steps from yes to no")
    CONSENT = "consent", _("Consent: does anybody object?")


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    OPEN = "open", _("Open for answers")
    UNDER_REVIEW = "under_review", _("Being looked over")
    IN_FORCE = "in_force", _("Agreed")
    ENDED = "ended", _("Not valid any more")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def standing(self) -> "AgreementQuerySet":
        return self.filter(removed_at__isnull=True)


class Agreement(models.Model):
    """`head` is the number of the newest version. `asked` are those who may answer, present or not.

    It is in force only after `open_until`, and `silence_means` was written before anybody was asked. `intention` is the
    version of the shared intention that was read again when it was opened.
    """

    workshop = models.ForeignKey("sessions_app.Workshop", on_delete=models.CASCADE, related_name="eaa_agreements")
    title = models.CharField(max_length=480)
    state = models.CharField(max_length=14, choices=AgreementState.choices, default=AgreementState.DRAFT)
    scale = models.CharField(max_length=8, choices=Scale.choices, default=Scale.FOUR)
    head = models.PositiveIntegerField(default=0)
    asked = models.ManyToManyField(Participant, blank=True, related_name="eaa_asked")
    silence_means = models.CharField(max_length=1200, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    open_until = models.DateTimeField(null=True, blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    intention = models.ForeignKey("eaa.RecordVersion", null=True, blank=True, on_delete=models.SET_NULL)
    serves = models.TextField(blank=True, help_text="How it serves the shared intention, in words.")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    client_id = models.UUIDField(null=True, editable=False, help_text="Of the form that made it.")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "client_id"], name="eaa_agreement_once_per_form"),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (Q(opened_at__isnull=False, open_until__isnull=False) & ~Q(silence_means="")),
                name="eaa_open_says_until_when",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at__isnull=True) | Q(in_force_at__gte=models.F("open_until")),
                name="eaa_in_force_after_its_window",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_force") | Q(in_force_at__isnull=False), name="eaa_in_force_since"
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"

    def accepts(self, now: datetime) -> bool:
        """Whether people may say where they stand, and sign."""
        is_asked = self.state in {AgreementState.OPEN, AgreementState.UNDER_REVIEW}
        return is_asked and self.open_until is not None and now < self.open_until

    def is_to_be_reviewed(self, today: date) -> bool:
        """Whether the day has come on which the group wanted to read it again."""
        return self.state == AgreementState.IN_FORCE and self.review_on is not None and self.review_on <= today


class AgreementVersion(models.Model):
    """`digest` is the SHA-256 of its clauses; a signature keeps it, so that it says what was signed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    because = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    written_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="eaa_agreement_version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of agreement {self.agreement_id}"


class Clause(models.Model):
    """One clause of one version. `key` is the same in every version, wherever the clause stands then."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="clauses")
    key = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=480, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="eaa_clause_key_once"),
            models.UniqueConstraint(fields=["version", "number"], name="eaa_clause_number_once"),
        ]

    def __str__(self) -> str:
        return f"clause {self.number} of version {self.version_id}"


class SuggestionState(models.TextChoices):
    OPEN = "open", _("Waits")
    ACCEPTED = "accepted", _("Taken in")
    DECLINED = "declined", _("Not taken in")


class Suggestion(models.Model):
    """Other words for a clause: typed here (`text`), or a contribution made elsewhere."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="suggestions")
    clause_key = models.PositiveSmallIntegerField(null=True, blank=True)
    made_on = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="suggestions")
    text = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    contribution = models.ForeignKey(
        "sessions_app.Contribution", null=True, blank=True, on_delete=models.PROTECT, related_name="eaa_suggestions"
    )
    made_by = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="eaa_suggestions"
    )
    state = models.CharField(max_length=10, choices=SuggestionState.choices, default=SuggestionState.OPEN)
    because = models.TextField(blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    client_id = models.UUIDField(null=True, editable=False, unique=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"suggestion {self.pk}"


class Position(models.Model):
    """Where one person stands on one version. It speaks for no later version in which a clause was changed.

    `choice` is one of FOUR, a step's number, or `objects` / `no_objection`. `taken_in` is the version that took an
    objection in. `clause_key` says which clause the words are about.
    """

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="positions")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="eaa_positions")
    choice = models.CharField(max_length=14)
    stands_aside = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    clause_key = models.PositiveSmallIntegerField(null=True, blank=True)
    via = models.CharField(max_length=12, choices=Via.choices, default=Via.THREAD)
    place = models.CharField(max_length=12, blank=True)
    recorded_by = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_in = models.ForeignKey(AgreementVersion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_in_words = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "participant"], name="eaa_position_once"),
            models.CheckConstraint(condition=~Q(choice="objects") | ~Q(words=""), name="eaa_objection_says_why"),
        ]

    def __str__(self) -> str:
        return f"position {self.pk}"


class Signature(models.Model):
    """A name under one version, perhaps another than the person's own; taken back until the window closes."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="signatures")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="eaa_signatures")
    signs_as = models.CharField(max_length=180)
    digest = models.CharField(max_length=64)
    via = models.CharField(max_length=12, choices=Via.choices, default=Via.THREAD)
    recorded_by = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "participant"], condition=Q(taken_back_at__isnull=True), name="eaa_signature_once"
            )
        ]

    def __str__(self) -> str:
        return f"signature {self.pk}"


class Statement(models.Model):
    """What a minority says together, under one version; `joined` are those who stand behind it."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="statements")
    text = models.TextField()
    language = models.CharField(max_length=10)
    made_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="eaa_statements")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    client_id = models.UUIDField(null=True, editable=False, unique=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"statement {self.pk}"


class StatementJoin(models.Model):
    """Somebody who stands behind a minority's statement."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="joined")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="eaa_joined")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["statement", "participant"], name="eaa_joined_once")]

    def __str__(self) -> str:
        return f"join {self.pk}"
