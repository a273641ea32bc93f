"""More contrast, forced colours, less motion, paper: shape and meaning stay when colours and movement go."""

import pytest
from playwright.sync_api import expect

from tests.e2e.cookies import cookies_of
from tests.e2e.person import DESK, PHONE
from tests.e2e.scenes import scene
from tests.e2e.test_axe import judge
from tests.e2e.test_languages import SPILLS

# What tells a thing from its ground or from its neighbour has a border that forced colours draw.
SHAPED = (
    ".card, .paper, .notice, .btn, .input, .pip, .bar, .say--gone > .card, .outbox li, .chip, .menu, .sheet, .tag--line"
)
BORDERLESS = """(shaped) => [...document.querySelectorAll(shaped)].filter((item) => {
  const style = getComputedStyle(item);
  const has = ["Top", "Bottom", "Left", "Right"].some((side) =>
    style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 1);
  return item.checkVisibility() && !item.closest(".say > .card") && !has && style.outlineStyle === "none";
}).map((item) => item.outerHTML.slice(0, 100))"""
MOVES = """() => [...document.querySelectorAll("*")].filter((item) => {
  const style = getComputedStyle(item);
  const seconds = (time) => parseFloat(time) * (time.includes("ms") ? 0.001 : 1);
  const longest = (times) => Math.max(...times.split(",").map(seconds));
  return longest(style.transitionDuration) > 0.01 || longest(style.animationDuration) > 0.01;
}).map((item) => item.outerHTML.slice(0, 100))"""
BORDER = "(item) => getComputedStyle(item).borderTopStyle + ' ' + getComputedStyle(item).borderTopWidth"
COLOUR = "(item, name) => getComputedStyle(item).getPropertyValue(name)"
PAGES = [
    ("full", "room"),
    ("hidden", "room of the host"),
    ("closed", "thread, open"),
    ("full", "run sheet"),
    ("full", "me"),
    ("learned", "learned, host"),
    ("learned", "grid"),
]


@pytest.fixture
def living(arrive, other_web):
    """The page of components, which only the demo has."""
    return lambda **options: arrive(at=other_web, viewport=DESK, **options).goes_to("/components/")


def visit(arrive, state, name, **options):
    who, path = scene(state).pages[name]
    return arrive(scene(state).cookies(who), viewport=DESK, **options).goes_to(path)


def test_axe_finds_nothing_on_the_page_of_components(living):
    found = judge(living().page, [(DESK, "light"), (PHONE, "dark")])

    assert not found, "\n".join(found)


@pytest.mark.parametrize("viewport", [PHONE, DESK, {"width": 320, "height": 640}], ids=lambda size: str(size["width"]))
def test_every_component_fits(living, viewport):
    page = living().page
    page.set_viewport_size(viewport)

    assert page.evaluate(SPILLS) == []


def test_in_forced_colours_every_component_keeps_its_shape(living):
    page = living(forced_colors="active").page

    assert page.evaluate(BORDERLESS, SHAPED) == []


@pytest.mark.parametrize(("state", "name"), PAGES)
def test_in_forced_colours_every_page_keeps_its_shapes(arrive, state, name):
    page = visit(arrive, state, name, forced_colors="active").page

    assert page.evaluate(BORDERLESS, SHAPED) == []


def test_in_forced_colours_states_differ_by_more_than_colour(living):
    page = living(forced_colors="active").page
    borders = {
        name: page.locator(f".cs {chosen}").first.evaluate(BORDER)
        for name, chosen in {
            "hall": ".pip--hall:not(.pip--speaks)",
            "phone": ".pip--phone",
            "later": ".pip--later",
            "open": ".btn--quiet:not(.is-hover)",
            "off": ".btn[aria-disabled=true]",
            "card": ".wall > .card",
            "waiting": ".card--wait",
            "face down": ".card--blind",
        }.items()
    }

    assert len({borders[name] for name in ("hall", "phone", "later")}) == 3
    assert borders["open"] != borders["off"]
    assert len({borders[name] for name in ("card", "waiting", "face down")}) == 3
    filled, lined = (page.locator(f".cs {name}").first for name in (".pip--hall", ".pip--online"))
    assert filled.evaluate(COLOUR, "background-color") != lined.evaluate(COLOUR, "background-color")
    text, ground = page.locator(".plot text.b").first, page.locator("body")
    assert text.evaluate(COLOUR, "fill") != ground.evaluate(COLOUR, "background-color")


@pytest.mark.parametrize(("state", "name"), PAGES)
def test_with_more_contrast_quiet_text_and_edges_are_as_dark_as_ink(arrive, state, name):
    page = visit(arrive, state, name, contrast="more").page
    root = page.locator("html")

    tokens = {token: root.evaluate(COLOUR, f"--{token}").strip() for token in ("ink", "quiet", "line", "edge")}
    assert len(set(tokens.values())) == 1, tokens


@pytest.mark.parametrize(("state", "name"), PAGES)
def test_with_less_motion_nothing_moves(arrive, state, name):
    page = visit(arrive, state, name, reduced_motion="reduce").page

    assert page.evaluate(MOVES) == []


PRINTED = [("learned", "grid"), ("full", "thread"), ("closed", "away"), ("full", "run sheet"), ("full", "poster")]
ON_PAPER = """() => [...document.querySelectorAll(".dock, .strip__nav, .skip, .btn, textarea, .card__act, dialog")]
  .filter((item) => item.checkVisibility()).map((item) => item.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize(("state", "name"), PRINTED)
def test_paper_shows_the_words_in_black_and_nothing_to_press(arrive, state, name):
    visitor = visit(arrive, state, name, color_scheme="dark")
    visitor.page.emulate_media(media="print")
    page = visitor.page

    assert page.evaluate(ON_PAPER) == []
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator("h1").first).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    assert all(
        card.evaluate("card => getComputedStyle(card).breakInside") == "avoid"
        for card in page.locator(".card").all()[:3]
    )
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_poster_is_one_sheet(arrive, world):
    guest = arrive(cookies_of(world, "Ben")).goes_to(f"/d/{world.session.code}/poster/")

    assert guest.page.pdf(format="A4").count(b"/Type /Page\n") == 1


def test_the_question_can_be_read_from_afar(arrive):
    """On a projector at its own size, with larger text: nothing is cut, the question is large."""
    who, path = scene("full").pages["room"]
    visitor = arrive(
        {**scene("full").cookies(who), "look": "auto.150.normal"}, viewport={"width": 1920, "height": 1080}
    )
    page = visitor.goes_to(path).is_connected().page

    assert page.evaluate(SPILLS) == []
    assert float(page.locator("#question").evaluate("item => parseFloat(getComputedStyle(item).fontSize)")) >= 44
    assert (
        float(page.locator(".card__words").first.evaluate("item => parseFloat(getComputedStyle(item).fontSize)")) >= 28
    )
