"""Each reason: who is told, in which language, when; and who is not."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from sessions_app import clock
from sessions_app.models import Contribution, Notice, Participant, Role, Session, State
from sessions_app.operations import cancelling, contributions, dialogues, notices, running, sessions
from sessions_app.operations.mail_choices import choose_mails
from sessions_app.reasons.base import people_of
from tests.mails.conftest import NOON
from tests.world import add

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def send_all(at: datetime) -> list[str]:
    with clock.at(at):
        notices.make_due()
        return [notices.deliver(pk) for pk in notices.claim()]


def subjects() -> list[str]:
    return sorted(f"{one.to[0].partition('@')[0]}: {one.subject.partition(': ')[2]}" for one in mail.outbox)


def plan(mailed, starts: datetime, title: str = "Second meeting") -> Session:
    with clock.at(NOON - timedelta(days=5)):
        return sessions.plan_session(
            workshop=mailed.workshop, actor=mailed.ada, title=title, starts_at=starts, ends_at=starts + HOUR
        )


def thread(mailed, at: datetime = NOON - 2 * HOUR, until: datetime = NOON + 4 * DAY, **more):
    with clock.at(at):
        step = dialogues.open_thread(
            workshop=mailed.workshop, actor=mailed.ada, prompt="Who rings?", until=until, **more
        )
    step.refresh_from_db()
    return step.dialogues.select_related("activity__workshop").get()


def say(dialogue, actor, body: str, **more) -> Contribution:
    given = {"via": "thread", "client_id": uuid.uuid4(), **more}
    return contributions.post_contribution(dialogue=dialogue, actor=actor, body=body, **given).contribution


def wants(mailed, name: str, frequency: str) -> None:
    choose_mails(person=mailed[name].participant, actor=mailed[name], frequency=frequency, stopped=[])


def test_everybody_reads_in_their_own_language(meeting, mailed):
    Participant.objects.filter(pk=mailed["Ben"].participant.pk).update(language="sv")
    Participant.objects.filter(pk=mailed["Chidi"].participant.pk).update(language="ar")
    send_all(NOON)

    swedish, arabic = sorted(mail.outbox, key=lambda one: one.to)
    assert swedish.subject == "Calmer visits: I morgon: Second meeting"
    assert "Vi ses i morgon." in swedish.body
    assert 'dir="rtl"' in arabic.alternatives[0][0]
    assert "We meet" not in arabic.body + arabic.subject


def test_researchers_and_those_in_the_lobby_get_none(question, meeting, mailed):
    """Who may not see a room is not called there, and reads no words of it."""
    Participant.objects.filter(pk=mailed["Ben"].participant.pk).update(roles=[Role.RESEARCHER])
    Participant.objects.filter(pk=mailed["Chidi"].participant.pk).update(admitted_at=None)

    assert people_of(mailed.workshop) == []
    assert send_all(NOON) == []


def test_who_became_a_researcher_after_the_notice_was_made_gets_none(question, mailed):
    notices.make_due()
    Participant.objects.filter(pk=mailed["Ben"].participant.pk).update(roles=[Role.RESEARCHER])

    assert sorted(send_all(NOON)) == ["sent", "skipped"]
    assert [one.to for one in mail.outbox] == [["chidi@example.org"]]


def test_facilitators_are_not_asked_what_they_ask(question, mailed):
    Participant.objects.filter(pk=mailed.ada.participant.pk).update(email="ada@example.org", joined_at=NOON - 9 * DAY)
    send_all(NOON)

    assert {one.to[0] for one in mail.outbox} == {"ben@example.org", "chidi@example.org"}


def test_nobody_learns_from_mails_who_answered_without_a_name(mailed):
    """All are asked, and all are told that we cannot know: a mail that is left out would say who wrote."""
    dialogue = thread(mailed, identity="anonymous")
    say(dialogue, mailed["Ben"], "The food is bad.")
    send_all(NOON)

    assert {one.to[0] for one in mail.outbox} == {"ben@example.org", "chidi@example.org"}
    assert all("If you have answered, thank you." in one.body for one in mail.outbox)


@pytest.mark.parametrize(("hour", "sent"), [(9, (9, 0)), (22, (20, 0)), (23, (20, 0)), (6, (7, 0)), (0, (7, 0))])
def test_tomorrow_comes_on_the_day_before_whatever_the_hour(mailed, hour, sent):
    zone = mailed.workshop.zone
    plan(mailed, datetime(2027, 3, 12, hour, 0, tzinfo=zone).astimezone(UTC))
    with clock.at(datetime(2027, 3, 11, *sent, 20, tzinfo=zone).astimezone(UTC)):
        notices.make_due()
        assert [notices.deliver(pk) for pk in notices.claim()] == ["sent", "sent"]
    with clock.at(datetime(2027, 3, 11, *sent, tzinfo=zone).astimezone(UTC) - timedelta(seconds=30)):
        assert Notice.objects.filter(due_at__lt=clock.now()).count() == 0


def test_a_window_that_closes_at_midnight_is_told_of_the_evening_before(mailed):
    zone = mailed.workshop.zone
    thread(mailed, until=datetime(2027, 3, 14, 23, 59, tzinfo=zone).astimezone(UTC))
    send_all(NOON)
    mail.outbox.clear()
    with clock.at(datetime(2027, 3, 13, 20, 1, tzinfo=zone).astimezone(UTC)):
        notices.make_due()
        assert [notices.deliver(pk) for pk in notices.claim()] == ["sent", "sent"]

    assert {one.subject for one in mail.outbox} == {"Calmer visits: Until tomorrow: Who rings?"}


def test_a_meeting_that_was_moved_away_and_back_still_reminds(meeting, mailed):
    starts = meeting.starts_at
    with clock.at(NOON):
        notices.make_due()
        for moved in (starts + DAY, starts):
            sessions.change_session(session=meeting, actor=mailed.ada, starts_at=moved, ends_at=moved + HOUR)
            if moved != starts:
                assert [notices.deliver(pk) for pk in notices.claim()] == ["skipped", "skipped"]
    send_all(NOON + timedelta(minutes=1))

    assert subjects() == ["ben: Tomorrow: Second meeting", "chidi: Tomorrow: Second meeting"]


def test_cancelled_and_on_again(meeting, mailed):
    send_all(NOON)
    mail.outbox.clear()
    with clock.at(NOON + HOUR):
        cancelling.cancel_session(session=meeting, actor=mailed.ada)
    assert send_all(NOON + HOUR) == []
    send_all(NOON + 1.5 * HOUR)
    assert subjects() == ["ben: Cancelled: Second meeting", "chidi: Cancelled: Second meeting"]
    mail.outbox.clear()
    with clock.at(NOON + 2 * HOUR):
        cancelling.put_on_again(session=meeting, actor=mailed.ada)
    send_all(NOON + 2.5 * HOUR)

    assert subjects() == ["ben: It takes place: Second meeting", "chidi: It takes place: Second meeting"]


def test_a_cancelling_that_was_taken_back_at_once_is_not_told(meeting, mailed):
    send_all(NOON)
    mail.outbox.clear()
    with clock.at(NOON + HOUR):
        cancelling.cancel_session(session=meeting, actor=mailed.ada)
    with clock.at(NOON + HOUR + timedelta(minutes=5)):
        cancelling.put_on_again(session=meeting, actor=mailed.ada)
    send_all(NOON + 2 * HOUR)

    assert subjects() == []


def test_in_an_hour_and_doors_open_for_those_who_are_not_there(meeting, mailed):
    starts = meeting.starts_at
    send_all(starts - HOUR + timedelta(minutes=1))
    assert subjects() == ["ben: In an hour: Second meeting", "chidi: In an hour: Second meeting"]
    mail.outbox.clear()
    with clock.at(starts - timedelta(minutes=10)):
        running.open_doors(session=meeting, actor=mailed.ada)
        notices.make_due()
        meeting.refresh_from_db()
        sessions.enter_room(session=meeting, person=mailed["Ben"].participant)
    send_all(starts - timedelta(minutes=9))

    assert subjects() == ["chidi: The doors are open: Second meeting"]


def test_missed_goes_to_those_of_whom_nothing_was_heard(meeting, mailed):
    """Elsa sat in the hall without a telephone; the scribe typed her words."""
    add(mailed, "Elsa", email="elsa@example.org")
    Participant.objects.filter(name="Elsa").update(joined_at=NOON - 9 * DAY)
    starts = meeting.starts_at
    with clock.at(starts - HOUR):
        from sessions_app.operations import activities

        step = activities.plan_activity(
            workshop=mailed.workshop, actor=mailed.ada, session=meeting, kind="open_dialogue", prompt="Why?"
        )
    with clock.at(starts):
        running.start(session=meeting, actor=mailed.ada)
        meeting.refresh_from_db()
        sessions.enter_room(session=meeting, person=mailed["Ben"].participant)
        dialogue = step.dialogues.select_related("activity__workshop", "activity__session").get()
        dialogue.activity.refresh_from_db()
        scribed = say(dialogue, mailed["Sam"], "I hear badly.", via="scribe", author=mailed["Elsa"].participant)
        assert scribed.author_id == mailed["Elsa"].participant.pk
    with clock.at(starts + HOUR):
        meeting.refresh_from_db()
        running.close_session(session=meeting, actor=mailed.ada)
    mail.outbox.clear()
    send_all(starts + 3 * HOUR)

    assert subjects() == ["chidi: What happened: Second meeting"]


def test_digests_come_to_those_who_want_them_and_hold_no_own_words(mailed):
    wants(mailed, "Ben", "daily")
    wants(mailed, "Chidi", "weekly")
    dialogue = thread(mailed, at=NOON - 3 * HOUR)
    with clock.at(NOON):
        say(dialogue, mailed["Sam"], "I could ring.")
        say(dialogue, mailed["Ben"], "So could I.")
    Notice.objects.all().delete()
    eight = datetime(2027, 3, 11, 8, 1, tzinfo=mailed.workshop.zone).astimezone(UTC)
    mail.outbox.clear()
    send_all(eight)

    (told,) = [one for one in mail.outbox if "new thing" in one.subject]
    assert told.to == ["ben@example.org"]
    assert "I could ring." in told.body
    assert "So could I." not in told.body


def test_who_asked_for_no_digest_fills_no_line_of_the_outbox(mailed):
    dialogue = thread(mailed, at=NOON - 3 * HOUR)
    first = say(dialogue, mailed["Ben"], "I could ring.")
    with clock.at(NOON):
        say(dialogue, mailed["Sam"], "Good.", reply_to=first.pk)
    send_all(NOON + timedelta(minutes=6))

    assert set(Notice.objects.values_list("reason", flat=True)) == {"thread_waits"}


def test_who_wants_everything_is_told_of_an_answer_once(mailed):
    wants(mailed, "Ben", "everything")
    dialogue = thread(mailed, at=NOON - 3 * HOUR)
    first = say(dialogue, mailed["Ben"], "I could ring.")
    with clock.at(NOON):
        say(dialogue, mailed["Sam"], "Good.", reply_to=first.pk)
    for minutes in (6, 7, 9):
        send_all(NOON + timedelta(minutes=minutes))

    assert [one for one in subjects() if "answered" in one] == ["ben: Sam answered you"]


@pytest.mark.parametrize("hidden", ["taken_back", "face_down", "not_opened"])
def test_words_that_not_everybody_may_read_are_in_no_mail(mailed, hidden):
    wants(mailed, "Ben", "everything")
    dialogue = thread(mailed, at=NOON - 3 * HOUR)
    first = say(dialogue, mailed["Ben"], "I could ring.")
    with clock.at(NOON):
        said = say(dialogue, mailed["Sam"], "zebrafinch", reply_to=first.pk)
        notices.make_due(NOON + timedelta(minutes=6))
        if hidden == "taken_back":
            contributions.withdraw_contribution(contribution=said, actor=mailed["Sam"])
        elif hidden == "face_down":
            type(dialogue.activity).objects.filter(pk=dialogue.activity.pk).update(blind=True)
        else:
            type(dialogue.activity).objects.filter(pk=dialogue.activity.pk).update(opened_at=None)
    send_all(NOON + timedelta(minutes=7))

    assert not [one for one in mail.outbox if "zebrafinch" in one.body + one.alternatives[0][0]]


def test_a_state_that_no_reason_expects_does_no_harm(meeting, mailed):
    Session.objects.filter(pk=meeting.pk).update(state=State.LIVE)

    assert send_all(NOON) == []
