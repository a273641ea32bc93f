"""Mails as people meet them: the links are pressed in a real browser, and the mail itself is judged like a page."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from sessions_app.mail_links import confirm_path, open_key, stop_key
from sessions_app.mails import composed, written
from sessions_app.models import MailChoice, Notice, Participant, Seat
from tests.e2e.mail_scenes import ARAB, CITIZEN, SWEDE
from tests.e2e.scenes import scene
from tests.e2e.test_axe import judge


def made():
    return scene("mails")


def person(name: str = CITIZEN) -> Participant:
    return Participant.objects.select_related("workshop").get(workshop=made().world.workshop, name=name)


def mail_to(name: str):
    """A mail as it goes out, and its notice."""
    rows = Notice.objects.select_related("participant__workshop", "workshop")
    notice = rows.get(workshop=made().world.workshop, participant__name=name, reason="thread_waits")
    mail = written(notice)
    assert mail is not None
    return composed(notice, mail, "<1@localhost>")


def html_of(message) -> str:
    return message.alternatives[0][0]


def test_one_press_takes_the_seat_and_leads_to_the_question(arrive):
    link = next(line for line in mail_to(CITIZEN).body.splitlines() if "/m/" in line)
    visitor = arrive().goes_to(link.removeprefix(settings.PUBLIC_URL))
    visitor.sees("This mail was sent to Aino Virtanen.").presses("Go in as Aino")

    visitor.sees("Who rings those who do not read e-mail?")
    expect(visitor.page.locator("#write")).to_be_attached()
    assert visitor.page.url.endswith("#write")


def test_a_key_is_told_to_no_other_page(arrive):
    for path in (f"/m/{open_key(person())}/", f"/stop/{stop_key(person(), 'answers')}/"):
        visitor = arrive().goes_to(path)
        visitor.page.get_by_role("link", name="Help").click()
        visitor.page.wait_for_load_state()
        told = [request.headers.get("referer", "") for request in visitor.requests]
        assert visitor.requests
        assert [referer for referer in told if path[3:40] in referer] == []


def test_stop_and_back_again(arrive):
    visitor = arrive().goes_to(reverse("stop_mails", args=[stop_key(person(), "answers")]))
    visitor.presses("Stop these mails").sees("You get no more of these mails.")
    assert "answers" in MailChoice.objects.get(participant=person()).stopped
    visitor.presses("Send them to me again").sees("You get these mails again.")
    assert "answers" not in MailChoice.objects.get(participant=person()).stopped


def test_an_address_is_confirmed(arrive):
    who = person("Siv Öberg")
    MailChoice.objects.create(participant=who, asked_address="siv@example.org")
    arrive().goes_to(confirm_path(who, "siv@example.org")).presses("Yes, send mails here").sees("Thank you.")

    who.refresh_from_db()
    assert who.email == "siv@example.org"
    assert not Seat.objects.filter(participant=who, left_at=None).count() > 1


def test_choices_are_kept_on_the_page_about_me(arrive):
    visitor = arrive(made().cookies(CITIZEN)).goes_to(reverse("me", args=[made().world.workshop.slug]))
    visitor.page.get_by_label("Once a week, if there is news").check()
    visitor.page.get_by_label("Mails about meetings").uncheck()
    visitor.presses("Save my choice").sees("Saved.")

    expect(visitor.page.get_by_label("Once a week, if there is news")).to_be_checked()
    expect(visitor.page.get_by_label("Mails about meetings")).not_to_be_checked()


def test_the_frame_shows_the_mail_in_its_own_colours(arrive):
    """The page's own policy lets a mail into a frame, and the mail keeps its sheet."""
    host = arrive(made().cookies("Karin Lindh")).goes_to(made().pages["mail"][1])
    frame = host.page.frame_locator("iframe.mailframe")

    expect(frame.locator(".btn")).to_have_css("background-color", "rgb(30, 91, 87)")


@pytest.mark.parametrize("name", [CITIZEN, SWEDE, ARAB])
def test_axe_finds_nothing_in_a_mail(arrive, name):
    page = arrive().page
    page.set_content(html_of(mail_to(name)))

    assert judge(page) == []


@pytest.mark.parametrize("name", [CITIZEN, SWEDE, ARAB])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_mail_needs_no_scrolling_sideways(arrive, name, width):
    page = arrive().page
    page.set_viewport_size({"width": width, "height": 640})
    page.set_content(html_of(mail_to(name)))

    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_a_mail_fetches_nothing(arrive):
    visitor = arrive()
    visitor.page.set_content(html_of(mail_to(CITIZEN)), wait_until="networkidle")

    assert visitor.requests == []
