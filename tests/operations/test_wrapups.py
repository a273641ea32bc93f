"""After a meeting: what everybody reads, what one facilitator reads, and who may write either."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app import clock
from sessions_app.errors import NotAllowed, NotFound, TooLong
from sessions_app.models import Event, Participant, Reflection
from sessions_app.operations import dialogues, participants, running, sessions, wrapups
from sessions_app.queries.plans import plan_view
from sessions_app.queries.wrapups import what_happened
from sessions_app.verbs import Verb
from tests.world import add

NOTE, STORY = "I talked too much.", "We met. Nobody was in a hurry."
OTHERS = ["Sam", "Hella", "Rana", "Ben", "Gil"]


@pytest.fixture
def over(world):
    """A meeting that is over; Ben was there from home, Sam in the hall; the first question stays open."""
    participants.move(person=world["Sam"].participant, actor=world["Sam"], place="hall")
    running.start(session=world.session, actor=world.ada)
    for name in ("Ben", "Sam"):
        sessions.enter_room(session=world.session, person=world[name].participant)
    world.say("Ben", "A calm room")
    world.say("Sam", "Less noise")
    dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + timedelta(days=3))
    running.close_session(session=world.session, actor=world.ada)
    return world


def test_three_sentences_come_from_the_numbers(over):
    who, said, still = what_happened(plan_view(over.session)).split(". ")

    assert who == "2 people took part: 1 in the hall, 1 online"
    assert said == "2 things were said: 2 – “What about check_in_round?”"
    assert still.startswith("“Check-in round” stays open until")


def test_nothing_is_made_up_about_a_meeting_that_was_not(world):
    told = what_happened(plan_view(world.session))

    assert told == "Nobody has come in. Nothing was written down."


def test_the_summary_is_kept_recorded_without_words_and_read_by_everybody(over, browser_of):
    browser_of("Ada").post(reverse("after", args=[over.session.pk]), {"summary": STORY})

    event = Event.objects.get(verb=Verb.SESSION_SUMMED_UP)
    assert (event.session, event.actor, event.data) == (over.session, over.ada.participant, {})
    for name in ("Ben", "Chidi", "Gil", "Ada"):
        assert STORY in browser_of(name).get(reverse("away", args=[over.workshop.slug])).content.decode(), name


def test_a_suggestion_is_shown_to_nobody_before_it_is_kept(over, browser_of):
    page = browser_of("Ada").get(reverse("after", args=[over.session.pk])).content.decode()

    assert "2 people took part" in page
    assert "took part" not in browser_of("Ben").get(reverse("away", args=[over.workshop.slug])).content.decode()


def test_keeping_the_same_again_records_nothing(over):
    for _ in range(2):
        wrapups.keep_summary(session=over.session, actor=over.ada, text=STORY)

    assert Event.objects.filter(verb=Verb.SESSION_SUMMED_UP).count() == 1


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_may_write_either(over, who):
    for keep in (wrapups.keep_summary, wrapups.keep_reflection):
        with pytest.raises((NotAllowed, NotFound)):
            keep(session=over.session, actor=over[who], text=STORY)


def test_a_note_is_seen_by_its_writer_alone(over, browser_of):
    second = add(over, "Bea", ["facilitator"])
    browser_of("Ada").post(reverse("after", args=[over.session.pk]), {"reflection": NOTE})

    assert NOTE in browser_of("Ada").get(reverse("after", args=[over.session.pk])).content.decode()
    assert NOTE not in browser_of("Bea").get(reverse("after", args=[over.session.pk])).content.decode()
    assert Reflection.objects.get().writer == over.ada.participant
    wrapups.keep_reflection(session=over.session, actor=second, text="I listened.")
    assert sorted(Reflection.objects.values_list("body", flat=True)) == ["I listened.", NOTE]
    assert not Event.objects.filter(verb=Verb.SESSION_SUMMED_UP).exists()


def test_an_emptied_note_is_gone(over):
    wrapups.keep_reflection(session=over.session, actor=over.ada, text=NOTE)
    wrapups.keep_reflection(session=over.session, actor=over.ada, text="  ")

    assert not Reflection.objects.exists()


def test_what_is_too_long_stays_in_its_field(over, browser_of):
    long = "word " * 300
    answer = browser_of("Ada").post(reverse("after", args=[over.session.pk]), {"summary": long})

    assert answer.status_code == 422
    assert long.strip() in answer.content.decode()
    with pytest.raises(TooLong):
        wrapups.keep_summary(session=over.session, actor=over.ada, text=long)


def test_what_helps_reaches_the_hosts_and_nobody_else(world, browser_of):
    sent = {"helps": ["more_time", "captions"], "access_needs": "A chair by the door"}
    answer = browser_of("Gil").post(reverse("needs", args=[world.workshop.slug]), sent)
    words = "More time. Captions. A chair by the door"

    assert answer.url == reverse("before", args=[world.workshop.slug])
    for host in ("Ada", "Sam", "Hella"):
        assert words in browser_of(host).get(reverse("people", args=[world.workshop.slug])).content.decode(), host
    world.go_live()
    for other in ("Ben", "Chidi"):
        for page in (
            reverse("workshop", args=[world.workshop.slug]),
            reverse("away", args=[world.workshop.slug]),
            reverse("before", args=[world.workshop.slug]),
            reverse("room", args=[world.session.pk]),
        ):
            assert "A chair by the door" not in browser_of(other).get(page).content.decode()
    assert not Event.objects.filter(data__icontains="chair").exists()


@pytest.mark.parametrize("helps", [["magic"], ["more_time", "x" * 500], ["\x00"]])
def test_ticks_that_are_not_in_the_list_are_refused(world, browser_of, helps):
    answer = browser_of("Ben").post(reverse("needs", args=[world.workshop.slug]), {"helps": helps})

    assert answer.status_code == 422
    assert Participant.objects.get(pk=world["Ben"].participant.pk).helps == []


def test_before_we_meet_tells_when_where_and_one_thing_to_do(world, browser_of):
    sessions.change_session(session=world.session, actor=world.ada, place="The library, room 2")
    thread = dialogues.open_thread(
        workshop=world.workshop, actor=world.ada, prompt="What would help you?", until=clock.now() + timedelta(days=3)
    )
    page = browser_of("Ben").get(reverse("before", args=[world.workshop.slug])).content.decode()

    for words in ("The library, room 2", world.session.code, "What would help you?", "Check-in round", "Any name"):
        assert words in page, words
    assert reverse("thread", args=[thread.dialogues.get().pk]) in page
    assert "What about check_in_round?" not in page
