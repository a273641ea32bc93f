"""The codebook of those who study a workshop, and which words each of them put under which code."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from sessions_app.models import Contribution, Participant, Workshop

CODE_NAME, CODE_ABOUT = 120, 2000  # signs that a person sees


class Scheme(models.TextChoices):
    EAA = "eaa", _("The six mechanisms")
    CMO = "cmo", _("Context, mechanism, outcome")
    OWN = "own", _("Codes of our own")


class Colour(models.TextChoices):
    """Tokens of the look, so that each is legible in every theme; a word and never colour alone tells codes apart."""

    PINE = "pine", _("green-blue")
    CLAY = "clay", _("clay")
    SKY = "sky", _("blue")
    LEAF = "leaf", _("green")
    PLUM = "plum", _("plum")


class CodeQuerySet(models.QuerySet["Code"]):
    def standing(self) -> "CodeQuerySet":
        """Without those that were taken away, or went into another."""
        return self.filter(removed_at__isnull=True)


class Code(models.Model):
    """A name under which words are gathered. `key` is the framework's word for its own codes, empty for all others.

    A code that went into another (`merged_into`) keeps its codings, which count for the other: so it can come back.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="eaa_codes")
    scheme = models.CharField(max_length=4, choices=Scheme.choices, default=Scheme.OWN)
    key = models.CharField(max_length=24, blank=True)
    name = models.CharField(max_length=480)
    description = models.TextField(blank=True)
    colour = models.CharField(max_length=8, choices=Colour.choices, default=Colour.PINE)
    created_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="holds")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "workshop", Lower("name"), condition=Q(removed_at__isnull=True), name="eaa_code_name_once"
            ),
            models.UniqueConstraint(
                fields=["workshop", "scheme", "key"], condition=~Q(key=""), name="eaa_code_key_once"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(removed_at__isnull=False), name="eaa_code_merged_is_gone"
            ),
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"

    @property
    def is_own(self) -> bool:
        return self.scheme == Scheme.OWN


class Coding(models.Model):
    """One person's judgement that words belong under a code: the whole of a contribution, or a part of it.

    Points at words and never holds any. `start` and `end` count signs of the words as they stood `at` that moment.
    """

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="codings")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="eaa_codings")
    coder = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="eaa_codings")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "contribution", "coder", "start", "end"],
                condition=Q(removed_at__isnull=True),
                nulls_distinct=False,
                name="eaa_coding_once",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(start__lt=models.F("end")),
                name="eaa_coding_span_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"coding {self.pk}"


class Judged(models.Model):
    """That somebody has looked at words and is done with them, also where no code fits: needed to compare coders."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    coder = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "coder"], name="eaa_judged_once")]

    def __str__(self) -> str:
        return f"judged {self.pk}"
