"""Small groups: people talk in groups of four or five, and bring back what matters."""

from django.utils.translation import gettext_lazy as _

from sessions_app.kinds.base import Kind
from sessions_app.kinds.options import Lines, Pick, Whole
from sessions_app.models import GroupRule

LARGEST = 30


class SmallGroups(Kind):
    """Each group has a page of its own; while groups are out, everybody can still write for all."""

    key = "small_groups"
    name = _("Small groups")
    summary = _("People talk in groups of four or five. Each group brings back what matters.")
    invitation = _("What do you want to tell everybody?")
    minutes = 20
    stages = ("alignment",)
    mechanisms = ("dialogue", "documentation")
    in_groups = True
    options = (
        Pick(
            "rule",
            _("How people come into groups"),
            tuple((rule.value, rule.label) for rule in GroupRule),
            GroupRule.MIXED.value,
        ),
        Whole("size", _("People in a group"), _("Four or five talk best."), lowest=2, highest=LARGEST, usual=4),
        Lines(
            "names",
            _("Names of the groups"),
            _("If you want, each on a line of its own."),
            least=0,
            most=60,
            limit=60,
        ),
    )
