"""The same thing sent again, by the same person or by somebody else, now or from an old page."""

import uuid

import pytest
from django.urls import reverse

from sessions_app.models import Contribution, Event, Session
from sessions_app.operations import running
from tests.security.pages import read

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def live(world):
    world.go_live()
    return world


def send(browser, world, client_id, body="Once", **more):
    sent = {"body": body, "client_id": str(client_id), "view": "room"}
    return browser.post(reverse("post", args=[world.dialogue().pk]), sent, **more)


def test_the_same_words_sent_again_are_answered_as_the_first_time(live, browser_of):
    browser, client_id = browser_of("Ben"), uuid.uuid4()
    first, second = (send(browser, live, client_id, **JSON).json() for _ in range(2))
    page = send(browser, live, client_id)

    assert first == second
    assert page.status_code == 302
    assert page.url.endswith(f"#{first['id']}")
    assert Contribution.objects.count() == 1


def test_other_words_under_an_old_number_do_not_replace_them(live, browser_of):
    browser, client_id = browser_of("Ben"), uuid.uuid4()
    send(browser, live, client_id)
    send(browser, live, client_id, body="Something else")

    assert [said.body for said in Contribution.objects.all()] == ["Once"]


def test_somebody_elses_number_tells_nothing(live, browser_of):
    client_id = uuid.uuid4()
    send(browser_of("Ben"), live, client_id, body="Ben's own")
    answer = send(browser_of("Chidi"), live, client_id, body="Chidi's own", **JSON)
    page = send(browser_of("Chidi"), live, client_id, body="Chidi's own")

    assert answer.status_code == 403
    assert "Ben" not in answer.content.decode()
    assert "Chidi&#x27;s own" in page.content.decode()
    assert [said.body for said in Contribution.objects.all()] == ["Ben's own"]


def test_a_number_from_another_workshop_tells_nothing(live, browser_of):
    from tests.world import make_world

    other, client_id = make_world("Another one", host="Olga"), uuid.uuid4()
    other.go_live()
    there = other.say("Ben", "Over there", client_id=client_id)
    answer = send(browser_of("Ben"), live, client_id, **JSON)

    assert answer.status_code == 403
    assert str(there.pk) not in answer.content.decode()
    assert Contribution.objects.filter(dialogue=live.dialogue()).count() == 0


def test_a_button_of_an_old_page_changes_nothing(live, browser_of):
    browser = browser_of("Ada")
    old = Session.objects.get(pk=live.session.pk).rev
    running.next_step(session=live.session, actor=live.ada)
    before = Event.objects.count()
    address = reverse("controls", args=[live.session.pk])

    page = browser.post(address, {"press": "next", "rev": old}, follow=True)
    fragment = browser.post(address, {"press": "next", "rev": old}, HTTP_HX_REQUEST="true")
    script = browser.post(address, {"press": "next", "rev": old}, **JSON)

    assert "a little faster" in read(page).text
    assert (fragment.status_code, script.status_code) == (409, 409)
    assert script.json()["error"] == "stale"
    assert Event.objects.count() == before


@pytest.mark.parametrize("rev", ["", "-1", "x", "1.5", str(2**31), str(2**63), "9" * 5000, "\u00b2", "\x00"])
def test_a_forged_state_changes_nothing(live, browser_of, rev):
    before = Event.objects.count()
    answer = browser_of("Ada").post(reverse("controls", args=[live.session.pk]), {"press": "next", "rev": rev}, **JSON)

    assert answer.status_code in {409, 422}
    assert Event.objects.count() == before


@pytest.mark.parametrize("press", ["", "delete", "__class__", "start\x00", "NEXT", "next ", "PRESSES"])
def test_a_button_that_is_none_changes_nothing(live, browser_of, press):
    rev = Session.objects.get(pk=live.session.pk).rev
    before = Event.objects.count()
    answer = browser_of("Ada").post(reverse("controls", args=[live.session.pk]), {"press": press, "rev": rev}, **JSON)

    assert answer.status_code == 422
    assert Event.objects.count() == before


@pytest.mark.parametrize("roles", [["false"], ["admin"], ["Facilitator"], ["0"], [""], ["facilitator\x00"], ["[]"], []])
def test_a_role_that_is_none_is_not_given(world, browser_of, roles):
    person = world["Ben"].participant
    answer = browser_of("Ada").post(
        reverse("roles", args=[world.workshop.slug, person.pk]), {"roles": roles, "csrfmiddlewaretoken": "x"}
    )

    assert answer.status_code == 422
    person.refresh_from_db()
    assert person.roles == ["participant"]


def test_fields_that_no_form_has_are_not_read(live, browser_of):
    """Who writes, where and as what is never taken from what is sent."""
    sent = {"body": "Mine", "client_id": str(uuid.uuid4()), "author": live["Chidi"].participant.pk, "via": "scribe"}
    sent |= {"place": "hall", "seq": 1, "id": str(uuid.uuid4()), "recorded_by": 1, "anonymous_token": "x", "late": "1"}
    browser_of("Ben").post(reverse("post", args=[live.dialogue().pk]), sent)
    me = {
        "name": "Benjamin",
        "usual_place": "hall",
        "roles": ["facilitator"],
        "workshop": 1,
        "user": 1,
        "admitted_at": "",
    }
    browser_of("Ben").post(reverse("me", args=[live.workshop.slug]), me)

    said = Contribution.objects.get()
    assert (said.author, said.via, said.place, said.recorded_by) == (live["Ben"].participant, "thread", "remote", None)
    assert live.refresh("Ben").participant.roles == ["participant"]
