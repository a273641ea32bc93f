"""Four lists: what somebody says is taken in as it comes, and put on the list where it belongs."""

from django.utils.translation import gettext_lazy as _

from sessions_app.kinds.base import Kind
from sessions_app.kinds.options import Lines


class FourLists(Kind):
    """Dynamic facilitation: the host hears each person out and asks on which list it belongs. Nothing is debated."""

    key = "four_lists"
    name = _("Four lists")
    summary = _("One at a time is heard out. What they say goes on one of four lists, and nothing is argued away.")
    invitation = _("What do you want to say?")
    minutes = 30
    stages = ("alignment",)
    mechanisms = ("dialogue", "documentation")
    layout = "outline"
    headings = "chosen"
    options = (
        Lines(
            "headings",
            _("The four lists"),
            _("Four, each on a line of its own."),
            least=4,
            most=4,
            limit=60,
            usual=(_("What is the matter"), _("Questions and worries"), _("What we know"), _("Ways forward")),
        ),
    )
