"""The live line: it drops and mends, asks for what was missed, does without sockets, and ends when somebody must go."""

import json
import re

import pytest
from playwright.sync_api import expect

from sessions_app.models import Role
from sessions_app.operations import devices, participants, running, workshops
from tests.e2e.person import DESK, PATIENCE
from tests.world import add

LIVE = re.compile(r"/live/")
TWO_SECONDS = 2000
WATCH_THE_BAR = """() => {
  window.bar = [];
  const line = document.getElementById("line");
  new MutationObserver(() => window.bar.push(line.hidden)).observe(line, { attributes: true });
}"""


@pytest.fixture
def flaky(come, world):
    """Ben in a live room; `drops()` cuts his socket, as a network does."""
    world.go_live()
    ben = come("Ben").forgive("WebSocket")
    sockets = []
    ben.page.route_web_socket(LIVE, lambda socket: sockets.append((socket, socket.connect_to_server())))
    ben.enters_room(world.session)

    def drops() -> None:
        for end in sockets[-1]:
            end.close(code=3000, reason="a tunnel")

    ben.sockets, ben.drops = sockets, drops
    return ben


def test_a_dropped_line_comes_back_with_what_was_missed(flaky, world):
    flaky.drops()
    world.say("Chidi", "Said while Ben was gone.")
    world.say("Gil", "And one more.", name="Gilla")

    flaky.sees_card("Said while Ben was gone.").sees_card("And one more.").is_connected()
    assert len(flaky.sockets) >= 2
    world.say("Chidi", "Now he is back.")
    flaky.sees_card("Now he is back.")


def test_a_line_that_is_told_to_move_does_so_unseen(flaky, world):
    """What a process says that is about to end; a person who writes or reads must not notice."""
    flaky.page.evaluate(WATCH_THE_BAR)
    flaky.writes("Half a thou")
    ((to_page, _to_server),) = flaky.sockets

    with flaky.page.expect_websocket(timeout=PATIENCE):
        to_page.send(json.dumps({"t": "move", "in": 300}))
    world.say("Chidi", "Said at the other process.")

    flaky.sees_card("Said at the other process.").is_connected()
    assert len(flaky.sockets) == 2
    assert all(flaky.page.evaluate("window.bar"))  # each time it was looked at, the bar stayed hidden
    expect(flaky.field).to_have_value("Half a thou")


def test_a_frame_that_is_lost_is_asked_for(come, world):
    """News that does not follow on what the page has seen makes it ask `since`; nothing is missing or doubled."""
    world.go_live()
    ben, asked, lost = come("Ben"), [], []

    def lossy(socket) -> None:
        server = socket.connect_to_server()
        server.on_message(
            lambda text: lost.append(text) if "Lost on the way." in text and not lost else socket.send(text)
        )
        socket.on_message(lambda text: (asked.append(text), server.send(text)))

    ben.page.route_web_socket(LIVE, lossy)
    ben.enters_room(world.session)
    world.say("Chidi", "Lost on the way.")
    chidi = come("Chidi").enters_room(world.session).sees_card("Lost on the way.")
    chidi.says("The next one.")

    ben.sees_card("The next one.").sees_card("Lost on the way.")
    assert len(lost) == 1
    assert sum('"since"' in text for text in asked) == 2
    assert ben.order() == chidi.order()


def test_who_is_too_far_behind_gets_a_fresh_page_and_keeps_the_draft(flaky, world):
    for number in range(30):
        add(world, f"Guest {number}")
    flaky.writes("Half a thou").page.evaluate("window.isOld = true")
    flaky.context.set_offline(True)
    for number in range(210):
        world.say(f"Guest {number % 30}", f"Word {number}.")
    flaky.forgive("ERR_").context.set_offline(False)

    flaky.page.wait_for_function("() => !window.isOld")
    flaky.is_connected().sees_card("Word 209.")

    expect(flaky.page.locator("[data-said] > .say")).to_have_count(60)
    expect(flaky.field).to_have_value("Half a thou")


def test_without_sockets_the_news_comes_by_plain_requests_and_nobody_is_alarmed(come, world):
    world.go_live()
    ben = come("Ben").forgive("WebSocket")
    ben.page.route_web_socket(LIVE, lambda socket: socket.close(code=3000, reason="a proxy that knows no sockets"))
    ben.enters_room(world.session)
    ben.page.evaluate(WATCH_THE_BAR)

    world.say("Chidi", "By the other road.")
    ben.sees_card("By the other road.")
    running.next_step(session=world.session, actor=world.ada)
    ben.sees_question("What about cards?").says("I can write, too.").sees("Yours, face down for the others")
    ben.page.wait_for_function(
        "() => performance.getEntriesByType('resource').filter((e) => /news/.test(e.name)).length > 4"
    )

    assert ben.page.evaluate("window.bar") == []


def test_two_processes_tell_each_other(come, other_web, world):
    world.go_live()
    ben = come("Ben").enters_room(world.session)
    chidi = come("Chidi", at=other_web).enters_room(world.session)

    ben.says("From the one.")
    chidi.sees_card("From the one.").says("From the other.")
    ben.sees_card("From the other.")

    assert ben.order() == chidi.order()
    expect(ben.page.locator("#room-seats .seats")).to_have_attribute("aria-label", "At the table: 2 online.")


def test_who_is_taken_out_is_told_in_two_seconds_and_hears_nothing_more(come, world):
    world.go_live()
    ben = come("Ben").forgive("404|WebSocket").enters_room(world.session)
    ada = come("Ada", viewport=DESK).goes_to(f"/w/{world.workshop.slug}/people/")
    ada.follows("Take out: Ben")

    ada.presses("Take them out").sees("They are not in this workshop any more.")
    expect(ben.page.locator("#line")).to_be_visible(timeout=TWO_SECONDS)
    world.say("Chidi", "Now we can talk.")
    come("Chidi").enters_room(world.session).sees_card("Now we can talk.")

    ben.sees("You are not in this meeting any more.")
    assert "Now we can talk." not in ben.was_told()
    ben.says("I am still here.").sees("We can't find that.")
    ben.page.reload()
    ben.sees("Nothing lies here.")


def test_who_leaves_on_this_device_ends_all_its_pages(come, world):
    world.go_live()
    ben = come("Ben").forgive("404|WebSocket").enters_room(world.session)

    devices.leave_device(world["Ben"])

    expect(ben.page.locator("#line")).to_be_visible(timeout=TWO_SECONDS)
    ben.sees("You are not in this meeting any more.")


def test_a_new_role_brings_a_new_view(come, world):
    world.go_live()
    ben = come("Ben").forgive("WebSocket").enters_room(world.session).writes("Before I led")
    expect(ben.page.locator("#room-controls")).to_have_count(0)

    participants.change_roles(
        person=world["Ben"].participant, actor=world.ada, roles=[Role.FACILITATOR, Role.PARTICIPANT]
    )
    expect(ben.page.locator("#room-controls")).to_be_visible()
    expect(ben.is_connected().field).to_have_value("Before I led")


def test_a_meeting_that_ends_closes_the_dock_and_opens_the_way_on(come, world):
    world.go_live(step=3)
    ben = come("Ben").enters_room(world.session)

    running.close_session(session=world.session, actor=world.ada)

    ben.sees_question("This meeting is over. Thank you for being here.")
    expect(ben.page.locator("#dock")).to_be_hidden()
    ben.follows("What happened, and what is still open").sees("While you were away")


def test_a_workshop_that_ends_takes_nobody_by_surprise(come, world):
    world.go_live()
    ben = come("Ben").forgive("WebSocket").enters_room(world.session)

    workshops.close_workshop(workshop=world.workshop, actor=world.ada)

    ben.sees_question("This workshop is over. Thank you for coming.")
    expect(ben.page.locator("#dock")).to_be_hidden()


def test_news_comes_in_the_language_of_the_page(come, world):
    """Astrid speaks Swedish, but this browser asks for English pages: what is drawn anew stays English, too."""
    world.go_live()
    add(world, "Astrid", language="sv")
    astrid = come("Astrid").enters_room(world.session)
    come("Ben").enters_room(world.session).says("Hello.")
    running.next_step(session=world.session, actor=world.ada)

    astrid.sees_question("What about cards?").sees("They lie face down")
    expect(astrid.page.locator("#room-seats .seats")).to_have_attribute("aria-label", "At the table: 2 online.")


def test_the_timer_runs_by_the_clock_of_the_server(come, world):
    """A device an hour ahead, with a socket and without one, shows the time that is left."""
    world.go_live()
    for sockets in (True, False):
        ahead = come("Ben").forgive("WebSocket")
        ahead.context.add_init_script("const real = Date.now; Date.now = () => real() + 3600 * 1000;")
        if not sockets:
            ahead.page.route_web_socket(LIVE, lambda socket: socket.close())
        ahead.goes_to(f"/meetings/{world.session.pk}/room/")

        expect(ahead.page.locator("[data-timer-words]")).to_contain_text(f"{world.steps[0].minutes - 1} min left")


def test_a_clock_that_is_stopped_stands_still_on_every_page(come, world):
    world.go_live()
    ben = come("Ben").enters_room(world.session)
    words = ben.page.locator("[data-timer-words]")
    expect(words).to_contain_text("min left")
    host = come("Ada").enters_room(world.session).presses("Pause the clock")

    expect(words).to_have_text(re.compile(r"^Pause\. \d+ min left$"))
    ben.writes("I can go on writing.").presses("Send").sees_card("I can go on writing.")
    host.presses("Let the clock go on")
    expect(words).to_have_text(re.compile(r"^\d+ min left$"))
