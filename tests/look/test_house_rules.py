"""What keeps the look in one piece: drawings that exist, parts that are imported, no style in pages."""

import re
from pathlib import Path

import pytest

from tests.html.checker import faults

ROOT = Path(__file__).parents[2]
CSS = ROOT / "static/css"
PARTS = sorted(CSS.rglob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
APART = {
    "index.css",
    "face.css",
    "views/sheet.css",
    "screen.css",
    "hall.css",
    "views/eaa.css",
    "views/coding.css",
    "views/learning.css",
    "views/pictures.css",
    "views/trace.css",
    "views/agreement.css",
}  # linked by themselves
PHYSICAL = re.compile(r"(margin|padding|border)-(left|right|top|bottom)\b|^\s*(left|right|top|bottom):", re.MULTILINE)
INLINE = re.compile(r"\sstyle=|\son(click|change|submit|input|load)=|<style|javascript:")


def named(paths):
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in paths]


def test_every_part_is_imported():
    imported = set(re.findall(r'@import url\("([^"]+)"\)', (CSS / "index.css").read_text()))
    assert imported == {path.relative_to(CSS).as_posix() for path in PARTS} - APART


@pytest.mark.parametrize("path", named(PARTS))
def test_a_part_is_short_logical_and_keeps_the_focus_ring(path):
    text = path.read_text()
    assert text.count("\n") < 120
    assert not PHYSICAL.search(text)
    assert "outline: none" not in text


# Programs for mail load no style sheet: what they are to show stands in the mail itself.
PAGES = [path for path in TEMPLATES if path.relative_to(ROOT).as_posix() != "templates/mail/notice.html"]


@pytest.mark.parametrize("path", named(PAGES))
def test_a_page_carries_no_style_and_no_script_of_its_own(path):
    assert not INLINE.search(path.read_text())


def test_every_icon_that_a_page_asks_for_is_drawn():
    drawn = set(re.findall(r'id="i-([\w-]+)"', (ROOT / "static/icons.svg").read_text()))
    asked = {name for path in TEMPLATES for name in re.findall(r'{% icon "([\w-]+)" %}', path.read_text())}
    assert asked <= drawn


# Classes that say on which page a component stands, or what a program sets for a moment.
OF_PAGES = {
    *("room", "thread", "agree", "away", "result", "replay", "room--host"),
    "htmx-request",
    "foot",
    "val",
    "always",
}


@pytest.mark.parametrize("path", named(sorted((CSS / "components").glob("*.css"))))
def test_the_page_of_components_shows_every_part(path, living_page):
    names = re.sub(r"\{[^{}]*\}", "{}", re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL))
    drawn = {word for words in re.findall(r'class="([^"]*)"', living_page) for word in words.split()}

    assert set(re.findall(r"\.([a-z][\w-]*)", names)) - OF_PAGES - drawn == set()


@pytest.fixture(scope="module")
def living_page():
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    from sessions_app.views.components import components

    request = RequestFactory().get("/components/")
    request.user, request.csp_nonce, request._messages = AnonymousUser(), "n", []
    return components(request).content.decode()


def test_the_page_of_components_is_valid_html(living_page):
    assert faults(living_page) == []


def test_the_page_of_components_shows_every_icon():
    from sessions_app.views.components import ICONS, MECHANISMS

    drawn = set(re.findall(r'id="i-([\w-]+)"', (ROOT / "static/icons.svg").read_text()))
    assert drawn == {*ICONS, *MECHANISMS}
