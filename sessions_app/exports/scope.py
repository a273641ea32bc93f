"""What every table of one export is given: who is in it, which words, the ids, and what is taken out of texts."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sessions_app.exports.people import People, people_of
from sessions_app.exports.pseudonyms import Pseudonyms
from sessions_app.exports.redaction import SOMEBODY, Mark, Redactor, moved
from sessions_app.exports.writing import readable
from sessions_app.kinds import kind_of
from sessions_app.models import Activity, Contribution, Identity, Session, Workshop

CARD = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NO_CONSENT, WITHDRAWN, UNKNOWN, FACE_DOWN = "no_consent", "withdrawn", "no_known_author", "face_down"
TAKEN_BACK, HIDDEN = "taken_back", "hidden"


@dataclass
class Scope:
    """`standing` are the words that are in the export; of `gaps` only a placeholder is, since they were taken back."""

    workshop: Workshop
    people: People
    ids: Pseudonyms
    redactor: Redactor
    sessions: dict[int, Session]
    activities: dict[int, Activity]
    session_number: dict[int, int] = field(default_factory=dict)
    standing: set[UUID] = field(default_factory=set)
    gaps: set[UUID] = field(default_factory=set)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_out_people: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    redacted: list[tuple[str, str, Mark]] = field(default_factory=list)
    said: Counter[int] = field(default_factory=Counter)
    words: Counter[int] = field(default_factory=Counter)

    def person(self, pk: int | None) -> str:
        """The pseudonym of somebody who is in the export; empty for everybody else."""
        return self.ids.person(self.people.shown(pk))

    def card(self, pk: UUID | None) -> str:
        """The id of words that are in the export, if only as a gap; empty for all others."""
        return self.ids.thing("C", pk) if pk in self.standing or pk in self.gaps else ""

    def session(self, pk: int | None) -> str:
        return self.ids.thing("S", pk) if pk in self.sessions else ""

    def activity(self, pk: int | None) -> str:
        return self.ids.thing("ACT", pk) if pk in self.activities else ""

    def hides_who(self, activity_id: int | None, *, answer: bool = False) -> bool:
        """Whether people were told there that they are not named, or (`answer`) not with what they chose."""
        step = self.activities.get(activity_id or 0)
        if step is None:
            return False
        return step.identity != Identity.NAMED or (answer and not kind_of(step.kind).shows_who)

    def leave_out(self, reason: str, table: str, person: int | None = None) -> None:
        """Count a row that is not in the export, and whose it would have been."""
        self.left_out[reason, table] += 1
        if person is not None:
            self.left_out_people.setdefault((reason, table), set()).add(person)

    def why_not(self, person: int | None) -> str:
        """Why what belongs to PERSON is left out; empty if it is in."""
        if person is None:
            return UNKNOWN
        if person in self.people.included:
            return ""
        return WITHDRAWN if person in self.people.withdrew else NO_CONSENT

    def is_in(self, table: str, person: int | None) -> bool:
        """Whether a row of PERSON is in TABLE; if not, it is counted."""
        if reason := self.why_not(person):
            self.leave_out(reason, table, person)
        return not reason

    def text(self, target: str, text: str, column: str = "text") -> str:
        """TEXT without names and addresses; what was taken out is noted under TARGET and the COLUMN it stands in."""
        clean, marks = self.redactor.redact(readable(text))
        self.redacted.extend((target, column, mark) for mark in marks)
        return clean

    def part(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Where the part from START to END of TEXT lies in what `text` makes of it."""
        marks = self.redactor.redact(readable(text))[1]
        return moved(len(readable(text[:start])), len(readable(text[:end])), marks)

    def json(self, value: Any) -> str:
        """VALUE as JSON: its texts without names, ids of words as those of the export."""
        return json.dumps(self._told(value), ensure_ascii=False, sort_keys=True)

    def _told(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.card(UUID(value)) if CARD.fullmatch(value) else self.redactor.redact(readable(value))[0]
        if isinstance(value, list):
            return [self._told(one) for one in value]
        if isinstance(value, dict):
            cards = [UUID(one) for one in value.values() if isinstance(one, str) and CARD.fullmatch(one)]
            if any(card not in self.standing for card in cards):
                return {}  # it tells of words that are not here, perhaps what their author said of it
            return {self._told(key): self._told(inner) for key, inner in value.items()}
        return value


def scope_of(workshop: Workshop) -> Scope:
    people = people_of(workshop)
    ids = Pseudonyms(workshop.pk, people.all)
    sessions = list(Session.objects.standing().filter(workshop=workshop).order_by("starts_at", "pk"))
    there = {session.pk for session in sessions}
    steps = Activity.objects.planned().filter(workshop=workshop).order_by("session__starts_at", "position", "pk")
    scope = Scope(
        workshop=workshop,
        people=people,
        ids=ids,
        redactor=Redactor(_roster(workshop, people, ids)),
        sessions={session.pk: session for session in sessions},
        activities={step.pk: step for step in steps if step.session_id is None or step.session_id in there},
        session_number={session.pk: number for number, session in enumerate(sessions, start=1)},
    )
    _sort_words(scope)
    return scope


def _roster(workshop: Workshop, people: People, ids: Pseudonyms) -> Iterator[tuple[str, list[str]]]:
    """Everybody's names, also of those who are not in the export: what stands in their place, and what they are."""
    for pk, person in people.all.items():
        names = [person.name, person.email.partition("@")[0]]
        if person.user is not None:
            names += [person.user.email.partition("@")[0], f"{person.user.first_name} {person.user.last_name}"]
        yield (f"[{ids.person(pk)}]" if pk in people.included else SOMEBODY), names
    yield SOMEBODY, [workshop.contact_name, workshop.contact_email.partition("@")[0]]


# Of words: that of meetings, steps, groups and of the log.
ORDER = (
    "dialogue__activity__session__starts_at",
    "dialogue__activity__session",
    "dialogue__activity__position",
    "dialogue__activity",
    "dialogue__group__number",
    "seq",
)


def words_in(workshop: Workshop) -> Any:
    """All contributions of WORKSHOP, in their order."""
    return Contribution.objects.filter(dialogue__activity__workshop=workshop).order_by(*ORDER)


def _sort_words(scope: Scope) -> None:
    """Which words are in the export, which are gaps, and why the others are left out. One pass, ids only."""
    found = Contribution.objects.filter(dialogue__activity__workshop=scope.workshop)
    fields = ("pk", "author_id", "dialogue__activity_id", "withdrawn_at", "uncarried_at")
    rows = found.values_list(*fields).order_by("seq")
    for pk, author, activity, withdrawn_at, uncarried_at in rows.iterator(chunk_size=5000):
        step = scope.activities.get(activity)
        if step is None or step.is_hidden:
            scope.leave_out(FACE_DOWN, "contributions", author)
            continue
        reason = scope.why_not(author)
        if reason == WITHDRAWN or (not reason and withdrawn_at is not None):
            scope.gaps.add(pk)
            if reason or uncarried_at is None:  # a copy that a host took off the table was not taken back by its author
                scope.leave_out(reason or TAKEN_BACK, "contributions", author)
        elif reason:
            scope.leave_out(reason, "contributions", author)
        else:
            scope.standing.add(pk)
