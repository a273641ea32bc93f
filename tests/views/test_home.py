"""A person's workshops: where the button leads for each role, who sits at the table, and the way back afterwards."""

import pytest
from django.urls import reverse

from sessions_app.models import Participant
from sessions_app.operations import participants, running, workshops
from sessions_app.queries.people import seated
from tests.security.pages import read
from tests.world import make_user

HOME = "/workshops/"


@pytest.fixture
def signed_in(world, client):
    """A browser that is signed in as somebody of the world."""

    def sign_in(name: str):
        user = make_user(name.lower())
        Participant.objects.filter(pk=world[name].participant.pk).update(user=user)
        client.force_login(user)
        return client

    return sign_in


def links(page) -> list[str]:
    return [part.split('"')[0] for part in page.content.decode().split('<p class="row">')[1].split('href="')[1:]]


@pytest.mark.parametrize("name", ["Sam", "Hella", "Ben"])
@pytest.mark.parametrize("is_on", [False, True])
def test_the_button_of_who_is_no_facilitator_leads_where_they_may_go(world, signed_in, name, is_on):
    if is_on:
        running.open_doors(session=world.session, actor=world.ada)
    browser = signed_in(name)
    button = links(browser.get(HOME))[0]

    assert browser.get(button).status_code == 200
    assert ("/room/" in button) is is_on


def test_the_button_of_a_facilitator_leads_to_the_run_sheet(world, browser_of):
    assert links(browser_of("Ada").get(HOME))[0] == reverse("plan", args=[world.session.pk])


def test_researchers_and_those_at_the_door_have_no_seat(world, browser_of):
    participants.join(workshop=world.workshop, to_lobby=True)
    people = list(Participant.objects.filter(workshop=world.workshop))
    names = {person.name for person in seated(people)}

    assert names == {"Ada", "Sam", "Hella", "Ben", "Chidi", ""}
    for page in (HOME, reverse("workshop", args=[world.workshop.slug])):
        assert browser_of("Ada").get(page).content.decode().count('class="pip') == 6


def test_the_page_after_a_meeting_is_found_again(world, browser_of):
    after = reverse("after", args=[world.session.pk])
    ada = browser_of("Ada")
    pages = [HOME, reverse("workshop", args=[world.workshop.slug]), reverse("plan", args=[world.session.pk])]
    assert [page for page in pages if after in ada.get(page).content.decode()] == []

    running.close_session(session=world.session, actor=world.ada)

    assert [page for page in pages if after not in ada.get(page).content.decode()] == []
    assert after not in browser_of("Ben").get(pages[1]).content.decode()


def test_it_is_not_offered_where_nothing_can_be_written_any_more(world, browser_of):
    running.close_session(session=world.session, actor=world.ada)
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)
    after = reverse("after", args=[world.session.pk])

    for page in (HOME, reverse("workshop", args=[world.workshop.slug])):
        assert after not in browser_of("Ada").get(page).content.decode()


def test_the_only_workshop_thrown_away_leaves_the_way_back(client, db):
    user = make_user("bea")
    client.force_login(user)
    workshop = workshops.create_workshop(user=user, host_name="Bea", title="By mistake", languages=["en"])
    page = client.post(reverse("remove_workshop", args=[workshop.slug]), follow=True)

    assert read(page).text.count("“By mistake” is thrown away.") == 1
