"""A kind that lies in a folder somewhere else is found, planned, answered and drawn: no file of ours is touched."""

import textwrap

import pytest
from django.http import QueryDict

from sessions_app import kinds
from sessions_app.kinds.base import all_kinds
from sessions_app.models import Activity
from sessions_app.operations import activities, responses, running

pytestmark = pytest.mark.django_db
CLASS = """
    from sessions_app.errors import BadText
    from sessions_app.kinds.base import Choosing

    class Weather(Choosing):
        key = "weather"
        name, summary, invitation = "Weather", "How is it inside you?", "Your weather"
        blind = False

        @classmethod
        def clean_answer(cls, sent, options):
            if sent.get("sky") not in {"sun", "rain"}:
                raise BadText("Choose sun or rain.")
            return sent.get("sky")

        @classmethod
        def choices(cls, options, value):
            return value

        @classmethod
        def result(cls, given, options):
            return sum(one.value == "sun" for one in given)

        @classmethod
        def in_words(cls, value, options):
            return value
"""


@pytest.fixture
def weather(tmp_path, monkeypatch):
    folder = tmp_path / "weather"
    pages = folder / "templates" / "kinds" / "weather"
    pages.mkdir(parents=True)
    (folder / "__init__.py").write_text(textwrap.dedent(CLASS))
    (pages / "answer.html").write_text('<label><input type="radio" name="sky" value="sun"> Sun inside</label>')
    (pages / "result.html").write_text("<p>{{ result }} with sun</p>")
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(tmp_path)])
    all_kinds.cache_clear()
    yield
    all_kinds.cache_clear()


def test_a_new_kind_is_planned_answered_and_drawn(weather, world, browser_of):
    step = activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind="weather")
    while step.position > 1:
        step = activities.move_activity(activity=step, actor=world.ada, earlier=True)
    world.go_live()
    room = f"/meetings/{world.session.pk}/room/"

    assert "Sun inside" in browser_of("Ben").get(room).content.decode()
    assert "Weather" in browser_of("Ada").get(f"/meetings/{world.session.pk}/steps/new/").content.decode()

    dialogue = world.dialogue(0)
    sent = browser_of("Ben").post(f"/dialogues/{dialogue.pk}/answer/", {"sky": "sun", "round": 1, "view": "room"})
    responses.give_answer(dialogue=dialogue, actor=world["Chidi"], sent=QueryDict("sky=rain"), via="thread")

    assert (sent.status_code, sent["Location"]) == (302, room)
    assert "1 with sun" in browser_of("Chidi").get(room).content.decode()


def test_a_step_whose_kind_was_taken_away_is_still_there(world, browser_of):
    Activity.objects.filter(pk=world.steps[0].pk).update(kind="weather", options={"old": 1})
    world.go_live()

    assert browser_of("Ben").get(f"/meetings/{world.session.pk}/room/").status_code == 200
    assert running.next_step(session=world.session, actor=world.ada) is None
