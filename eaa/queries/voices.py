"""Where people stand, in their own words and under the name that they signed with; and how many stand where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from eaa.models import Agreement, AgreementVersion, Position, Signature, Statement
from eaa.queries.scales import CHOICES, Choice, Lean, choice_of
from sessions_app.models import Participant, Place, Via, Workshop
from sessions_app.models.participant import initials_of
from sessions_app.moments import when_words


@dataclass(frozen=True, slots=True)
class Names:
    """What people are called under one agreement: whoever signed as somebody else is called that everywhere."""

    workshop: Workshop
    now: datetime
    signed_as: Mapping[int, str]

    def of(self, person: Participant) -> str:
        return self.signed_as.get(person.pk, person.name) or gettext("Someone")

    def when(self, moment: datetime) -> str:
        return when_words(moment, self.workshop.zone, self.now)


@dataclass(frozen=True, slots=True)
class Voice:
    """Where one person stands. `clause_number` says which clause of the shown version the words are about."""

    position: Position
    choice: Choice
    who: str
    said_on: str
    clause_number: int | None
    is_mine: bool = False

    @property
    def section(self) -> str:
        """The name of its part of the page, where an objection is answered."""
        return f"objection-{self.position.pk}"

    @property
    def initials(self) -> str:
        return initials_of(self.who)

    @property
    def place(self) -> str:
        return self.position.place

    @property
    def place_words(self) -> str:
        return str(Place(self.place).label) if self.place else ""

    @property
    def words(self) -> str:
        return self.position.words

    @property
    def version_number(self) -> int:
        return self.position.version.number

    @property
    def label(self) -> str | Promise:
        return self.choice.label

    @property
    def road_words(self) -> str:
        """By which road it came, when it was not the person's own hand."""
        return road_words(self.position.via, self.position.recorded_by)


@dataclass(frozen=True, slots=True)
class Signed:
    """A name under the text, with the remark of whoever signed."""

    signature: Signature
    who: str
    place: str
    signed_on: str
    remark: str
    language: str
    is_mine: bool = False

    @property
    def initials(self) -> str:
        return initials_of(self.who)

    @property
    def is_pseudonym(self) -> bool:
        return self.who != self.signature.participant.name

    @property
    def place_words(self) -> str:
        return str(Place(self.place).label) if self.place else ""

    @property
    def version_number(self) -> int:
        return self.signature.version.number

    @property
    def road_words(self) -> str:
        return road_words(self.signature.via, self.signature.recorded_by)


@dataclass(frozen=True, slots=True)
class StatementView:
    """What some say together; `names` are those who stand behind it, its maker first."""

    statement: Statement
    names: tuple[str, ...]
    said_on: str
    is_mine: bool
    has_joined: bool

    @property
    def count(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True)
class Counts:
    """Everybody who was asked, each counted once: whoever signed is counted as that, wherever they stand."""

    asked: int
    signed: int
    agree: int
    neutral: int
    talk: int
    against: int
    silent: int
    is_over: bool

    @property
    def answered(self) -> int:
        return self.asked - self.silent

    @property
    def sentences(self) -> list[str]:
        """E.g. "14 have signed." and "2 do not agree."; only what there is, but signatures and silence always."""
        found = [ngettext("%(n)d has signed.", "%(n)d have signed.", self.signed) % {"n": self.signed}]
        if self.agree:
            found.append(
                ngettext("%(n)d agrees and has not signed.", "%(n)d agree and have not signed.", self.agree)
                % {"n": self.agree}
            )
        if self.against:
            found.append(ngettext("%(n)d does not agree.", "%(n)d do not agree.", self.against) % {"n": self.against})
        if self.talk:
            found.append(
                ngettext("%(n)d wants to talk first.", "%(n)d want to talk first.", self.talk) % {"n": self.talk}
            )
        if self.neutral:
            found.append(
                ngettext("%(n)d stands between yes and no.", "%(n)d stand between yes and no.", self.neutral)
                % {"n": self.neutral}
            )
        return [*found, self._silence]

    @property
    def sentence(self) -> str:
        return " ".join(self.sentences)

    @property
    def _silence(self) -> str:
        if self.is_over:
            return ngettext("%(n)d was silent.", "%(n)d were silent.", self.silent) % {"n": self.silent}
        return ngettext("%(n)d is silent so far.", "%(n)d are silent so far.", self.silent) % {"n": self.silent}


def voice_of(position: Position, scale: str, version: AgreementVersion, names: Names, viewer: int | None) -> Voice:
    numbers = {clause.key: clause.number for clause in version.clauses.all()}
    about = numbers.get(position.clause_key) if position.clause_key is not None else None
    mine = position.participant_id == viewer
    who, said_on = names.of(position.participant), names.when(position.at)
    return Voice(position, choice_of(scale, position), who, said_on, about, mine)


def signed_by(
    signatures: Iterable[Signature], positions: Mapping[int, Position], names: Names, viewer: int | None
) -> list[Signed]:
    found = []
    for row in signatures:
        position = positions.get(row.participant_id)
        found.append(
            Signed(
                signature=row,
                who=row.signs_as,
                place=position.place if position is not None else row.participant.usual_place,
                signed_on=names.when(row.at),
                remark=position.words if position is not None else "",
                language=position.language if position is not None else "",
                is_mine=row.participant_id == viewer,
            )
        )
    return found


def statement_views(statements: Iterable[Statement], names: Names, viewer: int | None) -> list[StatementView]:
    found = []
    for row in statements:
        behind = [row.made_by, *(join.participant for join in row.joined.all() if join.participant != row.made_by)]
        joined = viewer is not None and viewer in {person.pk for person in behind}
        people = tuple(names.of(person) for person in behind)
        found.append(StatementView(row, people, names.when(row.at), row.made_by_id == viewer, joined))
    return found


def counts_of(
    agreement: Agreement,
    asked: Iterable[Participant],
    positions: Mapping[int, Position],
    signatures: Mapping[int, Signature],
    *,
    is_over: bool,
) -> Counts:
    """How many of ASKED stand where. People who left are counted only by what they said."""
    here = {person.pk for person in asked if person.removed_at is None}
    everybody = here | positions.keys() | signatures.keys()
    leans = [choice_of(agreement.scale, positions[pk]).lean for pk in everybody - signatures.keys() if pk in positions]
    silent = len(everybody - signatures.keys() - positions.keys())
    number = {lean: leans.count(lean) for lean in Lean}
    yes, between, talk, no = (number[lean] for lean in (Lean.YES, Lean.NEUTRAL, Lean.TALK, Lean.NO))
    return Counts(len(everybody), len(signatures), yes, between, talk, no, silent, is_over)


def tally_of(agreement: Agreement, positions: Iterable[Position]) -> list[tuple[str | Promise, int]]:
    """Every answer of the scale in its order, with how many gave it, also where nobody did."""
    given = [choice_of(agreement.scale, row).value for row in positions]
    return [(choice.label, given.count(choice.value)) for choice in CHOICES[agreement.scale]]


def road_words(via: str, recorder: Participant | None) -> str:
    if recorder is None:
        return ""
    given = {"name": recorder.first_name}
    return (
        gettext("Given on paper. %(name)s typed it.") % given
        if via == Via.PAPER
        else (gettext("%(name)s wrote this down.") % given)
    )
