"""The three stages and six mechanisms (doi 10.1186/s40900-024-00638-3); the pairing is a working default, as data."""

from django.utils.translation import gettext_lazy as _

from sessions_app.tags import Tag

STAGES = (
    Tag("engagement", _("Engagement"), _("Getting to know each other"), "circle"),
    Tag("alignment", _("Alignment"), _("Working it out"), "square"),
    Tag("agreement", _("Agreement"), _("Agreeing"), "triangle"),
)
MECHANISMS = (
    Tag("intention", _("Intention"), _("Why we are here"), "intention", "engagement"),
    Tag("assets", _("Assets"), _("What each of us brings"), "assets", "engagement"),
    Tag("dialogue", _("Dialogue"), _("Talking and listening"), "dialogue", "alignment"),
    Tag("documentation", _("Documentation"), _("Writing it down so that all can see"), "documentation", "alignment"),
    Tag("interpretation", _("Interpretation"), _("What we think it means"), "interpretation", "agreement"),
    Tag("understanding", _("Understanding"), _("What we understand together"), "understanding", "agreement"),
)
