"""A way of working that is nothing without its question asks for it, and keeps what was typed."""

import pytest
from django.urls import reverse

from sessions_app.kinds import all_kinds
from sessions_app.models import Activity
from sessions_app.operations import activities
from sessions_app.queries.advice import advice
from sessions_app.queries.plans import plan_view
from tests.security.pages import read

pytestmark = pytest.mark.django_db
CHOICES = "Monday\nTuesday"
ASKED = "Write the question that people answer."


def send(browser, world, **changes):
    sent = {"kind": "poll", "minutes": "7", "identity": "named", "option_choices": CHOICES, **changes}
    return browser.post(reverse("new_step", args=[world.session.pk]), sent)


def test_a_poll_without_a_question_is_asked_for_it_and_keeps_what_was_typed(world, browser_of):
    before = Activity.objects.count()

    page = send(browser_of("Ada"), world, title="Which day", prompt="  ")

    found = read(page)
    assert page.status_code == 422
    assert ASKED in page.content.decode()
    assert 'aria-describedby="id_prompt_hint id_prompt_error"' in page.content.decode()
    assert (found.values["option_choices"].split(), found.values["title"]) == (CHOICES.split(), "Which day")
    assert found.values["minutes"] == "7"
    assert Activity.objects.count() == before


def test_with_a_question_it_is_planned(world, browser_of):
    send(browser_of("Ada"), world, prompt="Which day suits you?")

    assert Activity.objects.latest("pk").prompt == "Which day suits you?"


def test_the_question_cannot_be_taken_away_again(world, browser_of):
    send(browser_of("Ada"), world, prompt="Which day suits you?")
    step = Activity.objects.latest("pk")
    sent = {"kind": "poll", "minutes": "7", "identity": "named", "option_choices": CHOICES, "prompt": ""}

    page = browser_of("Ada").post(reverse("change_step", args=[step.pk]), sent)

    step.refresh_from_db()
    assert (page.status_code, step.prompt) == (422, "Which day suits you?")


@pytest.mark.parametrize("key", sorted(all_kinds()))
def test_only_ways_that_need_one_ask(world, browser_of, key):
    address = f"{reverse('new_step', args=[world.session.pk])}?kind={key}"
    page = browser_of("Ada").post(address, {"kind": key, "minutes": "5", "identity": "named", "prompt": ""})

    assert (ASKED in page.content.decode()) is all_kinds()[key].needs_question


def test_an_old_step_without_one_is_told_of_on_the_run_sheet(world):
    given = {"workshop": world.workshop, "actor": world.ada, "session": world.session}
    activities.plan_activity(kind="poll", title="Which day", options={"choices": ["A", "B"]}, **given)

    assert "“Which day” has no question yet." in [thought.text for thought in advice(plan_view(world.session))]
