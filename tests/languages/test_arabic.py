"""Arabic: whole for citizens, right in its six plural forms, from right to left; hosts get their pages in English."""

import uuid

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import ngettext, override

from coproduction.local.catalogues import ROOT, problems
from sessions_app.models import Contribution
from sessions_app.staff_language import STAFF_PAGES, is_for_staff
from tests.policy import matrix
from tests.security.pages import read

MAKERS = ("change_record", "remove_record", "return_record")
CITIZENS = ("out", "lobby", "guest", "part")
FORMS = {
    0: "لا إجابات",
    1: "إجابة واحدة",
    2: "إجابتان",
    3: "3 إجابات",
    10: "10 إجابات",
    11: "11 إجابة",
    99: "99 إجابة",
    100: "100 إجابة",
    103: "103 إجابات",
}


def test_nothing_that_a_citizen_meets_is_left_in_english():
    languages = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    citizens = languages - set(settings.STAFF_LANGUAGES)

    assert citizens == {"ar"}
    assert list(problems(ROOT, sorted(languages), citizens)) == []


@pytest.mark.parametrize("number", FORMS)
def test_each_number_has_its_form(number):
    with override("ar"):
        assert ngettext("1 answer", "%(number)s answers", number) % {"number": number} == FORMS[number]


def test_the_pages_that_are_whole_in_english_are_those_that_no_citizen_may_open():
    """Taken from the table of who may go where, so that a new page has to be one or the other."""
    pages = {row.name: row.answers for row in matrix.rows(matrix.OPEN) if row.how == "GET"}
    theirs = {name for name, given in pages.items() if any(given[role] == "ok" for role in CITIZENS)}

    theirs |= {"tablet", "screen", "screen_news"}  # shown to those in the hall, by a key that a host gave out
    theirs |= {f"eaa:{name}" for name in MAKERS}  # the table has somebody else's; one's own is open to everybody

    assert {name for name in pages if is_for_staff(name, {"role": "citizen"})} == set(pages) - theirs
    assert STAFF_PAGES.isdisjoint(theirs)


@pytest.fixture
def in_arabic(world, browser_of):
    def open_page(who, name, *args):
        browser = browser_of(who)
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
        return browser.get(reverse(name, args=args))

    world.go_live()
    world.say("Ben", "A calmer waiting room.")
    return open_page


def html_of(answer) -> dict[str, str]:
    return dict(read(answer).tags)["html"]


@pytest.mark.parametrize("who", ["Gil", "Ben", "Ada"])
def test_a_room_runs_from_right_to_left(in_arabic, world, who):
    answer = in_arabic(who, "room", world.session.pk)

    assert (html_of(answer)["lang"], html_of(answer)["dir"]) == ("ar", "rtl")
    assert 'aria-label="على الطاولة"' in answer.content.decode()


@pytest.mark.parametrize("name", ["plan", "replay", "people", "account_email"])
def test_a_page_of_the_hosts_is_whole_in_english(in_arabic, world, name):
    args = {"people": [world.workshop.slug], "account_email": []}.get(name, [world.session.pk])
    answer = in_arabic("Ada", name, *args)

    assert answer.status_code == 200
    assert (html_of(answer)["lang"], html_of(answer)["dir"]) == ("en", "ltr")
    assert answer.headers["Content-Language"] == "en"


def test_swedish_hosts_keep_their_swedish(world, browser_of):
    browser = browser_of("Ada")
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"

    assert html_of(browser.get(reverse("plan", args=[world.session.pk])))["lang"] == "sv"


def test_every_language_is_offered_in_its_own_name(world, browser_of):
    page = browser_of().get(reverse("door", args=[world.session.code])).content.decode()

    assert 'lang="ar" dir="auto"' in page
    assert "العربيّة" in page


@pytest.mark.parametrize("language", ["en", "sv", "ar"])
def test_words_are_kept_in_the_language_of_the_page_on_which_they_were_written(world, browser_of, language):
    world.go_live()
    browser = browser_of("Ben")
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    browser.post(
        reverse("post", args=[world.dialogue(0).pk]), {"body": "Hej", "view": "room", "client_id": uuid.uuid4()}
    )

    assert Contribution.objects.get().language == language
