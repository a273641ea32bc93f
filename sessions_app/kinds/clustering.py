"""Affinity clustering: cards that everybody sorts together, under headings that they find on the way."""

from django.utils.translation import gettext_lazy as _

from sessions_app.kinds.base import Kind


class Clustering(Kind):
    key = "clustering"
    name = _("Cards that we sort")
    summary = _("One thought on each card. Then all of you put cards that belong together under a heading.")
    invitation = _("Your thought")
    minutes = 20
    stages = ("alignment",)
    mechanisms = ("documentation", "interpretation")
    layout = "outline"
    headings = "sorted"
