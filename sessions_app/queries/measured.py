"""The measures of a workshop as a page shows them: each with its value, n, a plain definition, formula and source.

Numbers of fewer than five people are not shown. Equal is not automatically good: experts may rightly speak more.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sessions_app.measures import networks, shares, waits
from sessions_app.models import Place, Session, Workshop
from sessions_app.neighbours import figures_of
from sessions_app.queries.ground import Ground, ground_of
from sessions_app.queries.records import FEW, one_or_other, parted

NONE = "–"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure. `key` is its number in the specification, under which an export names it, too."""

    key: str
    name: str
    value: str
    n: str
    plain: str | Promise
    formula: str
    source: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Share:
    """Live or between the meetings, in the hall or not: how much was said there, by how many."""

    label: str
    said: int
    words: int
    people: str


@dataclass(frozen=True, slots=True)
class OfMeeting:
    session: Session
    present: int
    silent: str
    equality: str
    turn_taking: str


@dataclass(frozen=True, slots=True)
class Measured:
    """`without_name` and `by_hosts` are contributions that measures of people leave out."""

    figures: tuple[Figure, ...]
    shares: tuple[Share, ...]
    voices: tuple[tuple[str, str], ...]
    bridging: tuple[str, int]
    meetings: tuple[OfMeeting, ...]
    people: int
    hosts: int
    without_name: int
    by_hosts: int

    @property
    def is_of_few(self) -> bool:
        return self.people < FEW


PLAIN = {
    "M1": gettext_lazy("0 when everybody wrote equally much, 1 when one person wrote everything. Silence counts as 0."),
    "M2": gettext_lazy("1 when everybody wrote equally much, near 0 when nearly everything came from one person."),
    "M3": gettext_lazy("0 when all words came from one place. 1 when every place had equally many."),
    "M5": gettext_lazy("Wrote under their name, or had the word. Heard: somebody else answered what they wrote."),
    "M6": gettext_lazy("1 when nobody wrote twice in a row, 0 when one person wrote everything. Live steps only."),
    "M8": gettext_lazy("How many of the answers between two people were answered back."),
    "M9": gettext_lazy("1 when one person answers everybody and nobody else does. 0 when all answer equally many."),
    "M10a": gettext_lazy("From words to the first answer by somebody else, while their step was on."),
    "M10b": gettext_lazy("After how long half had an answer; what waits still counts for as long as it has waited."),
}
FORMULAS = {
    "M1": "G = Σ(2i − n − 1)·x₍ᵢ₎ / (n·Σx), G* = G·n / (n − 1)",
    "M2": "J = −Σ pᵢ·ln pᵢ / ln n",
    "M3": "IQV = (1 − Σ p²)·k / (k − 1)",
    "M5": "spoke / present; heard / present",
    "M6": "(turns − 1) / (messages − 1)",
    "M8": "r = Σ min(wᵢⱼ, wⱼᵢ) / Σ wᵢⱼ, i ≠ j",
    "M9": "C = Σ (max d − dᵢ) / (n − 1)²",
    "M10a": "t(first reply) − t",
    "M10b": "Kaplan–Meier, S(t) ≤ 0.5",
}
SOURCES: dict[str, str | Promise] = {
    "M1": "Showers, Tindall & Davies 2015",
    "M2": "Shannon; Pielou",
    "M3": "Blau 1977",
    "M5": gettext_lazy("descriptive"),
    "M6": "Almaatouq et al. 2023",
    "M8": "Wasserman & Faust 1994; Squartini et al. 2013",
    "M9": "Freeman 1978",
    "M10a": gettext_lazy("descriptive"),
    "M10b": "Kaplan & Meier 1958",
}


def measured(workshop: Workshop) -> Measured:
    """How the dialogue of WORKSHOP was shared out. Six queries, and what its neighbours add."""
    ground = ground_of(workshop)
    return Measured(
        figures=(*figures(ground), *figures_of(workshop)),
        shares=tuple(by_road_and_place(ground)),
        voices=tuple(voices(ground)),
        bridging=bridging(ground),
        meetings=tuple(by_meeting(ground, list(Session.objects.standing().filter(workshop=workshop)))),
        people=len(ground.people),
        hosts=len(ground.hosts),
        without_name=ground.without_name,
        by_hosts=ground.by_hosts,
    )


def figures(ground: Ground) -> list[Figure]:
    """The measures of GROUND that concern single people, in the order of the specification."""
    people = len(ground.people)
    counts, words = ground.counts(), ground.counts(words=True)
    live, between = ground.waits(live=True), ground.waits(live=False)
    replies, runs = ground.replies(), ground.runs()
    n = _n_people(people)
    said = [
        _figure("M1", _("Inequality of contributions (G*)"), _number(shares.gini_corrected(counts)), n),
        _figure("M1", _("Inequality of words (G*)"), _number(shares.gini_corrected(words)), n),
        _figure("M2", _("Evenness of contributions"), _number(shares.evenness(counts)), n),
        _figure("M3", _("Diversity of places"), _number(shares.iqv(_by_place(ground))), n),
        _figure("M5", _("Reach"), _reach(ground), n),
        _figure("M6", _("Taking turns"), _number(networks.turn_taking(runs)), _n_said(sum(map(len, runs)))),
        _figure("M8", _("Answers that are returned"), _number(networks.reciprocity(replies)), _n_answers(replies)),
        _figure("M9", _("Does one person answer all?"), _number(networks.centralisation(replies, people)), n),
    ]
    asked = [
        _figure("M10a", _("Wait for an answer, live"), _live_wait(live), _n_said(len(live))),
        _figure("M10b", _("Wait for an answer, between the meetings"), _long_wait(between), _n_said(len(between))),
    ]
    return [*(said if people >= FEW else []), *asked]


def by_road_and_place(ground: Ground) -> list[Share]:
    """M12: what was said live and between the meetings, in the hall and elsewhere. Few people are told of together."""
    rows: list[tuple[str, list[tuple[int, int | None]]]] = []
    for live, when in ((True, _("live")), (False, _("between the meetings"))):
        for is_hall, where in ((True, _("in the hall")), (False, _("elsewhere"))):
            here = [one for one in ground.said if one.live == live and (one.place == Place.HALL) == is_hall]
            if here:
                label = _("%(when)s, %(where)s") % {"when": when, "where": where}
                rows.append((label, [(one.words, one.author if one.is_told else None) for one in here]))
    alone, few = parted(rows, lambda some: len({who for _label, its in some for _words, who in its if who}))
    if few:
        merged = [one for _label, its in few for one in its]
        alone = [*alone, (one_or_other([label for label, _its in few]), merged)]
    return [_share(label, its) for label, its in alone]


def voices(ground: Ground) -> list[tuple[str, str]]:
    """M4: by place, the share of what was said in meetings over the share of those who came."""
    entries = [(person, _side(place)) for person, _session, place in ground.came if person in ground.people]
    came = Counter(side for _person, side in entries)
    said = Counter(_side(one.place) for one in ground.told if one.live)
    sizes: dict[str, set[int]] = {}
    for person, side in entries:
        sizes.setdefault(side, set()).add(person)
    if len(sizes) < 2 or any(len(who) < FEW for who in sizes.values()):
        return []
    names = {Place.HALL.value: _("in the hall"), "": _("elsewhere")}
    found = ((side, shares.representation(said[side], said.total(), came[side], came.total())) for side in names)
    return [(names[side], _number(value)) for side, value in found]


def bridging(ground: Ground) -> tuple[str, int]:
    """M12: how many people wrote both live and between the meetings, and how many answers cross."""
    live = {one.author for one in ground.told if one.live}
    between = {one.author for one in ground.told if not one.live}
    by_id = {one.id: one for one in ground.said}
    crossing = sum(by_id[one.reply_to].live != one.live for one in ground.said if one.reply_to in by_id)
    return _people(len(live & between)), crossing


def by_meeting(ground: Ground, sessions: list[Session]) -> list[OfMeeting]:
    """How each meeting that people came to was shared out."""
    rows = []
    for session in sessions:
        here = ground.of_meeting(session.pk)
        if not here.people:
            continue
        shown = len(here.people) >= FEW
        silent = len(here.people - here.voiced)
        rows.append(
            OfMeeting(
                session=session,
                present=len(here.people),
                silent=str(silent) if shown else NONE,
                equality=_number(shares.gini_corrected(here.counts())) if shown else NONE,
                turn_taking=_number(networks.turn_taking(here.runs())) if shown else NONE,
            )
        )
    return rows


def _figure(key: str, name: str, value: str, n: str) -> Figure:
    return Figure(key, name, value, n, PLAIN[key], FORMULAS[key], SOURCES[key])


def _side(place: str) -> str:
    return Place.HALL.value if place == Place.HALL else ""


def _by_place(ground: Ground) -> list[int]:
    """What was said live from each place that somebody was in."""
    came = {place for _person, _session, place in ground.came}
    said = Counter(one.place for one in ground.told if one.live)
    return [said[place.value] for place in Place if place.value in came or said[place.value]]


def _reach(ground: Ground) -> str:
    told = {
        "spoke": len(ground.voiced),
        "present": len(ground.people),
        "silent": len(ground.people - ground.voiced),
        "heard": len(ground.heard),
    }
    return _("%(spoke)d of %(present)d were heard from, %(silent)d stayed silent, %(heard)d got an answer") % told


def _live_wait(found: list[tuple[float, bool]]) -> str:
    times = waits.quartiles([wait for wait, answered in found if answered])
    if times is None:
        return NONE
    low, middle, high = (_duration(time) for time in times)
    told = {"middle": middle, "low": low, "high": high, "open": sum(not answered for _wait, answered in found)}
    return _("half within %(middle)s (the middle half %(low)s to %(high)s); %(open)d got none") % told


def _long_wait(found: list[tuple[float, bool]]) -> str:
    if not found:
        return NONE
    middle, without = waits.median_wait(found), sum(not answered for _wait, answered in found)
    if middle is None:
        return _("fewer than half got an answer; %(open)d got none") % {"open": without}
    return _("half within %(middle)s; %(open)d got none") % {"middle": _duration(middle), "open": without}


def _duration(seconds: float) -> str:
    for size, name in ((86400, _("%(number)s d")), (3600, _("%(number)s h")), (60, _("%(number)s min"))):
        if seconds >= size:
            return name % {"number": number_format(round(seconds / size, 1))}
    return _("%(number)s s") % {"number": number_format(round(seconds))}


def _share(label: str, its: list[tuple[int, int | None]]) -> Share:
    people = len({who for _words, who in its if who})
    return Share(label, len(its), sum(words for words, _who in its), _people(people))


def _people(number: int) -> str:
    return str(number) if number == 0 or number >= FEW else _("fewer than five")


def _number(value: float | None) -> str:
    return NONE if value is None else number_format(round(value, 2), 2)


def _n_people(number: int) -> str:
    return ngettext("%(number)d person", "%(number)d people", number) % {"number": number}


def _n_said(number: int) -> str:
    return ngettext("%(number)d contribution", "%(number)d contributions", number) % {"number": number}


def _n_answers(replies: Counter[networks.Edge]) -> str:
    number = replies.total()
    return ngettext("%(number)d answer", "%(number)d answers", number) % {"number": number}
