"""Guides for every role: short, with pictures of ours that are small, and a way to them from every page."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from sessions_app.views.help import GUIDES
from tests.security.pages import read

ROOT = Path(__file__).parents[2]
PICTURES = sorted((ROOT / "static/help").iterdir())
MOST_BYTES = 120_000
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "sv", "ar"])
@pytest.mark.parametrize("role", GUIDES)
def test_a_guide_is_short_and_has_a_picture_that_is_told_in_words(client, role, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = read(client.get(reverse("guide", args=[role])))
    source = (ROOT / f"templates/help/{role}.html").read_text()
    pictures = [given for tag, given in page.tags if tag == "img"]

    assert 6 <= source.count("<li>") <= 10
    assert pictures
    assert all(len(given["alt"]) > 20 for given in pictures)


def test_every_guide_is_found_from_every_page(client):
    front, help_page = (client.get(reverse(name)).content.decode() for name in ("front", "help"))

    assert f'href="{reverse("help")}"' in front
    assert all(reverse("guide", args=[role]) in help_page for role in GUIDES)


def test_there_is_no_guide_for_nobody(client):
    assert client.get(reverse("guide", args=["nobody"])).status_code == 404


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_small_used_and_drawn_in_its_own_proportions(picture):
    used = "".join(path.read_text() for path in (ROOT / "templates/help").glob("*.html"))
    (width, height) = map(int, re.search(rf'{picture.name}\' %}}" width="(\d+)" height="(\d+)"', used).groups())
    with Image.open(picture) as real:
        shape = real.width / real.height

    assert picture.stat().st_size < MOST_BYTES
    assert shape == pytest.approx(width / height, abs=0.01)


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("help@example.org", 'href="mailto:help@example.org"'),
        ("08-123 45", '<b dir="ltr">08-123 45</b>'),
        ("", "The number is in your invitation."),
    ],
)
def test_the_statement_says_whom_to_tell(client, settings, contact, shown):
    settings.ACCESSIBILITY_CONTACT = contact

    assert shown in client.get(reverse("accessibility")).content.decode()


def test_the_statement_names_the_authority_and_its_own_date(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"
    text = read(client.get(reverse("accessibility"))).text

    assert "DIGG" in text
    assert "2018:1937" in text
    assert re.search(r"Sidan ändrades senast den \d+ \w+ 20\d\d\.", text)
    assert reverse("accessibility") in client.get(reverse("appearance")).content.decode()


def test_the_page_without_a_line_knows_nobody_and_needs_nothing(client):
    answer = client.get(reverse("offline"))
    page = answer.content.decode()

    assert "tel:" not in page
    assert "<script" not in page
    assert 'href=""' in page


def test_the_service_worker_may_answer_for_all_pages_and_is_asked_for_anew(client):
    answer = client.get(reverse("worker"))

    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in answer["Cache-Control"]
    assert answer.content.decode().startswith('const EDITION = "')
