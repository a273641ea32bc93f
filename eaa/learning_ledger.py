"""What the log says of the learning log, beside its tables: who told something, which notes stand, which are gone."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Q

from eaa.models import LearningNote, MechanismAnswer
from eaa.verbs import Verb
from sessions_app.models import Event, Workshop

Whose = tuple[int | None, int | None, int | None]  # participant, session, activity


def contradictions(workshop: Workshop) -> Iterator[tuple[str, str]]:
    """(check, text) of every note and answer that the log tells otherwise, without anybody's words."""
    told: Counter[tuple[int, Whose]] = Counter()
    withdrawn: Counter[tuple[int, Whose]] = Counter()
    answered: set[Whose] = set()
    lines = Event.objects.filter(workshop=workshop, verb__in=[Verb.LEARNING_TOLD, Verb.LEARNING_WITHDRAWN])
    for verb, data, *whose in lines.values_list("verb", "data", "participant", "session", "activity"):
        about = (whose[0], whose[1], whose[2])
        if "note" not in data:
            answered.add(about)
        elif verb == Verb.LEARNING_TOLD:
            told[data["note"], about] += 1
        else:
            withdrawn[data["note"], about] += 1
    yield from _notes(workshop, told, withdrawn)
    found = MechanismAnswer.objects.filter(session__workshop=workshop)
    for person, session in found.values_list("participant", "session").distinct():
        if (person, session, None) not in answered:
            yield "learning", f"answers about meeting {session} are in no event of whom they are of"


def _notes(
    workshop: Workshop, told: Counter[tuple[int, Whose]], withdrawn: Counter[tuple[int, Whose]]
) -> Iterator[tuple[str, str]]:
    known = set()
    for note in LearningNote.objects.filter(Q(session__workshop=workshop) | Q(activity__workshop=workshop)):
        key = (note.pk, (note.participant_id, note.session_id, note.activity_id))
        known.add(key)
        if not told[key]:
            yield "learning", f"note {note.pk} is in no event"
        if withdrawn[key] != int(note.withdrawn_at is not None):
            yield "learning", f"note {note.pk} was taken back {withdrawn[key]} times, and the table says otherwise"
        if note.withdrawn_at is not None and (note.text or note.gloss):
            yield "learning", f"note {note.pk} was taken back, and words of it are still there"
    for pk, _about in (told.keys() | withdrawn.keys()) - known:
        yield "learning", f"note {pk} is told of, and is not there as the log says"
