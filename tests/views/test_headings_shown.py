"""What people see of headings: no choice where there is none, their own choice again, earlier cards under theirs."""

import uuid
from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.models import Event
from sessions_app.operations import dialogues, limits, running
from sessions_app.operations.contributions import post_contribution
from sessions_app.verification import verify
from tests.kinds.choosing import with_step


@pytest.mark.django_db
def test_a_card_that_has_nowhere_to_go_is_offered_a_new_heading_only(world, browser_of):
    with_step(world, "clustering")
    card = world.say("Ben", "Chairs")
    ben, address = browser_of("Ben"), f"/contributions/{card.pk}/heading/"

    assert 'type="radio"' not in ben.get(address).content.decode()
    ben.post(address, {"title": "To sit on"})
    page = ben.get(address).content.decode()

    assert page.count('type="radio"') == 2
    assert ben.post(address, {"title": ""}).status_code == 422


@pytest.mark.django_db
def test_who_wrote_a_card_chooses_its_heading_again(world, browser_of):
    thread = dialogues.open_thread(
        workshop=world.workshop,
        actor=world.ada,
        kind="what_i_bring",
        prompt="What?",
        until=clock.now() + timedelta(days=1),
    ).dialogues.get()
    given = {"dialogue": thread, "via": "thread", "client_id": uuid.uuid4()}
    card = post_contribution(actor=world["Ben"], body="Patience", heading=0, **given).contribution
    ben, address = browser_of("Ben"), f"/contributions/{card.pk}/change/"

    page = ben.get(address).content.decode()
    assert '<option value="0" selected>' in page
    ben.post(address, {"body": "Patience", "heading": "1"})

    card.refresh_from_db()
    assert (card.heading, card.revised_at) == (1, None)
    assert Event.objects.get(verb="contribution.filed").data == {"heading": 1, "heading_before": 0}
    assert list(verify(world.workshop.slug)) == []
    assert ben.post(address, {"body": "Patience", "heading": "7"}).status_code == 422
    assert browser_of("Chidi").post(address, {"body": "Mine", "heading": "0"}).status_code in {403, 404, 422}
    card.refresh_from_db()
    assert (card.heading, card.body) == (1, "Patience")


@pytest.mark.django_db
def test_earlier_cards_lie_under_their_headings_too(world, browser_of, monkeypatch):
    with_step(world, "what_i_bring")
    for number in range(64):
        limits._buckets.clear()
        world.say("Ben", f"Card {number}", heading=number % 2)
    room = f"/meetings/{world.session.pk}/room"
    newest = browser_of("Ben").get(f"{room}/").context["room"]
    assert newest.earlier == 4

    page = browser_of("Ben").get(f"{room}/earlier/?before={newest.first_seq}").content.decode()

    first, second = (str(section.title) for section in newest.outline.sections)
    assert page.index(first) < page.index("Card 0") < page.index("Card 2") < page.index(second) < page.index("Card 1")
    running.close_session(session=world.session, actor=world.ada)
