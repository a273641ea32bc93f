"""The hall: paper notes, what is read aloud, the line about the room, and when cards are turned over."""

import uuid

import pytest
from django.urls import reverse

from sessions_app.errors import BadText, Closed, NotAllowed, Refused, TooLong
from sessions_app.models import Contribution, Event, Identity, Message, Place, Screen
from sessions_app.operations import activities, contributions, halls, messages, running, scribing, sessions
from sessions_app.queries.away import away_view
from sessions_app.queries.halls import to_read_aloud
from sessions_app.queries.lanes import is_awaited, paper_of
from sessions_app.queries.pulse import notices_of
from sessions_app.queries.replays import replay_view
from sessions_app.verification import verify
from tests.world import add

pytestmark = pytest.mark.django_db


def enter(world, *names):
    for name in names:
        sessions.enter_room(session=world.session, person=world[name].participant)


def paper(world, count, step=1):
    halls.count_paper(dialogue=world.dialogue(step), actor=world["Sam"], count=count)


# --- turning over -------------------------------------------------------------------------------------


def test_who_came_in_and_sent_nothing_is_awaited(world):
    world.go_live(step=1)
    assert not is_awaited(world.dialogue(1))  # nobody is here
    enter(world, "Ben", "Chidi", "Ada", "Sam")
    world.say("Ben", "Slowly.", 1)
    assert is_awaited(world.dialogue(1))
    said = world.say("Chidi", "With time.", 1)
    assert not is_awaited(world.dialogue(1))  # hosts are not waited for
    contributions.withdraw_contribution(contribution=said, actor=world["Chidi"])
    assert is_awaited(world.dialogue(1))


def test_paper_that_is_not_typed_is_awaited(world):
    world.go_live(step=1)
    paper(world, 2)
    assert is_awaited(world.dialogue(1))
    scribing.write_lines(
        session=world.session,
        actor=world["Sam"],
        text="One\nTwo",
        form_id=uuid.uuid4(),
        dialogue_id=world.dialogue(1).pk,
    )
    assert (paper_of(world.dialogue(1)).notes, paper_of(world.dialogue(1)).typed) == (2, 2)
    assert not is_awaited(world.dialogue(1))


def test_where_nobody_may_know_who_wrote_only_paper_is_awaited(world):
    activities.change_activity(activity=world.steps[1], actor=world.ada, identity=Identity.ANONYMOUS)
    world.go_live(step=1)
    enter(world, "Ben", "Chidi")
    assert not is_awaited(world.dialogue(1))
    paper(world, 1)
    assert is_awaited(world.dialogue(1))


def test_nothing_is_turned_over_before_all_are_ready_unless_the_host_overrides(world):
    world.go_live(step=1)
    enter(world, "Ben")
    with pytest.raises(Refused, match="Not everybody has sent"):
        running.reveal(session=world.session, actor=world.ada, anyway=False)
    assert world.steps[1].revealed_at is None

    running.reveal(session=world.session, actor=world.ada, anyway=True)
    assert Event.objects.get(verb="activity.revealed").data["overrode"] is True
    running.undo(session=world.session, actor=world.ada)
    world.say("Ben", "Slowly.", 1)
    running.reveal(session=world.session, actor=world.ada, anyway=False)
    assert "overrode" not in Event.objects.filter(verb="activity.revealed").last().data
    assert list(verify(world.workshop.slug)) == []


def test_the_button_says_so_and_so_does_its_press(world, browser_of):
    world.go_live(step=1)
    ada, room = browser_of("Ada"), reverse("room", args=[world.session.pk])
    assert "Turn the cards over anyway" not in ada.get(room).content.decode()
    enter(world, "Ben")
    assert "Turn the cards over anyway" in ada.get(room).content.decode()
    controls = reverse("controls", args=[world.session.pk])
    ada.post(controls, {"press": "reveal", "rev": world.session.rev})
    assert world.steps[1].revealed_at is None
    ada.post(controls, {"press": "reveal_anyway", "rev": world.session.rev})
    assert world.steps[1].revealed_at is not None


@pytest.mark.parametrize(("count", "is_kept"), [(0, True), (2000, True), (2001, False), (-1, False)])
def test_so_many_notes(world, count, is_kept):
    world.go_live(step=1)
    try:
        paper(world, count)
    except BadText:
        assert not is_kept
    assert paper_of(world.dialogue(1)).notes == (count if is_kept else 0)


# --- read aloud ---------------------------------------------------------------------------------------


def test_words_from_outside_wait_until_they_are_read(world):
    add(world, "Lars", usual_place=Place.HALL)
    world.go_live()
    world.say("Lars", "In the hall.")
    said = world.say("Ben", "From home.")
    assert [one.contribution.body for one in to_read_aloud(world.dialogue(0))] == ["From home."]

    halls.read_aloud(contribution=said, actor=world["Sam"])
    assert to_read_aloud(world.dialogue(0)) == ()
    halls.read_aloud(contribution=said, actor=world["Sam"], is_read=False)
    assert len(to_read_aloud(world.dialogue(0))) == 1
    assert list(verify(world.workshop.slug)) == []


def test_the_list_does_not_tell_where_nameless_words_come_from(world):
    """In a list of those from outside, the one person on the phone would be known by it."""
    add(world, "Lars", usual_place=Place.HALL)
    activities.change_activity(activity=world.steps[0], actor=world.ada, identity=Identity.ANONYMOUS)
    world.go_live()
    for name in ("Lars", "Ben"):
        world.say(name, f"By {name}")

    assert len(to_read_aloud(world.dialogue(0))) == 2
    halls.read_aloud(contribution=Contribution.objects.first(), actor=world["Sam"])
    assert Event.objects.get(verb="contribution.read_aloud").actor is None
    assert list(verify(world.workshop.slug)) == []


def test_what_lies_face_down_is_read_by_nobody(world):
    world.go_live(step=1)
    said = world.say("Ben", "Hidden", 1)
    assert to_read_aloud(world.dialogue(1)) == ()
    with pytest.raises(Refused, match="face down"):
        halls.read_aloud(contribution=said, actor=world.ada)


def test_what_was_taken_back_is_not_read(world):
    world.go_live()
    said = world.say("Ben", "From home.")
    contributions.withdraw_contribution(contribution=said, actor=world["Ben"])
    with pytest.raises(Closed):
        halls.read_aloud(contribution=said, actor=world["Sam"])


# --- now in the room, the screen ----------------------------------------------------------------------


def tell(world, text, who="Sam"):
    return messages.send_message(session=world.session, actor=world[who], text=text, about_room=True)


def test_only_the_last_line_is_now(world):
    world.go_live()
    messages.send_message(session=world.session, actor=world.ada, text="We break at three.")
    for text in ("They laugh.", "They talk about\nwaiting."):
        tell(world, text)

    assert [message.body for message in notices_of(world.session)] == [
        "They talk about waiting.",
        "We break at three.",
    ]
    assert list(verify(world.workshop.slug)) == []


def test_those_who_were_away_read_what_went_on(world):
    world.go_live()
    tell(world, "They laugh.")
    gone = tell(world, "Oops.")
    messages.withdraw_message(message=gone, actor=world["Sam"])
    running.close_session(session=world.session, actor=world.ada)

    assert [line.body for line in away_view(world["Ben"].participant).room_lines] == ["They laugh."]
    replay = [line.sentence for line in replay_view(world.session, None).lines]
    assert any("They laugh." in sentence for sentence in replay)
    assert not any("Oops" in sentence for sentence in replay)


def test_no_participant_tells_of_the_room(world):
    with pytest.raises(NotAllowed):
        tell(world, "Me", "Ben")
    assert not Message.objects.exists()


def test_how_the_screen_looks(world):
    halls.set_screen(session=world.session, actor=world["Sam"], is_dark=True, has_captions=True, link="https://x.org/c")
    screen = Screen.objects.get()
    assert (screen.is_dark, screen.has_captions, screen.captions_link) == (True, True, "https://x.org/c")
    for link in ("javascript:alert(1)", "x", "https://x.org/" + "a" * 300):
        with pytest.raises((BadText, TooLong)):
            halls.set_screen(session=world.session, actor=world.ada, is_dark=False, has_captions=False, link=link)
    with pytest.raises(NotAllowed):
        halls.set_screen(session=world.session, actor=world["Ben"], is_dark=False, has_captions=False)
