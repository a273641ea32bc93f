"""Notice: one mail to one person for one reason about one thing; and what each person wants to get."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from sessions_app.models.participant import Participant


class NoticeState(models.TextChoices):
    WAITING = "waiting", _("Waits for its time")
    CLAIMED = "claimed", _("A worker has it")
    SENDING = "sending", _("On its way")
    SENT = "sent", _("Sent")
    UNCONFIRMED = "unconfirmed", _("Perhaps sent: nobody confirmed it")
    SKIPPED = "skipped", _("Not sent, on purpose")
    FAILED = "failed", _("Refused by the other side")
    PARKED = "parked", _("Put aside after three faults of ours")


class Notice(models.Model):
    """The row is the intent. It is made once (unique below), claimed by one worker, and never sent twice.

    `message_id` is fixed and `sending` committed before the first word of the mail leaves; whatever ends without a
    clear answer after that is `unconfirmed` and not sent again. `subject` names what it is about, by numbers of ours.
    """

    workshop = models.ForeignKey("Workshop", on_delete=models.CASCADE, related_name="notices")
    participant = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="notices")
    reason = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    stale_at = models.DateTimeField(help_text="Not sent any more from then on: it would come too late.")
    state = models.CharField(max_length=12, choices=NoticeState.choices, default=NoticeState.WAITING)
    try_at = models.DateTimeField(help_text="Not before: its time, a quiet night, or the next try.")
    tries = models.PositiveSmallIntegerField(default=0)
    faults = models.PositiveSmallIntegerField(default=0, help_text="How often making it failed by our own fault.")
    leased_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=40, blank=True, help_text="Why it was not sent, as a key of ours.")
    reply = models.CharField(max_length=300, blank=True, help_text="What the other side's server answered.")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "reason", "subject"], name="notice_once"),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False), name="notice_sent_when"
            ),
        ]
        indexes = [
            models.Index(
                fields=["try_at"],
                condition=models.Q(state__in=["waiting", "claimed", "sending"]),
                name="notice_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class ReturnedWords(models.Model):
    """Words of a mail that were not posted, until the notice has brought them back to whoever wrote them.

    Nobody else reads them: no page shows them, and the row goes away when the notice has gone out or is too old.
    """

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="returned")
    words = models.TextField()

    class Meta:
        verbose_name_plural = "returned words"

    def __str__(self) -> str:
        return f"words of {self.notice_id}"


class Frequency(models.TextChoices):
    EVERYTHING = "everything", _("Every answer to me")
    DAILY = "daily", _("Once a day, if there is news")
    WEEKLY = "weekly", _("Once a week, if there is news")
    ASKED = "asked", _("Only when I am asked something")
    NEVER = "never", _("Never")


class MailChoiceQuerySet(models.QuerySet["MailChoice"]):
    def epoch_of(self, person: "Participant") -> int:
        """The epoch of PERSON, which is 0 as long as they chose nothing. One query."""
        return self.filter(participant=person).values_list("epoch", flat=True).first() or 0


class MailChoice(models.Model):
    """What one person wants by mail. `stopped` are the kinds that they said stop to; `epoch` makes old links void."""

    participant = models.OneToOneField("Participant", on_delete=models.CASCADE, related_name="mail_choice")
    frequency = models.CharField(max_length=12, choices=Frequency.choices, default=Frequency.ASKED)
    stopped = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    epoch = models.PositiveIntegerField(default=0)
    asked_address = models.EmailField(blank=True, help_text="Given, and not yet said to be theirs.")
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the person said that the address is theirs."
    )

    objects = MailChoiceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"mail choice of {self.participant_id}"
