"""Forms that no page of ours sends, and forms that come too late: told in plain words, and nothing changes."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from sessions_app import clock
from sessions_app.kinds import all_kinds
from sessions_app.models import Activity, Contribution, Response, Role, Session
from sessions_app.operations import activities, limits, participants, running
from tests.kinds.choosing import with_step
from tests.kinds.filling import Form, lay_out_cards, options_for
from tests.world import add

pytestmark = pytest.mark.django_db
CHOOSING = sorted(key for key, kind in all_kinds().items() if kind.takes_answers)
OUT_OF_RANGE = [
    "0",
    "-1",
    "9",
    "99999999999999999999",
    "1.5",
    "²",
    "x",
    "1e1",
    "\N{GRINNING FACE}",
    "yes no",
    "[]",
    "None",
]


def plain(world, key: str):
    return with_step(world, key, options=options_for(all_kinds()[key]))


def with_cards_before(world, key: str):
    """A step of that kind is on, after one whose cards lie face up."""
    lay_out_cards(world)
    step = activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind=key)
    while step.position > 2:
        step = activities.move_activity(activity=step, actor=world.ada, earlier=True)
    running.next_step(session=world.session, actor=world.ada)
    return world.dialogue(1)


@pytest.fixture
def on(world, browser_of):
    """`on(key)`: a step of that kind is on; the address that answers it, and the form filled in as it should be."""

    def _on(key: str) -> tuple[str, QueryDict]:
        dialogue = with_cards_before(world, key) if all_kinds()[key].quotes else plain(world, key)
        address = f"/dialogues/{dialogue.pk}/answer/"
        form = Form(browser_of("Ben").get(address).content.decode())
        for way in form.ways(0, "calm"):
            if browser_of("Chidi").post(address, QueryDict(f"{way}&round=1&reason=x").dict()).status_code == 302:
                return address, QueryDict(f"{way}&round=1&reason=x", mutable=True)
        raise AssertionError(f"nobody can answer {key}")

    return _on


@pytest.mark.parametrize("key", CHOOSING)
def test_an_answer_outside_what_can_be_chosen_is_refused_and_leaves_what_stood(world, browser_of, on, key):
    address, sent = on(key)
    ben = browser_of("Ben", raise_request_exception=True)
    assert ben.post(address, sent.dict()).status_code == 302
    stood = Response.objects.get(participant=world["Ben"].participant).value

    for name in [name for name in sent if name not in {"round", "reason"}]:
        for value in OUT_OF_RANGE:
            limits._buckets.clear()
            answer = ben.post(address, {**sent.dict(), name: value})
            now = Response.objects.get(participant=world["Ben"].participant).value
            if answer.status_code == 422:
                assert now == stood, (name, value)
            else:  # a word, or no dots at all on one thing, is an answer too
                assert answer.status_code == 302, (name, value, answer.status_code)
                ben.post(address, sent.dict())
    assert Response.objects.filter(dialogue__activity__session=world.session).count() == 2


@pytest.mark.parametrize("key", CHOOSING)
def test_twice_is_once_and_after_closing_never(world, browser_of, on, key):
    address, sent = on(key)
    ben = browser_of("Ben")

    for _ in range(3):
        assert ben.post(address, sent.dict()).status_code == 302
    assert Response.objects.filter(participant=world["Ben"].participant).count() == 1
    running.next_step(session=world.session, actor=world.ada)
    before = Response.objects.get(participant=world["Ben"].participant)
    with clock.at(clock.now() + timedelta(minutes=1)):
        late = ben.post(address, sent.dict())

    assert late.status_code == 409
    assert Response.objects.get(pk=before.pk).seq == before.seq


@pytest.mark.parametrize("key", CHOOSING)
def test_nobody_answers_for_somebody_else_by_asking_for_it(world, browser_of, on, key):
    address, sent = on(key)
    nils = add(world, "Nils").participant
    meant_for_nils = {
        **sent.dict(),
        "person": str(nils.pk),
        "participant": str(nils.pk),
        "ballot": "B7",
        "via": "paper",
    }

    browser_of("Ben").post(address, meant_for_nils)
    refused = browser_of("Ben").post(address.replace("answer", "ballots"), meant_for_nils)

    assert refused.status_code == 403
    assert not Response.objects.filter(participant=nils).exists()
    assert not Response.objects.exclude(ballot="").exists()


@pytest.mark.parametrize("where", ["ballots", "scribe"])
def test_a_scribe_who_names_somebody_who_has_left_loses_nothing_of_what_was_typed(world, browser_of, on, where):
    address, sent = on("gradients")
    nils = add(world, "Nils").participant
    sam = browser_of("Sam")
    participants.remove(person=nils, actor=world.ada)

    if where == "ballots":
        answer = sam.post(address.replace("answer", "ballots"), {**sent.dict(), "person": nils.pk, "reason": "Tea."})
    else:
        running.next_step(session=world.session, actor=world.ada)
        form = {"lines": "Tea.", "person": nils.pk, "step": world.dialogue(1).pk}
        given = {**form, "client_id": "1d2a5f9e-7f0c-4b6c-9b0a-0f6f0a1b2c3d"}
        answer = sam.post(f"/meetings/{world.session.pk}/scribe/", given)

    assert answer.status_code == 422
    assert "Tea." in answer.content.decode()
    assert not Response.objects.filter(participant=nils).exists()
    assert not Contribution.objects.filter(author=nils).exists()


@pytest.mark.parametrize("minutes", ["0", "-5", "601", "36000", "ten", "1.5", ""])
def test_a_step_of_no_minutes_or_of_more_than_ten_hours_is_not_planned(world, browser_of, minutes):
    ada, step = browser_of("Ada"), world.steps[1]
    form = {"kind": "cards", "title": "Cards", "identity": "named", "minutes": minutes}

    answers = [
        ada.post(f"/meetings/{world.session.pk}/steps/new/", form),
        ada.post(f"/steps/{step.pk}/change/", form),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert all('aria-invalid="true"' in answer.content.decode() for answer in answers)
    assert world.steps[1].minutes == step.minutes
    assert len(world.steps) == 4


@pytest.mark.parametrize("minutes", ["0", "-1", "601", "99999999999", "two"])
def test_more_time_is_one_minute_to_ten_hours(world, browser_of, minutes):
    world.go_live()
    step = Activity.objects.get(pk=world.steps[0].pk)

    answer = browser_of("Ada").post(f"/meetings/{world.session.pk}/controls/", {"press": "extend", "minutes": minutes})

    assert answer.status_code in {302, 409, 422}
    ends = Activity.objects.get(pk=step.pk).ends_at
    assert step.ends_at <= ends <= step.ends_at + timedelta(minutes=2)  # the button's own two, at the most


def test_a_plan_that_somebody_else_has_just_changed_can_still_be_put_in_order(world, browser_of):
    """Both have the old page open: one takes a step off and moves another, the other presses what she sees."""
    eva = add(world, "Eva", [Role.FACILITATOR])
    ada = browser_of("Ada")
    first, second, third, fourth = world.steps
    activities.remove_activity(activity=second, actor=eva)
    activities.move_activity(activity=fourth, actor=eva, earlier=True)

    moved = ada.post(f"/steps/{second.pk}/moving/", {"earlier": first.pk}, follow=True)
    also = ada.post(f"/steps/{third.pk}/moving/", {"earlier": second.pk}, follow=True)
    gone = ada.post(f"/steps/{second.pk}/minutes/", {"by": "more"})

    told = "Somebody else has just changed the run sheet. Look at it, then move the step again."
    assert [told in answer.content.decode() for answer in (moved, also)] == [True, True]
    assert gone.status_code in {302, 409}
    assert [step.pk for step in world.steps] == [first.pk, fourth.pk, third.pk]
    ada.post(f"/steps/{third.pk}/moving/", {"earlier": fourth.pk})
    assert [step.pk for step in world.steps] == [first.pk, third.pk, fourth.pk]
    positions = [step.position for step in world.steps]
    assert positions == sorted(set(positions))


def test_a_plan_is_put_in_order_while_its_meeting_has_begun(world, browser_of):
    ada = browser_of("Ada")
    first, second, *_others = world.steps
    world.go_live()

    ada.post(f"/steps/{second.pk}/moving/", {"earlier": first.pk})

    session = Session.objects.get(pk=world.session.pk)
    assert session.current_activity_id == first.pk
    assert [step.pk for step in world.steps][:2] == [second.pk, first.pk]
    running.next_step(session=session, actor=world.ada)
    assert Session.objects.get(pk=session.pk).current_activity_id == world.steps[2].pk
