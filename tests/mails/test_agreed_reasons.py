"""Mails about records and agreements: who is asked, when, how often; and who is not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from eaa.models import Status
from eaa.operations import agreements, commitments, positions
from eaa.operations import signatures as signing
from eaa.operations.checks import return_record, settle_record, tell_check
from eaa.operations.records import revise_record
from sessions_app import clock
from sessions_app.models import Notice, Participant
from sessions_app.operations import contributions, notices
from sessions_app.operations.mail_choices import choose_mails, stop_mails
from tests.eaa.agreed import answer, opened, revised
from tests.mails.conftest import NOON, UNTIL
from tests.mails.test_reasons import DAY, HOUR, send_all, subjects, wants

WHERE = "Where do you stand on “How we decide”?"


def texts() -> str:
    return "\n".join(one.body + str(one.alternatives[0][0]) for one in mail.outbox)


@pytest.fixture
def held(mailed, agreement):
    """In force since its window closed, to be read again two weeks later."""
    with clock.at(UNTIL + HOUR):
        agreements.bring_due_into_force()
        agreement.refresh_from_db()
        agreement.workshop = mailed.workshop
        return agreement


def test_whose_words_are_quoted_is_asked_twice_at_most_and_nobody_else(returned, mailed):
    assert send_all(NOON) == ["sent", "sent"]
    assert subjects() == ["ben: Is this what you meant?", "chidi: Is this what you meant?"]
    to_ben = next(one for one in mail.outbox if one.to == ["ben@example.org"])
    assert "“Ben wants quiet.”\nYour words" in to_ben.body
    assert "“People want quiet.”" in to_ben.body
    assert "Chidi wants quiet." not in to_ben.body
    mail.outbox.clear()
    for hours in range(1, 5 * 24, 7):
        send_all(NOON + hours * HOUR)

    assert subjects() == [f"{name}: Until tomorrow: Is this what you meant?" for name in ("ben", "chidi")]
    assert Notice.objects.filter(participant=mailed["Ben"].participant).count() == 2


def test_who_answered_meanwhile_is_not_asked(returned, mailed):
    notices.make_due(NOON)
    with clock.at(NOON):
        tell_check(record=returned, actor=mailed["Ben"], head=1, answer="almost")
    assert sorted(send_all(NOON)) == ["sent", "skipped"]
    assert subjects() == ["chidi: Is this what you meant?"]


@pytest.mark.parametrize("gone", ["words", "text", "answers", "person"])
def test_nobody_is_asked_about_what_is_gone(returned, mailed, cards, gone):
    notices.make_due(NOON)
    with clock.at(NOON):
        if gone == "words":
            contributions.withdraw_contribution(contribution=cards["Ben"], actor=mailed["Ben"])
        elif gone == "text":
            revise_record(record=returned, actor=mailed.ada, head=1, text="Nobody wants noise.")
        elif gone == "answers":
            type(returned).objects.update(answers_until=NOON - HOUR)
        else:
            Participant.objects.filter(name="Ben").update(removed_at=NOON)
    send_all(NOON)

    assert "ben@example.org" not in [one.to[0] for one in mail.outbox]


def test_a_text_that_is_asked_about_again_is_another_question(returned, mailed):
    send_all(NOON)
    mail.outbox.clear()
    with clock.at(NOON + HOUR):
        revise_record(record=returned, actor=mailed.ada, head=1, text="Nobody wants noise.")
        returned.refresh_from_db()
        return_record(record=returned, actor=mailed.ada, head=returned.head, until=UNTIL)
    send_all(NOON + 3 * HOUR)

    assert subjects() == ["ben: Is this what you meant?", "chidi: Is this what you meant?"]
    assert "Nobody wants noise." in texts()


def test_an_agreement_asks_those_who_were_silent_and_once_more_the_day_before(agreement, mailed):
    answer(mailed, agreement, "Ben", "do_not_agree", "I was not asked.")
    send_all(NOON)
    assert subjects() == [f"chidi: {WHERE}"]
    assert "If you do not answer: Silence is counted as silence, not as yes." in texts()
    assert "I was not asked." not in texts()
    mail.outbox.clear()
    send_all(UNTIL - DAY + timedelta(minutes=1))
    send_all(UNTIL - HOUR)

    assert subjects() == [f"chidi: Until tomorrow: {WHERE}"]


def test_who_agrees_and_has_not_signed_is_asked_the_day_before(agreement, mailed):
    for name in ("Ben", "Chidi"):
        answer(mailed, agreement, name)
    signing.sign(agreement=agreement, actor=mailed["Chidi"], version=1, signs_as="Chidi")
    send_all(NOON)
    assert subjects() == []
    send_all(UNTIL - DAY + timedelta(minutes=1))

    assert subjects() == ["ben: Until tomorrow: Do you sign “How we decide”?"]


def test_only_a_clause_that_changed_asks_anew(agreement, mailed):
    answer(mailed, agreement, "Ben")
    answer(mailed, agreement, "Chidi")
    with clock.at(NOON):
        revised(mailed, agreement, ("Nobody is decided over", "They have nine days."))
    send_all(NOON + 2 * HOUR)

    assert subjects() == [f"ben: {WHERE}", f"chidi: {WHERE}"]
    assert "The text has changed since you answered." in texts()


def test_who_took_back_where_they_stand_is_not_asked_twice_about_it(agreement, mailed):
    send_all(NOON)
    answer(mailed, agreement, "Ben")
    positions.withdraw_position(agreement=agreement, actor=mailed["Ben"])
    mail.outbox.clear()
    send_all(NOON + HOUR)

    assert subjects() == []


def test_nobody_else_is_told_of_an_agreement(mailed):
    """Only those whom its hosts chose to ask; nothing of a draft."""
    from tests.eaa.agreed import drafted

    with clock.at(NOON - 2 * HOUR):
        drafted(mailed, title="A draft")
        opened(mailed, until=5 * DAY, asked=[mailed["Ben"].participant])
    send_all(NOON)

    assert subjects() == [f"ben: {WHERE}"]


@pytest.mark.parametrize("kind", ["agreements", "questions"])
def test_stop_holds_for_its_own_kind(agreement, returned, mailed, kind):
    stop_mails(person=mailed["Ben"].participant, kind=kind)
    send_all(NOON)

    mine = [one for one in subjects() if one.startswith("ben")]
    assert mine == (["ben: Is this what you meant?"] if kind == "agreements" else [f"ben: {WHERE}"])


def test_a_closed_workshop_is_silent(agreement, returned, mailed):
    notices.make_due(NOON)
    type(mailed.workshop).objects.update(closed_at=NOON)

    assert set(send_all(NOON)) == {"skipped"}


def test_the_night_is_quiet(agreement, mailed):
    late = datetime(2027, 3, 10, 23, 30, tzinfo=mailed.workshop.zone).astimezone(UTC)
    with clock.at(late):
        notices.make_due()
        assert notices.claim() == []
    assert send_all(late + 8 * HOUR) == ["sent", "sent"]


def test_a_promise_is_asked_about_on_its_day_and_on_another_one_if_it_moves(held, mailed):
    with clock.at(UNTIL + 2 * HOUR):
        made = commitments.promise(
            agreement=held,
            actor=mailed["Ben"],
            people=[mailed["Ben"].participant],
            what="Ring three people",
            due_on=date(2027, 3, 20),
        )
    eight = datetime(2027, 3, 20, 8, 0, tzinfo=mailed.workshop.zone).astimezone(UTC)
    mail.outbox.clear()
    assert send_all(eight - timedelta(seconds=30)) == []
    send_all(eight + timedelta(seconds=30))
    assert subjects() == ["ben: Your promise is due: Ring three people"]
    send_all(eight + 5 * HOUR)
    assert len(mail.outbox) == 1

    type(made).objects.filter(pk=made.pk).update(due_on=date(2027, 3, 22))
    notices.make_due(eight + 2 * DAY)
    type(made).objects.filter(pk=made.pk).update(state="done", done_on=date(2027, 3, 22))
    assert send_all(eight + 2 * DAY) == ["skipped"]


def test_the_day_of_reading_again_comes_back_to_everybody_who_was_asked(held, mailed):
    type(held).objects.filter(pk=held.pk).update(review_on=date(2027, 4, 1))
    eight = datetime(2027, 4, 1, 8, 0, tzinfo=mailed.workshop.zone).astimezone(UTC)
    assert eight.hour == 6  # summer time began in between
    assert send_all(eight - timedelta(seconds=1)) == []
    send_all(eight)
    assert subjects() == [f"{name}: Time to read again: How we decide" for name in ("ben", "chidi")]
    notices.make_due(eight)
    agreements.end_agreement(agreement=held, actor=mailed.ada)
    mail.outbox.clear()
    send_all(eight + DAY)

    assert subjects() == []


def settled(mailed, record):
    for name in ("Ben", "Chidi"):
        tell_check(record=record, actor=mailed[name], head=1, answer="that_is")
    return settle_record(record=record, actor=mailed.ada, head=1, status=Status.UNDERSTOOD)


def test_words_that_came_to_count_are_told_of_once_to_who_wants_everything(returned, mailed):
    wants(mailed, "Ben", "everything")
    with clock.at(NOON):
        settled(mailed, returned)
    for hours in (2, 3, 20):
        send_all(NOON + hours * HOUR)

    assert subjects() == ["ben: Your words were used: People want quiet."]
    assert "Ben wants quiet." in texts()
    assert "Chidi wants quiet." not in texts()


def test_words_that_were_taken_back_meanwhile_are_in_no_mail(returned, mailed, cards):
    wants(mailed, "Ben", "everything")
    with clock.at(NOON):
        settled(mailed, returned)
        notices.make_due(NOON + 2 * HOUR)
        contributions.withdraw_contribution(contribution=cards["Ben"], actor=mailed["Ben"])
    send_all(NOON + 2 * HOUR)

    assert "Ben wants quiet." not in texts()


def test_the_news_tell_what_was_settled_even_when_nothing_was_said(returned, mailed):
    wants(mailed, "Ben", "daily")
    choose_mails(person=mailed["Chidi"].participant, actor=mailed["Chidi"], frequency="daily", stopped=["digests"])
    with clock.at(NOON):
        settled(mailed, returned)
    eight = datetime(2027, 3, 11, 8, 1, tzinfo=mailed.workshop.zone).astimezone(UTC)
    send_all(eight)

    assert subjects() == ["ben: We understand together: People want quiet."]
    assert "Your words were used in “People want quiet.”." in texts()
    mail.outbox.clear()
    send_all(eight + DAY)
    assert subjects() == []
