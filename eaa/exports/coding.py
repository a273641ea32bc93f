"""The codebook of those who study the workshop, and what each of them put under which code."""

from collections import defaultdict

from eaa.models import Code, Coding, Colour, Scheme
from eaa.queries.codes import home_of
from eaa.stages import DEFINITIONS
from eaa.verbs import Verb
from sessions_app.exports.registry import Column, Table, ident, whose
from sessions_app.exports.scope import FACE_DOWN, ORDER, TAKEN_BACK, Scope
from sessions_app.exports.tables import Rows
from sessions_app.exports.words import CARD, CHUNK
from sessions_app.models import Contribution, Event


def codes(scope: Scope) -> Rows:
    """Codes stand, also without their makers; words of theirs only while all who chose them are in the export."""
    every = list(Code.objects.filter(workshop=scope.workshop).order_by("pk"))
    home, writers = home_of(every), _writers(scope)
    for code in every:
        if code.pk not in home:
            scope.leave_out(TAKEN_BACK, "codes", code.created_by_id)
            continue
        target = scope.ids.thing("CODE", code.pk)
        is_in = all(scope.why_not(one) == "" for one in {code.created_by_id, *writers[code.pk]})
        description = code.description if is_in or code.description == DEFINITIONS.get(code.key) else ""
        yield (
            target,
            code.scheme,
            code.key,
            scope.ids.thing("CODE", code.merged_into_id),
            scope.ids.thing("CODE", home[code.pk].pk),
            scope.person(code.created_by_id),
            code.created_at,
            code.colour,
            scope.text(target, code.name, "name") if is_in or code.key else "",
            scope.text(target, description, "description"),
        )


def _writers(scope: Scope) -> dict[int, set[int | None]]:
    """Code -> everybody who ever gave it a name or a description."""
    verbs = [Verb.CODE_MADE, Verb.CODE_CHANGED]
    found: dict[int, set[int | None]] = defaultdict(set)
    events = Event.objects.filter(workshop=scope.workshop, verb__in=verbs)
    for actor, data in events.values_list("actor_id", "data"):
        found[data["code"]].add(actor)
    return found


def codings(scope: Scope) -> Rows:
    """In the order of the words, so that the two tables can be read side by side."""
    home = home_of(list(Code.objects.filter(workshop=scope.workshop)))
    found = Coding.objects.filter(code__workshop=scope.workshop).select_related("contribution")
    order = [f"contribution__{name}" for name in ORDER]
    in_order = found.prefetch_related("contribution__revisions").order_by(*order, "pk")
    for one in in_order.iterator(chunk_size=CHUNK):
        if one.removed_at is not None or one.code_id not in home:
            scope.leave_out(TAKEN_BACK, "codings", one.coder_id)
        elif one.contribution_id not in scope.standing:
            scope.leave_out(_why_no_words(scope, one.contribution), "codings", one.contribution.author_id)
        elif scope.is_in("codings", one.coder_id):
            has_changed = any(old.until > one.at for old in one.contribution.revisions.all())
            yield (
                scope.ids.thing("CODING", one.pk),
                scope.card(one.contribution_id),
                scope.ids.thing("CODE", one.code_id),
                scope.ids.thing("CODE", home[one.code_id].pk),
                scope.person(one.coder_id),
                one.at,
                "whole" if one.start is None else "part",
                *(_span(scope, one) if not has_changed else (None, None)),
                has_changed,
            )


def _why_no_words(scope: Scope, said: Contribution) -> str:
    return scope.why_not(said.author_id) or (TAKEN_BACK if said.pk in scope.gaps else FACE_DOWN)


def _span(scope: Scope, one: Coding) -> tuple[int | None, int | None]:
    """In the text as it is exported, in which names may have become longer or shorter."""
    if one.start is None or one.end is None:
        return None, None
    return scope.part(one.contribution.body, one.start, one.end)


CODES = Table(
    "codes",
    "The codebook of those who study the workshop. Codes that were taken away are not here.",
    ("code_id",),
    (
        ident("code_id", "The code."),
        Column("scheme", "The framework's, context-mechanism-outcome, or their own.", enum=tuple(Scheme.values)),
        Column("key", "The framework's word for its own codes; empty for all others."),
        Column("merged_into", "The code that it was merged into.", refers_to=("", "code_id")),
        Column(
            "counts_for",
            "The code that it counts for after all mergers; itself if it never was merged.",
            required=True,
            refers_to=("", "code_id"),
        ),
        whose("created_by", "Who put it into the codebook."),
        Column("created_at", "When.", "datetime", required=True),
        Column("colour", "Its colour here, by its name.", enum=tuple(Colour.values)),
        Column("name", "Its name; empty when somebody who worded the code is not in the export."),
        Column("description", "What belongs under it; empty when somebody who worded the code is not in the export."),
    ),
    codes,
)
CODE = Column("code_id", "The code it was put under.", required=True, refers_to=("codes", "code_id"))
COUNTS_FOR = Column("counts_for", "The code it counts for now.", required=True, refers_to=("codes", "code_id"))
CODINGS = Table(
    "codings",
    "Which words each person put under which code; only where both who spoke and who coded are in the export.",
    ("coding_id",),
    (
        ident("coding_id", "One judgement."),
        CARD,
        CODE,
        COUNTS_FOR,
        whose("coder_id", "Whose judgement."),
        Column("at", "When.", "datetime", required=True),
        Column("covers", "All of the words, or a part of them.", enum=("whole", "part"), required=True),
        Column("start", "Where the part begins, in code points of the exported text, from 0.", "integer"),
        Column("end", "Where it ends; that sign is not part of it.", "integer"),
        Column("words_changed", "Whether the words were changed since; if so, a part has no place.", "boolean"),
    ),
    codings,
)
