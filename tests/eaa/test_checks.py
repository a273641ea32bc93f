"""The member check: who is asked, whose answer counts, and what has to be there before it is an understanding."""

import pytest

from eaa.models import Check, Status
from eaa.operations.checks import return_record
from eaa.operations.records import revise_record
from eaa.queries.checks import checks_waiting_for, standing_of
from eaa.verbs import Verb
from sessions_app import clock
from sessions_app.errors import BadText, Closed, NotAllowed, Refused, Stale
from sessions_app.models import Event
from sessions_app.neighbours import waiting_for
from sessions_app.operations import contributions, participants, workshops
from tests.eaa.making import WEEK, a_week, interpret, settle, status_of, tell


def verbs(world) -> list[str]:
    return list(
        Event.objects.filter(workshop=world.workshop, verb__startswith="record.").values_list("verb", flat=True)
    )


def test_everybody_whose_words_it_quotes_is_asked(world, returned):
    record, _said = returned

    assert [one.person.name for one in standing_of(record).asked] == ["Ben", "Chidi"]
    assert [len(waiting_for(world[name].participant)) for name in ("Ben", "Chidi", "Sam", "Ada")] == [1, 1, 0, 0]
    tell(world, record, "Ben")
    assert [len(waiting_for(world[name].participant)) for name in ("Ben", "Chidi")] == [0, 1]


def test_it_waits_for_nobody_after_the_day_or_the_end(world, returned):
    with clock.at(clock.now() + 2 * WEEK):
        assert checks_waiting_for(world["Ben"].participant) == []
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)
    assert checks_waiting_for(world.refresh("Ben").participant) == []


def test_it_becomes_an_understanding_when_all_have_answered(world, returned):
    record, _said = returned
    tell(world, record, "Ben")
    with pytest.raises(Refused):
        settle(world, record)
    tell(world, record, "Chidi")

    settle(world, record)

    assert status_of(record) == Status.UNDERSTOOD
    checked = [Verb.RECORD_CHECKED] * 2
    assert verbs(world) == [Verb.RECORD_MADE, Verb.RECORD_RETURNED, *checked, Verb.RECORD_SETTLED]


def test_or_when_one_has_answered_and_the_day_has_passed(world, returned):
    record, _said = returned
    with clock.at(clock.now() + 2 * WEEK):
        with pytest.raises(Refused):
            settle(world, record)  # silence alone says nothing
        tell(world, record, "Ben")  # late, and still in time
        settle(world, record)

    assert status_of(record) == Status.UNDERSTOOD


def test_what_was_never_returned_is_no_understanding(world):
    record, _said = interpret(world)

    for status in (Status.UNDERSTOOD, Status.DIFFERENCE):
        with pytest.raises(Refused):
            settle(world, record, status, difference="Two ways of seeing it.")
    with pytest.raises(Closed):
        tell(world, record, "Ben")


def test_with_a_no_it_can_only_stay_as_a_difference(world, returned):
    record, _said = returned
    tell(world, record, "Ben", "is_not", words="I never said calm.")
    tell(world, record, "Chidi")
    with pytest.raises(Refused):
        settle(world, record)
    with pytest.raises(BadText) as told:
        settle(world, record, Status.DIFFERENCE)
    assert told.value.field == "difference"

    settle(world, record, Status.DIFFERENCE, difference="For Ben it is coffee, for Chidi calm.")

    assert (status_of(record), record.difference) == (Status.DIFFERENCE, "For Ben it is coffee, for Chidi calm.")


def test_there_is_no_difference_where_all_agree(world, returned):
    record, _said = returned
    for name in ("Ben", "Chidi"):
        tell(world, record, name)

    with pytest.raises(Refused):
        settle(world, record, Status.DIFFERENCE, difference="None")


def test_the_last_press_counts(world, returned):
    record, _said = returned
    tell(world, record, "Ben", "is_not", words="No.")
    tell(world, record, "Ben", "that_is")
    tell(world, record, "Chidi")

    settle(world, record)

    assert [(check.participant.name, check.answer, check.words) for check in Check.objects.all()] == [
        ("Ben", "that_is", ""),
        ("Chidi", "that_is", ""),
    ]
    first = Event.objects.filter(verb=Verb.RECORD_CHECKED).values_list("data__first", flat=True)
    assert list(first) == [True, False, True]


def test_almost_words_are_taken_in_without_asking_again(world, returned):
    record, _said = returned
    tell(world, record, "Ben", "almost", words="Calm, and coffee.")
    tell(world, record, "Chidi")

    settle(world, record, text="People want calm, and coffee.", because="Ben")

    assert (status_of(record), record.head) == (Status.UNDERSTOOD, 2)
    assert [version.text for version in record.versions.all()] == ["People want calm.", "People want calm, and coffee."]
    assert [(one.name, one.answer, one.is_of_an_earlier_text) for one in standing_of(record).people] == [
        ("Ben", "almost", True),
        ("Chidi", "that_is", True),
    ]
    assert waiting_for(world["Ben"].participant) == []


def test_a_later_no_opens_an_understanding_again(world, returned):
    record, _said = returned
    tell(world, record, "Ben", "almost", words="And coffee.")
    tell(world, record, "Chidi")
    settle(world, record, text="Calm and coffee.")

    tell(world, record, "Chidi", "is_not", words="Not coffee!")

    assert (status_of(record), record.settled_at) == (Status.RETURNED, None)
    assert verbs(world)[-1] == Verb.RECORD_REOPENED
    assert [one.person.name for one in standing_of(record).waiting] == ["Ben"]  # this text he was never asked about
    with pytest.raises(Refused):
        settle(world, record)


def test_a_new_version_asks_anew(world, returned):
    record, _said = returned
    tell(world, record, "Ben")
    revise_record(record=record, actor=world.ada, head=1, text="People want calm and coffee.")

    assert (status_of(record), len(standing_of(record).waiting)) == (Status.RETURNED, 2)
    with pytest.raises(Stale):
        tell(world, record, "Chidi", head=1)
    tell(world, record, "Chidi")
    assert Check.objects.count() == 2


def test_after_the_day_a_new_text_has_to_be_returned_once_more(world, returned):
    record, _said = returned
    with clock.at(clock.now() + 2 * WEEK):
        revise_record(record=record, actor=world.ada, head=1, text="Another text.")

    assert status_of(record) == Status.DRAFT


def test_a_new_text_of_an_understanding_has_to_be_returned(world, returned):
    record, _said = returned
    for name in ("Ben", "Chidi"):
        tell(world, record, name)
    settle(world, record)

    revise_record(record=record, actor=world.ada, head=1, text="Something else.")

    assert (status_of(record), record.settled_at) == (Status.DRAFT, None)


def test_words_taken_back_leave_nobody_to_ask(world, returned):
    record, said = returned
    tell(world, record, "Ben", "is_not")
    contributions.withdraw_contribution(contribution=said["Ben"], actor=world["Ben"])
    tell(world, record, "Chidi")
    assert [one.person.name for one in standing_of(record).people] == ["Chidi"]
    with pytest.raises(NotAllowed):
        tell(world, record, "Ben")

    contributions.withdraw_contribution(contribution=said["Chidi"], actor=world["Chidi"])

    for status in (Status.UNDERSTOOD, Status.DIFFERENCE):
        with pytest.raises(Refused):
            settle(world, record, status, difference="x")
    with pytest.raises(Refused):
        return_record(record=record, actor=world.ada, head=1, until=a_week())


def test_who_left_is_not_asked_but_their_no_stands(world, returned):
    record, _said = returned
    tell(world, record, "Ben", "is_not", words="No.")
    participants.remove(person=world["Ben"].participant, actor=world.ada)
    tell(world, record, "Chidi")

    standing = standing_of(record)
    assert [one.person.name for one in standing.asked] == ["Chidi"]
    assert [one.person.name for one in standing.says_no] == ["Ben"]
    with pytest.raises(Refused):
        settle(world, record)
