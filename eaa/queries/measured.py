"""Measures of what became of words: how many were taken up, and how much support agreements have. Counts only."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eaa.models import Agreement, AgreementState, Evidence, Position
from eaa.queries.scales import Lean, choice_of
from sessions_app.measures.shares import wilson
from sessions_app.models import Place, Workshop
from sessions_app.queries.grid import said_in
from sessions_app.queries.measured import NONE, Figure
from sessions_app.queries.records import FEW

UPTAKE, SUPPORT = "M11", "M13"


def figures(workshop: Workshop) -> Iterable[Figure]:
    """M11 and M13 of WORKSHOP. Four queries."""
    yield from _uptake(workshop)
    yield from _support(workshop)


def _uptake(workshop: Workshop) -> Iterable[Figure]:
    """How many contributions an agreement or a record rests on, and whether it depends on where they came from."""
    record = Q(version__record__workshop=workshop, version__record__removed_at=None)
    clause = Q(clause__version__agreement__workshop=workshop, clause__version__agreement__removed_at=None)
    rested = Evidence.objects.filter(record | clause & ~Q(clause__version__agreement__state=AgreementState.DRAFT))
    taken = set(rested.filter(contribution__isnull=False).values_list("contribution", flat=True))
    all_said, used, people = Counter[bool](), Counter[bool](), {True: set[int](), False: set[int]()}
    for pk, place, author in said_in(workshop).values_list("pk", "place", "author"):
        is_hall = place == Place.HALL
        all_said[is_hall] += 1
        used[is_hall] += pk in taken
        people[is_hall] |= {author} - {None}
    plain = _("Which part of what was said a record or an agreement rests on.")
    formula, source = _("taken up / said, with 95 % Wilson intervals"), _("no standard; cf. Goodin & Dryzek 2006")
    total = all_said.total()
    n = ngettext("%(number)d contribution", "%(number)d contributions", total) % {"number": total}
    yield Figure(UPTAKE, _("Taken up"), _rate(used.total(), total), n, plain, formula, source)
    if all(len(who) >= FEW for who in people.values()):
        told = {"hall": _rate(used[True], all_said[True]), "else": _rate(used[False], all_said[False])}
        value = _("in the hall %(hall)s; elsewhere %(else)s") % told
        yield Figure(UPTAKE, _("Taken up, by place"), value, n, plain, formula, source)


def _support(workshop: Workshop) -> Iterable[Figure]:
    """One line for each agreement that people could answer: its newest version that somebody answered."""
    found = Position.objects.filter(version__agreement__workshop=workshop, version__agreement__removed_at=None)
    newest: dict[Agreement, list[Position]] = {}
    for position in found.select_related("version__agreement").order_by("version__agreement", "version__number"):
        its = newest.setdefault(position.version.agreement, [])
        if its and its[-1].version_id != position.version_id:
            its.clear()
        its.append(position)
    for agreement, its in newest.items():
        if agreement.state != AgreementState.DRAFT:
            yield _supported(agreement, its)


def _supported(agreement: Agreement, its: list[Position]) -> Figure:
    leans = Counter(choice_of(agreement.scale, one).lean for one in its)
    yes, no = leans[Lean.YES], leans[Lean.NO]
    name = _("Support: %(title)s, version %(number)d") % {"title": agreement.title, "number": its[0].version.number}
    value = number_format(round(yes / (yes + no), 2), 2) if len(its) >= FEW and yes + no else NONE
    n = ngettext("%(number)d position", "%(number)d positions", len(its)) % {"number": len(its)}
    plain = _("Those for it among those for it and against it; the rest stand between, or want to talk first.")
    return Figure(SUPPORT, name, value, n, plain, _("support / (support + object)"), _("descriptive"))


def _rate(some: int, total: int) -> str:
    interval = wilson(some, total)
    if interval is None:
        return NONE
    low, high = (round(100 * end) for end in interval)
    return _("%(some)d of %(total)d (%(low)d to %(high)d %%)") % {
        "some": some,
        "total": total,
        "low": low,
        "high": high,
    }
