"""In pairs, in fours, all together: who sits with whom stands on the screen, and the best cards are carried on."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from sessions_app.kinds.base import Kind
from sessions_app.kinds.options import Pick


class Together(Kind):
    """One phase of 1-2-4-All. Each phase is a step of its own, so it has its own time, and can be prolonged."""

    key = "together"
    name = _("In pairs, in fours, all together")
    summary = _("First two talk, then four, then all of us. Each round carries its best cards on.")
    invitation = _("What we say together")
    minutes = 4
    stages = ("engagement", "alignment")
    mechanisms = ("assets", "dialogue")
    carries = True
    options = (
        Pick("size", _("How many together"), (("2", _("Two")), ("4", _("Four")), ("all", _("All of us"))), "2"),
        Pick(
            "who",
            _("Who with whom"),
            (
                ("apart", _("The hall with the hall, online with online")),
                ("mixed", _("The hall and online mixed")),
            ),
            "apart",
            _("Those who sit together need a way to talk: a table, or the call."),
        ),
    )

    @classmethod
    def size(cls, options: Mapping[str, Any]) -> int:
        """How many people a circle has; 0 when all are one."""
        size = str(options.get("size", "2"))
        return int(size) if size.isdecimal() else 0
