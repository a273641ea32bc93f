"""The words of a document that are ours, in the language that is on."""

from django.utils.translation import gettext as _


def labels() -> dict[str, str]:
    return {
        "agreement": _("Our agreement"),
        "draft": _("A draft"),
        "version": _("Version"),
        "rests_on": _("Rests on"),
        "silence": _("What silence means"),
        "intention": _("Why we are here"),
        "serves": _("How this serves it"),
        "against": _("Those who do not agree, in their own words"),
        "talk_first": _("Those who want to talk first"),
        "earlier": _("Said of an earlier version, and not asked again yet"),
        "remarks": _("Remarks"),
        "statements": _("What some say together"),
        "signatures": _("Signed by"),
        "promises": _("What we promised"),
        "who": _("Who"),
        "what": _("What"),
        "when": _("By when"),
        "done": _("Done"),
        "clause": _("clause"),
        "no_words": _("Gave no words."),
        "open_until": _("Open for answers until"),
        "held_since": _("It holds since"),
        "review": _("We read this again together on"),
        "versions": _("Versions"),
        "fingerprint": _("Fingerprint of this text"),
        "remark": _("Remark"),
        "on_version": _("on version"),
    }
