"""Pictures of every page in its interesting states, for people to look at: `make screenshots`."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.e2e.person import DESK, PHONE
from tests.e2e.scenes import scene
from tests.screenshots.story import CITIZEN, PAGES, story

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "screenshots"
LOOKS = {"light": ("light", "en"), "dark": ("dark", "en"), "sv": ("light", "sv")}


def take(person, name: str) -> None:
    """The whole page at both widths. The window grows to the page's height, so that the dock lies at its end."""
    for device, viewport in (("phone", PHONE), ("desk", DESK)):
        person.page.set_viewport_size(viewport)
        height = person.page.evaluate("document.scrollingElement.scrollHeight")
        person.page.set_viewport_size({**viewport, "height": max(viewport["height"], min(height, 12_000))})
        person.page.mouse.move(0, 0)
        person.page.screenshot(path=FOLDER / f"{name}-{device}.png", animations="disabled", caret="hide")


def settle(person) -> None:
    person.page.evaluate("document.fonts.ready")
    if person.page.locator("main[data-live]").count():
        person.is_connected()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("stage", PAGES)
def test_pages_of_the_sample(arrive, stage, look):
    colours, language = LOOKS[look]
    told, visitors = story(stage), {}
    for name, (who, path) in told.pages.items():
        if who not in visitors:
            cookies = {**told.cookies(who), settings.LANGUAGE_COOKIE_NAME: language}
            visitors[who] = arrive(cookies, color_scheme=colours).forgive("404")
        told.all_sit_down()
        settle(visitors[who].goes_to(path))
        take(visitors[who], f"{stage}-{name}-{look}")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("name", ["room", "room of the host", "thread"])
def test_cards_face_down(arrive, name, colours):
    who, path = scene("hidden").pages[name]
    visitor = arrive(scene("hidden").cookies(who), color_scheme=colours).goes_to(path)
    settle(visitor)
    take(visitor, f"hidden-{name.replace(' ', '-')}-{colours}")


@pytest.mark.parametrize("name", ["room", "room of the host", "thread", "thread, two lists", "headings of the scribe"])
def test_cards_under_headings(arrive, name):
    who, path = scene("sorted").pages[name]
    visitor = arrive(scene("sorted").cookies(who)).goes_to(path)
    settle(visitor)
    if name == "room":
        visitor.follows("Move to …")
        expect(visitor.page.locator("form.move")).to_be_visible()
    take(visitor, f"sorted-{name.replace(', ', '-').replace(' ', '-')}")


@pytest.mark.parametrize("size", ["125", "200"])
def test_large_text(arrive, size):
    told = story("live")
    visitor = arrive({**told.cookies(CITIZEN), "look": f"auto.{size}.normal"})
    for name in ("door-seated", "room"):
        settle(visitor.goes_to(told.pages[name][1]))
        take(visitor, f"live-{name}-text-{size}")


def test_what_a_phone_shows_at_first(arrive):
    """Not the whole page: the first screen, with the dock where it is."""
    told = story("live")
    for who in (CITIZEN, "Karin Lindh"):
        visitor = arrive(told.cookies(who))
        told.all_sit_down()
        settle(visitor.goes_to(told.pages["room"][1]))
        expect(visitor.page.locator("#room-seats .pip").first).to_be_visible()
        visitor.page.screenshot(path=FOLDER / f"live-room-first-screen-{'host' if who != CITIZEN else 'citizen'}.png")
        visitor.field.focus()
        visitor.page.keyboard.type("I would like")
        visitor.page.screenshot(path=FOLDER / f"live-room-writing-{'host' if who != CITIZEN else 'citizen'}.png")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_trouble(arrive, colours):
    """Offline, words that wait, words that were refused; a guest who is asked for a name; a form to put right."""
    made = scene("revealed")
    visitor = arrive(made.cookies("Aino Virtanen"), color_scheme=colours).forgive("ERR_|422|WebSocket")
    visitor.enters_room(made.world.session).says("y" * 4100)
    expect(visitor.page.locator(".outbox__item--failed")).to_be_visible()
    visitor.context.set_offline(True)
    visitor.says("I am on a train, and I agree.").sees("Waiting to send.")
    expect(visitor.page.locator("#line")).to_be_visible()
    take(visitor, f"trouble-offline-{colours}")

    host = arrive(made.cookies("Karin Lindh"), color_scheme=colours).forgive("422")
    host.goes_to("/workshops/new/?template=first_meeting").presses("Lay the table").sees("to put right")
    take(host, f"trouble-form-{colours}")

    guest = arrive(color_scheme=colours).comes_through_the_door(made.world.session.code).is_connected()
    guest.writes("My first words")
    take(guest, f"trouble-guest-{colours}")
