"""Anonymous is anonymous, for every way of working: who wrote or chose is in no page, no frame and no row.

The writer has a name and a number that stand nowhere else. Where they stood before, they may stand; nowhere more often.
"""

import json
from collections import Counter

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from sessions_app.kinds import all_kinds
from sessions_app.models import Activity, Contribution, Dialogue, Identity, Participant, Role, Workshop
from sessions_app.operations import activities, devices, limits, running
from sessions_app.policy import Actor
from tests.kinds.filling import hand_in_paper, options_for, say
from tests.policy.cast import Cast
from tests.policy.onlooking import WHOLE, everything, frames
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
ASKED = {key: kind for key, kind in all_kinds().items() if kind.invites()}
NAME, NUMBER = "Quillona", 987654321
WORDS = "zebrafinch"


@pytest.fixture
def world(db) -> World:
    """One step for each kind, all anonymous and face up, the first of them on; and Quillona, who takes part."""
    world = make_world()
    for step in world.steps:
        activities.remove_activity(activity=step, actor=world.ada)
    for key, kind in ASKED.items():
        given = {"workshop": world.workshop, "actor": world.ada, "kind": key, "options": options_for(kind)}
        activities.plan_activity(session=world.session, identity=Identity.ANONYMOUS, blind=False, **given)
    quillona = Participant(
        pk=NUMBER, workshop=world.workshop, name=NAME, name_key=NAME.lower(), roles=[Role.PARTICIPANT]
    )
    quillona.joined_at = quillona.admitted_at = world["Ben"].participant.joined_at
    quillona.save(force_insert=True)
    world.cookies[NAME] = devices.seat("", quillona)
    world.people[NAME] = Actor(Participant.objects.select_related("workshop").get(pk=NUMBER))
    return world


def told(world: World) -> dict[str, Counter]:
    """How often the writer is named, by page, for the host, the scribe and somebody who takes part."""
    cast = Cast(world, world, {"part": world.cookies["Ben"], "scri": world.cookies["Sam"]})
    cast.users = {"faci": world.ada.participant.user}
    seen = {f"{role}: {where}": text for role in ("part", "scri", "faci") for where, text in _all(cast, role).items()}
    return {
        where: Counter({mark: text.count(mark) for mark in (NAME, str(NUMBER), WORDS)}) for where, text in seen.items()
    }


def _all(cast: Cast, role: str) -> dict[str, str]:
    pages = everything(cast.browser(role), cast.world.workshop).pages
    return pages | frames(cast.world.workshop).pages if role == "part" else pages


def page(where: str) -> str:
    """The address WHERE, without how far a replay goes: a link to one of its moments shows less of the same page."""
    replay, is_moment, _seq = where.partition("?seq=")
    return replay.removeprefix("part of ").replace("/replay/", f"/replay/{WHOLE}") if is_moment else where


def rows(world: World) -> Counter:
    """How often the writer's number stands in the rows of each table."""
    found = Counter()
    for model in [*apps.get_app_config("sessions_app").get_models(), *apps.get_app_config("eaa").get_models()]:
        for row in model._default_manager.values():
            found[model.__name__] += json.dumps(row, default=str).count(str(NUMBER))
    return found


def test_nothing_tells_who_wrote_or_chose(world):
    draw = Client()
    draw.cookies[settings.DEVICE_COOKIE] = world.cookies[NAME]
    world.go_live()
    draw.get(f"/meetings/{world.session.pk}/room/")  # that somebody was in the room is known
    rows_before, before = rows(world), told(world)
    for number, key in enumerate(ASKED):
        if number:
            running.next_step(session=world.session, actor=world.ada)
        contribute(world, key, draw)
    after = told(world)

    assert rows(world) == rows_before
    assert sum(count[WORDS] for count in after.values()) > 100
    for mark in (NAME, str(NUMBER)):
        often = {where: count[mark] for where, count in before.items() if count[mark]}
        assert {
            where: count[mark] for where, count in after.items() if count[mark] > often.get(page(where), 0)
        } == {}, mark

    # All of it is told once names are there: else this would prove nothing.
    Activity.objects.update(identity=Identity.NAMED)
    Contribution.objects.update(author=NUMBER)
    assert rows(world) != rows_before
    assert len(frames(world.workshop).holding(NAME)) > len(ASKED) / 2


def contribute(world: World, key: str, draw: Client) -> None:
    limits._buckets.clear()
    current = Workshop.objects.get(pk=world.workshop.pk).sessions.get(pk=world.session.pk).current_activity
    dialogue = Dialogue.objects.select_related("activity__workshop", "activity__session").get(activity=current)
    assert dialogue.activity.kind == key
    form = draw.get(f"/dialogues/{dialogue.pk}/answer/").content.decode() if ASKED[key].takes_answers else ""
    say(world, dialogue, NAME, f"{WORDS} {key}", form=form)
    hand_in_paper(world, dialogue, f"{WORDS} on paper", turn=1, form=form)
