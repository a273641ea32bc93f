"""Pictures: what is drawn is what the table says, proportional, and of nobody alone."""

import math
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from sessions_app import clock
from sessions_app.models import Contribution
from sessions_app.operations import contributions
from sessions_app.queries.grid import said_in
from sessions_app.queries.ground import ground_of
from sessions_app.queries.pictures import LARGEST, TALLEST, answers, days, pictures, shares, waiting
from tests.queries.test_measured import HALL, ONLINE, met  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def talked(met):  # noqa: F811
    """Two hours ago everybody but Fia writes once; she answers the hall in half a minute, and Ada her in an hour."""
    said = [met.say(name, "In the hall.") for name in HALL]
    for name in ONLINE[1:]:
        met.say(name, "Online.")
    for one in said:
        last = met.say("Fia", "I see.", reply_to=one.pk)
    thanks = met.say("Ada", "Thank you.", reply_to=last.pk)
    begun = clock.now() - timedelta(hours=2)
    for said, later in ((said_in(met.workshop), 0), (last.author.contributions, 30)):
        said.update(said_at=begun + timedelta(seconds=later))
    Contribution.objects.filter(pk=thanks.pk).update(said_at=begun + timedelta(seconds=3630))
    return met


def numbers(rows):
    return [row[1:] for row in rows]


def test_who_wrote_how_much(talked):
    picture = shares(ground_of(talked.workshop))

    assert picture.finding == "The quieter half of 10 people wrote 36 % of all contributions."
    assert picture.rows[-1] == ("100 %", "100 %")
    assert picture.rows[1] == ("50 %", "36 %")


def test_who_answers_whom_by_group_and_area(talked):
    picture = answers(ground_of(talked.workshop))

    assert numbers(picture.rows) == [("0", "0", "0"), ("5", "0", "0"), ("0", "1", "0")]
    assert picture.finding == "5 of 6 answers went between the hall and elsewhere."
    radii = sorted(float(dot.r) for dot in picture.dots)
    assert radii == pytest.approx([LARGEST / math.sqrt(5), LARGEST], abs=0.01)


def test_groups_of_few_are_not_drawn(talked):
    one = talked["Jon"].participant.contributions.get()
    contributions.withdraw_contribution(contribution=one, actor=talked["Jon"])

    assert answers(ground_of(talked.workshop)) is None


def test_when_things_were_said(talked):
    picture = days(ground_of(talked.workshop), talked.workshop)

    assert sum(int(cell) for row in picture.rows for cell in row[1:]) == 15
    assert max(float(rect.high) for rect in picture.rects) == TALLEST


def test_how_long_words_waited(talked):
    picture = waiting(ground_of(talked.workshop))

    assert [row[1] for row in picture.rows] == ["33 %", "41 %", "41 %", "41 %"]
    assert picture.finding == "Answered in the end: live 41 % (n = 15)."


def test_nothing_is_drawn_of_few_or_of_nothing(world):
    assert pictures(world.workshop) == []
    world.go_live()
    world.say("Ben", "Hello.")

    assert [picture.name for picture in pictures(world.workshop)] == ["days"]


def test_drawings_are_whole_and_say_what_they_are(talked, browser_of):
    found = pictures(talked.workshop)
    page = browser_of("Ada").get(reverse("record_pictures", args=[talked.workshop.slug])).content.decode()

    assert [picture.name for picture in found] == ["shares", "answers", "days", "waiting"]
    for picture in found:
        drawn = ElementTree.fromstring(render_to_string("records/picture.html", {"picture": picture}))
        assert drawn.get("role") == "img"
        assert drawn.get("aria-label")
        assert picture.finding.replace("&", "&amp;") in page
        for mark in drawn.iter():
            for edge in ("x", "cx"):
                assert 0 <= float(mark.get(edge, 0)) <= 300
    assert [name for name in (*HALL, *ONLINE) if re.search(rf"\b{name}\b", page)] == []
