"""Without a line a page that is opened says so in plain words; nothing else is kept, and leaving the device ends it."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.e2e.cookies import cookies_of

READY = """() => navigator.serviceWorker.ready.then(async () => {
  while (!(await caches.match("/offline/"))) await new Promise((next) => requestAnimationFrame(next));
})"""
KEPT = """async () => {
  const kept = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) kept.push(new URL(request.url).pathname);
  }
  return kept.sort();
}"""
TWO_PAGES_AT_ONCE = """async () => {
  await caches.delete(KEPT);
  const pages = ["en", "sv"];
  const real = self.fetch;
  self.fetch = () => new Promise((answer) => {
    const language = pages.shift();
    const page = new Response("", { headers: { "Content-Language": language } });
    setTimeout(() => answer(page), language === "en" ? 100 : 0); // the older page is the slower one
  });
  await Promise.all([keep("en"), keep("sv")]);
  self.fetch = real;
  return (await caches.match(PAGE)).headers.get("Content-Language");
}"""
IN_SWEDISH = """async () => {
  const language = async () => (await caches.match("/offline/"))?.headers.get("Content-Language");
  while ((await language()) !== "sv") await new Promise((next) => requestAnimationFrame(next));
}"""
WITH_A_WAY_BACK = """async () => {
  const home = async () => (await caches.match("/offline/"))?.headers.get("X-Home");
  while (!(await home())) await new Promise((next) => requestAnimationFrame(next));
}"""
NO_WORKER = """async () => {
  const workers = () => navigator.serviceWorker.getRegistrations();
  while ((await workers()).length) await new Promise((next) => requestAnimationFrame(next));
}"""
WORKERS = "() => navigator.serviceWorker.getRegistrations().then((all) => all.length)"


@pytest.fixture
def ben(arrive, world):
    world.go_live()
    person = arrive(cookies_of(world, "Ben")).forgive("ERR_INTERNET_DISCONNECTED|WebSocket")
    person.enters_room(world.session).page.evaluate(READY)
    return person


def test_a_page_that_is_opened_offline_says_so_and_goes_on_later(ben, world):
    ben.context.set_offline(True)
    ben.goes_to(f"/w/{world.workshop.slug}/me/").sees("No connection.")
    ben.sees("What is kept").sees("Wait a moment, then try once more.")
    expect(ben.page.get_by_role("main")).to_have_css("display", "flex")  # its style sheet is there, too

    ben.follows("Try once more").sees("No connection.")
    ben.context.set_offline(False)
    ben.follows("Try once more").sees("Here you are Ben.")


def test_it_offers_the_way_back_to_the_workshop(ben, world):
    ben.page.evaluate(WITH_A_WAY_BACK)
    ben.context.set_offline(True)
    ben.goes_to(f"/threads/{world.dialogue(0).pk}/").sees("No connection.")
    ben.context.set_offline(False)

    ben.follows("Back to your workshop")

    expect(ben.page).to_have_url(f"{ben.web.address}/w/{world.workshop.slug}/")


def test_a_room_that_is_loaded_again_offline_keeps_what_was_written(ben, world):
    ben.writes("I am on a train.")
    ben.context.set_offline(True)
    ben.page.reload()
    ben.sees("No connection.")

    ben.context.set_offline(False)
    ben.follows("Try once more").is_connected()
    expect(ben.field).to_have_value("I am on a train.")


def test_nothing_says_that_it_arrived_above_what_waits(ben, world):
    ben.says("From the hall.").sees("It is on the table.")
    ben.context.set_offline(True)
    ben.says("From the tunnel.").sees("Waiting to send.")

    assert not ben.page.locator("#sent").is_visible()  # at once, not when its few seconds are over


def test_nothing_but_that_page_and_its_sheet_is_kept(ben, world):
    ben.goes_to(f"/w/{world.workshop.slug}/away/").goes_to(f"/threads/{world.dialogue(0).pk}/").is_connected()
    kept = ben.page.evaluate(KEPT)

    assert "/offline/" in kept
    assert all(path == "/offline/" or path.endswith(".css") for path in kept), kept
    text = ben.page.evaluate("caches.match('/offline/').then((page) => page.text())")
    assert world.workshop.title not in text
    assert "tel:" not in text


def test_it_speaks_the_language_of_the_page(ben, world):
    ben.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "sv", "url": ben.web.address}])
    ben.goes_to(f"/w/{world.workshop.slug}/me/").page.evaluate(IN_SWEDISH)
    ben.context.set_offline(True)

    ben.goes_to("/help/").sees("Ingen kontakt.")


def test_a_slow_answer_in_the_older_language_does_not_stay(ben):
    assert ben.context.service_workers[0].evaluate(TWO_PAGES_AT_ONCE) == "sv"


def test_leaving_the_device_ends_it(ben, world):
    assert ben.page.evaluate(WORKERS) == 1

    ben.goes_to(f"/w/{world.workshop.slug}/me/leaving/").presses("Leave this device").sees("You have a code?")
    ben.page.evaluate(NO_WORKER)

    assert ben.page.evaluate(KEPT) == []


@pytest.mark.parametrize("path", ["/", "/appearance/", "/help/"])
def test_who_has_no_seat_gets_none(arrive, path):
    guest = arrive().goes_to(path)
    guest.page.wait_for_load_state("networkidle")

    assert guest.page.evaluate(WORKERS) == 0
