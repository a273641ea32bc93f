"""Where the people stand whose words an interpretation quotes: who is asked, who answered, what is still in the way."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from eaa.models import Check, CheckAnswer, Evidence, Record, RecordVersion, Status
from eaa.queries.quoting import Quote, people_quoted, quotes
from sessions_app import clock, moments
from sessions_app.models import Contribution, Participant
from sessions_app.neighbours import Waiting
from sessions_app.text import shortened

IS_THAT_IT = _("Is this what you meant? %(text)s")
APART = "\u2068%s\u2069"  # first strong isolate: what <bdi> is in HTML
NOT_RETURNED = _("It has not been returned yet to the people whose words it quotes.")
NOBODY_LEFT = _("Nobody whose words it quotes is left to be asked.")
NOBODY_ANSWERED = _("None of the people whose words it quotes has answered yet.")
SOMEBODY_SAYS_NO = _("Somebody says: that is not what I meant. So it can only stay as a difference.")
NO_DIFFERENCE = _("Nobody sees it differently, so there is no difference to keep.")


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody whose words are quoted, and what they answered last. `name` is empty where nobody may know it."""

    person: Participant
    name: str
    check: Check | None
    is_asked: bool = True  # not those who left after they had answered

    @property
    def answer(self) -> str:
        return self.check.answer if self.check is not None else ""

    @property
    def is_of_an_earlier_text(self) -> bool:
        return self.check is not None and self.check.version.number != self.check.version.record.head


@dataclass(frozen=True, slots=True)
class Standing:
    """What the people who are quoted by the newest version of a record say of it, at a moment."""

    record: Record
    people: tuple[Asked, ...]
    now: datetime

    @property
    def asked(self) -> list[Asked]:
        return [one for one in self.people if one.is_asked]

    @property
    def answered(self) -> list[Asked]:
        return [one for one in self.people if one.check is not None]

    @property
    def waiting(self) -> list[Asked]:
        return [one for one in self.asked if one.check is None]

    @property
    def says_no(self) -> list[Asked]:
        return [one for one in self.people if one.answer == CheckAnswer.IS_NOT]

    @property
    def almost(self) -> list[Asked]:
        return [one for one in self.people if one.answer == CheckAnswer.ALMOST]

    @property
    def is_over(self) -> bool:
        """Whether the day until which people were asked has passed."""
        return self.record.answers_until is not None and self.record.answers_until <= self.now

    @property
    def in_the_way(self) -> list[str | Promise]:
        """Why it cannot become an understanding now; nothing when it can."""
        return list(self._in_the_way(for_difference=False))

    @property
    def in_the_way_of_difference(self) -> list[str | Promise]:
        return list(self._in_the_way(for_difference=True))

    def _in_the_way(self, *, for_difference: bool) -> Iterator[str | Promise]:
        if self.record.status not in {Status.RETURNED, Status.DIFFERENCE}:
            yield NOT_RETURNED
            return
        if not self.asked:
            yield NOBODY_LEFT
            return
        if not any(one.check is not None for one in self.asked):
            yield NOBODY_ANSWERED
        if self.waiting and not self.is_over:
            yield self._still_waits()
        if not for_difference and self.says_no:
            yield SOMEBODY_SAYS_NO
        if for_difference and not self.says_no and not self.almost:
            yield NO_DIFFERENCE

    def _still_waits(self) -> str:
        told = ngettext(
            "%(number)s person has not answered yet, and may until %(day)s.",
            "%(number)s people have not answered yet, and may until %(day)s.",
            len(self.waiting),
        )
        return told % {"number": len(self.waiting), "day": until_words(self.record)}


def standing_of(
    record: Record,
    *,
    is_facilitator: bool = False,
    evidence: Iterable[Evidence] | None = None,
    quoted: Mapping[int, Quote] | None = None,
) -> Standing:
    """Six queries; two when EVIDENCE of the newest version and its quotes (QUOTED) are at hand."""
    rows = list(evidence) if evidence is not None else evidence_of(record)
    shown = quoted if quoted is not None else quotes(rows, is_facilitator=is_facilitator)
    names = {
        quote.said.contribution.author_id
        for quote in shown.values()
        if quote.said is not None and quote.said.shows_author and not quote.said.unnamed
    }
    answers = answers_to(record)
    people = [Asked(person, _name(person, names), answers.pop(person.pk, None)) for person in people_quoted(rows)]
    kept = _still_quoted(rows) if answers else set()
    people += [
        Asked(check.participant, _name(check.participant, names), check, is_asked=False)
        for check in answers.values()
        if check.participant_id in kept
    ]
    return Standing(record, tuple(people), clock.now())


def evidence_of(record: Record) -> list[Evidence]:
    """What the newest version of RECORD rests on. One query."""
    found = Evidence.objects.filter(version__record=record, version__number=record.head)
    return list(found.select_related("record"))


def answers_to(record: Record) -> dict[int, Check]:
    """Person -> what they last said of the newest version. One query.

    Where "almost" words were taken into a new text when the record was settled, what people said of the text before
    still stands.
    """
    found = Check.objects.filter(version__record=record, version__number__gte=record.head - 1)
    rows = found.select_related("participant", "recorded_by", "version__record").order_by("version__number", "at")
    newest = RecordVersion.objects.filter(record=record, number=record.head).first()
    settled_by_it = newest is not None and record.settled_at is not None and newest.at == record.settled_at
    return {row.participant_id: row for row in rows if settled_by_it or row.version.number == record.head}


def until_words(record: Record) -> str:
    """Until when people are asked, in words; nothing where no day is set."""
    if record.answers_until is None:
        return ""
    local = record.workshop.local(record.answers_until)
    return f"{moments.day_words(local)}, {moments.clock_words(local)}"


def checks_waiting_for(person: Participant) -> list[Waiting]:
    """The interpretations that quote PERSON and that they have not answered. One query, none where nothing is kept."""
    workshop = person.workshop
    if workshop.is_practice or workshop.closed_at is not None:
        return []
    return [
        Waiting(
            str(IS_THAT_IT) % {"text": APART % shortened(record.newest_text)},  # type: ignore[attr-defined]
            reverse("eaa:check", args=[record.pk]),
            until_words(record),
        )
        for record in asked_of(person)
    ]


def asked_of(person: Participant) -> list[Record]:
    """The interpretations of which PERSON has not said yet whether they are what they meant, the nearest day first."""
    words = Contribution.objects.filter(author=person, anonymous_token="", withdrawn_at=None)
    quoting = Evidence.objects.filter(
        version__record=OuterRef("pk"), version__number=OuterRef("head"), contribution__in=words
    )
    told = Check.objects.filter(version__record=OuterRef("pk"), version__number=OuterRef("head"), participant=person)
    found = Record.objects.standing().filter(workshop=person.workshop_id, status=Status.RETURNED)
    found = found.filter(Exists(quoting), ~Exists(told), answers_until__gt=clock.now())
    newest = RecordVersion.objects.filter(record=OuterRef("pk"), number=OuterRef("head"))
    found = found.annotate(newest_text=Subquery(newest.values("text")[:1]))
    rows: list[Record] = list(found.order_by("answers_until", "pk"))
    for row in rows:
        row.workshop = person.workshop
    return rows


def _name(person: Participant, names: set[int | None]) -> str:
    return person.name if person.pk in names else ""


def _still_quoted(evidence: Iterable[Evidence]) -> set[int]:
    """Whose words are still there, also of people who left the workshop."""
    ids = [row.contribution_id for row in evidence if row.contribution_id]
    found = Contribution.objects.filter(pk__in=ids, withdrawn_at=None, anonymous_token="", author__isnull=False)
    return set(found.values_list("author_id", flat=True))
