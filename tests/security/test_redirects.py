"""No address that somebody made up leads a person away from this site."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.urls import reverse

from tests.policy.sending import forms
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db
AWAY = [
    "https://evil.example/",
    "http:///evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/%09/evil.example",
    "/%5cevil.example",
    "/%2f%2fevil.example",
    "https:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "testserver.evil.example",
    "http://testserver@evil.example/",
    "http://testserver:pw@evil.example/",
    "http://evil.example\\@testserver/",
    "//testserver@evil.example",
    "http://evil.example#@testserver/",
    "http://\u0435vil.example/",
    "//evil\u3002example",
    "http://[::1",
    "front",
    "account_logout",
    "..",
    "",
    "/" + "a" * 20_000,
    "\x00//evil.example",
]


def stays(answer) -> bool:
    """Whether a browser that follows ANSWER is still here. Browsers drop line ends and read \\ as /."""
    plain = answer.url.translate({ord(sign): None for sign in "\t\n\r"}).replace("\\", "/").strip()
    there = urlsplit(urljoin("http://testserver/somewhere/", plain))
    return (there.scheme, there.netloc) == ("http", "testserver") and len(plain) < 3000


@pytest.mark.parametrize("elsewhere", AWAY, ids=lambda text: ascii(text)[:40])
def test_next_stays_here(cast, elsewhere):
    slug, look = cast.world.workshop.slug, forms(cast.world)["appearance"]
    sends = {
        reverse("appearance"): look,
        reverse("research", args=[slug]): {"answer": "yes"},
        reverse("place", args=[slug]): {"place": "hall"},
        reverse("set_language"): {"language": "sv"},
    }
    for address, sent in sends.items():
        with transaction.atomic():
            answer = cast.browser("part").post(address, sent | {"next": elsewhere})
            transaction.set_rollback(True)
        assert answer.status_code == 302, address
        assert stays(answer), (address, answer.url)


@pytest.mark.parametrize("elsewhere", AWAY, ids=lambda text: ascii(text)[:40])
def test_signing_in_and_out_stays_here(cast, elsewhere):
    sent = {"login": cast.users["staff"].email, "password": PASSWORD, "next": elsewhere}
    with transaction.atomic():
        answer = cast.browser("staff").post(reverse("account_logout"), {"next": elsewhere})
        assert answer.status_code == 302
        assert stays(answer), answer.url
        answer = cast.browser("out").get(reverse("account_login"), {"next": elsewhere})
        assert answer.status_code == 200
        answer = cast.browser("out").post(reverse("account_login"), sent)
        assert answer.status_code != 302 or stays(answer), answer.url
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "came_from",
    [
        *("https://evil.example/", "http://testserver//evil.example/", "http://testserver/\\evil.example", "\x00"),
        *("http://testserver@evil.example/", "//testserver/", "http://testserver/" + "a" * 9000, "http://[::1"),
    ],
    ids=lambda text: ascii(text)[:40],
)
def test_the_way_back_stays_here(cast, came_from):
    """A refusal leads back to where the button was: to the page of ours that the browser names, or to the first."""
    address = reverse("controls", args=[cast.world.session.pk])
    answer = cast.browser("part").post(address, forms(cast.world)["controls"], HTTP_REFERER=came_from)
    page = cast.browser("part").get(address, HTTP_REFERER=came_from).content.decode()

    assert answer.status_code == 302
    assert stays(answer), answer.url
    assert "evil" not in answer.url
    assert 'href="//' not in page
    assert "evil.example" not in page


def test_the_way_back_is_the_page_of_the_button(cast):
    room = reverse("room", args=[cast.world.session.pk])
    sent = forms(cast.world)["controls"]
    answer = cast.browser("part").post(
        reverse("controls", args=[cast.world.session.pk]), sent, HTTP_REFERER=f"http://testserver{room}?x=1"
    )

    assert answer.url == f"{room}?x=1"


def test_a_missing_stroke_at_the_end_leads_to_the_same_site(cast):
    for path in ("/workshops", "/w/x", "//evil.example/workshops", "/d/x/../..//evil.example"):
        answer = cast.browser("out").generic("GET", path)
        assert answer.status_code in {301, 302, 404, 200}
        assert answer.status_code in {200, 404} or stays(answer), answer.url
