"""A newcomer follows an agreement to its first words; the map is read on every screen, in grey, in forced colours."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.e2e.person import DESK, PHONE
from tests.e2e.scenes import scene
from tests.e2e.test_languages import SPILLS

HANGS = "How it hangs together"
# Of every text of the drawing that is shown: how large it is on the screen, and whether it lies within the drawing.
TEXTS = """(chart) => {
  const scale = chart.getBoundingClientRect().width / chart.viewBox.baseVal.width;
  const box = chart.getBoundingClientRect();
  return [...chart.querySelectorAll("text")].map((text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const inside = left >= box.left - 1 && right <= box.right + 1 && top >= box.top - 1 && bottom <= box.bottom + 1;
    return { words: text.textContent, size: parseFloat(getComputedStyle(text).fontSize) * scale, inside };
  });
}"""
# Pairs of texts that touch: side by side, less than three pixels apart.
TOUCHING = """(chart) => {
  const all = [...chart.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  return all.flatMap(([words, one], at) => all.slice(at + 1).filter(([, other]) =>
    Math.abs(one.top - other.top) < 4 && one.left < other.right + 3 && other.left < one.right + 3
  ).map(([others]) => `${words} | ${others}`));
}"""
FILLS = """(chart) => [...chart.querySelectorAll("text:not(.in), circle.f-token")]
  .map((item) => getComputedStyle(item).fill)"""


def arrives(arrive, name: str, **options):
    who, path = scene("traced").pages[name]
    return arrive(scene("traced").cookies(who), **options).goes_to(path)


def chart_of(visitor):
    return visitor.page.locator(".chart").locator("visible=true")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=lambda size: str(size["width"]))
def test_a_newcomer_finds_the_first_words_of_an_agreement_in_three_clicks(arrive, viewport):
    """They know nothing but the page of the workshop, and follow what they read there."""
    newcomer = arrives(arrive, "workshop", viewport=viewport)

    newcomer.follows(HANGS)
    first_agreement = newcomer.page.get_by_role("heading", name="Where our agreements come from")
    expect(first_agreement).to_be_visible()
    newcomer.follows("clause 1")
    box = newcomer.page.get_by_role("region", name="The first words")
    words = box.locator("blockquote p").inner_text().strip("“”")
    assert len(words) > 10
    box.get_by_role("link", name="Where it was said").click()

    card = newcomer.page.locator(".say:target")
    expect(card).to_be_visible()
    assert words in card.inner_text()


def test_from_the_page_of_an_agreement_it_is_two_clicks(arrive):
    """Newcomers who stand before an agreement: the way back, and the thread in which the first words stand."""
    newcomer = arrives(arrive, "workshop")
    newcomer.follows("What we agreed")
    newcomer.page.get_by_role("link", name="How we decide").first.click()
    expect(newcomer.page.get_by_role("heading", name="How we decide", level=1)).to_be_visible()

    newcomer.follows("The way back to the words")
    box = newcomer.page.get_by_role("region", name="The first words")
    words = box.locator("blockquote p").inner_text().strip("“”")
    box.get_by_role("link", name="Where it was said").click()

    expect(newcomer.page.locator(".say:target")).to_contain_text(words)


def test_words_lead_forward_to_the_agreement_again(arrive):
    newcomer = arrives(arrive, "thread")

    newcomer.follows("What it led to")
    expect(newcomer.page.get_by_role("heading", name="How we decide")).to_be_visible()
    newcomer.follows("Clause 1")

    expect(newcomer.page.get_by_role("heading", name="What clause 1 rests on")).to_be_visible()


def test_a_facilitator_goes_to_the_moment_in_the_replay(arrive):
    host = arrives(arrive, "clause of the host", viewport=DESK)

    box = host.page.get_by_role("region", name="The first words")
    words = box.locator("blockquote p").inner_text().strip("“”")
    box.get_by_role("link", name="The moment in the replay").click()

    expect(host.page.locator(".replay__lines li").last).to_contain_text(words)


@pytest.mark.parametrize("name", ["map", "map of the host", "map of a meeting"])
@pytest.mark.parametrize("width", [320, 360, 700, 1280])
def test_the_texts_of_the_drawing_are_large_enough_and_lie_in_it(arrive, name, width):
    visitor = arrives(arrive, name, viewport={"width": width, "height": 800})
    chart = chart_of(visitor)

    expect(chart).to_have_count(1)
    texts = chart.evaluate(TEXTS)

    assert len(texts) > 12
    assert [text for text in texts if text["size"] < (14 if width >= 360 else 12) or not text["inside"]] == []
    assert chart.evaluate(TOUCHING) == []


@pytest.mark.parametrize("language", ["sv", "ar"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=lambda size: str(size["width"]))
def test_the_drawing_holds_its_texts_in_every_language(arrive, language, viewport):
    who, path = scene("traced").pages["map"]
    cookies = {**scene("traced").cookies(who), settings.LANGUAGE_COOKIE_NAME: language}
    visitor = arrive(cookies, viewport=viewport).goes_to(path)

    assert visitor.page.evaluate("document.documentElement.lang") == language
    assert [text["words"] for text in chart_of(visitor).evaluate(TEXTS) if not text["inside"]] == []
    assert chart_of(visitor).evaluate(TOUCHING) == []
    assert visitor.page.evaluate(SPILLS) == []


def test_in_forced_colours_the_drawing_takes_the_colours_of_the_reader(arrive):
    looks = ({}, {"forced_colors": "active"})
    plain, forced = (chart_of(arrives(arrive, "map", **look)).evaluate(FILLS) for look in looks)

    assert len(set(forced)) == 1
    assert set(plain) & set(forced) == set()


def test_on_paper_the_wide_drawing_is_printed_in_grey(arrive):
    visitor = arrives(arrive, "map", viewport=PHONE)
    visitor.page.emulate_media(media="print")

    expect(visitor.page.locator(".chart--wide")).to_be_visible()
    fills = visitor.page.locator(".chart--wide").evaluate(FILLS)

    assert set(fills) == {"rgb(0, 0, 0)"}


def test_the_table_is_opened_by_keyboard_alone(arrive):
    visitor = arrives(arrive, "map")
    summary = visitor.page.locator(".map summary")

    summary.focus()
    visitor.page.keyboard.press("Enter")

    expect(visitor.page.get_by_role("table", name=re.compile("numbers of the map"))).to_be_visible()


def test_nothing_of_it_needs_script(arrive):
    for name in ("clause", "words", "map", "story"):
        visitor = arrives(arrive, name, java_script_enabled=False)
        expect(visitor.page.locator("h1")).to_be_visible()
        assert visitor.page.locator("main a").count() > 1
