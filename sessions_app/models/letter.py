"""Letter: what a facilitator writes to some people by mail, in their own words."""

from django.db import models

from sessions_app.models.participant import Participant


class Letter(models.Model):
    """`people` are those whom it was written to; a notice for each makes the mail. No event holds the words."""

    workshop = models.ForeignKey("Workshop", on_delete=models.CASCADE, related_name="letters")
    written_by = models.ForeignKey("Participant", on_delete=models.PROTECT, related_name="+")
    people = models.ManyToManyField(Participant, related_name="letters")
    title = models.CharField(max_length=480)
    body = models.TextField(max_length=12000)
    language = models.CharField(max_length=10)
    send_at = models.DateTimeField()
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    client_id = models.UUIDField(null=True, editable=False, help_text="Of the form that made it.")

    class Meta:
        ordering = ["send_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["workshop", "client_id"], name="letter_once_per_form")]

    def __str__(self) -> str:
        return f"letter {self.pk}"
