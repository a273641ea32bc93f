"""The first five minutes: somebody who sees labels and buttons only gets from the front page to a table with people."""

import pytest
from playwright.sync_api import expect

from sessions_app.models import Contribution, Workshop
from sessions_app.operations.staff import add_staff
from tests.e2e.person import DESK
from tests.world import PASSWORD

MOST = 12  # clicks, filled fields and pressed keys of the facilitator, signing in and beginning a week early among them


class Counted:
    """A person who knows no address but the front page. Everything they do is counted."""

    def __init__(self, person) -> None:
        self.page, self.count = person.page, 0
        person.goes_to("/")

    def fill(self, label: str, words: str) -> None:
        self.count += 1
        self.page.get_by_label(label).fill(words)

    def press(self, name: str) -> None:
        self.count += 1
        self.page.get_by_role("button", name=name).click()

    def open(self, name: str) -> None:
        self.count += 1
        self.page.locator("summary", has_text=name).click()

    def follow(self, name: str) -> None:
        self.count += 1
        self.page.get_by_role("link", name=name).first.click()


@pytest.fixture
def karin(arrive):
    """A new facilitator at the front page: an account as operators make it, a password, and nothing in it."""
    user, _is_new = add_staff(email="karin-is-new@example.org", name="Karin Lindh")
    user.set_password(PASSWORD)
    user.save()
    person = arrive(viewport=DESK)
    person.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return Counted(person)


def test_from_nothing_to_a_table_with_people_in_twelve_steps(karin, arrive):
    karin.follow("Sign in")
    karin.fill("Email", "karin-is-new@example.org")
    karin.fill("Password", PASSWORD)
    karin.press("Sign in")
    expect(karin.page.get_by_role("heading", name="You have no workshops yet.")).to_be_visible()
    karin.follow("Use this : First meeting")
    karin.fill("What is it called?", "Calmer visits")
    expect(karin.page.get_by_label("Whom can people call for help?")).to_have_value("Karin Lindh")
    karin.fill("Their telephone number", "010 555 01 02")
    karin.press("Lay the table")
    karin.press("Copy the link")
    expect(karin.page.locator("#announce")).to_have_text("Copied.")
    link = karin.page.evaluate("navigator.clipboard.readText()")

    aino = arrive().goes_to(link)
    expect(aino.page.get_by_text("Stuck at the door? Call Karin Lindh")).to_be_visible()
    aino.presses("Go in")
    aino.is_connected()
    karin.follow("Go to the room")
    karin.open("Begin at once")
    karin.press("Begin now")
    aino.page.get_by_label("Your answer").fill("I came by two buses.")
    aino.page.get_by_label("What should we call you?").fill("Aino")
    aino.presses("Send")

    expect(karin.page.get_by_text("I came by two buses.")).to_be_visible()
    assert karin.count <= MOST
    workshop = Workshop.objects.get(participants__user__email="karin-is-new@example.org")
    assert (workshop.title, workshop.contact_phone) == ("Calmer visits", "010 555 01 02")
    assert Contribution.objects.get(dialogue__activity__workshop=workshop).author.name == "Aino"


def test_the_words_to_send_can_be_copied_and_without_script_they_can_be_marked(come, world):
    ada = come("Ada", viewport=DESK)
    ada.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ada.goes_to(f"/meetings/{world.session.pk}/share/").presses("Copy the letter").sees("Copied.")
    copied = ada.page.evaluate("navigator.clipboard.readText()")

    plain = come("Ada", java_script_enabled=False).goes_to(f"/meetings/{world.session.pk}/share/")
    letter = plain.page.get_by_label("For a letter or an e-mail").input_value()
    assert copied == letter
    assert world.session.code in letter
    expect(plain.page.get_by_role("button", name="Copy the letter")).to_have_count(0)


def test_what_helps_is_told_at_the_first_visit_and_only_the_hosts_see_it(arrive, come, world):
    world.go_live()
    elsa = arrive().comes_through_the_door(world.session.code).is_connected()
    elsa.page.get_by_text("Tell the hosts something that helps you").click()
    elsa.page.get_by_label("More time").check()
    elsa.page.get_by_label("Something else").fill("A chair near the door")
    elsa.presses("Tell the hosts").sees("The hosts know now.")

    come("Ada", viewport=DESK).goes_to(f"/w/{world.workshop.slug}/people/").sees("More time. A chair near the door")
    expect(elsa.page.get_by_text("Tell the hosts something that helps you")).to_have_count(0)
