"""Participant: a person in one workshop; the devices that hold their seat; what they consented to."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    FACILITATOR = "facilitator", _("Facilitator")
    SCRIBE = "scribe", _("Scribe")
    HELPER = "helper", _("Helper")
    PARTICIPANT = "participant", _("Takes part")
    RESEARCHER = "researcher", _("Researcher")


class Place(models.TextChoices):
    HALL = "hall", _("in the hall")
    REMOTE = "remote", _("online")
    PHONE = "phone", _("by phone")
    AFTERWARDS = "afterwards", _("afterwards")


class Help(models.TextChoices):
    """What helps people, as ticks; anything else they write in their own words."""

    MORE_TIME = "more_time", _("More time")
    READ_ALOUD = "read_aloud", _("That somebody reads aloud")
    WRITING = "writing", _("Writing instead of talking")
    CAPTIONS = "captions", _("Captions")
    BREAK = "break", _("A break now and then")


def initials_of(name: str) -> str:
    """One or two letters for the pebble of somebody called NAME; a question mark for nobody."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return name[:1] or "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


class Participant(models.Model):
    """A person in one workshop, with or without an account. Without a name they are a guest who watches."""

    workshop = models.ForeignKey("Workshop", on_delete=models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    name = models.CharField(max_length=180, blank=True)
    name_key = models.CharField(
        max_length=120, blank=True, help_text="The name without look-alikes, to keep it unique."
    )
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list)
    usual_place = models.CharField(max_length=12, choices=Place.choices, default=Place.REMOTE)
    language = models.CharField(max_length=10, default="en")
    about = models.CharField(max_length=1200, blank=True)
    helps = ArrayField(models.CharField(max_length=20, choices=Help.choices), default=list, blank=True)
    access_needs = models.CharField(max_length=2000, blank=True, help_text="Facilitators only. Never exported.")
    email = models.EmailField(blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    admitted_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    last_here_at = models.DateTimeField(null=True, blank=True)
    last_here_seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "name_key"],
                condition=models.Q(removed_at__isnull=True) & ~models.Q(name_key=""),
                name="participant_name_once",
            ),
            models.UniqueConstraint(
                fields=["workshop", "user"],
                condition=models.Q(removed_at__isnull=True, user__isnull=False),
                name="participant_user_once",
            ),
        ]

    def __str__(self) -> str:
        return f"participant {self.pk}"

    @property
    def is_named(self) -> bool:
        return bool(self.name)

    @property
    def is_here_to_stay(self) -> bool:
        return self.removed_at is None and self.admitted_at is not None

    @property
    def roles_words(self) -> str:
        return ", ".join(str(Role(role).label) for role in self.roles)

    @property
    def needs_words(self) -> str:
        """What helps the person: the ticks, then their own words. Hosts only."""
        parts = [str(Help(key).label) for key in self.helps if key in Help.values]
        return ". ".join([*parts, self.access_needs] if self.access_needs else parts)

    @property
    def initials(self) -> str:
        """One or two letters for the person's pebble; a guest has a question mark."""
        return initials_of(self.name)

    @property
    def first_name(self) -> str:
        """What the person is called in running text; the whole name when it is a phrase rather than a name."""
        return self.name.split(" ")[0] if 1 < len(self.name.split()) <= 3 else self.name


class Device(models.Model):
    """A browser that we gave a cookie to. Only the SHA-256 of the cookie is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"device {self.pk}"


class Seat(models.Model):
    """A device that a person claimed their place with."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="seats")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="seats")
    claimed_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device", "participant"], condition=models.Q(left_at__isnull=True), name="seat_once"
            )
        ]

    def __str__(self) -> str:
        return f"seat {self.pk}"


class Purpose(models.TextChoices):
    TAKING_PART = "taking_part", _("Taking part")
    RESEARCH = "research", _("Researchers may read my words")
    QUOTED = "quoted", _("My words may be quoted")
    CONTACTED_AGAIN = "contacted_again", _("You may contact me again")


class Consent(models.Model):
    """One answer to one purpose in one version. A new answer is a new row; the last one counts."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(max_length=2000, blank=True, help_text="What was asked, as the person read it.")
    language = models.CharField(max_length=10, blank=True, help_text="In which language they read it.")
    given_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="Said no, or took the yes back.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(given_at__isnull=False) | models.Q(withdrawn_at__isnull=False),
                name="consent_is_an_answer",
            )
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"
