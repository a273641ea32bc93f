"""What people say of the work itself, after a meeting or a thread: answers to plain questions; what the tools did."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from eaa.models import Effect, LearningNote, MechanismAnswer, Theme
from eaa.operations.locking import RIGHTS, lock_for
from eaa.queries.learning import state_of
from eaa.stages import QUESTIONS, STAGES, STEPS
from eaa.verbs import Verb
from sessions_app import clock, events
from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused, Stale
from sessions_app.models import Activity, Participant, Session, Space, Time, Via
from sessions_app.operations import limits
from sessions_app.policy import TAKES_PART, Actor, require
from sessions_app.queries.grid import cell_of
from sessions_app.text import clean_body

EARLY = _("This has not begun yet. Tell about it once you have been there.")
GONE = _("That person is not in this workshop any more. Choose somebody else.")
TAKEN_BACK = _("These words have been taken back already.")
OTHER_WORDS = _("You have sent something from this page already. These are other words: send them once more.")
NEWER = _("It was changed meanwhile. What stands there now is beside your words. Look, then press again.")


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells of the tools: `effect` and `body` always; theme and stage if they want; when and where the
    people were (`time`, `space`), else as the meeting was planned."""

    effect: str
    body: str
    theme: str = ""
    stage: str = ""
    time: str = ""
    space: str = ""


def keep(
    *,
    about: Session | Activity,
    actor: Actor,
    answers: Mapping[str, int | None],
    told: Told | None,
    language: str,
    client_id: uuid.UUID | None,
    person: Participant | None = None,
    on_paper: bool = False,
) -> bool:
    """Everything that one page sends: ANSWERS of a meeting and what was TOLD, both or neither. Whether there was any.

    Raises what `answer` and `tell` raise.
    """
    with transaction.atomic():
        changed = isinstance(about, Session) and answer(session=about, actor=actor, answers=answers, person=person)
        if told is not None:
            if client_id is None:
                raise Refused
            tell(
                about=about,
                actor=actor,
                told=told,
                language=language,
                client_id=client_id,
                person=person,
                on_paper=on_paper,
            )
    return changed or told is not None


def answer(
    *, session: Session, actor: Actor, answers: Mapping[str, int | None], person: Participant | None = None
) -> bool:
    """Keep what the actor, or PERSON for whom they write, ANSWERS about SESSION: mechanism -> 1 to 5, None takes an
    answer away; what is not named stays. Whether anything changed.

    Records `learning.told`. Raises BadText, Closed, NotAllowed, NotFound, Refused.
    """
    if any(key not in QUESTIONS or value not in {None, *STEPS} for key, value in answers.items()):
        raise BadText(_("Choose a number from 1 to 5, or no answer."))
    with transaction.atomic():
        who = _whose(session, actor, person)
        _check_begun(session)
        found = MechanismAnswer.objects.filter(participant=who, session=session)
        before = dict(found.values_list("mechanism", "value"))
        changed = {key: value for key, value in answers.items() if before.get(key) != value}
        if not changed:
            return False
        now = clock.now()
        found.filter(mechanism__in=changed).delete()
        MechanismAnswer.objects.bulk_create(
            MechanismAnswer(participant=who, session=session, mechanism=key, value=value, at=now)
            for key, value in changed.items()
            if value is not None
        )
        _record(Verb.LEARNING_TOLD, actor, who, session)
    return True


def tell(
    *,
    about: Session | Activity,
    actor: Actor,
    told: Told,
    language: str,
    client_id: uuid.UUID,
    person: Participant | None = None,
    on_paper: bool = False,
) -> LearningNote:
    """Keep what the tools made easier or harder for the actor, or for PERSON for whom they write, in a meeting or a
    thread (ABOUT). The same CLIENT_ID is one note.

    Records `learning.told`. Raises BadText, TooLong, TooFast, Closed, NotAllowed, NotFound, Refused.
    """
    fields = _clean(told, about)
    typed_from = Via.PAPER if on_paper else Via.SCRIBE
    with transaction.atomic():
        who = _whose(about, actor, person)
        if earlier := LearningNote.objects.filter(client_id=client_id).first():
            return _same(earlier, who, about, fields)
        _check_begun(about)
        limits.spend_post(actor.participant.pk)  # type: ignore[union-attr]
        note = LearningNote.objects.create(
            participant=who,
            **_reference(about),
            **fields,
            language=language[:10],
            via=Via.THREAD if person is None else typed_from,
            recorded_by=actor.participant if person is not None else None,
            at=clock.now(),
            client_id=client_id,
        )
        _record(Verb.LEARNING_TOLD, actor, who, about, note=note.pk)
    return note


def change_note(*, note: LearningNote, actor: Actor, told: Told, seen: str) -> LearningNote:
    """Put other words, or another place, into NOTE. SEEN is `state_of` the note as the page showed it.

    Records `learning.told`. Raises Stale when it says something else meanwhile, BadText, TooLong, Closed, NotAllowed.
    """
    about = about_of(note)
    fields = _clean(told, about)
    with transaction.atomic():
        _lock(note, actor)
        if seen != state_of(note):
            raise Stale(NEWER)
        if {name: getattr(note, name) for name in fields} == fields:
            return note
        if note.text != fields["text"]:
            fields |= {"gloss": "", "gloss_language": ""}  # it translated other words
        for name, value in fields.items():
            setattr(note, name, value)
        note.save(update_fields=list(fields))
        _record(Verb.LEARNING_TOLD, actor, note.participant, about, note=note.pk)
    return note


def gloss_note(*, note: LearningNote, actor: Actor, text: str, language: str) -> None:
    """Put a translation beside the words of NOTE: its author, or who writes for the group. Records `learning.told`."""
    about = about_of(note)
    words = clean_body(text)
    with transaction.atomic():
        workshop = lock_for(about.workshop_id, actor)
        require(actor, "eaa.write" if actor.participant == note.participant else "eaa.lead", workshop)
        note.refresh_from_db(fields=["withdrawn_at"])
        if note.withdrawn_at is not None:
            raise Closed(TAKEN_BACK)
        note.gloss, note.gloss_language = words, language[:10]
        note.save(update_fields=["gloss", "gloss_language"])
        _record(Verb.LEARNING_TOLD, actor, note.participant, about, note=note.pk)


def withdraw_note(*, note: LearningNote, actor: Actor) -> None:
    """Take the words of NOTE back: they are gone for good, a gap stays. Records `learning.withdrawn`."""
    with transaction.atomic():
        _lock(note, actor)
        note.text = note.gloss = note.gloss_language = note.theme = note.stage = ""
        note.withdrawn_at = clock.now()
        note.save(update_fields=["text", "gloss", "gloss_language", "theme", "stage", "withdrawn_at"])
        _record(Verb.LEARNING_WITHDRAWN, actor, note.participant, about_of(note), note=note.pk)


def about_of(note: LearningNote) -> Session | Activity:
    """The meeting or the thread that NOTE is about."""
    about = note.session or note.activity
    assert about is not None  # noqa: S101  -- a constraint of the table
    return about


def keeps(actor: Actor, note: LearningNote) -> bool:
    """Whether the words are the actor's own, or were typed by them for somebody else."""
    return actor.participant is not None and actor.participant.pk in {note.participant_id, note.recorded_by_id}


def _whose(about: Session | Activity, actor: Actor, person: Participant | None) -> Participant:
    """Who tells: the actor, or PERSON if the actor may write for others. Locks the workshop."""
    workshop = lock_for(about.workshop_id, actor)
    require(actor, "eaa.write" if person is None else "eaa.lead", workshop)
    if person is not None:
        person.refresh_from_db(fields=RIGHTS)
    who = person or actor.participant
    assert who is not None  # noqa: S101  -- require has looked
    if who.workshop_id != about.workshop_id or (isinstance(about, Activity) and about.session_id is not None):
        raise NotFound  # a step is told of with its meeting
    if not (who.is_here_to_stay and TAKES_PART.intersection(who.roles)):
        raise Refused(GONE, field="for")
    return who


def _check_begun(about: Session | Activity) -> None:
    """Nobody can tell how it was before it was. Needs the workshop's lock."""
    opened = Activity.objects.filter(opened_at__isnull=False)
    if isinstance(about, Activity):
        begun = opened.filter(pk=about.pk).exists()
    else:
        about.refresh_from_db(fields=["started_at", "removed_at"])
        begun = about.removed_at is None and (about.started_at is not None or opened.filter(session=about).exists())
    if not begun:
        raise Closed(EARLY)


def _clean(told: Told, about: Session | Activity) -> dict[str, str]:
    """TOLD as the table keeps it. Raises BadText or TooLong."""
    here = cell_of(about if isinstance(about, Session) else None)
    fields = {"effect": told.effect, "theme": told.theme, "stage": told.stage}
    fields |= {"time": told.time or here[0], "space": told.space or here[1]}
    if told.effect not in Effect.values:
        raise BadText(_("Choose whether it was easier or harder."), field="effect")
    known = {"theme": {"", *Theme.values}, "stage": {"", *(tag.key for tag in STAGES)}}
    known |= {"time": set(Time.values), "space": set(Space.values)}
    for name, values in known.items():
        if fields[name] not in values:
            raise BadText(_("Choose one of the answers in the list."), field=name)
    return {**fields, "text": clean_body(told.body)}


def _same(earlier: LearningNote, who: Participant, about: Session | Activity, fields: dict[str, str]) -> LearningNote:
    """The note of an earlier press; somebody else's id is a guess, and is told nothing."""
    if earlier.participant_id != who.pk or about_of(earlier) != about:
        raise NotAllowed
    if earlier.withdrawn_at is None and earlier.text != fields["text"]:
        raise BadText(OTHER_WORDS, field="body")
    return earlier


def _lock(note: LearningNote, actor: Actor) -> None:
    """Lock the workshop, read NOTE anew, and check that the actor may change it."""
    workshop = lock_for(about_of(note).workshop_id, actor)
    require(actor, "eaa.write", workshop)
    if not keeps(actor, note):
        raise NotAllowed(_("Only the one who wrote this can change it."))
    if actor.participant is not None and note.participant_id != actor.participant.pk:
        require(actor, "eaa.lead", workshop)
    note.refresh_from_db(fields=["effect", "theme", "stage", "time", "space", "text", "withdrawn_at"])
    if note.withdrawn_at is not None:
        raise Closed(TAKEN_BACK)


def _reference(about: Session | Activity) -> dict[str, Any]:
    return {"session": about} if isinstance(about, Session) else {"activity": about}


def _record(verb: Verb, actor: Actor, who: Participant, about: Session | Activity, **data: Any) -> None:
    events.record(
        verb,
        workshop_id=about.workshop_id,
        actor=actor.participant,
        participant=who,
        **_reference(about),
        data=data,
    )
