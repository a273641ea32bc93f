"""Cards: many short thoughts, face down until all are turned over at once."""

from django.utils.translation import gettext_lazy as _

from sessions_app.kinds.base import Kind


class Cards(Kind):
    key = "cards"
    name = _("Cards")
    summary = _("One thought on each card. They lie face down until you turn them all over at once.")
    invitation = _("Your thought")
    minutes = 15
    stages = ("alignment",)
    mechanisms = ("dialogue", "documentation")
    blind = True
    headings = "sorted"
