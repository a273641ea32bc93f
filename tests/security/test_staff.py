"""Staff: signing in with a password, a code or a second step, and what it ends when they sign out."""

import re
import time
import uuid

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.urls import reverse

from sessions_app.identity import actor_of_cookies
from sessions_app.models import Participant, Role
from sessions_app.operations.staff import add_staff
from tests.security.pages import read
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db
EMAIL = "rana@example.org"


@pytest.fixture(autouse=True)
def _no_limits_of_other_tests():
    cache.clear()


@pytest.fixture
def rana(world):
    """A researcher with an account and a password."""
    user, _new = add_staff(email=EMAIL, name="Rana Researcher")
    user.set_password(PASSWORD)
    user.save()
    Participant.objects.filter(pk=world["Rana"].participant.pk).update(user=user)
    return user


@pytest.fixture
def second_step(rana):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(rana, secret)
    return lambda: totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def sign_in(browser, email=EMAIL, password=PASSWORD, **more):
    return browser.post(reverse("account_login"), {"login": email, "password": password}, **more)


def is_in(browser) -> bool:
    return browser.get(reverse("workshops")).status_code == 200


def code_in(mail) -> str:
    return re.search(r"^\s*([A-Z0-9][A-Z0-9-]{4,})\s*$", mail.body, re.MULTILINE)[1]


def test_signing_in_with_a_password(rana, browser_of):
    browser = browser_of()
    before = browser.get(reverse("account_login")).cookies.get(django_settings.SESSION_COOKIE_NAME)
    answer = sign_in(browser)

    assert answer.url == reverse("workshops")
    assert is_in(browser)
    assert before is None or browser.cookies[django_settings.SESSION_COOKIE_NAME].value != before.value


def test_signing_in_with_a_code(rana, browser_of, mailoutbox):
    browser = browser_of()
    answer = browser.post(reverse("account_request_login_code"), {"email": EMAIL})
    assert answer.url == reverse("account_confirm_login_code")
    assert not is_in(browser)

    wrong = browser.post(reverse("account_confirm_login_code"), {"code": "WRONG-1"})
    browser.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[0])})

    assert wrong.status_code == 200
    assert is_in(browser)


def test_a_code_works_in_the_browser_that_asked_for_it_only(rana, browser_of, mailoutbox):
    browser_of().post(reverse("account_request_login_code"), {"email": EMAIL})
    thief = browser_of()
    thief.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[0])})

    assert not is_in(thief)


def test_opening_a_page_uses_nothing_up(rana, browser_of, mailoutbox):
    """Mail scanners open addresses; only a press signs in or out."""
    browser = browser_of()
    browser.post(reverse("account_request_login_code"), {"email": EMAIL})
    for _ in range(10):
        browser.get(reverse("account_confirm_login_code"))
        browser.head(reverse("account_confirm_login_code"))
    browser.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[0])})
    assert is_in(browser)

    assert browser.get(reverse("account_logout")).status_code == 200
    assert is_in(browser)


def test_the_second_step_is_asked_for_by_every_way_in(rana, second_step, browser_of, mailoutbox):
    by_password, by_code = browser_of(), browser_of()
    sign_in(by_password)
    by_code.post(reverse("account_request_login_code"), {"email": EMAIL})
    by_code.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[0])})
    for browser in (by_password, by_code):
        assert not is_in(browser)
        assert browser.get(reverse("mfa_authenticate")).status_code == 200
        browser.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert not is_in(browser)

    by_password.post(reverse("mfa_authenticate"), {"code": second_step()})
    assert is_in(by_password)


def test_a_code_of_the_second_step_works_once(rana, second_step, browser_of):
    code = second_step()
    for expected in (True, False):
        browser = browser_of()
        sign_in(browser)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert is_in(browser) is expected


# --- the researcher's record ---------------------------------------------------------------------
def test_a_researcher_needs_the_second_step_for_the_record(world, rana, browser_of):
    browser, record = browser_of(), reverse("record", args=[world.workshop.slug])
    browser.force_login(rana)
    assert browser.get(record).url == reverse("mfa_index")

    totp.TOTP.activate(rana, totp.generate_totp_secret())
    assert browser.get(record).status_code == 200


def test_recovery_codes_alone_are_no_second_step(world, rana, browser_of):
    Authenticator.objects.create(user=rana, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0})
    browser = browser_of()
    browser.force_login(rana)

    assert browser.get(reverse("record", args=[world.workshop.slug])).status_code == 302


def test_a_researcher_without_an_account_is_sent_to_one(world, browser_of):
    answer = browser_of("Rana").get(reverse("record", args=[world.workshop.slug]), follow=True)

    assert answer.request["PATH_INFO"] == reverse("account_login")


def test_a_facilitator_who_also_researches_needs_it_too(world, browser_of):
    Participant.objects.filter(pk=world.ada.participant.pk).update(roles=[Role.FACILITATOR, Role.RESEARCHER])
    record = reverse("record", args=[world.workshop.slug])
    assert browser_of("Ada").get(record).url == reverse("mfa_index")

    Participant.objects.filter(pk=world.ada.participant.pk).update(roles=[Role.FACILITATOR])
    assert browser_of("Ada").get(record).status_code == 200


def test_operators_can_do_without_the_second_step(world, rana, browser_of, settings):
    settings.MFA_REQUIRED_FOR_RESEARCHERS = False
    browser = browser_of()
    browser.force_login(rana)

    assert browser.get(reverse("record", args=[world.workshop.slug])).status_code == 200


# --- signing up ------------------------------------------------------------------------------------
SIGN_UP = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}


def test_nobody_can_sign_up_by_themselves(db, browser_of):
    before = get_user_model().objects.count()
    pages = [browser_of().get(reverse("account_signup")), browser_of().post(reverse("account_signup"), SIGN_UP)]

    assert {page.status_code for page in pages} == {200}
    assert all("password1" not in read(page).values for page in pages)
    assert get_user_model().objects.count() == before
    assert reverse("account_signup") not in browser_of().get(reverse("account_login")).content.decode()


def test_operators_can_open_signing_up(world, browser_of, settings, mailoutbox):
    settings.ACCOUNT_SIGNUP_OPEN = True
    browser = browser_of()
    answer = browser.post(reverse("account_signup"), SIGN_UP)

    assert answer.status_code == 302
    assert get_user_model().objects.filter(email="new@example.org").exists()
    assert [mail.to for mail in mailoutbox] == [["new@example.org"]]
    assert not is_in(browser)  # not before the address is confirmed


@pytest.mark.parametrize("password", ["short", "password1234", "new@example.org", "1234567890123"])
def test_weak_passwords_are_refused(world, browser_of, settings, password):
    settings.ACCOUNT_SIGNUP_OPEN = True
    browser_of().post(reverse("account_signup"), SIGN_UP | {"password1": password, "password2": password})

    assert not get_user_model().objects.filter(email="new@example.org").exists()


# --- what is not told ------------------------------------------------------------------------------
FORMS = {
    "account_login": lambda email: {"login": email, "password": "not the password"},
    "account_request_login_code": lambda email: {"email": email},
    "account_reset_password": lambda email: {"email": email},
}


@pytest.mark.parametrize("name", FORMS)
def test_known_and_unknown_addresses_get_the_same_answer(rana, browser_of, name):
    seen = []
    for email in (EMAIL, "nobody@example.org"):
        answer = browser_of().post(reverse(name), FORMS[name](email), follow=True)
        text = answer.content.decode().replace(email, "E")
        text = re.sub(r'nonce="[^"]*"|value="[A-Za-z0-9]{64}"|X-CSRFToken": "[^"]*"', "", text)
        seen.append((answer.redirect_chain, answer.status_code, text))

    assert seen[0] == seen[1]


def test_signing_up_with_a_known_address_tells_nothing(rana, browser_of, settings, mailoutbox):
    settings.ACCOUNT_SIGNUP_OPEN = True
    seen = []
    for email in (EMAIL, "nobody@example.org"):
        answer = browser_of().post(reverse("account_signup"), SIGN_UP | {"email": email})
        seen.append((answer.status_code, answer.url))

    assert seen[0] == seen[1]
    assert get_user_model().objects.filter(email=EMAIL).count() == 1


def test_guessing_a_password_is_slowed_down(rana, browser_of):
    for count in range(6):
        sign_in(browser_of(), password=f"guess number {count}", REMOTE_ADDR=f"192.0.2.{count}")
    answer = sign_in(browser_of(), REMOTE_ADDR="192.0.2.99")

    assert answer.status_code in {200, 429}
    assert "That was wrong too often." in read(answer).text


def test_limits_of_staff_never_touch_citizens(world, rana, browser_of):
    for count in range(12):
        sign_in(browser_of(), password=f"guess number {count}")

    assert browser_of().post(reverse("door", args=[world.session.code])).status_code == 302
    assert browser_of("Ben").get(reverse("room", args=[world.session.pk])).status_code == 200


# --- what signing out ends ---------------------------------------------------------------------------
def test_signing_out_ends_the_login(world, browser_of):
    browser = browser_of("Ada")
    kept = {name: cookie.value for name, cookie in browser.cookies.items()}
    assert actor_of_cookies(kept, slug=world.workshop.slug).is_facilitator

    browser.post(reverse("account_logout"))

    assert not is_in(browser)
    assert not actor_of_cookies(kept, slug=world.workshop.slug).roles
    thief = browser_of()
    thief.cookies.load(kept)
    assert not is_in(thief)


def test_a_new_password_ends_all_other_logins(world, browser_of):
    other, here, user = browser_of("Ada"), browser_of("Ada"), world.ada.participant.user
    kept = {name: cookie.value for name, cookie in other.cookies.items()}
    new = f"another quiet password {uuid.uuid4().hex[:4]}"

    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    user.refresh_from_db()
    assert user.check_password(new)
    assert not is_in(other)
    assert not actor_of_cookies(kept, slug=world.workshop.slug).roles  # nor by a socket


def test_an_account_that_was_switched_off_is_nobody(world, browser_of):
    browser = browser_of("Ada")
    kept = {name: cookie.value for name, cookie in browser.cookies.items()}
    get_user_model().objects.update(is_active=False)

    assert not is_in(browser)
    assert browser.get(reverse("workshop", args=[world.workshop.slug])).status_code == 404
    assert not actor_of_cookies(kept, slug=world.workshop.slug).roles


def test_passwords_are_kept_with_argon2(rana):
    assert rana.password.startswith("argon2$")


def test_whoever_is_added_by_an_operator_has_no_password(db):
    user, _new = add_staff(email="new@example.org", name="New")

    assert not user.has_usable_password()
