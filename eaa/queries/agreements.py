"""Agreements as they are read: those of a workshop, and one of them with everything that stands."""

from collections.abc import Sequence

from django.db.models import F, QuerySet

from eaa.models import Agreement, AgreementState, AgreementVersion, Clause, Position, RecordVersion
from eaa.queries.clauses import clause_views
from eaa.queries.commitments import promises_of
from eaa.queries.reading import AgreementView, Mine, until_words
from eaa.queries.scales import Lean, choice_of
from eaa.queries.standing import (
    between,
    positions_of,
    positions_that_stand,
    signatures_of,
    signatures_that_stand,
    standing_statements,
    stands_from,
    versions_of,
)
from eaa.queries.suggestions import suggestion_views
from eaa.queries.voices import Names, Voice, counts_of, signed_by, statement_views, tally_of, voice_of
from sessions_app import clock
from sessions_app.errors import NotFound
from sessions_app.models import Participant, Workshop
from sessions_app.policy import SCRIBES, TAKES_PART, Actor


def agreement_view(
    agreement: Agreement, viewer: Actor | None = None, version: int | None = None, since: int | None = None
) -> AgreementView:
    """The newest VERSION or an older one. Words are compared with SINCE, else with what VIEWER answered last.

    Without a viewer it is what everybody may see. Raises NotFound for a version that is not there. The number of
    queries does not grow with anything.
    """
    versions = versions_of(agreement)
    shown = _numbered(versions, version or agreement.head)
    read = _Reading(agreement, shown, stands_from(versions, shown.number), viewer)
    mine = _mine(read)
    compared = _compared(versions, read, since, mine.knows if read.is_newest else None)
    is_facilitator = viewer is not None and viewer.is_facilitator
    clauses, gone = clause_views(shown, since=compared, is_facilitator=is_facilitator)
    return AgreementView(
        agreement=agreement,
        version=shown,
        versions=versions,
        clauses=clauses,
        gone=gone,
        since=compared,
        voices=read.voices,
        earlier=_earlier(read) if read.is_newest else [],
        signatures=read.signed,
        statements=statement_views(standing_statements(agreement, read.first, shown.number), read.names, read.me),
        suggestions=suggestion_views(agreement, shown, read.names, viewer),
        commitments=promises_of(agreement, read.today, read.me),
        asked=read.asked if read.is_host else [],
        silent=read.silent if read.is_host else [],
        counts=counts_of(agreement, read.asked, read.positions, read.signatures, is_over=not read.accepts),
        tally=tally_of(agreement, read.positions.values()),
        mine=mine,
        intention=agreement.intention,
        accepts=read.accepts,
        today=read.today,
    )


class _Reading:
    """What stands for one version, and who reads it."""

    def __init__(self, agreement: Agreement, shown: AgreementVersion, first: int, viewer: Actor | None) -> None:
        self.agreement, self.shown, self.first, now = agreement, shown, first, clock.now()
        self.me = viewer.participant.pk if viewer is not None and viewer.participant is not None else None
        self.is_host = viewer is not None and viewer.has(SCRIBES)
        self.is_newest, self.accepts = shown.number == agreement.head, agreement.accepts(now)
        self.today = agreement.workshop.local(now).date()
        self.all_positions = positions_of(agreement)
        self.positions = positions_that_stand(between(self.all_positions, first, shown.number), shown.number)
        self.all_signatures = signatures_of(agreement)
        self.signatures = signatures_that_stand(self.all_signatures, first, shown.number)
        # Also the name under another text: what somebody said as that does not come out under their own name here.
        signed_as = {row.participant_id: row.signs_as for row in self.all_signatures}
        signed_as |= {pk: row.signs_as for pk, row in self.signatures.items()}
        self.names = Names(agreement.workshop, now, signed_as)
        self.signed = signed_by(self.signatures.values(), self.positions, self.names, self.me)
        self.voices = [self.voice(row) for row in self.positions.values()]
        self.asked = list(agreement.asked.order_by("joined_at", "pk"))

    @property
    def silent(self) -> list[Participant]:
        heard = {*self.positions, *self.signatures}
        return [one for one in self.asked if one.pk not in heard and one.removed_at is None]

    def voice(self, row: Position) -> Voice:
        return voice_of(row, self.agreement.scale, self.shown, self.names, self.me)


def agreements_of(workshop: Workshop, *, with_drafts: bool = False) -> list[Agreement]:
    """The agreements of WORKSHOP, the newest last, each with `until_words` and `is_due` for its card. One query."""
    found = Agreement.objects.standing().filter(workshop=workshop).order_by("created_at", "pk")
    rows = list(found if with_drafts else found.exclude(state=AgreementState.DRAFT))
    today = workshop.local(clock.now()).date()
    for row in rows:
        row.workshop = workshop
        row.until_words = until_words(row)  # type: ignore[attr-defined]
        row.is_due = row.is_to_be_reviewed(today)  # type: ignore[attr-defined]
    return rows


def held_since(person: Participant) -> list[Agreement]:
    """What holds in PERSON's workshop, the newest first; with the clauses where they have not been here since. Two
    queries."""
    if person.workshop.is_practice:
        return []
    found = Agreement.objects.standing().filter(workshop=person.workshop_id, state=AgreementState.IN_FORCE)
    rows = list(found.order_by("-in_force_at", "-pk"))
    seen = person.last_here_at
    fresh = {row.pk: row for row in rows if seen is None or (row.in_force_at is not None and row.in_force_at > seen)}
    shown: dict[int, list[Clause]] = {}
    here = {"version__agreement__in": list(fresh), "version__number": F("version__agreement__head")}
    for clause in Clause.objects.filter(**here).select_related("version").order_by("number"):
        shown.setdefault(clause.version.agreement_id, []).append(clause)
    for row in rows:
        row.clauses_shown = shown.get(row.pk, [])  # type: ignore[attr-defined]
    return rows


def removed_draft(workshop: Workshop, number: str) -> Agreement | None:
    """The draft with this number if it was thrown away, so that it can be put back."""
    if not number.isdecimal() or len(number) > 18:
        return None
    return Agreement.objects.filter(workshop=workshop, pk=number, removed_at__isnull=False).first()


def those_who_take_part(workshop: Workshop) -> QuerySet[Participant]:
    """Everybody who can be asked: let in, with a name, and more than a reader of the record."""
    roles = [str(role) for role in TAKES_PART]
    here = Participant.objects.filter(workshop=workshop, removed_at=None, admitted_at__isnull=False)
    return here.exclude(name="").filter(roles__overlap=roles).order_by("joined_at", "pk")


def shared_intention(workshop: Workshop) -> RecordVersion | None:
    """Why the group is here, as it stands now. One query."""
    found = RecordVersion.objects.filter(
        record__workshop=workshop, record__mechanism="intention", record__owner=None, record__removed_at=None
    )
    return found.order_by("-number").first()


def _numbered(versions: Sequence[AgreementVersion], number: int) -> AgreementVersion:
    found = next((one for one in versions if one.number == number), None)
    if found is None:
        raise NotFound
    return found


def _compared(
    versions: Sequence[AgreementVersion], read: _Reading, since: int | None, knows: int | None
) -> AgreementVersion | None:
    """The earlier version with which the words are compared: the one that was asked for, else the reader's."""
    if since is not None and 0 < since < read.shown.number:
        return _numbered(versions, since)
    return _numbered(versions, knows) if knows is not None and knows < read.first else None


def _mine(read: _Reading) -> Mine:
    if read.me is None:
        return Mine()
    said = [row.version.number for row in read.all_positions if row.participant_id == read.me]
    signed_on = [row.version.number for row in read.all_signatures if row.participant_id == read.me]
    knows = max([*said, *signed_on], default=None)
    return Mine(
        is_asked=any(one.pk == read.me for one in read.asked),
        voice=next((voice for voice in read.voices if voice.is_mine), None),
        signed=next((one for one in read.signed if one.is_mine), None),
        knows=knows,
        signed_before=knows is not None and knows in signed_on,
    )


def _earlier(read: _Reading) -> list[Voice]:
    """Reservations that were told of an earlier version, by those who were not heard on this one yet."""
    before = between(read.all_positions, 1, read.first - 1)
    newest = {row.participant_id: row for row in before if row.words and row.participant_id not in read.positions}
    leans = {Lean.NO, Lean.TALK}
    return [read.voice(row) for row in newest.values() if choice_of(read.agreement.scale, row).lean in leans]
