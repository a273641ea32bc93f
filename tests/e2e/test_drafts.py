"""Words in any form outlive a reload and a dead line, go when the server has them, and are nobody else's to see."""

import pytest
from playwright.sync_api import expect

from sessions_app.models import Participant
from sessions_app.operations import activities
from tests.e2e.cookies import cookies_of
from tests.e2e.person import DESK
from tests.e2e.scenes import scene

WAITS = "Not sent yet. It was kept on this device."
STAYS = "Not sent yet. What you wrote stays here: press again."
KEPT = "() => Object.keys(localStorage).filter((key) => key.startsWith('draft-form:')).length"


@pytest.fixture
def ben(come, world):
    world.go_live()
    person = come("Ben").forgive("ERR_|WebSocket|status 422|status of 422")
    return person.goes_to(f"/w/{world.workshop.slug}/me/needs/")


def needs(person):
    return person.page.locator("#id_access_needs")


def test_words_outlive_a_reload_and_go_when_the_server_has_them(ben, world):
    needs(ben).fill("I hear badly on the left.")
    ben.page.reload()
    expect(needs(ben)).to_have_value("I hear badly on the left.")
    ben.sees(WAITS)

    ben.presses("Tell the hosts")

    expect(ben.page.locator(".notice--good")).to_be_visible()
    assert Participant.objects.get(pk=world["Ben"].participant.pk).access_needs == "I hear badly on the left."
    assert ben.page.evaluate(KEPT) == 0


def test_words_that_are_sent_on_a_dead_line_stay_in_the_field(ben, world):
    needs(ben).fill("I hear badly on the left.")
    ben.context.set_offline(True)
    ben.presses("Tell the hosts").sees(STAYS)
    expect(needs(ben)).to_have_value("I hear badly on the left.")

    ben.context.set_offline(False)
    ben.presses("Tell the hosts")

    expect(ben.page.locator(".notice--good")).to_be_visible()
    assert Participant.objects.get(pk=world["Ben"].participant.pk).access_needs == "I hear badly on the left."


def test_words_that_are_refused_stay_and_the_page_says_why(ben, world):
    needs(ben).fill("a" * 5000)
    ben.presses("Tell the hosts").sees("One thing to put right")

    expect(needs(ben)).to_have_value("a" * 5000)
    assert ben.page.evaluate(KEPT) == 1


def test_a_clause_that_was_moved_stays_where_it_was_moved_to(come, world):
    ada = come("Ada", viewport=DESK).goes_to(f"/w/{world.workshop.slug}/agreements/new/")
    ada.page.get_by_label("What is it about?").fill("How we decide")
    ada.presses("Begin the draft")
    ada.page.locator("#clause-0-text").fill("They have seven days.")
    ada.presses("One more clause").page.locator("#clause-1-text").fill("We write how many were silent.")
    first = ada.page.locator("#clause-0-text")

    ada.presses("Later: clause 1")
    expect(first).to_have_value("We write how many were silent.")
    ada.sees_no(WAITS).goes_to(ada.page.url).sees(WAITS)

    expect(first).to_have_value("We write how many were silent.")
    expect(ada.page.locator("[data-kept] textarea")).to_have_value("They have seven days.")


def test_what_was_kept_can_be_thrown_away(ben, world):
    needs(ben).fill("No, not this.")
    ben.page.reload()
    ben.sees(WAITS).presses("Throw away").sees_no(WAITS)
    expect(needs(ben)).to_have_value("")

    ben.page.reload()
    expect(needs(ben)).to_have_value("")


def test_another_person_on_the_same_device_sees_none_of_it(ben, world):
    needs(ben).fill("Only for the hosts.")
    for name, value in cookies_of(world, "Chidi").items():
        ben.context.add_cookies([{"name": name, "value": value, "url": ben.web.address}])

    ben.page.reload()

    expect(needs(ben)).to_have_value("")
    ben.sees_no(WAITS)


def test_signing_out_wipes_them(come, world):
    ada = come("Ada", viewport=DESK).goes_to(f"/w/{world.workshop.slug}/threads/new/")
    ada.page.locator("#id_prompt").fill("What did we forget?")
    assert ada.page.evaluate(KEPT) == 1

    ada.goes_to("/accounts/logout/").page.get_by_role("main").get_by_role("button", name="Sign out").click()
    ada.sees("You have a code?")

    assert ada.page.evaluate(KEPT) == 0


LOADED = """async () => {
  const isThere = () => performance.getEntriesByType("resource").some((one) => one.name.includes("drafts"));
  while (!isThere()) await new Promise((next) => requestAnimationFrame(next));
}"""


def test_what_somebody_is_to_raise_for_me_is_kept_in_the_room(come, world):
    world.go_live()
    ben = come("Ben").enters_room(world.session)
    note = ben.page.locator("#speak-note")
    ben.page.get_by_text("Please raise this for me").click()
    note.focus()
    ben.page.evaluate(LOADED)
    ben.page.keyboard.type("The lift is out of order.")
    ben.page.reload()
    ben.page.get_by_text("Please raise this for me").click()
    note.focus()
    expect(note).to_have_value("The lift is out of order.")
    ben.sees(WAITS).presses("Leave it for the meeting")

    expect(ben.page.locator("#speak-note")).to_have_count(0)
    assert ben.page.evaluate(KEPT) == 0


def test_a_slip_keeps_the_words_of_who_holds_it(arrive):
    made = scene("hall")
    who, path = made.pages["slip, other words"]
    holder = arrive(made.cookies(who)).goes_to(path)
    body = holder.page.locator("textarea")
    body.fill("I said it in another way.")
    holder.page.reload()

    expect(body).to_have_value("I said it in another way.")


@pytest.fixture
def scaled(world):
    """A step whose answer is chosen and can be explained, first in the meeting that is on."""
    step = activities.plan_activity(
        workshop=world.workshop,
        actor=world.ada,
        session=world.session,
        kind="gradients",
        prompt="Are you with us?",
        options={"steps": "5"},
    )
    while step.position > 1:
        step = activities.move_activity(activity=step, actor=world.ada, earlier=True)
    world.go_live()
    return world.dialogue(0)


@pytest.mark.parametrize("path", ["/meetings/{world.session.pk}/room/", "/threads/{dialogue.pk}/"])
def test_the_reason_beside_a_choice_is_kept_in_room_and_thread(come, world, scaled, path):
    ben = come("Ben").goes_to(path.format(world=world, dialogue=scaled)).is_connected()
    reason = ben.page.locator("#own-reason")
    ben.page.evaluate(LOADED)
    reason.fill("If somebody rings me.")
    ben.page.reload()
    expect(reason).to_have_value("If somebody rings me.")

    ben.page.locator("[name=step]").first.check()
    ben.presses("Send my answer").sees("Your answer is on the table.")

    assert ben.page.evaluate(KEPT) == 0
    ben.page.reload()
    expect(reason).to_have_value("If somebody rings me.")
    ben.sees_no(WAITS)
