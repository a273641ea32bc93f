"""Records and what they rest on as tables; what those who are quoted said of them."""

from typing import Any

from django.db.models import Q, QuerySet

from eaa.models import Check, CheckAnswer, Evidence, Mechanism, Outcome, OutcomeKind, RecordVersion, Shown, Status
from sessions_app.exports.registry import Column, Table, ident, whose
from sessions_app.exports.scope import HIDDEN, Scope
from sessions_app.exports.tables import ACTIVITY, SESSION, Rows
from sessions_app.exports.words import CARD
from sessions_app.models import Via


def versions_of(scope: Scope) -> QuerySet[RecordVersion]:
    """The versions that are in the export: written by somebody who is, and not hidden by whoever they belong to."""
    included = scope.people.included
    found = RecordVersion.objects.filter(record__workshop=scope.workshop, record__removed_at=None)
    hidden = Q(record__mechanism=Mechanism.ASSETS) & ~Q(record__shown=Shown.SHOWN)
    owned = Q(record__owner=None) | Q(record__owner__in=included)
    return found.filter(owned, written_by__in=included).exclude(hidden).select_related("record")


def records(scope: Scope) -> Rows:
    found = RecordVersion.objects.filter(record__workshop=scope.workshop, record__removed_at=None)
    there = set(versions_of(scope).values_list("pk", flat=True))
    for version in found.select_related("record").order_by("record", "number"):
        if version.pk not in there:
            owner = version.record.owner_id if scope.why_not(version.written_by_id) == "" else version.written_by_id
            scope.leave_out(scope.why_not(owner) or HIDDEN, "records", owner)
            continue
        record, target = version.record, scope.ids.thing("V", version.pk)
        yield (
            target,
            scope.ids.thing("REC", record.pk),
            version.number,
            version.number == record.head,
            record.mechanism,
            record.kind,
            record.status,
            scope.session(record.session_id),
            scope.activity(record.activity_id),
            scope.person(record.owner_id),
            scope.person(version.written_by_id),
            version.at,
            version.language,
            scope.text(target, record.title, "title"),
            scope.text(target, version.because, "because"),
            scope.text(target, version.text),
        )


def evidence(scope: Scope) -> Rows:
    versions = set(versions_of(scope).values_list("pk", flat=True))
    records_in = set(versions_of(scope).values_list("record_id", flat=True))
    opened = Q(clause__version__agreement__workshop=scope.workshop, clause__version__agreement__opened_at__isnull=False)
    opened &= Q(clause__version__agreement__removed_at=None)
    for one in Evidence.objects.filter(opened | Q(version__in=versions)).order_by("pk").iterator(chunk_size=2000):
        card = scope.card(one.contribution_id)
        if not card and one.record_id not in records_in:
            continue  # it rests on words that are not here
        yield (
            scope.ids.thing("EV", one.pk),
            scope.ids.thing("V", one.version_id),
            scope.ids.thing("CL", one.clause_id),
            card,
            scope.ids.thing("REC", one.record_id),
            one.start is not None,
            one.at,
        )


def checks(scope: Scope) -> Rows:
    versions = set(versions_of(scope).values_list("pk", flat=True))
    secret = _versions_of_unnamed_words(scope)
    for one in Check.objects.filter(version__record__workshop=scope.workshop).order_by("pk"):
        if not scope.is_in("checks", one.participant_id):
            continue
        target, hides = scope.ids.thing("CH", one.pk), one.version_id in secret
        yield (
            target,
            scope.ids.thing("V", one.version_id) if one.version_id in versions else "",
            "" if hides else scope.person(one.participant_id),
            one.answer,
            "" if hides else one.via,
            None if hides else one.at,
            one.language,
            scope.text(target, one.words),
        )


def _versions_of_unnamed_words(scope: Scope) -> set[int]:
    """Versions that quote words whose authors were told that they are not named: who is asked is who wrote."""
    unnamed = [pk for pk in scope.activities if scope.hides_who(pk)]
    quotes = Evidence.objects.filter(version__isnull=False, contribution__dialogue__activity__in=unnamed)
    return set(quotes.values_list("version_id", flat=True))


def outcomes(scope: Scope) -> Rows:
    found: Any = Outcome.objects.filter(contribution__dialogue__activity__workshop=scope.workshop).order_by("at", "pk")
    for one in found.iterator(chunk_size=2000):
        if one.contribution_id in scope.standing:
            told = scope.people.shown(one.told_by_id) is not None
            target = scope.ids.thing("O", one.pk)
            words = scope.text(target, one.words) if told else ""
            yield target, scope.card(one.contribution_id), one.kind, scope.person(one.told_by_id), one.at, words


VERSION = Column("version_id", "The version of a record.", refers_to=("records", "version_id"))
RECORDS = Table(
    "records",
    "What the group made of its words, version by version.",
    ("version_id",),
    (
        ident("version_id", "This version of the record."),
        Column("record_id", "The record, the same in all its versions.", required=True),
        Column("version", "1, 2, and so on.", "integer", required=True),
        Column("is_newest", "Whether there is no later one.", "boolean"),
        Column("mechanism", "Whose record it is.", enum=tuple(Mechanism.values), required=True),
        Column("kind", "Of what is brought, or of what was written down."),
        Column("status", "Where the record stands now.", enum=tuple(Status.values)),
        SESSION,
        ACTIVITY,
        whose("owner_id", "Who brings it, or whose intention it is; empty for what is shared."),
        whose("written_by", "Who wrote this version."),
        Column("at", "When.", "datetime"),
        Column("language", "BCP 47."),
        Column("title", "What it is called."),
        Column("because", "What changed it."),
        Column("text", "The text of this version."),
    ),
    records,
)
EVIDENCE = Table(
    "evidence",
    "Which words, or which other record, a version of a record or a clause rests on.",
    ("evidence_id",),
    (
        ident("evidence_id", "The link."),
        VERSION,
        Column("clause_id", "The clause that rests on it.", refers_to=("clauses", "clause_id")),
        CARD,
        Column("record_id", "The record that it rests on."),
        Column("is_part", "Whether a part of the words is meant, and not all.", "boolean"),
        Column("at", "When it was linked.", "datetime"),
    ),
    evidence,
)
CHECKS = Table(
    "checks",
    "Whether those who are quoted say that it is what they meant.",
    ("check_id",),
    (
        ident("check_id", "The answer."),
        VERSION,
        whose("participant_id", "Who answered; empty where that would tell who wrote words without a name."),
        Column("answer", "What they said.", enum=tuple(CheckAnswer.values), required=True),
        Column("via", "By which road.", enum=tuple(Via.values)),
        Column("at", "When.", "datetime"),
        Column("language", "BCP 47."),
        Column("text", "Their words."),
    ),
    checks,
)
OUTCOMES = Table(
    "outcomes",
    "What became of words, as a host told it.",
    ("outcome_id",),
    (
        ident("outcome_id", "The telling."),
        CARD,
        Column("kind", "What became of them.", enum=tuple(OutcomeKind.values), required=True),
        whose("told_by", "Who told it."),
        Column("at", "When.", "datetime"),
        Column("text", "Why, or where; empty when who told it is not in the export."),
    ),
    outcomes,
)
