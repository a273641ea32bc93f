"""What a facilitator does next on the way to the first meeting: one thing at a time, and nothing when it has begun."""

import pytest
from django.urls import reverse

from sessions_app.models import Activity, Participant, Role, Session
from sessions_app.operations import running

pytestmark = pytest.mark.django_db


def shown(browser, world) -> str | None:
    """Where the button of the next step leads."""
    step = browser.get(reverse("workshop", args=[world.workshop.slug])).context["next_step"]
    return step and step.address


def test_one_thing_after_the_other_until_the_doors_are_open(world, browser_of):
    ada, now = browser_of("Ada"), world.session
    citizens = Participant.objects.filter(workshop=world.workshop, roles__contains=[Role.PARTICIPANT])
    roles = {person.pk: person.roles for person in citizens}
    citizens.update(roles=[Role.HELPER])
    Activity.objects.filter(session=now).update(removed_at=now.starts_at)
    Session.objects.filter(pk=now.pk).update(removed_at=now.starts_at)
    assert shown(ada, world) == reverse("new_meeting", args=[world.workshop.slug])

    Session.objects.filter(pk=now.pk).update(removed_at=None)
    assert shown(ada, world) == reverse("plan", args=[now.pk])

    Activity.objects.filter(session=now).update(removed_at=None)
    assert shown(ada, world) == reverse("share", args=[now.pk])

    for pk, had in roles.items():
        Participant.objects.filter(pk=pk).update(roles=had)
    assert shown(ada, world) == reverse("room", args=[now.pk])

    running.open_doors(session=now, actor=world.ada)
    assert shown(ada, world) is None


def test_only_facilitators_are_told(world, browser_of):
    assert [shown(browser_of(name), world) for name in ("Ben", "Sam", "Hella")] == [None, None, None]


def test_a_workshop_that_is_over_asks_for_nothing(world, browser_of):
    world.workshop.closed_at = world.session.starts_at
    world.workshop.save(update_fields=["closed_at"])

    assert shown(browser_of("Ada"), world) is None
