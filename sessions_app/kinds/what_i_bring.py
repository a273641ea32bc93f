"""What I bring, what I hope: two lists side by side, of what people have and of what they wish for."""

from django.utils.translation import gettext_lazy as _

from sessions_app.kinds.base import Kind
from sessions_app.kinds.options import Lines


class WhatIBring(Kind):
    key = "what_i_bring"
    name = _("What I bring, what I hope")
    summary = _("Everybody says what they know, can or have lived through, and what they hope for. Two lists.")
    invitation = _("What do you bring? What do you hope?")
    minutes = 15
    stages = ("engagement",)
    mechanisms = ("assets", "intention")
    layout = "outline"
    headings = "chosen"
    options = (
        Lines(
            "headings",
            _("The two lists"),
            _("Two, each on a line of its own."),
            most=2,
            limit=60,
            usual=(_("What I bring"), _("What I hope")),
        ),
    )
