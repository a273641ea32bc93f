"""Error pages stand without any help, and the pages of the look are drawn for everybody."""

import pytest
from django.db import OperationalError
from django.template.loader import get_template
from django.urls import reverse


@pytest.mark.parametrize("name", ["400.html", "500.html", "busy.html"])
def test_an_error_page_needs_nothing(name):
    page = get_template(name).render()
    assert 'href="/"' in page
    assert "<h1" in page


@pytest.mark.django_db
def test_what_is_not_there_has_a_way_on(client):
    answer = client.get("/there-is-nothing-here/")
    assert answer.status_code == 404
    assert reverse("front") in answer.content.decode()


@pytest.mark.django_db
def test_every_page_carries_the_chosen_look(client):
    client.cookies["look"] = "dark.150.wide"
    page = client.get(reverse("appearance")).content.decode()
    assert 'data-theme="dark" data-size="150" data-spacing="wide"' in page


@pytest.mark.django_db
def test_the_way_to_text_and_colours_comes_back_here(client):
    page = client.get(f"{reverse('front')}?a=1&b=2").content.decode()
    assert f"{reverse('appearance')}?next=/%3Fa%3D1%26b%3D2" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_request_login_code", "account_reset_password"]
)
def test_the_pages_of_signing_in_are_ours(client, name):
    page = client.get(reverse(name)).content.decode()
    assert 'class="strip"' in page
    assert 'class="paper form__in fields"' in page or 'class="account"' in page


def test_every_script_of_a_page_carries_the_nonce(client, db):
    answer = client.get(reverse("appearance"))
    nonce = answer.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    page = answer.content.decode()
    assert page.count("<script") == page.count(f'nonce="{nonce}"')


def test_a_crowded_moment_is_a_page_with_a_way_on(client, db, monkeypatch):
    def away(request):
        raise OperationalError

    monkeypatch.setattr("sessions_app.views.help.render", lambda *_args: away(None))
    answer = client.get(reverse("help"))

    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert "One moment." in answer.content.decode()
    assert 'href=""' in answer.content.decode()
