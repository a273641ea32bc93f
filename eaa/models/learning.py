"""What people say of the work itself: one plain question per mechanism, and what the digital tools did."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions_app.models import Participant, Space, Time, Via


class Effect(models.TextChoices):
    """What the tools made easier is an opportunity, what they made harder a challenge."""

    EASIER = "easier", _("Easier")
    HARDER = "harder", _("Harder")


class Theme(models.TextChoices):
    ACCESS = "access", _("Getting in")
    ATTENTION = "attention", _("Attention")
    DISSENT = "dissent", _("Saying no")
    EQUALITY = "equality", _("Weighing the same")
    LANGUAGE = "language", _("Language")
    MEMORY = "memory", _("Remembering")
    PACE = "pace", _("Pace")
    POWER = "power", _("Who decides")
    PRESENCE = "presence", _("Being there")
    TECHNOLOGY = "technology", _("Technology")
    TIME = "time", _("Time")
    TRUST = "trust", _("Trust")
    VOICE = "voice", _("Being heard")
    WORK = "work", _("Work")
    OTHER = "other", _("Something else")


class MechanismAnswer(models.Model):
    """What one person answers to a mechanism's question after a meeting: 1 (not at all) to 5 (very much)."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="eaa_answers")
    session = models.ForeignKey("sessions_app.Session", on_delete=models.CASCADE, related_name="eaa_answers")
    mechanism = models.CharField(max_length=20)
    value = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "session", "mechanism"], name="eaa_answer_once"),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=5), name="eaa_answer_in_range"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class LearningNote(models.Model):
    """What the tools made easier or harder for one person, in a meeting or in a thread (`activity`).

    `time` and `space` are the cell of the grid it was about; `stage` the framework's stage.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="eaa_learning")
    session = models.ForeignKey(
        "sessions_app.Session", null=True, blank=True, on_delete=models.CASCADE, related_name="eaa_learning"
    )
    activity = models.ForeignKey(
        "sessions_app.Activity", null=True, blank=True, on_delete=models.CASCADE, related_name="eaa_learning"
    )
    effect = models.CharField(max_length=8, choices=Effect.choices)
    theme = models.CharField(max_length=12, choices=Theme.choices, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    time = models.CharField(max_length=12, choices=Time.choices)
    space = models.CharField(max_length=12, choices=Space.choices)
    text = models.TextField()
    language = models.CharField(max_length=10)
    gloss = models.TextField(blank=True, help_text="A translation that somebody wrote beside the words.")
    gloss_language = models.CharField(max_length=10, blank=True)
    via = models.CharField(max_length=12, choices=Via.choices, default=Via.THREAD)
    recorded_by = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    client_id = models.UUIDField(null=True, editable=False, unique=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(session__isnull=False, activity__isnull=True)
                | Q(session__isnull=True, activity__isnull=False),
                name="eaa_learning_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"learning note {self.pk}"
