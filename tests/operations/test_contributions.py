"""Words are kept once, in order, and only while the question is open."""

import uuid
from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, TooFast, TooLong
from sessions_app.models import Contribution, Event, Place, Session
from sessions_app.operations import activities, contributions, dialogues, participants, running, translations, workshops
from sessions_app.operations.participants import NeedsName
from sessions_app.policy import OUTSIDER
from tests.world import add, make_world

LATER = timedelta(hours=1)


def test_post_records_one_event_with_the_next_number(world):
    world.go_live()
    before = Event.objects.filter(workshop=world.workshop).latest("seq").seq

    said = world.say("Ben", "A calmer waiting room.")

    event = Event.objects.get(workshop=world.workshop, seq=before + 1)
    assert (said.seq, event.contribution_id, event.actor) == (before + 1, said.pk, world["Ben"].participant)
    assert event.data == {"via": "room", "place": "remote", "late": False}


def test_post_is_kept_as_it_was_said(world):
    world.go_live()

    said = world.say("Ben", "  A calm room.\r\nAnd tea.  ", language="sv")

    said.refresh_from_db()
    assert (said.body, said.language, said.via) == ("A calm room.\nAnd tea.", "sv", "room")
    assert (said.author, said.recorded_by, said.late) == (world["Ben"].participant, None, False)


def test_post_before_opening_is_refused(world):
    with pytest.raises(Closed):
        world.say("Ben", "Too early")

    assert Contribution.objects.count() == 0
    assert not Event.objects.filter(verb="contribution.posted").exists()


def test_post_in_a_break_is_refused(world):
    activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind="kettle")
    world.go_live(4)

    with pytest.raises(Closed, match="break"):
        world.say("Ben", "Small talk", 4)

    assert Contribution.objects.count() == 0


def test_researcher_may_not_post(world):
    world.go_live()

    with pytest.raises(NotFound):
        world.say("Rana", "I only read")


def test_people_of_another_workshop_find_nothing_to_post_in(world):
    other = make_world("Other", host="Olga")
    world.go_live()

    for stranger in (other.ada, other["Ben"], OUTSIDER):
        with pytest.raises(NotFound):
            contributions.post_contribution(
                dialogue=world.dialogue(), actor=stranger, body="Hello", via="room", client_id=uuid.uuid4()
            )

    assert Contribution.objects.count() == 0


def test_nobody_posts_from_the_lobby(world):
    workshops.change_workshop(workshop=world.workshop, actor=world.ada, lobby=True)
    waiting = participants.join(workshop=world.workshop).participant
    world.people["Wanda"] = type(world.ada)(waiting)
    world.go_live()

    with pytest.raises(NotFound):
        world.say("Wanda", "Let me in")


def test_removed_person_posts_no_more(world):
    world.go_live()
    participants.remove(person=world["Ben"].participant, actor=world.ada)
    world.refresh("Ben")

    with pytest.raises(NotFound):
        world.say("Ben", "I am still here")


def test_closed_workshop_takes_no_words(world):
    world.go_live()
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)
    world.refresh("Ben")

    with pytest.raises(NotAllowed):
        world.say("Ben", "One more thing")


def test_words_on_their_way_while_the_step_closes_still_count(world):
    now = clock.now()
    with clock.at(now):
        world.go_live(1)

    with clock.at(now + timedelta(seconds=4.9)):
        said = world.say("Ben", "Pressed in time")
    with clock.at(now + timedelta(seconds=5)), pytest.raises(Closed):
        world.say("Ben", "Too late")

    assert said.late is False
    assert Contribution.objects.count() == 1


def test_words_after_the_meeting_are_marked_late(world):
    world.go_live(1)
    dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + 2 * LATER)

    with clock.at(clock.now() + LATER):
        said = world.say("Ben", "At home I thought of this", via="thread")

    assert (said.late, said.place) == (True, Place.AFTERWARDS)
    assert Event.objects.get(seq=said.seq, workshop=world.workshop).data["late"] is True


def test_words_in_time_are_from_where_the_person_is(world):
    participants.move(person=world["Ben"].participant, actor=world["Ben"], place="hall")
    world.go_live()

    assert world.say("Ben", "Here").place == Place.HALL


def test_guest_says_a_name_with_the_first_words(world):
    world.go_live()

    with pytest.raises(NeedsName):
        world.say("Gil", "Hello")
    said = world.say("Gil", "Hello", name="Gil")

    assert said.author.name == "Gil"
    assert Contribution.objects.count() == 1
    assert list(Event.objects.filter(seq__gte=said.seq - 1).values_list("verb", flat=True)) == [
        "participant.renamed",
        "contribution.posted",
    ]


@pytest.mark.parametrize("name", ["", "  ", "Ada", "facilitator", "\u200b"])
def test_guest_with_an_impossible_name_is_asked_again(world, name):
    world.go_live()

    with pytest.raises(NeedsName) as refusal:
        world.say("Gil", "Hello", name=name)

    assert refusal.value.field == "name"
    assert Contribution.objects.count() == 0


def test_guest_stays_a_guest_when_their_words_are_refused(world):
    with pytest.raises(Closed):
        world.say("Gil", "Too early", name="Gil")
    world.go_live()

    with pytest.raises(NeedsName):
        world.say("Gil", "Now")


def test_reply_points_at_words_of_the_same_dialogue(world):
    world.go_live()
    first = world.say("Ben", "First")

    answer = world.say("Chidi", "Second", reply_to=first.pk)

    assert answer.reply_to == first


def test_reply_to_words_elsewhere_is_refused(world):
    world.go_live()
    elsewhere = world.say("Ben", "First")
    running.next_step(session=world.session, actor=world.ada)

    for target in (elsewhere.pk, uuid.uuid4()):
        with pytest.raises(BadText):
            world.say("Chidi", "Second", 1, reply_to=target)

    assert Contribution.objects.count() == 1


def test_empty_and_endless_words_are_refused(world):
    world.go_live()

    for words in ("", " \n\t", "\u200b\u2060"):
        with pytest.raises(BadText):
            world.say("Ben", words)
    with pytest.raises(TooLong):
        world.say("Ben", "ä" * 4001)

    assert Contribution.objects.count() == 0


def test_too_many_posts_at_once_are_slowed_down(world, settings):
    settings.POSTS_AT_ONCE, settings.POSTS_PER_SECOND = 3, 0.0
    world.go_live()

    for number in range(3):
        world.say("Ben", f"Number {number}")
    with pytest.raises(TooFast):
        world.say("Ben", "Number 4")
    world.say("Chidi", "I have said nothing yet")

    assert Contribution.objects.count() == 4


def test_a_step_taken_back_by_undo_takes_no_words(world):
    world.go_live()
    running.undo(session=world.session, actor=world.ada)

    with pytest.raises(Closed):
        world.say("Ben", "Too early again")


def test_posting_takes_few_queries(world, django_assert_num_queries):
    """The lock, the event, the two looks at what is still open, the words; and two for the transaction."""
    world.go_live()
    dialogue, client_id = world.dialogue(), uuid.uuid4()

    with django_assert_num_queries(5):
        contributions.post_contribution(
            dialogue=dialogue, actor=world["Ben"], body="Quick", via="room", client_id=client_id
        )


def test_people_who_came_later_can_answer(world):
    world.go_live()
    add(world, "Esra")

    assert world.say("Esra", "Late but here").author.name == "Esra"
    assert Session.objects.get(pk=world.session.pk).state == "live"


def test_place_is_one_of_the_list(world):
    world.go_live()

    with pytest.raises(BadText):
        world.say("Ben", "From somewhere", place="my kitchen in Huskvarna")

    assert Contribution.objects.count() == 0


def test_changed_words_lose_their_translation(world):
    world.go_live()
    said = world.say("Ben", "Lugnare.")
    translations.gloss_contribution(contribution=said, actor=world["Ben"], text="Calmer.", language="en")

    contributions.revise_contribution(contribution=said, actor=world["Ben"], body="Mycket lugnare.")

    said.refresh_from_db()
    assert (said.body, said.gloss) == ("Mycket lugnare.", "")
