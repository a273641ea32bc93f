"""What was said of the work can be put right and taken back; it waits for those who were there; the log agrees."""

import uuid
from datetime import timedelta

import pytest

from eaa.models import LearningNote, MechanismAnswer
from eaa.operations import learning
from eaa.operations.learning import Told
from eaa.queries.learning import state_of, waiting
from sessions_app import clock
from sessions_app.errors import Closed, NotAllowed, Stale, TooLong
from sessions_app.models import Participant
from sessions_app.operations import participants, practice, running, workshops
from sessions_app.policy import Actor
from sessions_app.verification import verify
from tests.eaa.telling import WORDS, agrees, tell, told_events


def test_both_the_speaker_and_who_typed_may_put_it_right(over):
    note = tell(over, "Sam", person=over["Chidi"].participant)

    learning.change_note(note=note, actor=over["Chidi"], told=Told("harder", "Mine."), seen=state_of(note))
    learning.change_note(note=note, actor=over["Sam"], told=Told("harder", "Ours."), seen=state_of(note))

    note.refresh_from_db()
    assert (note.text, note.effect, note.participant) == ("Ours.", "harder", over["Chidi"].participant)
    agrees(over)


@pytest.mark.parametrize("name", ["Ben", "Ada", "Hella"])
def test_nobody_else_changes_or_takes_back(over, name):
    note = tell(over, "Chidi")

    with pytest.raises(NotAllowed):
        learning.change_note(note=note, actor=over[name], told=Told("harder", "No."), seen=state_of(note))
    with pytest.raises(NotAllowed):
        learning.withdraw_note(note=note, actor=over[name])
    assert LearningNote.objects.get().text == WORDS


def test_who_is_no_scribe_any_more_changes_nothing_they_typed(over):
    note = tell(over, "Sam", person=over["Chidi"].participant)
    participants.change_roles(person=over["Sam"].participant, actor=over.ada, roles=["participant"])

    with pytest.raises(NotAllowed):
        learning.withdraw_note(note=note, actor=over.refresh("Sam"))


def test_an_older_page_overwrites_nothing(over):
    note = tell(over)
    seen = state_of(note)
    learning.change_note(note=note, actor=over["Ben"], told=Told("harder", "Second."), seen=seen)

    with pytest.raises(Stale):
        learning.change_note(note=note, actor=over["Ben"], told=Told("easier", "Third."), seen=seen)
    note.refresh_from_db()
    assert note.text == "Second."


def test_a_change_of_words_drops_their_translation(over):
    note = tell(over)
    LearningNote.objects.update(gloss="Jag hörde dem.", gloss_language="sv")

    learning.change_note(note=note, actor=over["Ben"], told=Told("easier", "Other."), seen=state_of(note))

    assert LearningNote.objects.get().gloss == ""


def test_words_taken_back_are_gone_and_stay_gone(over):
    note = tell(over, told=Told("easier", WORDS, "trust", "alignment"))

    learning.withdraw_note(note=note, actor=over["Ben"])

    note.refresh_from_db()
    assert (note.text, note.theme, note.stage, note.withdrawn_at is None) == ("", "", "", False)
    assert [event.data for event in told_events(over, "learning.withdrawn")] == [{"note": note.pk}]
    for act in (
        lambda: learning.withdraw_note(note=note, actor=over["Ben"]),
        lambda: learning.change_note(note=note, actor=over["Ben"], told=Told("easier", "Back"), seen=state_of(note)),
    ):
        with pytest.raises(Closed):
            act()
    agrees(over)


def test_one_page_is_kept_whole_or_not_at_all(over):
    page = {"about": over.session, "actor": over["Ben"], "language": "en", "client_id": uuid.uuid4()}

    with pytest.raises(TooLong):
        learning.keep(answers={"intention": 4}, told=Told("easier", "a" * 4001), **page)
    assert not MechanismAnswer.objects.exists()
    assert learning.keep(answers={"intention": 4}, told=Told("easier", WORDS), **page)
    assert not learning.keep(answers={"intention": 4}, told=None, **page)
    assert (MechanismAnswer.objects.count(), LearningNote.objects.count()) == (1, 1)


def test_a_practice_keeps_nothing(world):
    copy = practice.begin(session=world.session, actor=world.ada)
    host = Participant.objects.select_related("workshop").get(workshop=copy.workshop, user=world.ada.participant.user)

    with pytest.raises(NotAllowed):
        learning.answer(session=copy, actor=Actor(host), answers={"intention": 3})


def ask(world, name) -> list[str]:
    return [one.address for one in waiting(world.refresh(name).participant)]


def test_it_waits_for_those_who_were_there_and_told_nothing(over):
    page = f"/meetings/{over.session.pk}/learning/"

    assert (ask(over, "Ben"), ask(over, "Sam")) == ([page], [page])
    assert ask(over, "Chidi") == []
    learning.answer(session=over.session, actor=over["Ben"], answers={"intention": 3})
    tell(over, "Sam")
    assert (ask(over, "Ben"), ask(over, "Sam")) == ([], [])


def test_it_waits_for_who_was_there_only_in_words(world):
    world.go_live()
    world.say("Sam", "She says it.", via="scribe", author=world["Chidi"].participant)
    assert ask(world, "Chidi") == []
    running.close_session(session=world.session, actor=world.ada)

    assert len(ask(world, "Chidi")) == 1


def test_it_waits_two_weeks_and_not_in_a_closed_workshop(over):
    with clock.at(clock.now() + timedelta(days=14)):
        assert ask(over, "Ben") == []
    assert len(ask(over, "Ben")) == 1
    workshops.close_workshop(workshop=over.workshop, actor=over.ada)
    assert ask(over, "Ben") == []


@pytest.mark.parametrize("harm", ["answer", "note", "taken", "left"])
def test_the_check_of_the_log_finds_what_was_done_behind_its_back(over, harm):
    learning.answer(session=over.session, actor=over["Ben"], answers={"intention": 3})
    note = tell(over)
    now = clock.now()
    if harm == "answer":
        MechanismAnswer.objects.create(
            participant=over["Chidi"].participant, session=over.session, mechanism="assets", value=1, at=now
        )
    elif harm == "note":
        LearningNote.objects.filter(pk=note.pk).update(participant=over["Chidi"].participant)
    elif harm == "taken":
        LearningNote.objects.filter(pk=note.pk).update(withdrawn_at=now)
    else:
        learning.withdraw_note(note=note, actor=over["Ben"])
        LearningNote.objects.filter(pk=note.pk).update(text=WORDS)

    found = list(verify(over.workshop.slug))

    assert {finding.check for finding in found} == {"learning"}
    assert WORDS not in " ".join(map(str, found))
