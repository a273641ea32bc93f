"""Saying how it was to work this way: who may, for whom, and once."""

import uuid

import pytest

from eaa.models import LearningNote, MechanismAnswer
from eaa.operations import learning
from eaa.operations.learning import Told
from eaa.queries.learning import state_of
from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused, TooLong
from sessions_app.models import Event, Participant, Session
from sessions_app.operations import participants, running, workshops
from sessions_app.policy import Actor
from tests.eaa.telling import WORDS, agrees, tell, thread, told_events
from tests.world import add, make_world


def test_answers_are_kept_changed_and_taken_away(over):
    ben = over["Ben"]

    learning.answer(session=over.session, actor=ben, answers={"intention": 4, "dialogue": 2, "assets": None})
    learning.answer(session=over.session, actor=ben, answers={"intention": 5, "dialogue": None})

    kept = MechanismAnswer.objects.filter(session=over.session).values_list("participant", "mechanism", "value")
    assert list(kept) == [(ben.participant.pk, "intention", 5)]
    events = told_events(over)
    assert [(event.actor, event.participant, event.session, event.data) for event in events] == [
        (ben.participant, ben.participant, over.session, {})
    ] * 2
    agrees(over)


def test_the_same_answers_again_are_no_news(over):
    answers = {"intention": 4}

    assert learning.answer(session=over.session, actor=over["Ben"], answers=answers)
    assert not learning.answer(session=over.session, actor=over["Ben"], answers=answers)
    assert len(told_events(over)) == 1


@pytest.mark.parametrize("answers", [{"intention": 0}, {"intention": 6}, {"patience": 3}, {"intention": "4"}])
def test_only_one_to_five_is_an_answer(over, answers):
    with pytest.raises(BadText):
        learning.answer(session=over.session, actor=over["Ben"], answers=answers)
    assert not MechanismAnswer.objects.exists()


def test_a_note_keeps_the_meetings_cell_unless_somebody_says_where_they_were(over):
    Session.objects.filter(pk=over.session.pk).update(time="same", space="blended")
    over.session.refresh_from_db()

    plain = tell(over)
    own = tell(over, told=Told("harder", "From bed.", "access", "alignment", "different", "distributed"))

    assert (plain.time, plain.space, plain.theme, plain.stage) == ("same", "blended", "", "")
    assert (own.time, own.space, own.theme, own.stage) == ("different", "distributed", "access", "alignment")
    assert (plain.participant, plain.via, plain.recorded_by) == (over["Ben"].participant, "thread", None)


def test_a_thread_is_apart_in_time_and_place(over):
    about = thread(over)

    note = tell(over, about=about)

    assert (note.session, note.activity, note.time, note.space) == (None, about, "different", "distributed")
    (event,) = told_events(over)
    assert (event.activity, event.session, event.data) == (about, None, {"note": note.pk})
    agrees(over)


def test_no_words_are_in_the_log(over):
    tell(over)

    assert WORDS not in str(list(Event.objects.values()))


def test_a_double_press_is_one_note_and_other_words_are_given_back(over):
    form = uuid.uuid4()
    first = tell(over, client_id=form)

    assert tell(over, client_id=form) == first
    with pytest.raises(BadText):
        tell(over, client_id=form, told=Told("easier", "Something else."))
    with pytest.raises(NotAllowed):
        tell(over, "Chidi", client_id=form)
    assert LearningNote.objects.count() == len(told_events(over)) == 1


@pytest.mark.parametrize(
    ("told", "field", "kind"),
    [
        (Told("", WORDS), "effect", BadText),
        (Told("better", WORDS), "effect", BadText),
        (Told("easier", "  "), None, BadText),
        (Told("easier", "\x00\x01"), None, BadText),
        (Told("easier", "a" * 4001), None, TooLong),
        (Told("easier", WORDS, theme="weather"), "theme", BadText),
        (Told("easier", WORDS, stage="lunch"), "stage", BadText),
        (Told("easier", WORDS, time="never"), "time", BadText),
        (Told("easier", WORDS, space="mars"), "space", BadText),
    ],
)
def test_what_can_not_be_kept_is_refused_in_words(over, told, field, kind):
    with pytest.raises(kind) as refused:
        tell(over, told=told)

    assert refused.value.field == field
    assert not LearningNote.objects.exists()
    assert told_events(over) == []


def test_nobody_tells_of_what_has_not_begun(world):
    later = world.session

    with pytest.raises(Closed):
        tell(world, about=later)
    with pytest.raises(Closed):
        learning.answer(session=later, actor=world["Ben"], answers={"intention": 3})
    running.open_doors(session=later, actor=world.ada)
    running.start(session=later, actor=world.ada)
    assert tell(world, about=later).session == later


def test_a_step_of_a_meeting_is_told_of_with_its_meeting(over):
    step = over.steps[0]
    step.workshop = over.workshop

    with pytest.raises(NotFound):
        tell(over, about=step)


@pytest.mark.parametrize("name", ["Gil", "Ben", "Hella", "Sam", "Ada"])
def test_whoever_takes_part_may_tell(over, name):
    assert tell(over, name).participant == over[name].participant


@pytest.mark.parametrize("who", ["Rana", "an outsider", "somebody of another workshop"])
def test_others_may_not(over, who):
    actor = {
        "Rana": over["Rana"],
        "an outsider": Actor(),
        "somebody of another workshop": make_world("Other", host="Olga")["Ben"],
    }[who]

    with pytest.raises((NotAllowed, NotFound)):
        learning.tell(
            about=over.session, actor=actor, told=Told("easier", WORDS), language="en", client_id=uuid.uuid4()
        )
    with pytest.raises((NotAllowed, NotFound)):
        learning.answer(session=over.session, actor=actor, answers={"intention": 3})
    assert told_events(over) == []


def test_nothing_is_told_or_changed_once_the_workshop_is_closed(over):
    note = tell(over)
    workshops.close_workshop(workshop=over.workshop, actor=over.ada)
    note = LearningNote.objects.select_related("session__workshop", "participant").get()
    ben = over.refresh("Ben")

    with pytest.raises(NotAllowed):
        learning.change_note(note=note, actor=ben, told=Told("harder", "No."), seen=state_of(note))
    with pytest.raises(NotAllowed):
        learning.withdraw_note(note=note, actor=ben)
    with pytest.raises(NotAllowed):
        learning.answer(session=note.session, actor=ben, answers={"intention": 3})


@pytest.mark.parametrize(("on_paper", "road"), [(False, "scribe"), (True, "paper")])
def test_a_scribe_writes_for_somebody(over, on_paper, road):
    chidi = over["Chidi"].participant

    note = tell(over, "Sam", person=chidi, on_paper=on_paper)
    learning.answer(session=over.session, actor=over["Sam"], answers={"assets": 5}, person=chidi)

    assert (note.participant, note.recorded_by, note.via) == (chidi, over["Sam"].participant, road)
    assert MechanismAnswer.objects.get().participant == chidi
    assert {(event.actor, event.participant) for event in told_events(over)} == {(over["Sam"].participant, chidi)}
    agrees(over)


@pytest.mark.parametrize("name", ["Ben", "Gil", "Hella"])
def test_nobody_else_writes_for_others(over, name):
    with pytest.raises(NotAllowed):
        tell(over, name, person=over["Chidi"].participant)


@pytest.mark.parametrize("whom", ["gone", "a researcher", "of another workshop"])
def test_nobody_writes_for_who_takes_no_part(over, whom):
    gone = add(over, "Greta").participant
    participants.remove(person=gone, actor=over.ada)
    person = {
        "gone": Participant.objects.get(pk=gone.pk),
        "a researcher": over["Rana"].participant,
        "of another workshop": make_world("Other", host="Olga")["Ben"].participant,
    }[whom]

    with pytest.raises(Refused):
        tell(over, "Sam", person=person)
    assert not LearningNote.objects.exists()
