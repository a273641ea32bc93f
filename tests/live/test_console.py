"""The console lives: hosts see the line and the pulse at once, each what is theirs, and nobody else sees any of it."""

import json

import pytest
from django.urls import reverse

from sessions_app.errors import NotAllowed, NotFound, Refused, Stale
from sessions_app.models import Duty, Event, Message, PrivateNote
from sessions_app.operations import hosting, messages, running, sessions, signals, turns
from sessions_app.queries.consoles import hosts_words
from sessions_app.verification import verify
from tests.world import add, make_world


@pytest.fixture
def console(world, process, cookies_of, enter):
    """`console("Ada")` opens the line of a host's console."""

    def _console(name):
        line = process.line(f"/live/console/{world.session.pk}/", cookies_of(name))
        hello = line.next("hello")
        line.since(hello["head"], hello["epoch"])
        return line

    return _console


def pieces(line):
    return {piece["id"]: piece["html"] for piece in line.next("news")["pieces"]}


def test_a_signal_reaches_the_console_without_a_name(world, console, enter):
    world.go_live()
    ada, ben = console("Ada"), enter("Ben")
    signals.raise_signal(session=world.session, actor=world["Chidi"], kind="cant_follow")
    seen = pieces(ada)

    assert "You do not see who" in seen["console-pulse"]
    assert "Chidi" not in seen["console-pulse"]
    assert "1</p><div><b>I can’t follow" in seen["console-pulse"]
    told = ben.next("news")
    assert "console" not in json.dumps(told)


def test_facilitators_run_and_scribes_do_not(world, console):
    world.go_live()
    ada, sam = console("Ada"), console("Sam")
    turns.ask_for_word(session=world.session, actor=world["Ben"])
    for_ada, for_sam = pieces(ada), pieces(sam)

    assert {"console-run", "room-controls", "console-pulse", "console-people"} <= set(for_ada)
    assert set(for_sam) == {"console-people", "console-pulse", "console-who", "hall-paper", "hall-aloud"}
    assert "Give Ben the word" in for_ada["console-pulse"]
    assert "Give Ben the word" not in for_sam["console-pulse"]
    assert "Take off the line" in for_sam["console-pulse"]


def test_a_message_to_one_is_in_no_frame_and_called_for_by_them_alone(world, enter, console):
    world.go_live()
    ben, chidi = enter("Ben"), enter("Chidi")
    messages.send_message(session=world.session, actor=world.ada, text="Are you well?", to=world["Ben"].participant)

    assert ben.next("own") == {"t": "own"}
    chidi.next("news")
    messages.send_message(session=world.session, actor=world.ada, text="We break soon.")
    assert "We break soon." in pieces(chidi)["room-notices"]
    assert not any("Are you well?" in frame for line in (ben, chidi) for frame in line.all)
    assert not any('"own"' in frame for frame in chidi.all)


@pytest.mark.django_db
def test_only_the_one_reads_what_was_told_to_them_alone(world, browser_of):
    world.go_live()
    messages.send_message(session=world.session, actor=world.ada, text="Are you well?", to=world["Ben"].participant)
    room, own = (reverse(name, args=[world.session.pk]) for name in ("room", "own"))

    for name, sees in (("Ben", True), ("Chidi", False), ("Sam", False)):
        for address in (room, own):
            assert ("Are you well?" in browser_of(name).get(address).content.decode()) is sees, (name, address)
    assert not Event.objects.filter(data__icontains="well").exists()


@pytest.mark.django_db
def test_a_message_that_is_taken_back_leaves_no_words(world):
    said = messages.send_message(session=world.session, actor=world["Hella"], text="Wrong room.")
    for who, trouble in (("Sam", NotAllowed), ("Ben", NotAllowed), ("Rana", NotFound)):
        with pytest.raises(trouble):
            messages.withdraw_message(message=said, actor=world[who])
    messages.withdraw_message(message=said, actor=world.ada)

    assert Message.objects.get().body == ""
    assert list(verify(world.workshop.slug)) == []


@pytest.mark.django_db
def test_a_note_is_its_writers_alone(world, browser_of):
    messages.keep_private_note(session=world.session, actor=world.ada, text="Come back to Ben.")
    address = reverse("console", args=[world.session.pk])

    assert "Come back to Ben." in browser_of("Ada").get(address).content.decode()
    assert "Come back to Ben." not in browser_of("Sam").get(address).content.decode()
    before = Event.objects.count()
    messages.keep_private_note(session=world.session, actor=world.ada, text=" ")
    assert (PrivateNote.objects.count(), Event.objects.count()) == (0, before)


@pytest.mark.django_db
def test_who_leads_is_shown_and_handed_over(world):
    eva = add(world, "Eva", ["facilitator"])
    hosting.hand_over(session=world.session, actor=world.ada, task="lead", to=world.ada.participant)
    hosting.hand_over(session=world.session, actor=world.ada, task="online", to=world["Hella"].participant)
    assert hosts_words(world.session) == "Ada leads. Hella looks after online. Sam is scribe."
    hosting.hand_over(session=world.session, actor=eva, task="lead", to=eva.participant)

    assert hosts_words(world.session).startswith("Eva leads.")
    assert Event.objects.filter(verb="session.handed_over").count() == 3
    assert list(verify(world.workshop.slug)) == []


@pytest.mark.django_db
def test_only_hosts_take_a_task_and_only_facilitators_give_it(world):
    for task, to in (("lead", "Hella"), ("lead", "Ben"), ("online", "Ben")):
        with pytest.raises(Refused):
            hosting.hand_over(session=world.session, actor=world.ada, task=task, to=world[to].participant)
    for actor, trouble in (
        (world["Sam"], NotAllowed),
        (world["Ben"], NotAllowed),
        (make_world("O", host="O").ada, NotFound),
    ):
        with pytest.raises(trouble):
            hosting.hand_over(session=world.session, actor=actor, task="online", to=world["Hella"].participant)
    assert not Duty.objects.exists()


@pytest.mark.django_db
def test_the_second_of_two_facilitators_is_told_who_pressed_what(world):
    eva = add(world, "Eva", ["facilitator"])
    world.go_live()
    rev = world.session.rev
    running.extend(session=world.session, actor=world.ada, rev=rev)
    with pytest.raises(Stale) as trouble:
        running.next_step(session=world.session, actor=eva, rev=rev)

    assert str(trouble.value.message).startswith("Ada was faster: the step got more time.")


@pytest.mark.django_db
def test_the_group_sees_its_mirror_when_the_facilitator_shows_it(world, browser_of):
    world.go_live()
    for number in range(3):
        for place in ("hall", "remote"):
            name = f"{place} {number}"
            add(world, name, usual_place=place)
            sessions.enter_room(session=world.session, person=world[name].participant)
            world.say(name, "By bus.")
    running.close_session(session=world.session, actor=world.ada)
    away = reverse("away", args=[world.workshop.slug])
    title = "How our voices were shared out"
    assert title not in browser_of("Ben").get(away).content.decode()
    for actor, trouble in ((world["Ben"], NotAllowed), (world["Rana"], NotFound)):
        with pytest.raises(trouble):
            hosting.show_mirror(session=world.session, actor=actor)
    browser_of("Ada").post(reverse("mirror", args=[world.session.pk]), {"press": "show"})
    page = browser_of("Ben").get(away).content.decode()

    assert title in page
    assert "in the hall 3, outside the hall 3" in page
    hosting.show_mirror(session=world.session, actor=world.ada, shown=False)
    assert title not in browser_of("Ben").get(away).content.decode()
    assert list(verify(world.workshop.slug)) == []
