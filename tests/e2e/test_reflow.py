"""Small screens, large text, thick fingers: nothing runs out of the page, nothing is lost, everything can be hit."""

import pytest

from sessions_app.appearance import COOKIE
from tests.e2e.keyboard import walk
from tests.e2e.person import DESK, PHONE
from tests.e2e.scenes import scene

NARROW, ZOOMED = {"width": 320, "height": 640}, {"width": 320, "height": 256}
HOST = "Karin Lindh"
STATES = ["empty", "full", "hidden", "closed", "practice", "sorted"]

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
  return (style.overflowX !== "visible" && all.right > edge.right + 2)
    || (style.overflowY !== "visible" && all.bottom > edge.bottom + 2);
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


@pytest.fixture
def visits(arrive):
    """`visits(state)`: every page of a state in turn, as (name, who, page), with one browser for each visitor."""

    def walk_through(state, *, viewport=NARROW, look=""):
        made, visitors = scene(state), {}
        for name, (who, path) in made.pages.items():
            if who not in visitors:
                visitors[who] = arrive({**made.cookies(who), **({COOKIE: look} if look else {})}, viewport=viewport)
                visitors[who].forgive("404")
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


@pytest.mark.parametrize("state", STATES)
def test_twice_the_size_and_wide_spacing_lose_nothing(visits, state):
    found = {}
    for name, _who, page in visits(state, viewport=PHONE, look="auto.200.wide"):
        for viewport in (PHONE, DESK):
            page.set_viewport_size(viewport)
            found[f"{name}, {viewport['width']} px"] = [*page.evaluate(TOO_WIDE), *page.evaluate(CUT_OFF)]

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
