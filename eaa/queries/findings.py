"""What the map says in sentences: its finding, what came back, and quiet advice. Never a gate."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eaa.models import Mechanism
from eaa.queries.maps import Map, Return


def finding(found: Map, names: dict[str, str]) -> str:
    """The one sentence that stands above the drawing. NAMES are what the reader calls the mechanisms."""
    untouched = found.untouched
    if len(untouched) == len(names):
        return _nothing(found)
    if not untouched:
        return _everything(sum(one.count for one in found.returns))
    if len(untouched) == 1:
        return _("Nothing was said or written yet for “%(name)s”.") % {"name": names[untouched[0].key]}
    most = found.by_mechanism.most_common(1)[0][0]
    told = _("Most was said and written for “%(name)s”. There is nothing yet for %(number)s of 6.")
    return told % {"name": names[most], "number": len(untouched)}


def _nothing(found: Map) -> str:
    planned = len(found.planned_for)
    if not planned:
        return _("Nothing has happened yet.")
    return _("Nothing was said or written yet. Steps are there for %(number)s of 6.") % {"number": planned}


def _everything(back: int) -> str:
    if not back:
        return _("Something was said or written for all six. Nothing came back yet.")
    told = ngettext(
        "Something was said or written for all six, and something came back once.",
        "Something was said or written for all six, and something came back %(number)s times.",
        back,
    )
    return told % {"number": back}


def told_of(one: Return) -> str:
    """What came back, and how often."""
    sentences = {
        "brought": ngettext(
            "What had been written came back into talk once.",
            "What had been written came back into talk %(number)s times.",
            one.count,
        ),
        "returned": ngettext(
            "What we think it means went back once to the people it quotes.",
            "What we think it means went back %(number)s times to the people it quotes.",
            one.count,
        ),
        "reread": ngettext(
            "Why we are here was read again for one agreement.",
            "Why we are here was read again for %(number)s agreements.",
            one.count,
        ),
    }
    return sentences[one.key] % {"number": one.count}


def advice(found: Map) -> Iterable[str]:
    """What might be missing, in sentences."""
    if not found.written(Mechanism.INTENTION):
        yield _("Why we are here is not written down yet.")
    if not found.by_mechanism["assets"] and not found.held("assets"):
        yield _("Nobody has been asked yet what they bring.")
    if (found.by_mechanism["dialogue"] or found.held("dialogue")) and not found.written(Mechanism.DOCUMENTATION):
        yield _("Much may have been said. No notes or summary are kept yet.")
    if found.written(Mechanism.DOCUMENTATION) and not found.written(Mechanism.INTERPRETATION):
        yield _("Notes are kept. What we think they mean is not written down yet.")
    if found.not_asked:
        yield _of_asked(found.not_asked)
    if found.not_answered:
        yield ngettext(
            "One reading went back to those it quotes. Nobody has answered yet.",
            "%(number)s readings went back to those they quote. Nobody has answered yet.",
            found.not_answered,
        ) % {"number": found.not_answered}
    if found.agreements > found.reread:
        yield _("Read again why we are here, and ask whether each agreement serves it.")


def _of_asked(number: int) -> str:
    if number == 1:
        return _("Nobody has been asked yet whether that is what they meant.")
    told = ngettext(
        "For %(number)s reading, nobody has been asked yet whether that is what they meant.",
        "For %(number)s readings, nobody has been asked yet whether that is what they meant.",
        number,
    )
    return told % {"number": number}
