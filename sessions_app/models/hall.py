"""What a hall needs: slips with codes, how the room screen looks, how many notes of paper wait to be typed."""

from django.db import models

from sessions_app.identifiers import grouped_code


class Slip(models.Model):
    """A code on paper that opens one card and nothing else. Without `contribution` the card is still blank.

    It holds no name: whoever has the paper may check, correct and take back the words on it.
    """

    session = models.ForeignKey("Session", on_delete=models.CASCADE, related_name="slips")
    contribution = models.OneToOneField(
        "Contribution", null=True, blank=True, on_delete=models.CASCADE, related_name="slip"
    )
    code = models.CharField(max_length=12, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"slip {self.pk}"

    @property
    def shown_code(self) -> str:
        """The code as it is printed, such as ABC-DEF-GHJ."""
        return grouped_code(self.code)


class Screen(models.Model):
    """How the screen of a meeting's hall looks, as a host picked it on the console."""

    session = models.OneToOneField("Session", on_delete=models.CASCADE, related_name="screen")
    is_dark = models.BooleanField(default=False)
    has_captions = models.BooleanField(default=False, help_text="A space is left free for the captions of the call.")
    captions_link = models.URLField(blank=True)

    def __str__(self) -> str:
        return f"screen {self.pk}"


class PaperNotes(models.Model):
    """How many notes of paper lie in the hall for a step. Those that are typed are counted from the cards."""

    dialogue = models.OneToOneField("Dialogue", on_delete=models.CASCADE, related_name="paper_notes")
    count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "paper notes"

    def __str__(self) -> str:
        return f"paper notes {self.pk}"
