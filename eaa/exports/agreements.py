"""Agreements as tables: versions, clauses, where people stand, who promised what. A text stands without its writer."""

from django.db.models import Count, QuerySet

from eaa.models import Agreement, AgreementState, AgreementVersion, Clause, Commitment, CommitmentState, Position, Scale
from sessions_app.exports.registry import Column, Table, ident, whose
from sessions_app.exports.scope import NO_CONSENT, Scope
from sessions_app.exports.tables import Rows
from sessions_app.models import Place, Via


def _versions(scope: Scope) -> QuerySet[AgreementVersion]:
    """Those that people were asked about: drafts are nobody's agreement yet."""
    found = AgreementVersion.objects.filter(agreement__workshop=scope.workshop, agreement__removed_at=None)
    return found.filter(agreement__opened_at__isnull=False).order_by("agreement", "number")


def agreements(scope: Scope) -> Rows:
    asked = dict(Agreement.objects.filter(workshop=scope.workshop).values_list("pk").annotate(n=Count("asked")))
    for version in _versions(scope).select_related("agreement"):
        agreement, target = version.agreement, scope.ids.thing("AV", version.pk)
        is_in = scope.people.shown(version.written_by_id) is not None
        yield (
            target,
            scope.ids.thing("A", agreement.pk),
            version.number,
            version.number == agreement.head,
            agreement.state,
            agreement.scale,
            asked[agreement.pk],
            agreement.opened_at,
            agreement.open_until,
            agreement.in_force_at,
            agreement.review_on,
            scope.person(version.written_by_id),
            version.at,
            version.language,
            scope.text(target, agreement.title, "title"),
            scope.text(target, agreement.silence_means, "silence_means"),
            scope.text(target, version.because, "because") if is_in else "",
        )


def clauses(scope: Scope) -> Rows:
    for clause in Clause.objects.filter(version__in=_versions(scope)).order_by(
        "version__agreement", "version", "number"
    ):
        target = scope.ids.thing("CL", clause.pk)
        yield (
            target,
            scope.ids.thing("AV", clause.version_id),
            clause.key,
            clause.number,
            scope.text(target, clause.heading, "heading"),
            scope.text(target, clause.text),
        )


def positions(scope: Scope) -> Rows:
    for one in Position.objects.filter(version__in=_versions(scope)).order_by("version__agreement", "version", "pk"):
        if not scope.is_in("positions", one.participant_id):
            continue
        target = scope.ids.thing("POS", one.pk)
        yield (
            target,
            scope.ids.thing("AV", one.version_id),
            scope.person(one.participant_id),
            one.choice,
            one.stands_aside,
            one.clause_key,
            one.via,
            one.place,
            one.at,
            scope.ids.thing("AV", one.taken_in_id),
            one.language,
            scope.text(target, one.words),
        )


def commitments(scope: Scope) -> Rows:
    found = Commitment.objects.filter(agreement__workshop=scope.workshop, agreement__removed_at=None, removed_at=None)
    opened = found.filter(agreement__opened_at__isnull=False)
    for one in opened.prefetch_related("people").order_by("agreement", "pk"):
        people = [person.pk for person in one.people.all()]
        missing = next((pk for pk in people if scope.why_not(pk)), None)
        if missing is not None or not people:
            scope.leave_out(scope.why_not(missing) if missing else NO_CONSENT, "commitments", missing)
            continue
        target = scope.ids.thing("COM", one.pk)
        yield (
            target,
            scope.ids.thing("A", one.agreement_id),
            sorted(scope.person(pk) for pk in people),
            one.state,
            one.starts_on,
            one.due_on,
            one.done_on,
            one.at,
            scope.text(target, one.due_words, "due_words"),
            scope.text(target, one.told, "told"),
            scope.text(target, one.what),
        )


AGREEMENT_VERSION = Column("agreement_version_id", "The version.", refers_to=("agreements", "agreement_version_id"))
AGREEMENTS = Table(
    "agreements",
    "Every version of every agreement that people were asked about. They stand, also without their writer.",
    ("agreement_version_id",),
    (
        ident("agreement_version_id", "This version."),
        Column("agreement_id", "The agreement, the same in all its versions.", required=True),
        Column("version", "1, 2, and so on.", "integer", required=True),
        Column("is_newest", "Whether there is no later one.", "boolean"),
        Column("state", "Where the agreement stands now.", enum=tuple(AgreementState.values), required=True),
        Column("scale", "How people can answer.", enum=tuple(Scale.values)),
        Column("n_asked", "How many people may answer, also those who are not in the export.", "integer"),
        Column("opened_at", "Since when people are asked.", "datetime"),
        Column("open_until", "Until when.", "datetime"),
        Column("in_force_at", "Since when it holds.", "datetime"),
        Column("review_on", "When it is to be read again.", "date"),
        whose("written_by", "Who wrote this version."),
        Column("at", "When.", "datetime"),
        Column("language", "BCP 47."),
        Column("title", "What it is called."),
        Column("silence_means", "What was said before about those who do not answer."),
        Column("because", "What changed it; empty when who wrote it is not in the export."),
    ),
    agreements,
)
CLAUSES = Table(
    "clauses",
    "The text of each version, clause by clause.",
    ("clause_id",),
    (
        ident("clause_id", "The clause in this version."),
        AGREEMENT_VERSION,
        Column("key", "The same in all versions of the agreement.", "integer"),
        Column("number", "Its place in this version.", "integer"),
        Column("heading", "Its heading."),
        Column("text", "Its text."),
    ),
    clauses,
)
POSITIONS = Table(
    "positions",
    "Where people stand on a version. It speaks for a later version only while no clause changed.",
    ("position_id",),
    (
        ident("position_id", "The answer."),
        AGREEMENT_VERSION,
        whose("participant_id", "Whose answer."),
        Column("choice", "On the whole scale: a word, or the number of a step from 1 (yes).", required=True),
        Column("stands_aside", "Lets the others go on.", "boolean"),
        Column("clause_key", "The clause that the words are about.", "integer"),
        Column("via", "By which road.", enum=tuple(Via.values)),
        Column("place", "Where they were.", enum=tuple(Place.values)),
        Column("at", "When.", "datetime"),
        Column("taken_in", "The version that took it in.", refers_to=("agreements", "agreement_version_id")),
        Column("language", "BCP 47."),
        Column("text", "Their words."),
    ),
    positions,
)
COMMITMENTS = Table(
    "commitments",
    "Who promised what; only where everybody who promised is in the export.",
    ("commitment_id",),
    (
        ident("commitment_id", "The promise."),
        Column("agreement_id", "The agreement it belongs to.", required=True),
        Column("participants", "Who promised, with spaces between."),
        Column("state", "How far it has come.", enum=tuple(CommitmentState.values), required=True),
        Column("starts_on", "From which day.", "date"),
        Column("due_on", "By which day.", "date"),
        Column("done_on", "When it was done.", "date"),
        Column("at", "When it was promised.", "datetime"),
        Column("due_words", "By when, in words."),
        Column("told", "What became of it."),
        Column("text", "What was promised."),
    ),
    commitments,
)
