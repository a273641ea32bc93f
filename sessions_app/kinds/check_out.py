"""Check-out: what people take with them."""

from django.utils.translation import gettext_lazy as _

from sessions_app.kinds.base import Kind


class CheckOut(Kind):
    key = "check_out"
    name = _("Check-out")
    summary = _("One thing to keep, one to change, or one feeling. Short, to end together.")
    invitation = _("What do you take with you?")
    minutes = 10
    stages = ("agreement",)
    mechanisms = ("understanding", "intention")
    allows_pass = True
