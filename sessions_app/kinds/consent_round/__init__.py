"""Consent round: a proposal stands when nobody objects; an objection says what would go wrong, and mends the text."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from sessions_app.errors import BadText
from sessions_app.kinds.base import Choosing, Given, OnPaper, Phase, Sent
from sessions_app.kinds.options import Lines


class ConsentRound(Choosing):
    """An answer holds `objects` (yes or no); once an objection is taken in, `mended` says how."""

    key = "consent_round"
    name = _("Consent round")
    summary = _("A proposal stands when nobody objects. Each objection is heard, and the proposal is mended with it.")
    invitation = _("Do you object?")
    minutes = 15
    stages = ("agreement",)
    mechanisms = ("dialogue", "understanding")
    blind = False
    takes_reasons = True
    takes_objections = True
    phases = (
        Phase(_("The proposal"), _("We read it, or hear it read aloud.")),
        Phase(_("Ask what it means"), _("First we ask until all of us understand it.")),
        Phase(_("Say how it strikes you"), _("Then each of us may say a sentence or two. Nobody answers back.")),
        Phase(_("Do you object?"), _("An objection is no veto. It tells us what would go wrong.")),
        Phase(_("We mend it"), _("Each objection is taken in. Then the question is put once more.")),
    )
    reason_label = _("What would go wrong? In your own words.")
    reason_hint = _("needed if you object")
    options = (
        Lines("proposal", _("The proposal"), _("One sentence on each line, at most 10."), least=1, most=10, limit=300),
    )

    @classmethod
    def clean_answer(cls, sent: Sent, options: Mapping[str, Any]) -> dict[str, bool]:
        answer = cls.as_sent(sent, options)
        if not answer:
            raise BadText(_("Choose first whether you object."))
        if answer not in {"yes", "no"}:
            raise BadText(_("That is not one of the answers here. Choose again."))
        if answer == "yes" and not str(sent.get("reason", "")).strip():
            raise BadText(_("Write what would go wrong, so that the others can mend the proposal with you."))
        return {"objects": answer == "yes"}

    @classmethod
    def choices(cls, options: Mapping[str, Any], value: Any) -> dict[str, Any]:
        """`chosen` is yes (objects), no, or empty."""
        chosen = value if isinstance(value, str) else ("yes" if value["objects"] else "no") if value else ""
        return {"proposal": options["proposal"], "chosen": chosen}

    @classmethod
    def as_sent(cls, sent: Sent, options: Mapping[str, Any]) -> str:
        return str(sent.get("objects", ""))

    @classmethod
    def result(cls, given: Sequence[Given], options: Mapping[str, Any]) -> dict[str, Any]:
        """Objections in people's words, those that still stand first; words of those who do not object; counts."""
        voices = [{"said": one, "mended": one.value.get("mended", "")} for one in given if one.value["objects"]]
        standing = [voice for voice in voices if not voice["mended"]]
        return {
            "proposal": options["proposal"],
            "total": len(given),
            "standing": len(standing),
            "without": sum(not one.value["objects"] for one in given),
            "objections": standing + [voice for voice in voices if voice["mended"]],
            "remarks": [{"said": one} for one in given if one.reason and not one.value["objects"]],
        }

    @classmethod
    def on_paper(cls, options: Mapping[str, Any]) -> OnPaper:
        rows = (_("I don’t object"), _("I object, because…"))
        return OnPaper(_("Tick one."), rows, before=tuple(options["proposal"]))

    @classmethod
    def in_words(cls, value: Any, options: Mapping[str, Any]) -> str:
        return str(_("I object") if value["objects"] else _("I don’t object"))
