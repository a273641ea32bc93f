"""The three stages and six mechanisms (doi 10.1186/s40900-024-00638-3); the pairing is a working default, as data.

After a meeting everybody may answer one plain question about each mechanism.
"""

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

QUESTIONS = {
    "intention": _("Did you know why we were there?"),
    "assets": _("Was there use for what you bring?"),
    "dialogue": _("Could you say what you wanted, and were you answered?"),
    "documentation": _("Did you find your own words in what was written down?"),
    "interpretation": _("Did we work out together what it means?"),
    "understanding": _("Did you understand where others stand, and they you?"),
}
STEPS = (1, 2, 3, 4, 5)  # of an answer
ENDS = {1: _("not at all"), 5: _("very much")}

# What the codes of a codebook mean, for programs that know one language (Masterson et al. 2024; CMO after Dalkin et
# al. 2015, who tell the resource of a mechanism from the reasoning that it meets).
CMO = {
    "context": "context",
    "resource": "mechanism - resource",
    "reasoning": "mechanism - reasoning",
    "outcome": "outcome",
}
DEFINITIONS = {
    "intention": "Why people are here, and that they want it to be genuine.",
    "assets": "What each brings; experience of life and illness counts as much as a profession.",
    "dialogue": "Views and ideas are brought together and explored with mutuality and insight.",
    "documentation": "What was said is written down so that all can see it, and stays open to dialogue.",
    "interpretation": "What was written down is made sense of, and goes back to those it rests on.",
    "understanding": "A shared understanding or a common view, with differences left visible.",
    "context": "What was there before, and decides whether a mechanism fires.",
    "resource": "What the work puts into the context: an offer, a tool, a meeting.",
    "reasoning": "How people think and feel about that offer, and what they do with it.",
    "outcome": "What comes of it, meant or not.",
}
