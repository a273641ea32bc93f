"""The pages of small groups by hand: what each sees, what is refused in words, and what nobody else may read."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app import clock
from sessions_app.models import Contribution, Group, Membership, Role
from sessions_app.operations import activities, dialogues, groups, running, sessions
from sessions_app.queries.away import away_view
from tests.operations.carried import post
from tests.world import add

pytestmark = pytest.mark.django_db
QUESTION = "What would help?"


@pytest.fixture
def step(world):
    """The step is on; Ben sits in the first of two groups, Chidi in the second."""
    made = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="small_groups", prompt=QUESTION
    )
    world.go_live(4)
    for name in ("Ben", "Chidi"):
        sessions.enter_room(session=world.session, person=world[name].participant)
    groups.make_groups(activity=made, actor=world.ada, rule="number", count=2)
    return made


def of(step, world, who) -> Group:
    seat = Membership.objects.select_related("group__activity__session", "group__activity__workshop", "group__dialogue")
    return seat.get(activity=step, participant=world[who].participant, left_at=None).group


def room(world, browser) -> str:
    return browser.get(reverse("room", args=[world.session.pk])).content.decode()


def test_the_room_says_where_one_sits(world, browser_of, step):
    mine = of(step, world, "Ben")
    page = room(world, browser_of("Ben"))

    assert f"You are in {mine.label}." in page
    assert f'href="/groups/{mine.pk}/#group-h"' in page
    seats = json.loads(re.search(r'data-seats="([^"]*)"', page)[1].replace("&quot;", '"'))
    assert seats[str(world["Ben"].participant.pk)] == mine.pk


def test_a_group_is_read_by_its_people_and_by_who_leads_or_writes(world, browser_of, step):
    mine = of(step, world, "Ben")
    post(world, mine, "Ben", "Only in here")
    address = reverse("group", args=[mine.pk])

    answers = {name: browser_of(name).get(address) for name in ("Ben", "Sam", "Ada", "Chidi", "Hella", "Gil")}
    assert {name: answer.status_code for name, answer in answers.items()} == {
        **dict.fromkeys(("Ben", "Sam", "Ada"), 200),
        **dict.fromkeys(("Chidi", "Hella", "Gil"), 404),
    }
    assert all("Only in here" in answers[name].content.decode() for name in ("Ben", "Sam", "Ada"))


@pytest.mark.parametrize("who", ["Chidi", "Hella", "Gil"])
def test_nothing_of_a_group_leaks_before_it_is_carried_back(world, browser_of, step, who):
    mine = of(step, world, "Ben")
    said = post(world, mine, "Ben", "Only in here")
    gil, other = world["Gil"].participant, of(step, world, "Chidi")
    groups.move_person(activity=step, actor=world.ada, person=gil, group=other)  # coming in would seat them anywhere
    browser, dialogue = browser_of(who), mine.dialogue.pk
    slug, meeting, news = world.workshop.slug, world.session.pk, f"?after=0&epoch={world.workshop.epoch}"
    addresses = [
        *(f"/groups/{mine.pk}/", f"/groups/{mine.pk}/news/{news}", f"/threads/{dialogue}/"),
        *(f"/threads/{dialogue}/news/{news}", f"/dialogues/{dialogue}/answer/", f"/dialogues/{dialogue}/headings/"),
        *(f"/contributions/{said.pk}/change/", f"/contributions/{said.pk}/heading/"),
    ]

    assert {browser.get(address).status_code for address in addresses} == {404}
    for address in (
        f"/w/{slug}/away/",
        f"/w/{slug}/",
        f"/meetings/{meeting}/room/",
        f"/meetings/{meeting}/news/{news}",
    ):
        assert "Only in here" not in browser.get(address).content.decode()
    sent = {"body": "Let me in", "client_id": "6d1bd9d5-9b61-4b51-9d42-0123456789ab", "view": "group"}
    assert browser.post(f"/dialogues/{dialogue}/contributions/", sent).status_code == 404
    assert Contribution.objects.count() == 1


def test_away_shows_ones_own_group_and_no_other(world, step):
    post(world, of(step, world, "Chidi"), "Chidi", "Of the others")
    post(world, of(step, world, "Ben"), "Sam", "Of ours")
    ben = world.refresh("Ben").participant

    told = [said.contribution.body for _dialogue, words in away_view(ben).said for said in words]
    assert told == ["Of ours"]


def test_a_group_goes_on_as_a_thread_when_the_step_is_kept_open(world, browser_of, step):
    mine = of(step, world, "Ben")
    dialogues.keep_open(activity=step, actor=world.ada, until=clock.now() + timedelta(days=3))
    running.close_session(session=world.session, actor=world.ada)
    thread = browser_of("Ben").get(reverse("thread", args=[mine.dialogue.pk]))
    assert thread.url == reverse("group", args=[mine.pk])
    sent = {"body": "Afterwards", "client_id": "6d1bd9d5-9b61-4b51-9d42-0123456789ab", "view": "thread"}
    browser_of("Ben").post(reverse("post", args=[mine.dialogue.pk]), sent)

    said = Contribution.objects.get()
    assert (said.body, said.via, said.dialogue.group) == ("Afterwards", "thread", mine)
    assert f"{mine.label}: {QUESTION}" in browser_of("Ben").get(f"/w/{world.workshop.slug}/").content.decode()
    assert mine.label not in browser_of("Chidi").get(f"/w/{world.workshop.slug}/").content.decode()


def test_who_was_moved_is_led_to_the_room_and_keeps_their_words(world, browser_of, step):
    mine, other = of(step, world, "Ben"), of(step, world, "Chidi")
    said = post(world, mine, "Ben", "Only in here")
    groups.move_person(activity=step, actor=world.ada, person=world["Ben"].participant, group=other)
    browser = browser_of("Ben")
    answer = browser.get(reverse("group", args=[mine.pk]), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("room", args=[world.session.pk])
    assert "You do not sit in that group any more." in answer.content.decode()
    assert "Only in here" in browser.get(reverse("change_contribution", args=[said.pk])).content.decode()


def press(browser, step, **sent):
    return browser.post(reverse("groups", args=[step.pk]), sent)


@pytest.mark.parametrize("minutes", ["0", "600", "", "ten", "-1", "9999999"])
def test_a_bad_time_is_said_beside_the_field(world, browser_of, step, minutes):
    answer = press(browser_of("Ada"), step, press="time", minutes=minutes)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "The time stays as it was." in page
    assert f'name="minutes" inputmode="numeric" value="{minutes}" aria-invalid="true"' in page


def test_moving_into_a_group_that_is_gone_is_said_in_words(world, browser_of, step):
    gone = groups.add_group(activity=step, actor=world.ada)
    groups.remove_group(group=gone, actor=world.ada)
    mine, ben = of(step, world, "Ben"), world["Ben"].participant.pk
    for number in (gone.pk, 999_999, "nowhere"):
        answer = press(browser_of("Ada"), step, press="move", person=ben, to=number)
        assert answer.status_code == 422
        assert "That group is not there any more." in answer.content.decode()
    assert of(step, world, "Ben") == mine


def test_every_press_of_the_facilitator_works_by_hand(world, browser_of, step):
    mine, other, browser = of(step, world, "Ben"), of(step, world, "Chidi"), browser_of("Ada")
    post(world, mine, "Ben", "A calm room")
    add(world, "Lina", usual_place="hall")
    presses = (
        {"press": "add"},
        {"press": "rest"},
        {"press": "move", "person": world["Ben"].participant.pk, "to": other.pk},
        {"press": "move", "person": world["Ben"].participant.pk, "to": ""},
        {"press": "time", "minutes": "7"},
        {"press": "untime"},
        {"press": "tell", "body": "Two more minutes", "group": mine.pk},
        {"press": "back"},
        {"press": "carry", "what": "cards"},
        {"press": "uncarry"},
        {"press": "carry", "what": "notes"},
        {"press": "out"},
        {"press": "make", "rule": "mixed", "size": "3"},
    )
    for sent in presses:
        assert press(browser, step, **sent).status_code == 302, sent
        assert browser.get(reverse("groups", args=[step.pk])).status_code == 200


@pytest.mark.parametrize("size", ["1", "0", "many", "31"])
def test_a_group_of_one_or_of_nobody_is_not_made(world, browser_of, step, size):
    before = of(step, world, "Ben")
    answer = press(browser_of("Ada"), step, press="make", rule="number", size=size)

    assert answer.status_code == 422
    assert f'value="{size}" aria-invalid="true"' in answer.content.decode()
    assert of(step, world, "Ben") == before


def test_people_choose_in_the_room(world, browser_of, step):
    groups.make_groups(activity=step, actor=world.ada, rule="choice", size=2, count=2)
    one = Group.objects.get(activity=step, number=1)
    page = room(world, browser_of("Ben"))
    assert "2 places left" in page
    answer = browser_of("Ben").post(reverse("join_group", args=[one.pk]))

    assert answer.url == f"/groups/{one.pk}/#group-h"
    assert of(step, world, "Ben") == one


def test_who_has_no_seat_asks_for_one(world, browser_of, step):
    groups.move_person(activity=step, actor=world.ada, person=world["Ben"].participant, group=None)
    page = browser_of("Ben").get(reverse("own", args=[world.session.pk]))
    assert page.status_code == 200
    assert Membership.objects.filter(participant=world["Ben"].participant, left_at=None).count() == 0
    browser_of("Ben").post(reverse("find_seat", args=[step.pk]))

    assert of(step, world, "Ben")


def test_a_scribe_writes_for_a_group(world, browser_of, step):
    mine, browser = of(step, world, "Ben"), browser_of("Sam")
    page = browser.get(reverse("scribe", args=[world.session.pk]) + f"?step={mine.dialogue.pk}").content.decode()
    assert f'value="{mine.dialogue.pk}" selected' in page
    sent = {"lines": "First\nSecond", "client_id": "6d1bd9d5-9b61-4b51-9d42-0123456789ab", "step": mine.dialogue.pk}
    browser.post(reverse("scribe", args=[world.session.pk]), {**sent, "person": world["Ben"].participant.pk})

    said = Contribution.objects.filter(dialogue=mine.dialogue)
    assert [(one.body, one.author, one.via) for one in said] == [
        (words, world["Ben"].participant, "scribe") for words in ("First", "Second")
    ]


def test_a_call_opens_in_a_window_of_its_own(world, browser_of, step):
    mine = of(step, world, "Ben")
    sent = {"name": "The door", "call_link": "https://meet.example/door"}
    assert browser_of("Ada").post(reverse("change_group", args=[mine.pk]), sent).status_code == 302
    page = browser_of("Ben").get(reverse("group", args=[mine.pk])).content.decode()

    assert 'href="https://meet.example/door" rel="noopener noreferrer" target="_blank"' in page
    answer = browser_of("Ada").post(reverse("change_group", args=[mine.pk]), {**sent, "call_link": "door"})
    assert (answer.status_code, 'value="door"' in answer.content.decode()) == (422, True)


def test_who_renames_a_group_second_keeps_what_they_typed_and_may_save_again(world, browser_of, step):
    mine, ada = of(step, world, "Ben"), browser_of("Ada")
    add(world, "Eva", [Role.FACILITATOR])
    eva, address = browser_of("Eva"), reverse("change_group", args=[mine.pk])
    seen = {"seen": ada.get(address).context["seen"]}
    assert eva.post(address, {"name": "The door", "call_link": "", **seen}).status_code == 302

    answer = ada.post(address, {"name": "The window", "call_link": "", **seen})
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "Eva changed this while you were writing. What you wrote is still here." in page
    assert "<bdi>The door</bdi>" in page
    assert 'value="The window"' in page
    again = {"name": "The window", "call_link": "", "seen": answer.context["seen"]}
    assert ada.post(address, again).status_code == 302
    mine.refresh_from_db()
    assert mine.name == "The window"


def test_the_console_shows_every_group(world, browser_of, step):
    post(world, of(step, world, "Ben"), "Ben", "A calm room")
    page = browser_of("Hella").get(reverse("console", args=[world.session.pk])).content.decode()
    host = browser_of("Ada").get(reverse("console", args=[world.session.pk])).content.decode()

    assert "2 groups" in host
    assert "Not heard yet: <bdi>Chidi</bdi>" in host
    assert "A calm room" not in page + host


def test_origin_is_shown_to_all_and_leads_hosts_to_the_source(world, browser_of, step):
    mine = of(step, world, "Ben")
    source = post(world, mine, "Ben", "A calm room")
    press(browser_of("Ada"), step, press="carry", what="cards")

    assert f"From {mine.label}" in room(world, browser_of("Chidi"))
    link = f'href="/groups/{mine.pk}/#said-{source.pk}"'
    assert (link in room(world, browser_of("Ada")), link in room(world, browser_of("Chidi"))) == (True, False)


def test_when_the_step_is_over_nobody_is_called_back_any_more(world, browser_of, step):
    mine = of(step, world, "Ben")
    address = reverse("group", args=[mine.pk])
    groups.bring_back(activity=step, actor=world.ada)
    assert "Finish your sentence" in browser_of("Ben").get(address).content.decode()

    running.close_session(session=world.session, actor=world.ada)

    page = browser_of("Ben").get(address).content.decode()
    assert "Finish your sentence" not in page
    assert "The small groups are over." in page
