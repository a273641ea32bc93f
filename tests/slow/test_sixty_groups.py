"""480 people are moved into sixty groups of eight, and everybody's page knows it: within five seconds."""

import json
import re
import time
from collections import Counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app.models import Event, Membership
from sessions_app.operations import activities, groups, running
from sessions_app.verbs import Verb
from tests.world import add

PEOPLE, SIZE, SOCKETS = 480, 8, 40
WITHIN = 5.0  # seconds
FEW = 20  # statements, however many people


def test_moved_and_told_within_five_seconds(meeting, crowd):
    """SOCKETS of them hold a page, at two web processes; the others sit in the hall and are moved with them."""
    people, world = meeting.come(SOCKETS), meeting.world
    step = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="small_groups"
    )
    for _ in range(2):
        running.next_step(session=world.session, actor=world.ada)
    for number in range(PEOPLE - SOCKETS):
        add(world, f"Hall {number}", usual_place="hall")
    heard = listen(people)

    began = time.monotonic()
    with CaptureQueriesContext(connection) as asked:
        made = groups.make_groups(activity=step, actor=world.ada, rule="mixed", size=SIZE)
    in_the_operation = time.monotonic() - began
    crowd.until(lambda: all(seats_in(pieces) for pieces in heard.values()), within=WITHIN)
    until_all_knew = time.monotonic() - began

    print(f"{in_the_operation:.2f} s and {len(asked)} statements; {until_all_knew:.2f} s until {SOCKETS} pages knew it")
    assert len(made) == PEOPLE // SIZE
    seated = Membership.objects.filter(activity=step, left_at=None)
    assert set(Counter(seated.values_list("group", flat=True)).values()) == {SIZE}
    assert (len(asked) <= FEW, until_all_knew <= WITHIN) == (True, True)
    assert Event.objects.filter(workshop=world.workshop, verb=Verb.GROUPS_ARRANGED).count() == 1
    here = dict(seated.values_list("participant", "group"))
    assert all(seats_in(pieces) == here for pieces in heard.values())
    assert meeting.findings() == []


def listen(people) -> dict[str, list]:
    """Keeps the pieces that come to each of PEOPLE from now on, besides putting them on their page."""
    heard = {}
    for person in people:
        pieces = heard[person.name] = []
        person.page.apply = lambda fresh, pieces=pieces: pieces.extend(fresh)
    return heard


def seats_in(pieces) -> dict[int, int]:
    """Who sits where, as the last piece about it says."""
    told = [found[1] for piece in pieces if (found := re.search(r'data-seats="([^"]*)"', piece["html"]))]
    return {int(person): group for person, group in json.loads(told[-1].replace("&quot;", '"')).items()} if told else {}
