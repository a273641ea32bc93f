"""Pictures of every page in its interesting states, for people to look at: `make screenshots`."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.e2e.person import refuse
from tests.e2e.scenes import scene
from tests.screenshots.camera import FOLDER, Camera
from tests.screenshots.story import CHAPTERS, CITIZEN, PAGES, PRINTED, PROJECTED, album, story


def settle(person) -> None:
    person.page.evaluate("document.fonts.ready")
    if person.page.locator("main[data-live]").count():
        person.is_connected()


@pytest.fixture
def visit(arrive, other_web):
    """`visit(chapter, name)`: the camera before one page, with one browser for everybody in each language."""
    cameras = {}

    def _visit(chapter: str, name: str, language: str = "en") -> Camera:
        told = album(chapter)
        who, path = told.pages[name]
        if (who, language) not in cameras:
            cookies = {**told.cookies(who), settings.LANGUAGE_COOKIE_NAME: language}
            at = other_web if told.is_demo else None
            visitor = arrive(cookies, at=at, reduced_motion="reduce").forgive("404")
            cameras[who, language] = visitor, Camera(visitor)
        visitor, camera = cameras[who, language]
        if chapter in PAGES:
            told.all_sit_down()
        settle(visitor.goes_to(path))
        return camera

    return _visit


def file_name(chapter: str, name: str) -> str:
    return re.sub(r"[^\w]+", "-", f"{chapter}-{name}")


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_page(visit, chapter, language):
    """At both widths, in both sets of colours."""
    told = album(chapter)
    for name in told.pages:
        visit(chapter, name, language).takes(f"{file_name(chapter, name)}-{language}", colours=("light", "dark"))


@pytest.mark.parametrize("chapter", PROJECTED)
def test_the_wall(visit, chapter):
    for name in PROJECTED[chapter]:
        visit(chapter, name).takes_wall(file_name(chapter, name))


@pytest.mark.parametrize("chapter", PRINTED)
def test_paper(visit, chapter):
    for name in PRINTED[chapter]:
        visit(chapter, name).takes_print(file_name(chapter, name))


def test_a_card_that_is_being_moved(visit):
    camera = visit("sorted", "room")
    camera.page.locator("a.card__act", has_text="Move to").first.click()
    expect(camera.page.locator("form.move")).to_be_visible()
    camera.takes("sorted-room-moving")


@pytest.mark.parametrize("size", ["125", "200"])
def test_large_text(arrive, size):
    told = story("live")
    visitor = arrive({**told.cookies(CITIZEN), "look": f"auto.{size}.normal"})
    for name in ("door-seated", "room"):
        settle(visitor.goes_to(told.pages[name][1]))
        Camera(visitor).takes(f"live-{name}-text-{size}")


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
    visitor = arrive(made.cookies("Aino Virtanen"), color_scheme=colours).forgive("ERR_|409|WebSocket")
    visitor.enters_room(made.world.session).page.route("**/contributions/", refuse)
    visitor.says("I agree with those who want it calm.")
    expect(visitor.page.locator(".outbox__item--failed")).to_be_visible()
    visitor.page.unroute("**/contributions/", refuse)
    visitor.context.set_offline(True)
    visitor.says("I am on a train, and I agree.").sees("Waiting to send.")
    expect(visitor.page.locator("#line")).to_be_visible()
    Camera(visitor).takes(f"trouble-offline-{colours}")

    host = arrive(made.cookies("Karin Lindh"), color_scheme=colours).forgive("422")
    host.goes_to("/workshops/new/?template=first_meeting").presses("Lay the table").sees("to put right")
    Camera(host).takes(f"trouble-form-{colours}")

    guest = arrive(color_scheme=colours).comes_through_the_door(made.world.session.code).is_connected()
    guest.writes("My first words")
    Camera(guest).takes(f"trouble-guest-{colours}")
