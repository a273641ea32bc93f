"""Links in mails: scanners cannot use them up, each does one thing, and none does another's."""

import re
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from sessions_app import clock
from sessions_app.mail_links import confirm_path, invited_path, open_key, stop_key
from sessions_app.models import MailChoice, Notice, Seat
from sessions_app.operations import notices
from sessions_app.operations.mail_choices import A_FEW, forget_address

PAGES = ("open_mail", "stop_mails", "confirm_address", "invited")


def keys(person) -> dict[str, str]:
    MailChoice.objects.update_or_create(participant=person, defaults={"asked_address": "new@example.org"})
    return {
        "open_mail": open_key(person),
        "stop_mails": stop_key(person, "questions"),
        "confirm_address": confirm_path(person, "new@example.org").rstrip("/").rpartition("/")[2],
        "invited": invited_path(person, "new@example.org").rstrip("/").rpartition("/")[2],
    }


def state_of(person) -> tuple:
    choice = MailChoice.objects.values_list("stopped", "asked_address", "epoch").get(participant=person)
    return person.email, choice, Seat.objects.count()


def test_ten_scanners_do_not_use_a_link_up(world):
    ben = world["Ben"].participant
    address = reverse("open_mail", args=[open_key(ben)])
    before = Seat.objects.count()
    for _scanner in range(10):
        assert Client().get(address).status_code == 200
        assert Client().head(address).status_code == 200
    assert Seat.objects.count() == before

    browser = Client()
    answer = browser.post(address, {"to": reverse("away", args=[world.workshop.slug])})

    assert (answer.status_code, answer["Location"]) == (302, reverse("away", args=[world.workshop.slug]))
    assert b"Ben" in browser.get(reverse("me", args=[world.workshop.slug])).content
    assert Seat.objects.count() == before + 1


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("key", PAGES)
def test_a_key_opens_its_own_page_only(world, page, key):
    ben = world["Ben"].participant
    address = reverse(page, args=[keys(ben)[key]])
    before = state_of(ben)

    for method in ("get", "post"):
        answer = getattr(Client(), method)(address)
        assert (answer.status_code == 404) == (page != key)

    ben.refresh_from_db()
    assert (state_of(ben) != before) == (page == key)


def test_a_broken_key_opens_nothing(world):
    key = open_key(world["Ben"].participant)
    for wrong in (key[:-1] + ("A" if key[-1] != "A" else "B"), "x", key.replace(":", ".", 1), "%00", "é" * 40):
        for page in PAGES:
            assert Client().get(f"/{page.split('_')[0][0]}/{wrong}/").status_code == 404
            assert Client().post(reverse(page, args=[wrong])).status_code == 404


def test_old_links_are_void_when_the_address_is_forgotten_or_the_person_left(world):
    ben = world["Ben"].participant
    address, stop, confirm = (reverse(page, args=[keys(ben)[page]]) for page in PAGES[:3])
    forget_address(person=ben, actor=world["Ben"])

    assert Client().get(address).status_code == 404
    assert Client().post(confirm).status_code == 404
    assert Client().get(stop).status_code == 200  # stopping is always allowed

    type(ben).objects.filter(pk=ben.pk).update(removed_at=clock.now())
    assert Client().get(stop).status_code == 404


def test_a_link_does_not_lead_out_of_the_house(world):
    address = reverse("open_mail", args=[open_key(world["Ben"].participant)])

    for wish in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        answer = Client().post(address, {"to": wish})
        assert answer["Location"] == reverse("away", args=[world.workshop.slug])


def test_stop_works_in_one_press_without_a_cookie_and_can_be_taken_back(world):
    ben = world["Ben"].participant
    address = reverse("stop_mails", args=[stop_key(ben, "questions")])
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert MailChoice.objects.get(participant=ben).stopped == ["questions"]
    assert browser.post(address, {"undo": "1"}).status_code == 200
    assert MailChoice.objects.get(participant=ben).stopped == []


def test_an_address_counts_only_when_its_owner_said_so(mailed, browser_of, mailoutbox):
    chidi, browser = mailed["Chidi"].participant, browser_of("Chidi")
    browser.post(reverse("mail_address", args=[mailed.workshop.slug]), {"email": "new@example.org"})
    chidi.refresh_from_db()
    assert chidi.email == "chidi@example.org"

    assert [notices.deliver(pk) for pk in notices.claim()] == ["sent"]
    (sent,) = mailoutbox
    assert sent.to == ["new@example.org"]
    link = next(line for line in sent.body.splitlines() if line.startswith(settings.PUBLIC_URL))
    assert Client().get(link).status_code == 200
    chidi.refresh_from_db()
    assert chidi.email == "chidi@example.org"
    assert Client().post(link).status_code == 200

    chidi.refresh_from_db()
    assert chidi.email == "new@example.org"


def test_nobody_is_bothered_through_us(mailed, browser_of):
    browser = browser_of("Chidi")
    for number in range(A_FEW + 2):
        browser.post(reverse("mail_address", args=[mailed.workshop.slug]), {"email": f"victim{number}@example.org"})

    assert Notice.objects.filter(reason="confirm_address").count() == A_FEW


def ask(browser, world, address: str):
    return browser.post(reverse("mail_address", args=[world.workshop.slug]), {"email": address})


def test_nobody_is_bothered_through_many_seats_either(mailed, browser_of):
    for name in ("Ben", "Chidi", "Sam"):
        for address in ("victim@example.org", "other@example.org", "Victim@example.org"):
            ask(browser_of(name), mailed, address)

    asked = Notice.objects.filter(reason="confirm_address").values_list("subject", flat=True)
    digests = [subject.partition(":")[0] for subject in asked]
    assert max(digests.count(digest) for digest in set(digests)) == A_FEW


def test_an_address_that_was_given_by_mistake_gets_nothing_more(mailed, browser_of, mailoutbox):
    """Another one was given a moment later: the first gets no mail, and its link would be worth nothing."""
    ask(browser_of("Chidi"), mailed, "wrong@example.org")
    old = confirm_path(mailed["Chidi"].participant, "wrong@example.org")
    ask(browser_of("Chidi"), mailed, "right@example.org")

    assert sorted(notices.deliver(pk) for pk in notices.claim()) == ["sent", "skipped"]
    assert [one.to for one in mailoutbox] == [["right@example.org"]]
    assert Client().post(old).status_code == 404


def test_a_new_address_makes_links_in_old_mails_void(mailed, browser_of):
    chidi = mailed["Chidi"].participant
    old = reverse("open_mail", args=[open_key(chidi)])
    ask(browser_of("Chidi"), mailed, "new@example.org")
    assert Client().get(old).status_code == 200
    link = confirm_path(chidi, "new@example.org")
    assert [Client().post(link).status_code for _press in range(2)] == [200, 200]  # the second press harms nobody

    assert Client().get(old).status_code == 404


def test_what_was_forgotten_is_nowhere_any_more(mailed, browser_of, mailoutbox):
    ask(browser_of("Chidi"), mailed, "new@example.org")
    browser_of("Chidi").post(reverse("mail_address", args=[mailed.workshop.slug]), {"forget": "1"})

    assert [notices.deliver(pk) for pk in notices.claim()] == ["skipped"]
    assert mailoutbox == []
    assert "new@example.org" not in browser_of("Chidi").get(reverse("me", args=[mailed.workshop.slug])).content.decode()
    assert MailChoice.objects.get(participant=mailed["Chidi"].participant).asked_address == ""


@pytest.mark.parametrize(
    "wrong", ["", "x", "a@b", "a b@example.org", "a@example.org\nBcc: b@example.org", "\x00@x.org"]
)
def test_what_is_no_address_gets_a_plain_sentence(mailed, browser_of, wrong):
    page = (
        browser_of("Chidi")
        .post(reverse("mail_address", args=[mailed.workshop.slug]), {"email": wrong}, follow=True)
        .content.decode()
    )

    assert "That is not an e-mail address." in page
    assert not Notice.objects.filter(reason="confirm_address").exists()


def test_an_address_that_is_too_long_too(mailed, browser_of):
    long = f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.org"
    assert 254 < len(long) < 320
    page = browser_of("Chidi").post(reverse("mail_address", args=[mailed.workshop.slug]), {"email": long}, follow=True)

    assert "That is not an e-mail address." in page.content.decode()


def test_a_mail_opens_no_account(world):
    """Who has an account signs in: a mail that was passed on would else hand over the workshop."""
    ada = world.ada.participant
    address = f"{reverse('open_mail', args=[open_key(ada)])}?to=/workshops/"
    for answer in (Client().get(address), Client().post(address, {"to": "/workshops/"})):
        assert answer["Location"] == f"{reverse('account_login')}?next=/workshops/"
    assert not Seat.objects.filter(participant=ada).exists()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_a_key_tells_nobody_its_address(world, page):
    """Not to the sheets and scripts of the page, nor to the next page."""
    key = keys(world["Ben"].participant)[page]
    answer = Client().get(reverse(page, args=[key]))

    assert answer["Referrer-Policy"] in {"no-referrer", "strict-origin"}
    assert answer["Cache-Control"] == "private, no-store"
    body = answer.content.decode()
    assert key not in body
    assert quote(key) not in body


@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_a_key_fetches_nothing_from_elsewhere(world, page):
    answer = Client().get(reverse(page, args=[keys(world["Ben"].participant)[page]]))
    fetched = re.findall(r'(?:src|<link[^>]* href)="([^"]*)"', answer.content.decode())

    assert fetched
    assert [address for address in fetched if not address.startswith("/")] == []
