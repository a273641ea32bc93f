"""Quiet minute: everybody thinks and writes alone. The note stays on one's own device until one shares it."""

from django.utils.translation import gettext_lazy as _

from sessions_app.kinds.base import Kind


class QuietMinute(Kind):
    key = "quiet_minute"
    name = _("Quiet minute")
    summary = _("Everybody thinks alone and writes a note for themselves. Who wants to shares it as a card.")
    invitation = _("Your note")
    minutes = 2
    stages = ("engagement", "alignment")
    mechanisms = ("assets", "dialogue")
    is_private = True
