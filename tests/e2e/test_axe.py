"""axe finds nothing against WCAG 2.0, 2.1 or 2.2 A and AA, on any page, in any state, size or set of colours."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.e2e.cookies import cookies_of
from tests.e2e.person import DESK, PHONE, refuse
from tests.e2e.scenes import MAKERS, scene

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ZOOMED = {"width": 320, "height": 256}
EVERYTHING = [(size, colours) for size in (DESK, PHONE, ZOOMED) for colours in ("light", "dark")]
TWO_VIEWS = [(DESK, "light"), (PHONE, "dark")]
LONG = {"room of a guest", "room of the host", "thread of the host", "replay"}  # the same sixty cards once more
ALIKE = {"choosing", "demo"}  # each page six times over, with other words; all pieces are on the page of components
FORCED = [("full", "door"), ("hidden", "room of the host"), ("revealed", "room"), ("closed", "thread, open")]
RUN = """(tags) => axe.run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })
  .then(({ violations }) => violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 5).map((node) =>
    `${id} (${help}) ${node.any[0]?.message ?? ""} ${node.html.slice(0, 160)}`)))"""
STAND_STILL = """() => {
  for (const bar of document.querySelectorAll(".dock, .lineup, .undo")) bar.style.position = "static";
}"""


def judge(page, views=EVERYTHING) -> list[str]:
    """One line for each thing that axe finds on PAGE, with the views in which it does.

    What just now lies halfway under the bar at the bottom counts as too small to be hit, though one only has to scroll;
    so the bar stands still here. How much it covers, and that it never hides the focus, is measured in test_reflow.
    """
    page.evaluate(AXE_SCRIPT)
    page.evaluate(STAND_STILL)
    found: dict[str, list[str]] = {}
    for viewport, colours in views:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=colours)
        for line in page.evaluate(RUN, TAGS):
            found.setdefault(line, []).append(f"{viewport['width']} {colours}")
    return [f"{line} [{', '.join(where)}]" for line, where in found.items()]


def test_axe_bites(arrive):
    visitor = arrive().goes_to("/")
    visitor.page.evaluate("document.querySelector('label').remove(); document.querySelector('h1').innerHTML = '<img>'")

    rules = {line.split()[0] for line in judge(visitor.page, [(PHONE, "light")])}

    assert {"label", "image-alt"} <= rules


@pytest.mark.parametrize("state", MAKERS)
def test_axe_finds_nothing(arrive, other_web, state):
    made, visitors, found = scene(state), {}, []
    for name, (who, path) in made.pages.items():
        if who not in visitors:
            visitors[who] = arrive(made.cookies(who), at=other_web if made.is_demo else None).forgive("404")
        page = visitors[who].goes_to(path).page
        views = TWO_VIEWS if name in LONG or state in ALIKE else EVERYTHING
        found += [f"{name}: {line}" for line in judge(page, views)]

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
