"""What cannot be done is tried three times and parked; all else goes on; a host tries it again or puts it away."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse

from sessions_app import clock
from sessions_app.errors import NotAllowed, NotFound, Refused
from sessions_app.models import Activity, Notice, NoticeState, Parked
from sessions_app.operations import dialogues, notices, parking, windows
from sessions_app.policy import OUTSIDER
from sessions_app.reasons import questions
from sessions_app.tasks import close_due_windows, open_windows
from tests.mails.conftest import NOON, at_noon, mailed, question  # noqa: F401
from tests.world import make_world

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def poisoned(world, monkeypatch):
    """Two questions that are over; one of them cannot be closed."""
    until = clock.now() + HOUR
    bad, good = (
        dialogues.open_thread(workshop=world.workshop, actor=world.ada, prompt=prompt, until=until)
        for prompt in ("Bad?", "Good?")
    )
    break_it(monkeypatch, bad, ValueError("Secret words"))
    return bad, good


def break_it(monkeypatch, bad, trouble):
    real = dialogues.end_window

    def end_window(*, activity, actor=None):
        if activity.pk == bad.pk:
            raise trouble
        return real(activity=activity, actor=actor)

    monkeypatch.setattr(dialogues, "end_window", end_window)


def polls(task, number, time=2 * HOUR):
    with clock.at(clock.now() + time):
        return [task() for _number in range(number)]


def is_over(activity):
    return Activity.objects.get(pk=activity.pk).ended_at is not None


def test_one_that_fails_does_not_stop_the_others_and_is_parked_after_three_tries(poisoned):
    bad, good = poisoned

    assert polls(close_due_windows, 2) == [1, 0]
    assert (is_over(good), is_over(bad)) == (True, False)
    assert Parked.objects.get().parked_at is None
    polls(close_due_windows, 4)

    row = Parked.objects.get()
    assert (row.task, row.about, row.tries, row.reason) == ("close_window", bad.pk, 3, "ValueError")
    assert row.parked_at is not None


def test_a_poll_asks_only_for_those_that_are_due(poisoned, world, django_assert_num_queries):
    polls(close_due_windows, 3)
    row = Parked.objects.get()
    Parked.objects.bulk_create(
        Parked(workshop=world.workshop, task=row.task, about=row.about + number, last_at=row.last_at, parked_at=NOON)
        for number in range(1, 50)
    )

    with django_assert_num_queries(0):
        parking.one_by_one("close_window", [], is_over)
    with django_assert_num_queries(1) as asked:
        parking.one_by_one("close_window", [poisoned[0]], is_over)
    assert f"({poisoned[0].pk})" in asked[0]["sql"]


def test_tried_again_it_is_done_once_the_fault_is_mended(poisoned, world, monkeypatch):
    bad, _good = poisoned
    polls(close_due_windows, 3)
    monkeypatch.undo()
    assert polls(close_due_windows, 1) == [0]

    parking.retry(parked=Parked.objects.get(), actor=world.ada)

    assert polls(close_due_windows, 1) == [1]
    assert is_over(bad)
    assert not Parked.objects.exists()


def test_a_fault_that_went_away_by_itself_leaves_nothing(poisoned, monkeypatch):
    bad, _good = poisoned
    polls(close_due_windows, 2)
    monkeypatch.undo()

    assert polls(close_due_windows, 1) == [1]
    assert (is_over(bad), Parked.objects.exists()) == (True, False)


def test_a_database_that_is_busy_is_nobodys_fault(world, monkeypatch):
    bad = dialogues.open_thread(workshop=world.workshop, actor=world.ada, prompt="?", until=clock.now() + HOUR)
    break_it(monkeypatch, bad, OperationalError("lock timeout"))

    for _number in range(4):
        with pytest.raises(OperationalError):
            polls(close_due_windows, 1)
    assert not Parked.objects.exists()


def test_a_question_that_cannot_open_is_parked_too(world, monkeypatch):
    now = clock.now()
    for prompt in ("Bad?", "Good?"):
        times = {"opens": now + HOUR, "until": now + 9 * HOUR}
        dialogues.open_thread(workshop=world.workshop, actor=world.ada, prompt=prompt, **times)
    real = windows.open_window
    monkeypatch.setattr(windows, "open_window", lambda activity: real(activity=activity) / (activity.prompt != "Bad?"))

    assert sum(polls(open_windows, 4)) == 1
    assert Parked.objects.get().reason == "ZeroDivisionError"


@pytest.fixture
def never_left(mailed, question, monkeypatch):  # noqa: F811
    """A mail that we could not make three times."""

    def cannot(notice):
        raise ValueError

    notices.make_due()
    notice = Notice.objects.filter(participant=mailed["Ben"].participant).get()
    monkeypatch.setattr(questions.ThreadWaits, "mail", cannot)
    for number in range(3):
        with clock.at(NOON + number * timedelta(minutes=5)):
            for one in notices.claim():
                notices.deliver(one)
    notice.refresh_from_db()
    notice.workshop = mailed.workshop
    return notice


def test_a_mail_of_ours_that_was_put_aside_can_be_sent_again(mailed, never_left):  # noqa: F811
    assert never_left.state == NoticeState.PARKED

    parking.retry_mail(notice=never_left, actor=mailed.ada)

    never_left.refresh_from_db()
    assert (never_left.state, never_left.faults) == (NoticeState.WAITING, 0)


@pytest.mark.parametrize("state", [NoticeState.SENT, NoticeState.UNCONFIRMED, NoticeState.SENDING, NoticeState.WAITING])
def test_what_may_be_in_a_mailbox_is_never_sent_again(mailed, never_left, state):  # noqa: F811
    Notice.objects.filter(pk=never_left.pk).update(state=state, sent_at=NOON)

    with pytest.raises(Refused):
        parking.retry_mail(notice=never_left, actor=mailed.ada)
    with pytest.raises(NotFound):
        parking.dismiss_mail(notice=never_left, actor=mailed.ada)
    assert Notice.objects.get(pk=never_left.pk).state == state


def test_what_would_come_too_late_is_not_sent_again(mailed, never_left):  # noqa: F811
    with clock.at(never_left.stale_at), pytest.raises(Refused):
        parking.retry_mail(notice=never_left, actor=mailed.ada)
    parking.dismiss_mail(notice=never_left, actor=mailed.ada)
    never_left.refresh_from_db()
    assert (never_left.state, never_left.why) == (NoticeState.SKIPPED, "put_away")


@pytest.mark.parametrize("who", ["Sam", "Ben", None])
def test_only_facilitators_settle(poisoned, world, who):
    polls(close_due_windows, 3)
    actor, parked = world[who] if who else OUTSIDER, Parked.objects.get()

    for press in (parking.retry, parking.dismiss):
        with pytest.raises(NotAllowed if who else NotFound):
            press(parked=parked, actor=actor)
    assert Parked.objects.get().settled_at is None


def test_the_page_shows_it_and_both_presses_work(poisoned, world, browser_of):
    polls(close_due_windows, 3)
    ada, address = browser_of("Ada"), reverse("work", args=[world.workshop.slug])

    page = ada.get(address).content.decode()
    assert "Bad?" in page
    assert "ValueError" in page
    assert "Secret words" not in page
    press = reverse("settle_task", args=[world.workshop.slug, Parked.objects.get().pk])
    assert "It is put away." in ada.post(press, {"away": "1"}, follow=True).content.decode()
    assert "Bad?" not in ada.get(address).content.decode()
    assert polls(close_due_windows, 1) == [0]
    assert "It is tried again" in ada.post(press, {"again": "1"}, follow=True).content.decode()
    assert not Parked.objects.exists()


def test_what_is_parked_elsewhere_is_not_there(poisoned, world, browser_of):
    polls(close_due_windows, 3)
    other = make_world("Another", host="Eve")

    press = reverse("settle_task", args=[world.workshop.slug, Parked.objects.get().pk])
    from_there = press.replace(world.workshop.slug, other.workshop.slug)

    assert browser_of("Ada").post(from_there, {"again": "1"}).status_code == 404
    assert browser_of("Ben").post(press, {"again": "1"}, HTTP_ACCEPT="application/json").status_code == 403
    assert Parked.objects.exists()
