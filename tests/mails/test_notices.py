"""A mail goes out once, or not at all and it is shown; whatever breaks, and however often it is tried."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from inspect import isabstract

import pytest
from django.core import mail
from django.db import connection

from sessions_app import clock
from sessions_app.models import MailChoice, Notice, NoticeState
from sessions_app.operations import contributions, notices, sessions
from sessions_app.operations.mail_choices import choose_mails, stop_mails
from sessions_app.reasons import all_reasons
from tests.mails.conftest import NOON
from tests.mails.sink import sink_at_work
from tests.world import make_world


def send_all() -> list[str]:
    """What a worker does with everything whose time has come."""
    return [notices.deliver(pk) for pk in notices.claim()]


def waiting() -> list[tuple[str, str]]:
    rows = Notice.objects.order_by("reason", "participant__name")
    return [(row.participant.name, row.reason) for row in rows.select_related("participant")]


def test_a_question_waits_for_those_who_have_not_answered(question, mailed):
    dialogue = question.dialogues.select_related("activity__workshop").get()
    contributions.post_contribution(
        dialogue=dialogue, actor=mailed["Chidi"], body="I do.", via="thread", client_id=dialogue.activity.workshop.epoch
    )

    assert notices.make_due() == 1
    assert notices.make_due() == 0
    assert waiting() == [("Ben", "thread_waits")]
    assert send_all() == ["sent"]

    (sent,) = mail.outbox
    assert sent.to == ["ben@example.org"]
    assert sent.subject == "Calmer visits: Who rings?"
    assert "I do." in sent.body
    assert "Chidi" in sent.body
    assert send_all() == []


def test_who_answered_meanwhile_gets_no_mail(question, mailed):
    notices.make_due()
    dialogue = question.dialogues.select_related("activity__workshop").get()
    contributions.post_contribution(
        dialogue=dialogue, actor=mailed["Ben"], body="I do.", via="thread", client_id=dialogue.activity.workshop.epoch
    )

    assert sorted(send_all()) == ["sent", "skipped"]
    assert Notice.objects.get(participant=mailed["Ben"].participant).why == "not_right_any_more"


def test_tomorrow_and_moved(meeting, mailed):
    notices.make_due()
    assert waiting() == [("Ben", "session_tomorrow"), ("Chidi", "session_tomorrow")]
    assert set(send_all()) == {"sent"}
    with clock.at(NOON + timedelta(minutes=5)):
        starts = meeting.starts_at + timedelta(days=3)
        sessions.change_session(
            session=meeting, actor=mailed.ada, starts_at=starts, ends_at=starts + timedelta(hours=1)
        )
        assert notices.make_due() == 0  # it may be moved once more
    with clock.at(NOON + timedelta(minutes=16)):
        assert notices.make_due() == 2
        assert set(send_all()) == {"sent"}
    assert [one.subject for one in mail.outbox[2:]] == ["Calmer visits: Changed: Second meeting"] * 2


def test_a_meeting_that_was_moved_reminds_anew(meeting, mailed):
    notices.make_due()
    with clock.at(NOON + timedelta(minutes=5)):
        starts = meeting.starts_at + timedelta(hours=4)
        sessions.change_session(
            session=meeting, actor=mailed.ada, starts_at=starts, ends_at=starts + timedelta(hours=1)
        )

        assert send_all() == ["skipped", "skipped"]
    with clock.at(NOON + timedelta(hours=4)):
        notices.make_due()

        assert Notice.objects.filter(reason="session_tomorrow", state="waiting").count() == 2


@pytest.mark.parametrize("kind", ["stopped", "never", "no_address", "removed"])
def test_who_said_stop_gets_none(question, mailed, kind):
    ben = mailed["Ben"].participant
    notices.make_due()
    if kind == "stopped":
        stop_mails(person=ben, kind="questions")
    elif kind == "never":
        choose_mails(person=ben, actor=mailed["Ben"], frequency="never", stopped=[])
    elif kind == "no_address":
        type(ben).objects.filter(pk=ben.pk).update(email="")
    else:
        type(ben).objects.filter(pk=ben.pk).update(removed_at=NOON)

    assert sorted(send_all()) == ["sent", "skipped"]
    assert [one.to for one in mail.outbox] == [["chidi@example.org"]]


def test_nothing_is_sent_at_night_or_too_late(question, mailed):
    with clock.at(NOON + timedelta(hours=11)):  # eleven at night in Stockholm
        notices.make_due()
        assert send_all() == []
    assert {row.try_at for row in Notice.objects.all()} == {NOON + timedelta(hours=19)}  # seven in the morning
    with clock.at(NOON + timedelta(hours=19)):
        assert set(send_all()) == {"sent"}
    with clock.at(NOON + timedelta(days=5)):
        assert notices.make_due() == 0


def test_seven_mails_a_week_are_enough(question, mailed):
    ben = mailed["Ben"].participant
    for number in range(notices.A_WEEK):
        Notice.objects.create(
            workshop=mailed.workshop,
            participant=ben,
            reason="answered_you",
            subject=str(number),
            due_at=NOON,
            stale_at=NOON,
            try_at=NOON,
            made_at=NOON,
            state=NoticeState.SENT,
            sent_at=NOON - timedelta(days=number),
        )
    notices.make_due()
    send_all()

    assert Notice.objects.get(participant=ben, reason="thread_waits").why == "enough"


@pytest.mark.parametrize(
    ("cut", "state", "heard"),
    [
        ("", "sent", 1),
        ("mail", "away", 0),
        ("rcpt", "away", 0),
        ("rcpt 450 busy", "waiting", 0),
        ("rcpt 550 nobody here", "failed", 0),
        ("data", "unconfirmed", 1),
        ("after", "unconfirmed", 1),
        ("data 450 busy", "waiting", 1),
        ("data 554 no", "failed", 1),
    ],
)
def test_wherever_the_line_is_cut_it_is_never_sent_twice(question, mailed, settings, cut, state, heard):
    stop_mails(person=mailed["Chidi"].participant, kind="questions")
    notices.make_due()
    with sink_at_work(settings, cut) as sink:
        assert send_all() == [state]
        assert sink.heard == heard
        sink.cut = ""
        with clock.at(NOON + timedelta(hours=3)):
            again = send_all()

    assert again == (["sent"] if state in {"waiting", "away"} else [])
    ids = {one["Message-ID"] for one in sink.mails}
    assert len(ids) <= 1
    assert len(sink.mails) == (0 if state in {"failed"} or cut == "data" else 1)


def test_no_server_at_all_is_tried_again_and_given_up_at_last(question, mailed, settings):
    stop_mails(person=mailed["Chidi"].participant, kind="questions")
    notices.make_due()
    with sink_at_work(settings):
        pass  # the port is free again: nobody listens there
    states = []
    for minutes in (0, 2, 8, 24, 86, 330, 20 * 60):
        with clock.at(NOON + timedelta(minutes=minutes)):
            states += send_all()

    ben = Notice.objects.get(participant=mailed["Ben"].participant)
    assert states == [*["away"] * 6, "failed"]
    assert (ben.why, ben.reply) == ("no_way_through", "ConnectionRefusedError")


def test_what_a_dead_worker_held_is_taken_up_or_left_alone(question, mailed):
    notices.make_due()
    first, second = notices.claim()
    Notice.objects.filter(pk=second).update(state=NoticeState.SENDING)

    assert notices.claim() == []
    with clock.at(NOON + timedelta(minutes=3)):
        assert notices.claim() == [first]
    assert Notice.objects.get(pk=second).state == NoticeState.UNCONFIRMED


def test_a_poison_notice_is_parked_and_the_others_go_on(question, mailed):
    notices.make_due()
    Notice.objects.filter(participant=mailed["Ben"].participant).update(subject="no number")
    states = []
    for hour in range(4):
        with clock.at(NOON + timedelta(hours=hour)):
            states += send_all()

    assert states == ["waiting", "sent", "waiting", "parked"] or states == ["sent", "waiting", "waiting", "parked"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_what_waits(at_noon):
    world = make_world()
    for number in range(40):
        Notice.objects.create(
            workshop=world.workshop,
            participant=world.ada.participant,
            reason="daily_digest",
            subject=str(number),
            due_at=NOON,
            stale_at=NOON + timedelta(days=1),
            try_at=NOON - timedelta(days=900),  # threads have the real time
            made_at=NOON,
        )

    def claim(_number: int) -> list[int]:
        try:
            return notices.claim(7)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        claimed = [pk for ids in pool.map(claim, range(12)) for pk in ids]

    assert len(claimed) == len(set(claimed)) == 40


def test_every_reason_says_what_stops_it():
    assert {reason.key for reason in all_reasons() if not reason.stop} == {
        *("confirm_address", "invited", "reply_posted", "reply_not_posted")
    }
    assert len({reason.key for reason in all_reasons()}) == len(all_reasons())


def test_every_reason_says_when_and_what():
    assert [reason.key for reason in all_reasons() if isabstract(reason)] == []


def test_names_do_not_get_into_headers(question, mailed):
    ben = mailed["Ben"].participant
    type(ben).objects.filter(pk=ben.pk).update(name="Evil, victim@example.org")
    type(mailed.workshop).objects.filter(pk=mailed.workshop.pk).update(title="A\r\nBcc: victim@example.org")
    notices.make_due()
    send_all()

    assert len(mail.outbox) == 2
    assert all("Bcc" not in one.message() for one in mail.outbox)
    assert {address for one in mail.outbox for address in one.recipients()} == {"ben@example.org", "chidi@example.org"}


def test_choices_are_kept(mailed):
    choose_mails(person=mailed["Ben"].participant, actor=mailed["Ben"], frequency="daily", stopped=["meetings"])

    choice = MailChoice.objects.get()
    assert (choice.frequency, choice.stopped) == ("daily", ["meetings"])
