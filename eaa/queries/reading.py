"""What there is to read of an agreement: the shape that the page and every document are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from eaa.models import Agreement, AgreementState, AgreementVersion, RecordVersion
from eaa.queries.clauses import ClauseView
from eaa.queries.commitments import Promise
from eaa.queries.scales import CHOICES, OBJECTS, Choice, Lean
from eaa.queries.standing import fingerprint_of, token_of
from eaa.queries.suggestions import SuggestionView
from eaa.queries.voices import Counts, Signed, StatementView, Voice
from sessions_app import moments
from sessions_app.models import Participant, Workshop


@dataclass(frozen=True, slots=True)
class Mine:
    """What one reader has said of it. `knows` is the last version that they answered or signed (`signed_before`)."""

    is_asked: bool = False
    voice: Voice | None = None
    signed: Signed | None = None
    knows: int | None = None
    signed_before: bool = False


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list of all."""

    version: AgreementVersion
    day: str
    is_shown: bool
    is_newest: bool

    @property
    def number(self) -> int:
        return self.version.number


@dataclass(frozen=True, slots=True)
class AgreementView:
    """VERSION of an agreement, as VIEWER may see it. `since` is the version with which its words are compared.

    `against`, `talk` and `remarks` are people in their own words, each in full; `earlier` is what people said of a
    version before, who were not heard on this one yet. `silent` has names for hosts alone; counts are for all.
    """

    agreement: Agreement
    version: AgreementVersion
    versions: Sequence[AgreementVersion]
    clauses: list[ClauseView]
    gone: list[ClauseView]
    since: AgreementVersion | None
    voices: list[Voice]
    earlier: list[Voice]
    signatures: list[Signed]
    statements: list[StatementView]
    suggestions: list[SuggestionView]
    commitments: list[Promise]
    asked: list[Participant]
    silent: list[Participant]
    counts: Counts
    tally: list
    mine: Mine
    intention: RecordVersion | None
    accepts: bool
    today: date

    @property
    def workshop(self) -> Workshop:
        return self.agreement.workshop

    @property
    def against(self) -> list[Voice]:
        """Those who do not agree, with or without words."""
        return [voice for voice in self.voices if voice.choice.lean == Lean.NO]

    @property
    def talk(self) -> list[Voice]:
        return [voice for voice in self.voices if voice.choice.lean == Lean.TALK]

    @property
    def remarks(self) -> list[Voice]:
        """Words of those who agree or stand between. Whoever signed has theirs beside their name."""
        signed = {one.signature.participant_id for one in self.signatures}
        return [
            voice
            for voice in self.voices
            if voice.choice.lean in {Lean.YES, Lean.NEUTRAL}
            and voice.words
            and voice.position.participant_id not in signed
        ]

    @property
    def objections(self) -> list[Voice]:
        """With consent: what stands in the way until it is taken in."""
        return [voice for voice in self.voices if voice.position.choice == OBJECTS]

    @property
    def choices(self) -> tuple[Choice, ...]:
        return CHOICES[self.agreement.scale]

    @property
    def lines(self) -> list[VersionLine]:
        newest = self.agreement.head
        return [VersionLine(one, self._day(one.at), one == self.version, one.number == newest) for one in self.versions]

    @property
    def version_day(self) -> str:
        return self._day(self.version.at, with_year=True)

    @property
    def version_before(self) -> int:
        return self.version.number - 1

    @property
    def held_since(self) -> str:
        return self._day(self.agreement.in_force_at, with_year=True) if self.agreement.in_force_at is not None else ""

    @property
    def changed_count(self) -> int:
        return len(self.changed) + len(self.gone)

    @property
    def open_suggestions(self) -> int:
        return sum(one.is_open for one in self.suggestions)

    @property
    def here(self) -> list[tuple[str, str]]:
        """Those of the people who were asked for whom somebody can answer, as (number, name)."""
        return [(str(one.pk), one.name) for one in self.asked if one.removed_at is None]

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.version.digest)

    @property
    def token(self) -> str:
        return token_of(self.version)

    @property
    def is_newest(self) -> bool:
        return self.version.number == self.agreement.head

    @property
    def changed(self) -> list[ClauseView]:
        return [clause for clause in self.clauses if clause.is_changed]

    @property
    def waits_for_me(self) -> bool:
        return self.accepts and self.is_newest and self.mine.is_asked and self.mine.voice is None

    @property
    def is_asked_again(self) -> bool:
        """Whether the reader has answered an earlier version: then only what changed is asked about."""
        return self.waits_for_me and self.mine.knows is not None and bool(self.changed or self.gone)

    @property
    def may_sign(self) -> bool:
        if not (self.accepts and self.is_newest and self.mine.is_asked) or self.mine.signed is not None:
            return False
        return self.mine.voice is not None and self.mine.voice.choice.lean != Lean.NO

    def _day(self, moment: datetime, *, with_year: bool = False) -> str:
        return moments.date_words(self.workshop.local(moment), with_year=with_year)

    @property
    def until_words(self) -> str:
        return until_words(self.agreement)

    @property
    def review_words(self) -> str:
        day = self.agreement.review_on
        return moments.local_day_words(day, self.today) if day is not None else ""

    @property
    def is_to_be_reviewed(self) -> bool:
        return self.agreement.is_to_be_reviewed(self.today)

    @property
    def is_over(self) -> bool:
        """Whether the time for answers has passed."""
        return self.agreement.state != AgreementState.DRAFT and not self.accepts


def until_words(agreement: Agreement) -> str:
    """Until when people can answer, e.g. Thursday 5 November, 20:00."""
    if agreement.open_until is None:
        return ""
    local = agreement.workshop.local(agreement.open_until)
    return f"{moments.day_words(local)}, {moments.clock_words(local)}"
