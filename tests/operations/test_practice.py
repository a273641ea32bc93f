"""A practice: a copy that only its owner sees, pretend people who answer once, and nothing left of it afterwards."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.http import QueryDict
from django.urls import reverse

from sessions_app import clock, tasks
from sessions_app.errors import NotAllowed, NotFound
from sessions_app.models import Contribution, Event, Participant, Session, Workshop
from sessions_app.operations import dialogues, hosting, messages, practice, responses, running, turns
from sessions_app.policy import Actor
from sessions_app.queries.practices import practices_on
from sessions_app.queries.workshops import workshops_of
from sessions_app.verification import verify
from tests.world import make_user, make_world

LATER = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def practised(world):
    """A practice of the world's meeting, and its host."""
    meeting = practice.begin(session=world.session, actor=world.ada)
    host = Participant.objects.select_related("workshop").get(workshop=meeting.workshop, user__isnull=False)
    return meeting, Actor(host)


def alive(meeting: Session) -> Session:
    return Session.objects.select_related("workshop", "current_activity").get(pk=meeting.pk)


def test_it_copies_the_run_sheet_and_brings_six_people(world, practised):
    meeting, _host = practised

    assert [step.prompt for step in meeting.activities.all()] == [step.prompt for step in world.steps]
    assert len(practice.pretend_people(meeting.workshop)) == 6
    assert {person.name.split(" (")[1] for person in practice.pretend_people(meeting.workshop)} == {"pretend)"}


def test_a_second_press_finds_the_first(world, practised):
    assert practice.begin(session=world.session, actor=world.ada) == practised[0]


def test_nobody_comes_before_the_doors_are_open(practised):
    meeting, _host = practised

    assert practice.play(session=alive(meeting)) == 0
    assert practices_on() == []
    assert not Event.objects.filter(session=meeting, participant__isnull=False).exists()


def test_they_come_in_and_answer_one_after_the_other(practised):
    meeting, host = practised
    running.start(session=meeting, actor=host)
    began = clock.now()

    for seconds, expected in ((1, 0), (5, 1), (10, 2), (40, 6), (60, 6)):
        with clock.at(began + timedelta(seconds=seconds)):
            practice.play(session=alive(meeting))
        assert Contribution.objects.count() == expected, seconds
    assert list(verify(meeting.workshop.slug)) == []


def test_the_task_may_run_twice_in_the_same_moment(practised):
    meeting, host = practised
    running.start(session=meeting, actor=host)

    with clock.at(clock.now() + LATER):
        spoken = [tasks.practise(meeting.pk), tasks.practise(meeting.pk)]

    assert spoken == [6, 0]
    assert Contribution.objects.count() == 6


def test_the_clock_wakes_those_that_are_on(practised, monkeypatch):
    meeting, host = practised
    woken = []
    monkeypatch.setattr(tasks.practise, "delay", woken.append)

    tasks.run_practices()
    running.open_doors(session=meeting, actor=host)
    tasks.run_practices()

    assert woken == [meeting.pk]


def test_the_task_touches_no_meeting_with_real_people(world):
    world.go_live()
    with clock.at(clock.now() + LATER):
        assert tasks.practise(world.session.pk) == 0

    assert not Contribution.objects.exists()


def test_they_say_nothing_in_a_break_and_answer_the_next_step(practised):
    meeting, host = practised
    running.start(session=meeting, actor=host)
    meeting.activities.filter(position=1).update(kind="kettle")
    with clock.at(clock.now() + LATER):
        assert practice.play(session=alive(meeting)) == 0
    running.next_step(session=meeting, actor=host)
    with clock.at(clock.now() + LATER):
        assert practice.play(session=alive(meeting)) == 6


@pytest.mark.parametrize("who", ["Sam", "Hella", "Rana", "Ben", "Gil"])
def test_only_a_facilitator_may_practise(world, who):
    with pytest.raises((NotAllowed, NotFound)):
        practice.begin(session=world.session, actor=world[who])

    assert Workshop.objects.count() == 1


def test_a_facilitator_without_an_account_is_told(world):
    Participant.objects.filter(pk=world["Ben"].participant.pk).update(roles=["facilitator"])
    with pytest.raises(NotAllowed, match="Sign in"):
        practice.begin(session=world.session, actor=world.refresh("Ben"))


def test_nobody_else_finds_it(world, practised, browser_of):
    meeting, _host = practised
    addresses = [
        reverse("door", args=[meeting.code]),
        reverse("door", args=[meeting.workshop.code]),
        reverse("room", args=[meeting.pk]),
        reverse("workshop", args=[meeting.workshop.slug]),
    ]

    assert [browser_of("Ben").get(address).status_code for address in addresses] == [404] * 4
    assert meeting.workshop not in workshops_of(world.ada.participant.user)


def test_it_is_marked_on_every_page_and_in_no_record(world, practised, browser_of):
    meeting, _host = practised
    ada = browser_of("Ada")
    slug = meeting.workshop.slug
    shown = [
        *(reverse(name, args=[meeting.pk]) for name in ("room", "plan", "change_meeting", "after", "replay")),
        *(reverse(name, args=[slug]) for name in ("workshop", "people", "me", "away", "before", "change_workshop")),
    ]
    hidden = [reverse("record", args=[slug]), reverse("share", args=[meeting.pk])]

    assert [address for address in shown if b"This is practice." not in ada.get(address).content] == []
    assert [ada.get(address).status_code for address in hidden] == [403, 404]
    assert b"This is practice." not in ada.get(reverse("plan", args=[world.session.pk])).content


def test_it_is_thrown_away_by_its_button(world, practised, browser_of):
    meeting, host = practised
    running.start(session=meeting, actor=host)
    with clock.at(clock.now() + LATER):
        practice.play(session=alive(meeting))
    answer = browser_of("Ada").post(reverse("end_practice", args=[meeting.workshop.slug]))

    assert answer.url == reverse("plan", args=[world.session.pk])
    with clock.at(clock.now() + 2 * LATER):
        assert practice.clear_away() == 1
    assert list(Workshop.objects.all()) == [world.workshop]
    assert not Contribution.objects.exists()
    assert list(verify(world.workshop.slug)) == []


def test_it_goes_away_by_itself_after_a_day(world, practised):
    with clock.at(clock.now() + DAY - LATER):
        assert practice.clear_away() == 0
        assert Workshop.objects.get(practice_of=world.session).closed_at is None
    with clock.at(clock.now() + DAY + LATER):
        practice.clear_away()
    with clock.at(clock.now() + DAY + 3 * LATER):
        practice.clear_away()
        practice.clear_away()

    assert list(Workshop.objects.all()) == [world.workshop]


def practice_of_somebody(name: str) -> Session:
    """A practice of another facilitator's."""
    other = make_world(f"Of {name}", host=name)
    return practice.begin(session=other.session, actor=other.ada)


def host_of(meeting: Session) -> Participant:
    return Participant.objects.get(workshop=meeting.workshop, user__isnull=False)


def leave(host: Participant) -> None:
    Participant.objects.filter(pk=host.pk).update(removed_at=clock.now(), user=None)


def lose_the_role(host: Participant) -> None:
    Participant.objects.filter(pk=host.pk).update(roles=["helper"])


def lose_the_account(host: Participant) -> None:
    host.user.delete()


@pytest.mark.parametrize("goes", [leave, lose_the_role, lose_the_account])
def test_a_practice_whose_host_has_left_keeps_no_other_one(world, practised, goes):
    goes(host_of(practised[0]))
    practice_of_somebody("Bea")
    with clock.at(clock.now() + DAY + LATER):
        practice.clear_away()
    with clock.at(clock.now() + DAY + 3 * LATER):
        assert practice.clear_away() == 2

    assert not Workshop.objects.filter(practice_of__isnull=False).exists()


def test_everything_that_can_be_done_in_a_practice_is_erased(world, practised):
    meeting, host = practised
    running.start(session=meeting, actor=host)
    with clock.at(clock.now() + LATER):
        practice.play(session=alive(meeting))
    guest = practice.pretend_people(meeting.workshop)[0]
    turn = turns.ask_for_word(session=alive(meeting), actor=Actor(guest))
    turns.give_word(turn=turn, actor=host)
    messages.send_message(session=meeting, actor=host, text="Well done", to=guest)
    messages.keep_private_note(session=meeting, actor=host, text="Slower next time")
    hosting.hand_over(session=meeting, actor=host, task="lead", to=host.participant)
    thread = dialogues.open_thread(
        workshop=meeting.workshop,
        actor=host,
        kind="poll",
        prompt="Which?",
        options={"choices": ["This", "That"]},
        until=clock.now() + DAY,
    )
    responses.give_answer(dialogue=thread.dialogues.get(), actor=host, sent=QueryDict("choice=1"), via="thread")
    practice.throw_away(workshop=meeting.workshop, actor=host)
    with clock.at(clock.now() + 2 * LATER):
        assert practice.clear_away() == 1

    assert list(Workshop.objects.all()) == [world.workshop]


def test_a_practice_that_can_not_be_erased_keeps_no_other_one(world, practised, monkeypatch, caplog):
    practice_of_somebody("Bea")
    erase = practice._erase

    def stumble(workshop):
        if workshop == practised[0].workshop:
            raise IntegrityError("something still points here")
        erase(workshop)

    with clock.at(clock.now() + DAY + LATER):
        practice.clear_away()
    monkeypatch.setattr(practice, "_erase", stumble)
    with clock.at(clock.now() + DAY + 3 * LATER):
        assert practice.clear_away() == 1
    assert [record.workshop_id for record in caplog.records] == [practised[0].workshop_id]

    monkeypatch.setattr(practice, "_erase", erase)
    with clock.at(clock.now() + DAY + 3 * LATER):
        assert practice.clear_away() == 1


def test_a_real_workshop_is_never_thrown_away(world, browser_of):
    with pytest.raises(NotAllowed):
        practice.throw_away(workshop=world.workshop, actor=world.ada)
    assert browser_of("Ada").post(reverse("end_practice", args=[world.workshop.slug])).status_code == 404
    world.workshop.refresh_from_db()
    assert world.workshop.closed_at is None


def test_the_log_of_a_real_workshop_stays(world):
    from sessions_app import events

    before = Event.objects.count()
    with transaction.atomic():
        events.erase_practice(world.workshop.pk)
    assert Event.objects.count() == before
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM sessions_app_event WHERE workshop_id = %s", [world.workshop.pk])


def test_somebody_without_a_workshop_practises_at_once(client, db):
    user = make_user("newcomer")
    client.force_login(user)

    room = client.post("/workshops/practice/", follow=True)

    practised = Session.objects.get(workshop__practice_of__isnull=False)
    assert room.request["PATH_INFO"] == f"/meetings/{practised.pk}/room/"
    assert [workshop.title for workshop in workshops_of(user)] == ["My first workshop"]
    assert practised.workshop.practice_of.workshop.participants.get().name == "newcomer"
