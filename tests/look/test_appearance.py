"""Text and colours: kept in a cookie, given back on every page, and never a way out of the site."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from sessions_app.appearance import look, look_attributes
from sessions_app.views.appearance import appearance

CHOICE = {"theme": "dark", "size": "150", "spacing": "wide", "news": "quiet", "language": "sv"}


def post(next_address="/workshops/"):
    request = RequestFactory(enforce_csrf_checks=False).post("/appearance/", {**CHOICE, "next": next_address})
    return appearance(request)


def test_a_choice_is_kept_and_read_again():
    answer = post()
    request = RequestFactory().get("/")
    request.COOKIES["look"] = answer.cookies["look"].value
    assert look(request) == {"theme": "dark", "size": "150", "spacing": "wide", "news": "quiet"}


def test_it_goes_back_to_where_the_reader_was():
    answer = post()
    assert (answer.status_code, answer["Location"]) == (302, "/workshops/")


def test_the_language_is_kept_too(settings):
    assert post().cookies[settings.LANGUAGE_COOKIE_NAME].value == "sv"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_it_never_sends_anyone_elsewhere(elsewhere):
    assert post(elsewhere)["Location"] == "/"


@pytest.mark.parametrize("broken", ["", "dark", "pink.999.tight", "....", '"><script>'])
def test_a_broken_cookie_gives_the_plain_look(broken):
    request = RequestFactory().get("/")
    request.COOKIES["look"] = broken
    chosen = look(request)
    assert chosen["size"] == "100"
    assert "script" not in look_attributes(chosen)


def test_languages_are_named_in_themselves():
    from sessions_app.appearance import LookForm

    with translation.override("sv"):
        names = dict(LookForm().fields["language"].choices)
    assert names["sv"] == "Svenska"
    assert names["en"] == "English"
