"""Looking back: three prompts, nobody's name, and the facilitators find it in their wrap-up."""

import pytest

from sessions_app.models import Event, Identity
from sessions_app.operations import activities, running
from tests.kinds.choosing import with_step


def looks_back(world, **fields):
    dialogue = with_step(world, "reflection", **fields)
    world.say("Ben", "The long pause", heading=0)
    world.say("Chidi", "More daylight", heading=1)
    world.say("Sam", "Tired", heading=2, unnamed=True)
    return dialogue


def after(world, browser) -> str:
    return browser.get(f"/meetings/{world.session.pk}/after/").content.decode()


@pytest.mark.django_db
def test_it_is_anonymous_from_the_start_and_its_prompts_can_be_others(world):
    step = activities.plan_activity(
        workshop=world.workshop,
        actor=world.ada,
        session=world.session,
        kind="reflection",
        options={"headings": ["One"]},
    )

    assert (step.identity, step.options) == (Identity.ANONYMOUS, {"headings": ["One"]})


@pytest.mark.django_db
def test_the_wrap_up_shows_it_prompt_by_prompt_without_names(world, browser_of):
    looks_back(world)
    running.close_session(session=world.session, actor=world.ada)

    page = after(world, browser_of("Ada"))

    assert page.index("Keep this") < page.index("The long pause") < page.index("Change this")
    assert page.index("How I feel") < page.index("Tired")
    assert "Ben" not in page
    assert not Event.objects.filter(verb="contribution.posted", actor=world["Ben"].participant).exists()


@pytest.mark.django_db
def test_what_lies_face_down_is_not_in_the_wrap_up(world, browser_of):
    looks_back(world, blind=True)
    running.close_session(session=world.session, actor=world.ada)

    assert "The long pause" not in after(world, browser_of("Ada"))


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["Ben", "Sam", "Hella", "Rana", None])
def test_nobody_else_reads_the_wrap_up(world, browser_of, who):
    looks_back(world)

    assert "The long pause" not in after(world, browser_of(who))


@pytest.mark.django_db
def test_a_prompt_has_to_be_chosen_and_it_can_be_answered_between_the_meetings(world, browser_of):
    dialogue = looks_back(world)

    page = browser_of("Ben").get(f"/threads/{dialogue.pk}/").content.decode()

    assert page.count("<option") == 4  # "Choose …" and three prompts
    assert "Nobody can know that it was you." in page
