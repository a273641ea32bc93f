"""Small screens, large text, thick fingers: nothing runs out of the page, nothing is lost, everything can be hit."""

from contextlib import suppress

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from sessions_app.appearance import COOKIE
from tests.e2e.keyboard import walk
from tests.e2e.person import DESK, PHONE
from tests.e2e.scenes import MAKERS, scene

NARROW, ZOOMED = {"width": 320, "height": 640}, {"width": 320, "height": 256}
HOST = "Karin Lindh"
STATES = [state for state in MAKERS if state != "revealed"]  # which is "hidden" with the cards face up
OF_PEOPLE = [state for state in STATES if state != "demo"]  # whose page of components shows pieces out of their place

TOO_WIDE = """() => {
  const root = document.scrollingElement, width = root.clientWidth;
  if (root.scrollWidth <= width + 1) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((item) =>
    item.checkVisibility() && item.getBoundingClientRect().right > width + 1 && !item.closest(".tablebox, .vh"));
  return [`${root.scrollWidth} px:`, ...wide.slice(-3).map((item) => item.outerHTML.slice(0, 120))];
}"""
CUT_OFF = """() => [...document.body.querySelectorAll("*")].filter((item) => {
  const style = getComputedStyle(item);
  const isApart = item.closest(".vh, svg, [aria-hidden=true], .tablebox, textarea, select, input");
  if (isApart || !item.checkVisibility() || !item.innerText?.trim() || item.clientWidth <= 2) return false;
  const words = document.createRange(), edge = item.getBoundingClientRect();
  words.selectNodeContents(item);
  const all = words.getBoundingClientRect();
  const shown = 2 + (style.overflowX === "clip" ? parseFloat(style.overflowClipMargin) || 0 : 0);
  return (style.overflowX !== "visible" && all.right > edge.right + shown)
    || (style.overflowY !== "visible" && all.bottom > edge.bottom + shown);
}).map((item) => item.outerHTML.slice(0, 120))"""
COVERING = """() => [...document.querySelectorAll("*")].filter((item) =>
  ["sticky", "fixed"].includes(getComputedStyle(item).position) && item.checkVisibility()
  && !item.matches(".skip") && item.getBoundingClientRect().width > innerWidth / 2
  && item.getBoundingClientRect().height > innerHeight * 0.3).map((item) => item.outerHTML.slice(0, 120))"""
# A link in the middle of a sentence is as high as its line; whatever stands alone has room for a thumb.
SMALL = """(least) => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary")].map((item) => {
  const box = (item.matches("[type=radio], [type=checkbox]") && item.closest("label") || item).getBoundingClientRect();
  return { item, box };
}).filter(({ item, box }) => {
  if (!item.checkVisibility() || item.matches(".skip") || box.width < 2) return false;
  const parent = item.parentElement;
  const sentence = getComputedStyle(item).display === "inline"
    && parent.textContent.trim().length > item.textContent.trim().length + 10;
  return !sentence && (box.height < least - 0.5 || box.width < least - 0.5);
}).map(({ item, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${item.outerHTML.slice(0, 100)}`)"""


def settled(page: Page, found: str) -> list[str]:
    """What FOUND finds once the page has laid itself out: a script takes cards off a screen that became smaller."""
    with suppress(TimeoutError):
        page.wait_for_function(f"() => ({found})().length === 0", timeout=3000)
    return page.evaluate(found)


@pytest.fixture
def visits(arrive, other_web):
    """`visits(state)`: every page of a state in turn, as (name, who, page), with one browser for each visitor."""

    def walk_through(state, *, viewport=NARROW, look=""):
        made, visitors = scene(state), {}
        for name, (who, path) in made.pages.items():
            if who not in visitors:
                cookies = {**made.cookies(who), **({COOKIE: look} if look else {})}
                visitors[who] = arrive(cookies, at=other_web if made.is_demo else None, viewport=viewport)
                visitors[who].forgive("404|410")
            yield name, who, visitors[who].goes_to(path).page

    return walk_through


@pytest.mark.parametrize("state", STATES)
def test_every_page_fits_every_screen_and_every_thumb(visits, state):
    """No page scrolls sideways at 320 px, no bar covers a zoomed page, citizens have 44 px to press, hosts 24."""
    found = {}
    for name, who, page in visits(state):
        page.set_viewport_size(NARROW)
        found[f"{name}, too wide"] = page.evaluate(TOO_WIDE)
        page.set_viewport_size(ZOOMED)
        found[f"{name}, covered"] = page.evaluate(COVERING)
        page.set_viewport_size(DESK if who == HOST else PHONE)
        found[f"{name}, small"] = page.evaluate(SMALL, 24 if who == HOST else 44)

    assert {what: where for what, where in found.items() if where} == {}


@pytest.mark.parametrize("state", OF_PEOPLE)
def test_twice_the_size_and_wide_spacing_lose_nothing(visits, state):
    found = {}
    for name, _who, page in visits(state, viewport=PHONE, look="auto.200.wide"):
        for viewport in (PHONE, DESK):
            page.set_viewport_size(viewport)
            found[f"{name}, {viewport['width']} px"] = [*page.evaluate(TOO_WIDE), *settled(page, CUT_OFF)]

    assert {what: where for what, where in found.items() if where} == {}


ZOOMED_PAGES = [
    ("hidden", "room"),
    ("hidden", "room of the host"),
    ("closed", "thread, open"),
    ("full", "run sheet"),
]


@pytest.mark.parametrize(("state", "name"), ZOOMED_PAGES)
def test_on_a_zoomed_page_nothing_hides_what_has_the_focus(arrive, state, name):
    who, path = scene(state).pages[name]
    visitor = arrive(scene(state).cookies(who), viewport=ZOOMED).goes_to(path)

    stops = walk(visitor.page)

    assert [stop["name"] for stop in stops if not stop["seen"]] == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_all_who_stand_somewhere_stand_on_one_line(arrive, viewport):
    """However long the words under the eight steps are; on a phone the steps lie below each other."""
    who, path = scene("choosing").pages["room, gradients, shown"]
    visitor = arrive(scene("choosing").cookies(who), viewport=viewport).goes_to(path)

    lines = visitor.page.locator(".stand__pips").evaluate_all(
        "items => items.map((item) => item.getBoundingClientRect().bottom).filter(Boolean)"
    )

    assert len(set(lines)) == (1 if viewport is DESK else 3), lines


@pytest.mark.parametrize("place", ["room", "thread"])
def test_a_tower_of_marks_covers_nobody_elses_words(come, world, place):
    """Words may carry as many marks as their writer likes; they are cut off at the edge of their own card."""
    world.go_live()
    world.say("Chidi", "Nobody tells us how long we wait.")
    world.say("Ben", "Z" + "\u0301\u030d\u0316" * 1000)
    ben = come("Ben")
    ben.enters_room(world.session) if place == "room" else ben.enters_thread(world.dialogue(0))
    calm, tower = (ben.page.locator(".card__words").nth(number) for number in (0, 1))
    expect(calm).to_have_text("Nobody tells us how long we wait.")
    calm.scroll_into_view_if_needed()

    with_tower = calm.screenshot()
    tower.evaluate("words => { words.textContent = 'Z'; }")

    assert calm.screenshot() == with_tower
