"""Looking back: what to keep, what to change, and a feeling. Nobody can know who wrote what."""

from django.utils.translation import gettext_lazy as _

from sessions_app.kinds.base import Kind
from sessions_app.kinds.options import Lines


class Reflection(Kind):
    """The facilitators find it in their wrap-up, prompt by prompt."""

    key = "reflection"
    name = _("Looking back")
    summary = _("What shall we keep? What shall we change? How do I feel? Nobody can know who wrote what.")
    invitation = _("What do you think of our work?")
    minutes = 8
    stages = ("agreement", "engagement")
    mechanisms = ("understanding", "intention")
    identity = "anonymous"
    layout = "outline"
    headings = "chosen"
    options = (
        Lines(
            "headings",
            _("The prompts"),
            _("Up to four, each on a line of its own."),
            least=1,
            most=4,
            limit=60,
            usual=(_("Keep this"), _("Change this"), _("How I feel")),
        ),
    )
