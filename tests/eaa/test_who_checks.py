"""Who may answer, return and settle, for whom, and whose name is told."""

from datetime import timedelta

import pytest
from django.urls import reverse

from eaa.models import Check
from eaa.operations.checks import return_record, tell_check
from eaa.operations.evidence import Rests
from eaa.operations.records import make_record
from eaa.queries.checks import standing_of
from sessions_app import clock
from sessions_app.errors import BadText, NotAllowed, NotFound, Refused
from sessions_app.models import Activity, Participant
from sessions_app.operations import running
from sessions_app.policy import OUTSIDER
from tests.eaa.making import a_week, interpret, settle, tell
from tests.world import make_world


def test_only_who_is_quoted_answers(world, returned):
    record, _said = returned
    for name, trouble in (("Sam", NotAllowed), ("Ada", NotAllowed), ("Gil", NotAllowed), ("Rana", NotFound)):
        with pytest.raises(trouble):
            tell(world, record, name)
    for stranger in (OUTSIDER, make_world("Another one", host="Olga").ada):
        with pytest.raises(NotFound):
            tell_check(record=record, actor=stranger, head=1, answer="that_is")
    assert not Check.objects.exists()


def test_a_scribe_answers_for_somebody_on_the_phone(world, returned):
    record, _said = returned
    ben = world["Ben"].participant
    for name in ("Hella", "Chidi"):
        with pytest.raises(NotAllowed):
            tell(world, record, name, person=ben)

    check = tell(world, record, "Sam", "almost", words="And coffee.", person=ben)

    assert (check.participant, check.recorded_by, check.via) == (ben, world["Sam"].participant, "scribe")


@pytest.mark.parametrize("who", ["Chidi", "Hella", "Sam", "Ben"])
def test_only_facilitators_settle(world, returned, who):
    record, _said = returned
    for name in ("Ben", "Chidi"):
        tell(world, record, name)
    with pytest.raises(NotAllowed):
        settle(world, record, who=who)


def test_its_makers_and_scribes_return_it(world):
    record, _said = interpret(world, by="Ben")
    for name, trouble in (("Chidi", NotAllowed), ("Rana", NotFound)):
        with pytest.raises(trouble):
            return_record(record=record, actor=world.people[name], head=1, until=a_week())
    for name in ("Ben", "Sam"):
        return_record(record=record, actor=world.people[name], head=1, until=a_week())


def test_wrong_input_gets_a_sentence(world, returned):
    record, _said = returned
    for sent, trouble, field in (
        ({"answer": "maybe"}, BadText, "answer"),
        ({"words": "x" * 2000}, Refused, "words"),
    ):
        with pytest.raises(trouble) as told:
            tell(world, record, "Ben", **sent)
        assert told.value.field == field
    with pytest.raises(BadText) as told:
        return_record(record=record, actor=world.ada, head=1, until=clock.now() - timedelta(days=1))
    assert told.value.field == "day"
    with pytest.raises(BadText):
        settle(world, record, "draft")


def test_notes_are_not_returned(world):
    notes = make_record(workshop=world.workshop, actor=world.ada, mechanism="documentation", text="Notes")
    with pytest.raises(Refused):
        return_record(record=notes, actor=world.ada, head=1, until=a_week())


def test_nobody_can_be_asked_about_anonymous_words(world):
    Activity.objects.filter(pk=world.steps[2].pk).update(identity="anonymous")
    world.go_live(step=2)
    secret = world.say("Ben", "Nobody knows.", 2)
    record = make_record(
        workshop=world.workshop, actor=world.ada, mechanism="interpretation", text="x", rests=[Rests(secret.pk)]
    )
    with pytest.raises(Refused):
        return_record(record=record, actor=world.ada, head=1, until=a_week())


def test_a_name_that_the_step_hides_is_told_to_facilitators_only(world):
    Activity.objects.filter(pk=world.steps[2].pk).update(identity="group")
    world.go_live(step=2)
    said = world.say("Ben", "Only the hosts know me.", 2)
    running.close_session(session=world.session, actor=world.ada)
    record = make_record(
        workshop=world.workshop, actor=world.ada, mechanism="interpretation", text="x", rests=[Rests(said.pk)]
    )

    names = [standing_of(record, is_facilitator=tier).people[0].name for tier in (False, True)]

    assert names == ["", "Ben"]


def test_whoever_is_asked_reads_whose_reading_it_is(world, browser_of, returned):
    record, _said = returned
    address = reverse("eaa:check", args=[record.pk])
    assert "Ada wrote what they think your words mean." in browser_of("Ben").get(address).content.decode()

    Participant.objects.filter(pk=world.ada.participant.pk).update(name="")

    assert "Somebody wrote what they think your words mean." in browser_of("Ben").get(address).content.decode()
