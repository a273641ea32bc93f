"""The page on which those who lead see every kind of mail, as it would look now."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app import clock
from sessions_app.models import Notice, Participant
from sessions_app.operations import sessions, workshops
from sessions_app.reasons import all_reasons
from tests.mails.conftest import NOON


@pytest.fixture
def page(mailed, browser_of):
    user = mailed.ada.participant.user
    Participant.objects.filter(pk=mailed.ada.participant.pk).update(user=user)
    return lambda path="": browser_of("Ada").get(path or reverse("mail_kinds", args=[mailed.workshop.slug]))


def test_it_names_every_kind(page):
    body = page().content.decode()

    assert re.findall(r'<h2 id="(\w+)-h"', body) == [reason.key for reason in all_reasons()]


def test_it_shows_those_that_the_workshop_gives_rise_to_and_makes_none(page, meeting, question, returned, agreement):
    body = page().content.decode()
    frames = re.findall(r'src="(/w/[^"]*alone=1)"', body)
    shown = {re.search(r"reason=(\w+)", frame)[1] for frame in frames}

    assert shown >= {"session_tomorrow", "thread_waits", "check_waits", "position_waits", "agreement_closes"}
    assert not Notice.objects.exists()
    for frame in frames:
        mail = page(frame.replace("&amp;", "&"))
        assert mail.status_code == 200
        assert "sandbox" in mail["Content-Security-Policy"]
        assert "/answer/" not in mail.content.decode()  # the keys of others are in none of them
        assert "/m/" not in mail.content.decode()


def test_the_page_of_mails_to_come_says_how_far_it_looks(page, mailed):
    with clock.at(NOON):
        for title, days in (("Near", 7), ("Far", 9)):
            starts = NOON + timedelta(days=days)
            sessions.plan_session(
                workshop=mailed.workshop,
                actor=mailed.ada,
                title=title,
                starts_at=starts,
                ends_at=starts + timedelta(hours=1),
            )
        shown = page(reverse("outbox", args=[mailed.workshop.slug])).content.decode()

    assert "We look ahead until Thursday 18 March." in shown
    assert ("Near" in shown, "Far" in shown) == (True, False)
    workshops.close_workshop(workshop=mailed.workshop, actor=mailed.ada)
    assert "We look ahead" not in page(reverse("outbox", args=[mailed.workshop.slug])).content.decode()
