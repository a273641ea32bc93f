"""Check-in round: one question that everybody can answer, to arrive."""

from django.utils.translation import gettext_lazy as _

from sessions_app.kinds.base import Kind


class CheckInRound(Kind):
    key = "check_in_round"
    name = _("Check-in round")
    summary = _("One light question. Everybody who wants to says a sentence; “pass” is a full answer.")
    invitation = _("Your answer")
    minutes = 10
    stages = ("engagement",)
    mechanisms = ("intention",)
    allows_pass = True
    layout = "wall"
    in_turn = True
