"""Open dialogue: people answer the question and each other."""

from django.utils.translation import gettext_lazy as _

from sessions_app.kinds.base import Kind


class OpenDialogue(Kind):
    key = "open_dialogue"
    name = _("Open dialogue")
    summary = _("A question to talk about. People answer it, and each other.")
    invitation = _("What do you want to say?")
    minutes = 20
    stages = ("alignment",)
    mechanisms = ("dialogue",)
    layout = "says"
