"""Letters of facilitators: to whom they may go, what is looked at first, who gets them and once."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from sessions_app import clock
from sessions_app.errors import BadText, NotAllowed, NotFound, TooLong
from sessions_app.models import Event, Letter, Notice, Participant
from sessions_app.operations import importing, letters, notices, running, sessions, workshops
from sessions_app.operations.mail_choices import stop_mails
from sessions_app.verification import verify
from tests.mails.conftest import DAY, HOUR, NOON
from tests.mails.test_reasons import send_all, subjects


def write(mailed, *names: str, who: str = "Ada", **more) -> Letter:
    given = {"title": "The bus", "body": "It leaves at nine.\n\nBring a coat.", **more}
    people = [mailed[name].participant for name in names]
    return letters.write_letter(workshop=mailed.workshop, actor=mailed.people[who], people=people, **given)


def form(**more) -> dict:
    given = {"to": "everybody", "title": "The bus", "body": "It leaves at nine.", "client_id": str(uuid.uuid4())}
    return {**given, "press": "look", **more}


@pytest.fixture
def hosts(mailed, browser_of):
    """A browser of Ada, who signs in, and gives no address of hers."""
    mailed.ada.participant.user.email = ""
    mailed.ada.participant.user.save(update_fields=["email"])
    Participant.objects.filter(pk=mailed.ada.participant.pk).update(user=mailed.ada.participant.user)
    return browser_of("Ada")


@pytest.fixture
def host(mailed, hosts):
    return lambda **more: hosts.post(reverse("new_letter", args=[mailed.workshop.slug]), form(**more))


def test_a_letter_goes_once_to_those_who_were_chosen(mailed):
    write(mailed, "Ben")
    for minutes in (0, 1, 30):
        send_all(NOON + timedelta(minutes=minutes))

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["ben@example.org"], "Calmer visits: The bus")
    assert "It leaves at nine.\n\nBring a coat." in sent.body
    assert "Ada wrote this letter." in sent.body
    assert "Stop letters from the hosts" in sent.body
    assert list(verify(mailed.workshop)) == []


def test_a_letter_waits_for_its_moment_and_can_be_taken_back(mailed):
    later = write(mailed, "Ben", "Chidi", send_at=NOON + DAY)
    assert send_all(NOON) == []
    letters.take_back_letter(workshop=mailed.workshop, actor=mailed.ada, letter=later.pk)
    letters.take_back_letter(workshop=mailed.workshop, actor=mailed.ada, letter=later.pk)
    assert send_all(NOON + DAY) == []
    assert Event.objects.filter(verb="letter.taken_back").count() == 1

    write(mailed, "Ben", "Chidi", send_at=NOON + 2 * DAY)
    with clock.at(NOON + 2 * DAY):
        notices.make_due()
        Notice.objects.filter(participant=mailed["Ben"].participant).update(state="sent", sent_at=NOON)
        letters.take_back_letter(
            workshop=mailed.workshop, actor=mailed.ada, letter=Letter.objects.get(taken_back_at=None).pk
        )
        assert [notices.deliver(pk) for pk in notices.claim()] == ["skipped"]


def test_who_said_stop_or_left_gets_none(mailed):
    write(mailed, "Ben", "Chidi")
    stop_mails(person=mailed["Ben"].participant, kind="letters")
    Participant.objects.filter(name="Chidi").update(removed_at=NOON)
    send_all(NOON)

    assert subjects() == []


def test_a_night_is_quiet_for_letters(mailed):
    with clock.at(NOON + 11 * HOUR):
        write(mailed, "Ben")
        notices.make_due()
        assert notices.claim() == []


@pytest.mark.parametrize("who", ["Ben", "Sam", "Hella", "Rana"])
def test_only_facilitators_write_and_take_back(mailed, who):
    letter = write(mailed, "Ben", send_at=NOON + DAY)
    with pytest.raises((NotAllowed, NotFound)):
        write(mailed, "Ben", who=who)
    with pytest.raises((NotAllowed, NotFound)):
        letters.take_back_letter(workshop=mailed.workshop, actor=mailed.people[who], letter=letter.pk)
    assert Letter.objects.count() == 1


def test_a_letter_of_another_workshop_is_not_there(mailed):
    from tests.world import make_world

    other = make_world("Other", host="Olga")
    letter = write(mailed, "Ben", send_at=NOON + DAY)
    with pytest.raises(NotFound):
        letters.take_back_letter(workshop=other.workshop, actor=other.people["Olga"], letter=letter.pk)
    with pytest.raises(BadText):  # nobody of those is in this workshop
        letters.write_letter(
            workshop=other.workshop,
            actor=other.people["Olga"],
            title="x",
            body="y",
            people=[mailed["Ben"].participant],
        )


@pytest.mark.parametrize(
    ("wrong", "trouble"),
    [
        ({"title": " "}, BadText),
        ({"body": "\n"}, BadText),
        ({"title": "a" * 121}, TooLong),
        ({"body": "a" * 3001}, TooLong),
        ({"send_at": NOON - HOUR}, BadText),
        ({"send_at": NOON + 400 * DAY}, BadText),
    ],
)
def test_what_cannot_be_sent_is_refused(mailed, wrong, trouble):
    with pytest.raises(trouble):
        write(mailed, "Ben", **wrong)
    with pytest.raises(BadText):
        write(mailed)
    assert not Letter.objects.exists()


def test_a_title_cannot_break_a_header(mailed):
    write(mailed, "Ben", title="The bus\nBcc: all@example.org")
    send_all(NOON)

    (sent,) = mail.outbox
    assert sent.message()["Bcc"] is None
    assert sent.subject == "Calmer visits: The bus Bcc: all@example.org"


def test_looking_shows_who_gets_it_and_who_is_not_reached_and_sends_nothing(mailed, host):
    stop_mails(person=mailed["Chidi"].participant, kind="letters")
    page = host().content.decode()

    assert "1 person gets it" in page
    assert "They said stop to these mails." in page
    assert "There is no address." in page
    assert "It leaves at nine." in page
    assert not Letter.objects.exists()


def test_looking_tells_who_has_not_said_yes_to_an_address_as_the_outbox_does(mailed, host, browser_of):
    importing.add_people(workshop=mailed.workshop, actor=mailed.ada, text="Nora,nora@example.org", invites=True)
    outbox = browser_of("Ada").get(reverse("outbox", args=[mailed.workshop.slug])).content.decode()

    for page in (host().content.decode(), outbox):
        assert "They have not said yes to their address yet." in page


def test_change_gives_everything_back_as_it_was(mailed, host):
    ben = str(mailed["Ben"].participant.pk)
    page = host(press="change", to="chosen", people=[ben], title="The <bus>").content.decode()

    assert "The &lt;bus&gt;" in page
    assert "It leaves at nine." in page
    assert re.search(rf'name="people" value="{ben}"[^>]* checked', page)


def test_sent_twice_by_a_shaking_hand_it_is_one_letter(mailed, host):
    id = str(uuid.uuid4())
    for _press in range(2):
        assert host(press="send", client_id=id).status_code == 302
    send_all(NOON)

    assert Letter.objects.count() == 1
    assert subjects() == ["ben: The bus", "chidi: The bus"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"to": "chosen"}, "Choose at least one person."),
        ({"to": "chosen", "people": ["999999999"]}, "Choose one of the answers in the list."),
        ({"to": "nobody"}, "Choose one of the answers in the list."),
        ({"body": ""}, "This is still empty."),
        ({"day": "2027-02-31"}, "There is no such day in the calendar."),
        ({"clock": "10:00"}, "Choose a day."),
    ],
)
def test_what_is_missing_is_said_beside_it(mailed, host, wrong, sentence):
    for press in ("look", "send"):
        page = host(**wrong, press=press)
        assert page.status_code == 422
        assert sentence in page.content.decode()
    assert not Letter.objects.exists()


def test_a_moment_that_has_passed_is_refused_with_the_letter_kept(mailed, host):
    page = host(day="2027-03-09", clock="10:00", press="send")

    assert page.status_code == 422
    assert "Choose a moment to come, within a year." in page.content.decode()
    assert "It leaves at nine." in page.content.decode()


def test_those_who_were_not_at_the_last_meeting_are_a_group(mailed, meeting, host):
    with clock.at(meeting.starts_at):
        running.start(session=meeting, actor=mailed.ada)
        meeting.refresh_from_db()
        sessions.enter_room(session=meeting, person=mailed["Ben"].participant)
        running.close_session(session=meeting, actor=mailed.ada)
        assert host(to="absent", press="send").status_code == 302

    names = set(Letter.objects.get().people.values_list("name", flat=True))
    assert "Chidi" in names
    assert "Ben" not in names
    assert "Rana" not in names  # a researcher takes no part


def test_the_outbox_leads_there_and_shows_what_waits(mailed, host, hosts):
    host(press="send", day="2027-03-12", clock="10:00")
    address = reverse("outbox", args=[mailed.workshop.slug])
    page = hosts.get(address).content.decode()
    assert "Your letter “The bus” has not gone out yet." in page
    assert "A letter from the hosts" in page

    letter = Letter.objects.get()
    hosts.post(reverse("remove_letter", args=[mailed.workshop.slug, letter.pk]))
    assert "The bus" not in hosts.get(address).content.decode()


def test_a_closed_workshop_sends_no_letters(mailed, hosts):
    write(mailed, "Ben")
    workshops.close_workshop(workshop=mailed.workshop, actor=mailed.ada)
    assert hosts.get(reverse("new_letter", args=[mailed.workshop.slug])).status_code == 403
    assert "Write a letter" not in hosts.get(reverse("outbox", args=[mailed.workshop.slug])).content.decode()
    send_all(NOON)
    assert mail.outbox == []


def test_nobody_from_outside_sees_the_form(mailed):
    assert Client().get(reverse("new_letter", args=[mailed.workshop.slug])).status_code == 404
