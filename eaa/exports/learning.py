"""What people said of the digital tools, without who said it: they were told that nobody is named."""

from eaa.models import Effect, LearningNote, Theme
from sessions_app.exports.registry import Column, Table, ident
from sessions_app.exports.scope import TAKEN_BACK, Scope
from sessions_app.exports.tables import ACTIVITY, SESSION, SPACES, TIMES, Rows
from sessions_app.neighbours import Given

NOTES = Given("LEARN", LearningNote, person="participant", since="at")


def learning(scope: Scope) -> Rows:
    """In the order of keyed ids, which says nothing of when they came."""
    rows = []
    for note in LearningNote.objects.filter(participant__workshop=scope.workshop).order_by("pk"):
        if note.withdrawn_at is not None:
            scope.leave_out(TAKEN_BACK, "learning", note.participant_id)
        elif scope.is_in("learning", note.participant_id):
            rows.append((scope.ids.thing(NOTES.prefix, note.pk), note))
    for target, note in sorted(rows, key=lambda row: row[0]):
        yield (
            target,
            scope.session(note.session_id),
            scope.activity(note.activity_id),
            note.effect,
            note.theme,
            note.stage,
            note.time,
            note.space,
            note.language,
            scope.text(target, note.text),
        )


LEARNING = Table(
    "learning",
    "What the digital tools made easier or harder. Nobody is named, and the order says nothing.",
    ("note_id",),
    (
        ident("note_id", "What one person said."),
        SESSION,
        ACTIVITY,
        Column("effect", "Easier (an opportunity) or harder (a challenge).", enum=tuple(Effect.values), required=True),
        Column("theme", "What it was about.", enum=tuple(Theme.values)),
        Column("stage", "Stage of the framework."),
        Column("time", "Column of the 3 × 3 grid.", enum=TIMES),
        Column("space", "Row of the 3 × 3 grid.", enum=SPACES),
        Column("language", "BCP 47."),
        Column("text", "Their words."),
    ),
    learning,
)
