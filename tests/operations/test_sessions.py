"""A meeting is planned and changed by facilitators; people enter its room once."""

from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.errors import BadText, NotAllowed, NotFound, TooLong
from sessions_app.identifiers import ALPHABET
from sessions_app.models import Event, Participant, Session
from sessions_app.operations import running, sessions
from sessions_app.policy import OUTSIDER
from tests.together import together
from tests.world import make_world

HOUR = timedelta(hours=1)


def plan(world, actor=None, **more):
    start = clock.now() + HOUR
    fields = {"title": "Second", "starts_at": start, "ends_at": start + HOUR, **more}
    return sessions.plan_session(workshop=world.workshop, actor=actor or world.ada, **fields)


def change(world, actor=None, **fields):
    return sessions.change_session(session=world.session, actor=actor or world.ada, **fields)


def last_event(world):
    return Event.objects.filter(workshop=world.workshop).latest("seq")


def test_planned_meeting_has_a_code_of_six_clear_letters(world):
    session = plan(world, title=" Second\n meeting ", space="distributed", time="different")

    assert (session.title, session.space, session.time, session.state) == (
        "Second meeting",
        "distributed",
        "different",
        "planned",
    )
    assert len(session.code) == 6
    assert set(session.code) <= set(ALPHABET)
    assert (last_event(world).verb, last_event(world).session) == ("session.planned", session)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"title": ""}, BadText),
        ({"title": "x" * 121}, TooLong),
        ({"time": "never"}, BadText),
        ({"space": "moon"}, BadText),
        ({"place": "\ud800"}, BadText),
        ({"link": "javascript:alert(1)"}, BadText),
        ({"link": "data:text/html,x"}, BadText),
        ({"link": "call.example"}, BadText),
        ({"link": f"https://call.example/{'x' * 300}"}, TooLong),
    ],
)
def test_impossible_meetings_are_refused(world, fields, refusal):
    with pytest.raises(refusal):
        plan(world, **fields)
    with pytest.raises(refusal):
        change(world, **fields)

    assert Session.objects.count() == 1


def test_meeting_may_have_a_link_or_none(world):
    for link in ("https://call.example/room?x=1", ""):
        change(world, link=link)

        assert Session.objects.get(pk=world.session.pk).link == link


def test_meeting_that_ends_before_it_begins_is_refused(world):
    start, end = world.session.starts_at, world.session.ends_at

    for fields in (
        {"starts_at": start, "ends_at": start},
        {"ends_at": start - HOUR},
        {"starts_at": end + HOUR},
    ):
        with pytest.raises(BadText, match="ends before it begins"):
            change(world, **fields)

    kept = Session.objects.get(pk=world.session.pk)
    assert (kept.starts_at, kept.ends_at) == (start, end)


def test_longest_place_fits_its_column(world):
    assert len(change(world, place="q\u0302" * 200).place) == 400


def test_change_tells_which_fields(world):
    change(world, title="New", link="https://call.example/1", time=world.session.time)

    assert (last_event(world).verb, last_event(world).data) == ("session.changed", {"fields": ["link", "title"]})


def test_change_that_changes_nothing_records_nothing(world):
    last = last_event(world).seq

    change(world, title=world.session.title)

    assert last_event(world).seq == last


def test_meeting_that_is_over_keeps_its_times(world):
    running.close_session(session=world.session, actor=world.ada)
    starts_at = world.session.starts_at

    change(world, title="As it was", starts_at=starts_at - 9 * HOUR, ends_at=starts_at - 8 * HOUR)

    kept = Session.objects.get(pk=world.session.pk)
    assert (kept.title, kept.starts_at) == ("As it was", starts_at)


def test_meeting_that_was_closed_on_another_page_keeps_its_times(world):
    stale = Session.objects.get(pk=world.session.pk)
    running.close_session(session=world.session, actor=world.ada)

    sessions.change_session(session=stale, actor=world.ada, starts_at=stale.starts_at - HOUR, ends_at=stale.ends_at)

    kept = Session.objects.get(pk=world.session.pk)
    assert (kept.starts_at, kept.state) == (world.session.starts_at, "closed")


def test_only_facilitators_plan_meetings(world):
    stranger = make_world("Other", host="Olga").ada

    for actor, of_workshop, of_session in (
        (world["Sam"], NotAllowed, NotAllowed),
        (world["Ben"], NotAllowed, NotAllowed),
        (world["Rana"], NotFound, NotFound),
        (stranger, NotFound, NotFound),
        (OUTSIDER, NotFound, NotFound),
    ):
        with pytest.raises(of_workshop):
            plan(world, actor)
        with pytest.raises(of_session):
            change(world, actor, title="Mine")


def test_somebody_enters_once(world):
    ben = world["Ben"].participant
    running.open_doors(session=world.session, actor=world.ada)

    assert [sessions.enter_room(session=world.session, person=ben) for _ in range(2)] == [True, False]

    entered = Event.objects.get(verb="participant.entered")
    assert (entered.participant, entered.session, entered.data) == (ben, world.session, {"place": "remote"})


def test_room_that_is_not_open_is_entered_by_nobody(world):
    ben = world["Ben"].participant
    assert sessions.enter_room(session=world.session, person=ben) is False
    running.close_session(session=world.session, actor=world.ada)
    assert sessions.enter_room(session=world.session, person=ben) is False

    assert not Event.objects.filter(verb="participant.entered").exists()


@pytest.mark.django_db(transaction=True)
def test_five_tabs_are_one_entrance(world):
    world.go_live()
    ben = world["Ben"].participant

    results = together(*[lambda: sessions.enter_room(session=world.session, person=ben)] * 5)

    assert sorted(results) == [False] * 4 + [True]
    assert Event.objects.filter(verb="participant.entered").count() == 1


def test_visit_is_remembered(world):
    now = clock.now()
    with clock.at(now):
        sessions.note_visit(person=world["Ben"].participant, head_seq=7)

    ben = Participant.objects.get(pk=world["Ben"].participant.pk)
    assert (ben.last_here_seq, ben.last_here_at) == (7, now)
