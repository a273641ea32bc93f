"""axe finds nothing against WCAG 2.0, 2.1, 2.2 A and AA, on any page, in any state, size, set of colours or language.

A page is loaded once and looked at in all sizes and colours. The languages are looked at on a phone, without colours,
which are the same in all of them: Swedish here, page by page, and Arabic in test_languages, where every page is open.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import expect

from tests.e2e.cookies import cookies_of
from tests.e2e.mail_scenes import in_language_of_mails
from tests.e2e.person import DESK, PHONE, refuse
from tests.e2e.scenes import MAKERS, scene
from tests.every_page import name_of

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ZOOMED = {"width": 320, "height": 256}
EVERYTHING = [(size, colours) for size in (DESK, PHONE, ZOOMED) for colours in ("light", "dark")]
TWO_VIEWS = [(DESK, "light"), (PHONE, "dark")]
ON_A_PHONE = [(PHONE, "light")]
COLOURS = "color-contrast"  # of all rules the one that takes long: nine tenths of the time on a page of sixty cards
ALIKE = {"choosing", "demo"}  # each page six times over, with other words: seen once in each size, in colours twice
EACH_SIZE = [*TWO_VIEWS, (ZOOMED, "light")]
FORCED = [("full", "door"), ("hidden", "room of the host"), ("revealed", "room"), ("closed", "thread, open")]
RUN = """([tags, rules]) => axe.run({ runOnly: { type: "tag", values: tags }, rules, resultTypes: ["violations"] })
  .then(({ violations }) => violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 5).map((node) =>
    `${id} (${help}) ${node.any[0]?.message ?? ""} ${node.html.slice(0, 160)}`)))"""
STAND_STILL = """() => {
  for (const bar of document.querySelectorAll(".dock, .lineup, .undo")) bar.style.position = "static";
}"""


def judge(page, views=EVERYTHING, coloured=EVERYTHING) -> list[str]:
    """One line for each thing that axe finds on PAGE, with the views in which it does; colours in those COLOURED.

    What just now lies halfway under the bar at the bottom counts as too small to be hit, though one only has to scroll;
    so the bar stands still here. How much it covers, and that it never hides the focus, is measured in test_reflow.
    """
    page.evaluate(AXE_SCRIPT)
    page.evaluate(STAND_STILL)
    found: dict[str, list[str]] = {}
    for viewport, colours in views:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=colours)
        rules = {COLOURS: {"enabled": (viewport, colours) in coloured}}
        for line in page.evaluate(RUN, [TAGS, rules]):
            found.setdefault(line, []).append(f"{viewport['width']} {colours}")
    return [f"{line} [{', '.join(where)}]" for line, where in found.items()]


def test_axe_bites(arrive):
    visitor = arrive().goes_to("/")
    visitor.page.evaluate("document.querySelector('label').remove(); document.querySelector('h1').innerHTML = '<img>'")

    visitor.page.evaluate("document.querySelector('p').style.color = '#999'")

    rules = {line.split()[0] for line in judge(visitor.page, [(PHONE, "light")])}

    assert {"label", "image-alt", COLOURS} <= rules
    assert COLOURS not in {line.split()[0] for line in judge(visitor.page, [(PHONE, "light")], coloured=())}


@pytest.mark.parametrize("state", MAKERS)
def test_axe_finds_nothing(arrive, other_web, state):
    made, visitors, found = scene(state), {}, []
    for name, (who, path) in made.pages.items():
        if who not in visitors:
            visitors[who] = arrive(made.cookies(who), at=other_web if made.is_demo else None).forgive("404|410")
        page = visitors[who].goes_to(path).page
        views = (EACH_SIZE, TWO_VIEWS) if state in ALIKE else (EVERYTHING, EVERYTHING)
        found += [f"{name}: {line}" for line in judge(page, *views)]

    assert not found, "\n".join(found)


def each_page_once() -> Iterator[tuple[str, str, str | None, str]]:
    """(state, name, who, address) of every page of a workshop or before one, in the first state that has it."""
    known: set[str] = set()
    for state in MAKERS:
        if state == "demo":  # its pages are in English
            continue
        for name, (who, path) in scene(state).pages.items():
            if name_of(path) not in known:
                known.add(name_of(path))
                yield state, name, who, path


def test_axe_finds_nothing_in_swedish(arrive):
    visitors, found = {}, []
    for state, name, who, path in each_page_once():
        if (state, who) not in visitors:
            cookies = {**scene(state).cookies(who), settings.LANGUAGE_COOKIE_NAME: "sv"}
            visitors[state, who] = arrive(cookies).forgive("404|410")
        with in_language_of_mails(scene(state).world, "sv"):
            page = visitors[state, who].goes_to(path).page
        expect(page.locator("html")).to_have_attribute("lang", "sv")
        found += [f"{name}: {line}" for line in judge(page, ON_A_PHONE, coloured=())]

    assert not found, "\n".join(found)


@pytest.mark.parametrize(("state", "name"), FORCED)
def test_axe_finds_nothing_in_forced_colours(arrive, state, name):
    who, path = scene(state).pages[name]
    visitor = arrive(scene(state).cookies(who), forced_colors="active").goes_to(path)

    found = judge(visitor.page, [(PHONE, "light")])

    assert not found, "\n".join(found)


def wrong_code(visitor, made):
    visitor.goes_to("/").page.get_by_label("Your code").fill("NOSUCH")
    visitor.presses("Go to the door").sees("We don't know that code.")


def no_title(visitor, made):
    visitor.goes_to("/workshops/new/?template=first_meeting").presses("Lay the table").sees("things to put right")


def no_times(visitor, made):
    visitor.goes_to(f"/w/{made.world.workshop.slug}/meetings/new/")
    visitor.page.get_by_label("Ends").fill("08:00")
    visitor.presses("Go on to the run sheet").sees("The meeting ends before it begins.")


def no_minutes(visitor, made):
    visitor.goes_to(f"/meetings/{made.world.session.pk}/steps/new/?kind=cards")
    visitor.page.get_by_label("Minutes").fill("0")
    visitor.presses("Put it on the run sheet").sees("to put right")


def no_name(visitor, made):
    visitor.goes_to(f"/w/{made.world.workshop.slug}/me/")
    visitor.page.get_by_label("What should we call you?").fill("")
    visitor.presses("Save").sees("to put right")


def no_words(visitor, made):
    visitor.enters_room(made.world.session).sends()
    expect(visitor.page.locator("#composer-error")).to_be_visible()


def no_change(visitor, made):
    visitor.goes_to(made.pages["change"][1]).page.get_by_label("Your words").fill(" ")
    visitor.presses("Save")
    expect(visitor.page.locator("#change-error")).to_be_visible()


ERRORS = [
    *((None, wrong_code), ("Karin Lindh", no_title), ("Karin Lindh", no_times), ("Karin Lindh", no_minutes)),
    *(("Aino Virtanen", no_name), ("Aino Virtanen", no_words), ("Aino Virtanen", no_change)),
]


@pytest.mark.parametrize(("who", "mistake"), ERRORS, ids=lambda value: getattr(value, "__name__", None))
def test_axe_finds_nothing_when_something_is_to_be_put_right(arrive, who, mistake):
    made = scene("full")
    visitor = arrive(made.cookies(who)).forgive("422")

    mistake(visitor, made)
    found = judge(visitor.page, TWO_VIEWS)

    assert not found, "\n".join(found)


def test_axe_finds_nothing_in_a_room_without_a_line(arrive, world):
    """No connection, one card that waits, one that was refused."""
    world.go_live()
    ben = arrive(cookies_of(world, "Ben")).forgive("ERR_|409|WebSocket").enters_room(world.session)
    ben.page.route("**/contributions/", refuse)
    ben.says("x" * 3000)
    expect(ben.page.locator(".outbox__item--failed")).to_be_visible()
    ben.page.unroute("**/contributions/", refuse)
    ben.context.set_offline(True)
    ben.says("I am on a train.")
    expect(ben.page.locator(".outbox__item--waiting")).to_be_visible()
    expect(ben.page.locator("#line")).to_be_visible()

    found = judge(ben.page)

    assert not found, "\n".join(found)
