"""From right to left, and with words that are much longer: nothing runs out of a page, and what points turns round."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import resolve
from playwright.sync_api import expect

from sessions_app.staff_language import is_for_staff
from tests.e2e.cookies import cookies_of
from tests.e2e.mail_scenes import in_language_of_mails
from tests.e2e.person import DESK, PHONE
from tests.e2e.scenes import MAKERS, NEWCOMER, scene
from tests.e2e.test_axe import ON_A_PHONE, judge

STAFF = {"Karin Lindh", NEWCOMER}
WIDTHS = [PHONE, DESK]
# Towards either side: a page from right to left runs out of its left edge.
SPILLS = """() => {
  const root = document.scrollingElement, width = root.clientWidth;
  if (root.scrollWidth <= width + 1) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((item) => {
    const box = item.getBoundingClientRect();
    return item.checkVisibility() && (box.right > width + 1 || box.left < -1) && !item.closest(".tablebox, .vh");
  });
  return [`${root.scrollWidth} px:`, ...wide.slice(-3).map((item) => item.outerHTML.slice(0, 120))];
}"""
FLIPPED = "(item) => new DOMMatrix(getComputedStyle(item).transform).a"


@pytest.fixture
def in_arabic(arrive):
    return lambda cookies, **options: arrive({**cookies, settings.LANGUAGE_COOKIE_NAME: "ar"}, **options)


@pytest.mark.parametrize("state", [state for state in MAKERS if state != "demo"])  # whose pages are in English
def test_no_page_of_a_citizen_runs_out_of_its_left_edge_and_axe_finds_nothing(in_arabic, state):
    made, visitors, found = scene(state), {}, {}
    for name, (who, path) in made.pages.items():
        if who not in visitors:
            visitors[who] = in_arabic(made.cookies(who)).forgive("404|410")
        with in_language_of_mails(made.world, "ar"):
            page = visitors[who].goes_to(path).page
        if who not in STAFF:
            match = resolve(urlsplit(path).path)
            is_english = is_for_staff(match.view_name, match.kwargs)
            expect(page.locator("html")).to_have_attribute("dir", "ltr" if is_english else "rtl")
        for viewport in WIDTHS:
            page.set_viewport_size(viewport)
            found[f"{name}, {viewport['width']} px"] = page.evaluate(SPILLS)
        found[f"{name}, axe"] = judge(page, ON_A_PHONE, coloured=())

    assert {what: where for what, where in found.items() if where} == {}


def test_what_points_turns_round_and_what_is_a_number_does_not(in_arabic, world):
    guest = in_arabic({}).goes_to(f"/d/{world.session.code}/")
    expect(guest.page.locator(".btn--big")).to_have_text("ادخل")

    assert guest.page.locator(".btn--big .i--turns").evaluate(FLIPPED) == -1
    assert guest.page.locator(".door__facts .i").first.evaluate(FLIPPED) == 1
    guest.goes_to("/")
    expect(guest.page.get_by_label("رمزك")).to_have_css("direction", "ltr")
    guest.goes_to(f"/d/{world.session.code}/poster/")
    expect(guest.page.locator(".poster__code")).to_have_css("direction", "ltr")


def test_somebody_goes_in_and_says_something_in_arabic(in_arabic, world):
    world.go_live()
    guest = in_arabic({}).goes_to(f"/d/{world.session.code}/").presses("ادخل").is_connected()
    guest.says("دقيقة صمت.", name="Amal").sees_card("دقيقة صمت.")

    card = guest.card("دقيقة صمت.").locator(".card__words")
    expect(card).to_have_attribute("lang", "ar")
    expect(card).to_have_css("direction", "rtl")


def test_the_button_changes_the_language_and_says_so(arrive, world):
    guest = arrive().goes_to(f"/d/{world.session.code}/").presses("العربيّة", exact=True)

    expect(guest.page.locator("html")).to_have_attribute("lang", "ar")
    expect(guest.page.locator(".langs [aria-current]")).to_have_text("العربيّة")


def test_words_of_others_keep_their_own_direction(in_arabic, world):
    world.go_live()
    world.say("Chidi", "A calmer waiting room.", language="en")
    ben = in_arabic(cookies_of(world, "Ben")).enters_room(world.session)

    expect(ben.card("A calmer waiting room.").locator(".card__words")).to_have_css("direction", "ltr")
