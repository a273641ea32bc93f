"""Back to a seat from the first page, out of a workshop with a word, and through the door from the hall."""

import time

import pytest
from django.urls import reverse

from sessions_app import clock
from sessions_app.live import presence
from sessions_app.models import Participant, Place, Session, Space, Workshop
from sessions_app.moments import meeting_words
from sessions_app.operations import participants, running


def newest_place() -> str:
    return Participant.objects.latest("pk").usual_place


def test_the_first_page_leads_back_to_the_seats_of_this_device(world, browser_of):
    ben, stranger = browser_of("Ben"), browser_of()

    page = ben.get(reverse("front")).content.decode()

    assert reverse("away", args=[world.workshop.slug]) in page
    assert "as Ben" in page
    assert "Your seats" not in stranger.get(reverse("front")).content.decode()


def test_a_seat_that_was_taken_away_is_not_shown(world, browser_of):
    ben = browser_of("Ben")
    participants.remove(person=world["Ben"].participant, actor=world.ada)

    assert "Your seats" not in ben.get(reverse("front")).content.decode()


@pytest.mark.parametrize(
    ("press", "words"), [("device", "You have left this device."), ("workshop", "You have left “")]
)
def test_leaving_is_said(world, browser_of, press, words):
    ben = browser_of("Ben")

    page = ben.post(reverse("leave", args=[world.workshop.slug]), {press: "1"}, follow=True)

    assert words in page.content.decode()
    assert "Your seats" not in page.content.decode()


@pytest.mark.parametrize(
    ("space", "sent", "asked", "place"),
    [
        (Space.BLENDED, "", True, Place.REMOTE),
        (Space.BLENDED, "hall", True, Place.HALL),
        (Space.DISTRIBUTED, "", False, Place.REMOTE),
        (Space.SAME, "", False, Place.HALL),
    ],
)
def test_the_door_asks_for_the_hall_only_where_there_is_a_choice(world, browser_of, space, sent, asked, place):
    Session.objects.filter(pk=world.session.pk).update(space=space)
    guest, address = browser_of(), reverse("door", args=[world.session.code])

    assert ("I am in the hall" in guest.get(address).content.decode()) is asked
    guest.post(address, {"visit": "v" * 22, "from": sent})

    assert newest_place() == place


def test_the_poster_knows_where_it_hangs(world, browser_of):
    page = browser_of().get(reverse("door", args=[world.session.code]) + "?from=hall").content.decode()

    assert "I am in the hall" not in page
    assert 'name="from" value="hall"' in page


@pytest.mark.parametrize("page", ["door", "poster"])
def test_the_door_and_its_poster_name_the_meeting_with_day_and_time(world, browser_of, page):
    shown = browser_of().get(reverse(page, args=[world.session.code])).content.decode()

    local = world.workshop.local
    assert f'<bdi class="door__meeting">{world.session.title}</bdi>' in shown
    assert meeting_words(local(world.session.starts_at), local(world.session.ends_at)) in shown


def test_the_door_names_the_host(world, browser_of):
    Workshop.objects.filter(pk=world.workshop.pk).update(contact_name="Karin Lindh", contact_phone="")

    page = browser_of().get(reverse("door", args=[world.session.code])).content.decode()

    assert "Karin Lindh</bdi> invites you." in page or "Karin Lindh invites you." in page
    assert ">KL<" in page


def test_who_sits_in_the_room_is_not_shown_twice_at_the_door(world, browser_of):
    running.start(session=world.session, actor=world.ada)
    presence.stay({world.session.pk: {world["Ben"].participant.pk, world["Chidi"].participant.pk}}, time.time(), "a")
    address = reverse("door", args=[world.session.code])

    assert "1 person is here" in browser_of("Ben").get(address).content.decode()
    assert "2 people are here" in browser_of("Sam").get(address).content.decode()


def test_who_came_after_a_meeting_was_over_is_not_thanked_for_it(world, browser_of):
    running.start(session=world.session, actor=world.ada)
    running.close_session(session=world.session, actor=world.ada)
    world.session.refresh_from_db()
    Participant.objects.filter(pk=world["Chidi"].participant.pk).update(joined_at=clock.now())
    was_there, came_after = (
        browser_of(name).get(reverse("room", args=[world.session.pk])).content.decode() for name in ("Ben", "Chidi")
    )

    assert "This meeting is over. Thank you for being here." in was_there
    assert "Thank you" not in came_after
    assert "This meeting is over." in came_after
    assert "How was it to work this way?" not in came_after
