"""Signals: everybody counts once, can take it back, and is in no row, no event, no page and no frame."""

import json
from dataclasses import replace

import pytest
from django.forms import model_to_dict
from django.urls import reverse

from sessions_app.errors import BadText, Closed, NotAllowed, NotFound
from sessions_app.live.audience import Audience, Scope
from sessions_app.live.reading import concerned, happened_since, pieces_for
from sessions_app.models import Event, Signal, SignalKey
from sessions_app.operations import running, sessions, signals
from sessions_app.queries.pulse import pulse_of
from sessions_app.verification import verify
from tests.world import add, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(world):
    world.go_live()
    return world


def up(world, who, kind="cant_follow"):
    signals.raise_signal(session=world.session, actor=world[who], kind=kind)


def down(world, who, kind="cant_follow"):
    signals.take_back_signal(session=world.session, actor=world[who], kind=kind)


def counts(world):
    return {one.kind.value: one.count for one in pulse_of(world.session).raised if one.count}


def test_one_person_counts_once_and_takes_only_their_own_back(live):
    for who in ("Ben", "Ben", "Chidi"):
        up(live, who)
    assert counts(live) == {"cant_follow": 2}
    down(live, "Sam")
    assert counts(live) == {"cant_follow": 2}
    down(live, "Ben")
    down(live, "Ben")

    assert counts(live) == {"cant_follow": 1}
    assert list(verify(live.workshop.slug)) == []


def test_a_facilitator_answers_all_of_a_kind_and_nobody_else_does(live):
    up(live, "Ben")
    up(live, "Chidi")
    up(live, "Chidi", "break")
    for who, trouble in (("Ben", NotAllowed), ("Sam", NotAllowed), ("Rana", NotFound)):
        with pytest.raises(trouble):
            signals.answer_signals(session=live.session, actor=live[who], kind="cant_follow")
    signals.answer_signals(session=live.session, actor=live.ada, kind="cant_follow")

    assert counts(live) == {"break": 1}
    up(live, "Ben")
    assert counts(live) == {"break": 1, "cant_follow": 1}
    assert list(verify(live.workshop.slug)) == []


def test_outsiders_and_researchers_raise_nothing(live):
    for actor in (live["Rana"], make_world("Other", host="Olga").ada):
        with pytest.raises(NotFound):
            signals.raise_signal(session=live.session, actor=actor, kind="break")
    with pytest.raises(BadText):
        up(live, "Ben", "angry")
    assert not Signal.objects.exists()


def test_nobody_is_in_row_event_page_or_frame(live, browser_of):
    head = live.workshop.events.latest("seq").seq
    up(live, "Ben")
    ben = live["Ben"].participant
    row, event = Signal.objects.get(), Event.objects.get(verb="signal.raised")

    assert set(model_to_dict(row)) == {"id", "session", "kind", "online", "token", "lowered_at", "raised_at"}
    assert str(ben.pk) not in (row.token, row.kind)
    assert (event.actor, event.participant, event.data) == (None, None, {"kind": "cant_follow"})
    happened = happened_since(live.workshop.pk, head)
    assert concerned(happened) == set()
    for is_facilitator in (True, False):
        frame = json.dumps(
            pieces_for(Audience(live.workshop.pk, Scope.ROOM, live.session.pk, is_facilitator, "en"), happened)
        )
        assert "Ben" not in frame
        assert f'data-person=\\"{ben.pk}\\"' not in frame
    seen = browser_of("Chidi").get(reverse("room", args=[live.session.pk])).content.decode()
    assert 'aria-pressed="true"' not in seen
    assert 'aria-pressed="true"' in browser_of("Ben").get(reverse("room", args=[live.session.pk])).content.decode()


def test_when_the_meeting_is_over_nobody_can_find_out(live):
    up(live, "Ben")
    running.close_session(session=live.session, actor=live.ada)

    assert not SignalKey.objects.exists()
    assert counts(live) == {}
    with pytest.raises(Closed):
        up(live, "Ben")
    running.undo(session=live.session, actor=live.ada)
    up(live, "Ben")
    assert counts(live) == {"cant_follow": 1}
    assert list(verify(live.workshop.slug)) == []


def test_a_fifth_of_those_online_makes_everybody_pause(live):
    for name in ("Ben", "Chidi"):
        sessions.enter_room(session=live.session, person=live[name].participant)
    for number in range(4):
        sessions.enter_room(session=live.session, person=add(live, f"More {number}").participant)
    lars = add(live, "Lars", usual_place="hall")
    sessions.enter_room(session=live.session, person=lars.participant)
    up(live, "Lars")
    up(live, "Ben")
    assert (pulse_of(live.session).online, pulse_of(live.session).pauses) == (6, False)
    up(live, "Chidi")

    assert pulse_of(live.session).pauses


def test_where_few_are_online_nobody_is_told_that_it_is_one_of_them(live):
    pulse = pulse_of(live.session)

    assert (replace(pulse, online=2).are_several, replace(pulse, online=3).are_several) == (False, True)
