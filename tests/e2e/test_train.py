"""A train, a tunnel, a server that falls: what somebody typed survives, arrives once, and they are told in words."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from sessions_app import clock
from sessions_app.models import Contribution
from sessions_app.operations import running
from tests.e2e.cookies import cookies_of
from tests.e2e.person import PHONE, refuse
from tests.e2e.test_offline import READY

OUTAGE = "ERR_|WebSocket|status 50"


@pytest.fixture
def mortal(start_web):
    """A web server of its own, to be killed."""
    server = start_web()
    yield server
    server.stop()


@pytest.fixture
def ben(come, world):
    world.go_live()
    return come("Ben").forgive(OUTAGE).enters_room(world.session)


def bodies(world) -> list[str]:
    return list(Contribution.objects.filter(dialogue=world.dialogue(0)).order_by("seq").values_list("body", flat=True))


def states(person) -> list[str]:
    items = person.page.locator("#outbox > li")
    return items.evaluate_all("items => items.map((item) => item.className.split('--')[1])")


def test_two_cards_from_a_tunnel_arrive_once_and_in_order(ben, world):
    ben.context.set_offline(True)
    ben.says("First from the tunnel.").says("Second from the tunnel.").writes("Half a thou")
    ben.sees("No connection. What you write is saved on this device.").sees("Waiting to send.")
    assert bodies(world) == []

    ben.context.set_offline(False)
    ben.page.reload()
    ben.is_connected().sees_card("First from the tunnel.").sees_card("Second from the tunnel.")

    expect(ben.field).to_have_value("Half a thou")
    expect(ben.page.locator("#outbox")).to_be_hidden()
    expect(ben.page.locator("#line")).to_be_hidden()
    assert bodies(world) == ["First from the tunnel.", "Second from the tunnel."]


def test_a_whole_minute_in_a_tunnel_loses_nothing(come, world):
    """Sixty seconds of the page's own time: it tries again and again, is loaded anew, and somebody goes on writing."""
    world.go_live()
    ben = come("Ben").forgive(OUTAGE).has_a_clock().enters_room(world.session)
    ben.page.evaluate(READY)
    ben.context.set_offline(True)
    tried = len(ben.requests)
    ben.waits(15).says("First from the tunnel.").waits(30).says("Second from the tunnel.").writes("Half a thou").waits(
        15
    )
    ben.sees("No connection. What you write is saved on this device.").sees("Waiting to send.")
    assert len([one for one in ben.requests[tried:] if one.url.endswith("/contributions/")]) > 4
    assert states(ben) == ["waiting", "waiting"]
    ben.page.reload()
    ben.sees("No connection.")
    world.say("Chidi", "Meanwhile in the hall.")

    ben.context.set_offline(False)
    ben.follows("Try once more").is_connected()
    for words in ("First from the tunnel.", "Second from the tunnel.", "Meanwhile in the hall."):
        expect(ben.card(words)).to_have_count(1)
    expect(ben.field).to_have_value("Half a thou")
    expect(ben.page.locator("#outbox")).to_be_hidden()
    assert sorted(bodies(world)) == ["First from the tunnel.", "Meanwhile in the hall.", "Second from the tunnel."]


def test_a_minute_without_a_line_ends_by_itself(come, world):
    """As above, without loading the page anew."""
    world.go_live()
    ben = come("Ben").forgive(OUTAGE).has_a_clock().enters_room(world.session)
    ben.context.set_offline(True)
    ben.says("From the tunnel.").waits(60).sees("No connection.")
    world.say("Chidi", "Meanwhile in the hall.")
    ben.context.set_offline(False)

    ben.sees_card("From the tunnel.").sees_card("Meanwhile in the hall.").is_connected()
    expect(ben.page.locator("#announce")).to_contain_text("You are connected again.")
    expect(ben.page.locator("#outbox")).to_be_hidden()
    assert bodies(world) == ["Meanwhile in the hall.", "From the tunnel."]


def test_a_server_that_falls_loses_nothing(arrive, mortal, world):
    world.go_live()
    ben = arrive(cookies_of(world, "Ben"), at=mortal).forgive(OUTAGE).enters_room(world.session)
    mortal.kill()
    ben.says("Is anybody there?").says("I will wait.").writes("And")
    ben.sees("No connection. What you write is saved on this device.")
    assert states(ben) == ["waiting", "waiting"]

    mortal.start()

    ben.sees_card("Is anybody there?").sees_card("I will wait.").is_connected()
    expect(ben.field).to_have_value("And")
    assert bodies(world) == ["Is anybody there?", "I will wait."]


def test_an_answer_that_is_lost_on_the_way_makes_no_second_card(ben, world):
    """The server has the words, the browser never hears of it, and sends them again."""
    lost = []

    def lose_the_answer(route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    ben.page.route("**/contributions/", lose_the_answer)
    ben.says("Only once, please.")
    while not lost:  # the card may come by the socket before the answer is lost
        ben.page.evaluate("() => new Promise(requestAnimationFrame)")

    expect(ben.page.locator("#outbox")).to_be_hidden()
    expect(ben.card("Only once, please.")).to_have_count(1)
    assert lost == [200]
    assert bodies(world) == ["Only once, please."]


def test_words_that_are_too_long_come_back_into_the_field(ben, world):
    ben.forgive("422").says("y" * 5000)

    expect(ben.page.locator("#composer-error")).to_contain_text("That is longer than we can take.")
    expect(ben.field).to_have_value("y" * 5000)
    expect(ben.page.locator("#outbox")).to_be_hidden()
    ben.page.reload()
    expect(ben.field).to_have_value("y" * 5000)


def test_waiting_sending_and_refused_are_told_apart(ben, world):
    held = []
    ben.page.route("**/contributions/", refuse)
    ben.says("y" * 3000)
    expect(ben.page.locator(".outbox__item--failed")).to_contain_text("This question has closed.")
    ben.page.unroute("**/contributions/", refuse)
    ben.forgive("409").page.route("**/contributions/", lambda route: held.append(route))
    ben.says("On its way.")
    expect(ben.page.locator(".outbox__item--sending")).to_contain_text("Sending")
    while not held:  # the word on the page may come before the request does
        ben.page.evaluate("() => new Promise(requestAnimationFrame)")
    held.pop().abort()
    expect(ben.page.locator(".outbox__item--waiting")).to_contain_text("Waiting to send.")

    assert states(ben) == ["failed", "waiting"]
    for item in ben.page.locator("#outbox > li").all():  # also beside a word that never ends
        for part in (item.locator(".outbox__state"), item.get_by_role("button", name="Copy the text")):
            box = part.bounding_box()
            assert 0 <= box["x"] < box["x"] + box["width"] <= PHONE["width"]
    expect(ben.page.locator("#alarm")).to_have_text("Not sent. Your text is saved.")
    ben.page.locator(".outbox__item--waiting").get_by_role("button", name="Send again").click()
    expect(ben.page.locator(".outbox__item--sending")).to_contain_text("Sending")
    ben.page.unroute("**/contributions/")  # lets go of what was held
    ben.sees_card("On its way.")
    expect(ben.page.locator(".outbox__item--sending")).to_have_count(0)  # the card may come before the answer does
    assert states(ben) == ["failed"]


def test_words_for_a_step_that_has_closed_are_refused_and_kept(ben, world):
    """The train was too long: the text can still be copied, also after a reload, until it is thrown away."""
    ben.context.set_offline(True)
    ben.says("Too late, I fear.").sees("Waiting to send.")
    with clock.at(clock.now() - running.UNDO_WITHIN):
        running.next_step(session=world.session, actor=world.ada)

    ben.forgive("409").context.set_offline(False)
    refused = ben.page.locator(".outbox__item--failed")
    expect(refused).to_contain_text("This question has closed. Your words are still here")
    ben.page.reload()
    ben.is_connected()

    expect(refused).to_contain_text("Too late, I fear.")
    refused.get_by_role("button", name="Throw away").click()
    expect(ben.page.locator("#outbox")).to_be_hidden()
    assert bodies(world) == []


def test_drafts_and_unsent_words_of_one_person_are_not_sent_as_another(arrive, ben, world):
    """A borrowed phone: whoever takes the seat next finds neither."""
    ben.context.set_offline(True)
    ben.says("Mine, not yours.").writes("My draft").sees("Waiting to send.")
    ben.context.clear_cookies()
    for name, value in cookies_of(world, "Chidi").items():
        ben.context.add_cookies([{"name": name, "value": value, "url": ben.web.address}])

    ben.forgive("403").context.set_offline(False)
    ben.enters_room(world.session)

    expect(ben.field).to_have_value("")
    expect(ben.page.locator("#outbox")).to_be_hidden()
    assert bodies(world) == []


def test_a_thread_keeps_words_too(come, world):
    world.go_live()
    ben = come("Ben").forgive(OUTAGE).enters_thread(world.dialogue(0))
    ben.context.set_offline(True)
    ben.says("From the platform.").writes("More to c").sees("Waiting to send.")

    ben.context.set_offline(False)
    ben.page.reload()

    ben.is_connected().sees_card("From the platform.")
    expect(ben.field).to_have_value("More to c")
    assert bodies(world) == ["From the platform."]


def test_a_page_from_before_a_new_login_keeps_the_words_until_it_is_loaded_again(come, world):
    world.go_live()
    ada = come("Ada").forgive("403").enters_room(world.session)
    ada.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    ada.context.new_page().goto(f"{ada.web.address}/workshops/")
    ada.says("Does this still work?")
    refused = ada.page.locator(".outbox__item--failed")
    expect(refused).to_contain_text("This page had been open for long.")

    ada.page.reload()
    refused.get_by_role("button", name="Send again").click()

    ada.sees_card("Does this still work?")
    assert bodies(world) == ["Does this still work?"]


def test_an_answer_that_is_not_ours_stops_nothing(ben, world):
    """The hotel's network answers 200 with a page of its own: the words wait, and so do those behind them."""
    told = []

    def answer_like_a_hotel(route) -> None:
        if told:
            route.continue_()
            return
        told.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<h1>Welcome! Room number?</h1>")

    ben.page.route("**/contributions/", answer_like_a_hotel)
    ben.says("Behind the hotel's page.").says("And one more.")

    ben.sees_card("Behind the hotel's page.").sees_card("And one more.")
    expect(ben.page.locator("#outbox")).to_be_hidden()
    assert bodies(world) == ["Behind the hotel's page.", "And one more."]


def test_words_stay_on_the_device_until_the_outbox_has_them(come, world):
    """Its storage never answers: after a reload the words are back in the field."""
    world.go_live()
    ben = come("Ben").forgive(OUTAGE)
    ben.context.add_init_script("indexedDB.open = () => ({})")
    ben.enters_room(world.session)
    ben.says("Not yet in safety.")

    ben.page.reload()

    expect(ben.is_connected().field).to_have_value("Not yet in safety.")


def test_a_browser_without_a_database_keeps_words_too(come, world):
    world.go_live()
    ben = come("Ben").forgive(OUTAGE)
    ben.context.add_init_script("indexedDB.open = () => { throw new Error('a private window'); }")
    ben.enters_room(world.session)
    ben.context.set_offline(True)
    ben.says("From a private window.").sees("Waiting to send. It is saved on this device.")

    ben.context.set_offline(False)
    ben.page.reload()

    ben.is_connected().sees_card("From a private window.")
    assert bodies(world) == ["From a private window."]
    ben.page.wait_for_function("Object.keys(localStorage).every((key) => !key.startsWith('outbox'))")


def test_who_keeps_nothing_is_told_so(come, world):
    world.go_live()
    ben = come("Ben").forgive(OUTAGE)
    ben.context.add_init_script("""
      indexedDB.open = () => { throw new Error("no"); };
      Storage.prototype.setItem = () => { throw new Error("full"); };
      Object.defineProperty(window, "localStorage", { get() { throw new Error("refused"); } });
    """)
    ben.enters_room(world.session)
    ben.context.set_offline(True)

    ben.says("Hold on to this.").sees("This browser keeps nothing: leave this page open until it is sent.")

    ben.context.set_offline(False)
    ben.sees_card("Hold on to this.")
