"""Kettle: a break. Nothing is recorded, and the screen says so."""

from django.utils.translation import gettext_lazy as _

from sessions_app.kinds.base import Kind


class Kettle(Kind):
    key = "kettle"
    name = _("Break")
    summary = _("Coffee, tea, small talk. Nothing is recorded.")
    invitation = _("Nothing is recorded now")
    minutes = 10
    takes_words = False
    rests = True
