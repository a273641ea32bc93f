"""Without a mouse on the pages of hosts: every control can be reached and seen, and a console is led by keys alone."""

import pytest
from playwright.sync_api import expect

from sessions_app.models import Message, Signal
from sessions_app.operations import signals, turns
from tests.e2e.keyboard import never_reached, press, tab_to, walk
from tests.e2e.person import DESK
from tests.e2e.scenes import scene

PAGES = [
    *(("hidden", "console"), ("hidden", "console of the scribe"), ("hidden", "scribe"), ("sorted", "headings")),
    *(("sorted", "move"), ("choosing", "ballots, dot_voting"), ("choosing", "answer, gradients")),
    *(("choosing", "answer, ranking"), ("choosing", "objections"), ("full", "roles"), ("full", "take out")),
]


@pytest.mark.parametrize(("state", "name"), PAGES)
def test_every_control_has_a_stop_and_every_stop_is_seen(arrive, state, name):
    who, path = scene(state).pages[name]
    page = arrive(scene(state).cookies(who), viewport=DESK).goes_to(path).page

    stops = walk(page)
    if never_reached(page):  # a console draws its people anew when this host comes in, maybe under the walk
        stops = walk(page)

    assert len(stops) >= 3
    assert never_reached(page) == []
    assert [stop["name"] for stop in stops if not (stop["ring"] and stop["seen"])] == []


def test_a_console_is_led_by_keys_alone(come, world):
    world.go_live()
    turns.ask_for_word(session=world.session, actor=world["Ben"])
    signals.raise_signal(session=world.session, actor=world["Chidi"], kind="cant_follow")
    ben = come("Ben").enters_room(world.session)
    ada = come("Ada", viewport=DESK).goes_to(f"/meetings/{world.session.pk}/console/").is_connected()
    page = ada.page

    press(page, "Give Ben the word")
    expect(ben.page.locator("#alarm")).to_have_text("Your turn to speak.")
    press(page, "Said again", key="Space")
    expect(page.locator(".pulse--on")).to_have_count(0)
    tab_to(page, page.get_by_text("Message everybody"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Everybody in the room sees it"))
    page.keyboard.type("We break at ten.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    ben.sees("We break at ten.")
    press(page, "2 minutes more")
    press(page, "Undo")
    press(page, "Next: Cards")
    ben.sees_question("What about cards?")

    assert Message.objects.get(session=world.session).body == "We break at ten."
    assert not Signal.objects.filter(session=world.session, lowered_at=None).exists()
