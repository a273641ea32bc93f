"""The door offers the workshop's languages first, and speaks the first of them to who has chosen none."""

import pytest
from django.conf import settings
from django.urls import reverse

from sessions_app.forms.workshops import ChangeWorkshopForm
from sessions_app.models import Participant, Workshop
from sessions_app.operations import workshops

NAMES = {"ar": "العربيّة", "sv": "Svenska", "en": "English"}


@pytest.fixture
def door(world):
    Workshop.objects.filter(pk=world.workshop.pk).update(languages=["fi", "ar", "sv"])  # Finnish is not ours
    return reverse("door", args=[world.workshop.code])


def offered(page) -> list[str]:
    return [part.split('"')[0] for part in page.content.decode().split('name="language" value="')[1:]]


def spoken(page) -> str:
    return page.content.decode().split('<html lang="')[1].split('"')[0]


def test_languages_of_the_workshop_come_first(client, door):
    page = client.get(door)

    assert offered(page) == ["ar", "sv", "en"]
    assert all(name in page.content.decode() for name in NAMES.values())


@pytest.mark.parametrize("asks", ["", "de", "de, *", "x" * 600])
def test_who_has_chosen_none_reads_the_first_and_goes_on_in_it(client, door, asks):
    asked = {"HTTP_ACCEPT_LANGUAGE": asks} if asks else {}
    assert spoken(client.get(door, **asked)) == "ar"
    inside = client.post(door, follow=True, **asked)

    assert spoken(inside) == "ar"
    assert Participant.objects.latest("pk").language == "ar"


@pytest.mark.parametrize("chosen", [{"HTTP_ACCEPT_LANGUAGE": "sv-SE, en;q=0.5"}, {}])
def test_a_choice_is_kept(client, door, chosen):
    if not chosen:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"
    assert spoken(client.get(door, **chosen)) == "sv"
    client.post(door, **chosen)

    assert Participant.objects.latest("pk").language == "sv"
    if chosen:
        assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


def test_the_first_language_stays_the_first(world):
    def order(before: list[str], ticked: list[str]) -> list[str]:
        about = {"title": "Calm", "contact_name": "Karin", "time_zone": "Europe/Stockholm"}
        form = ChangeWorkshopForm({**about, "languages": ticked}, initial={"languages": before})
        assert form.is_valid(), form.errors
        return form.cleaned_data["languages"]

    assert order(["sv", "en"], ["en", "sv"]) == ["sv", "en"]
    assert order(["sv"], ["en", "sv", "ar"]) == ["sv", "en", "ar"]
    assert order(["sv", "en"], ["en", "ar"]) == ["en", "ar"]


@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_workshop_speaks_first_as_who_made_it(world, browser_of, language):
    ada = browser_of("Ada")
    ada.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    about = {"title": "Made now", "contact_name": "Karin", "time_zone": "Europe/Stockholm", "template": "blank"}
    assert ada.post(reverse("new_workshop"), about | {"languages": ["en", "sv"]}).status_code == 302

    assert Workshop.objects.get(title="Made now").languages[0] == language


def test_the_form_names_the_first_language(world, browser_of):
    workshops.change_workshop(workshop=world.workshop, actor=world.ada, languages=["sv", "en"])
    page = browser_of("Ada").get(reverse("change_workshop", args=[world.workshop.slug])).content.decode()

    assert "Who has chosen none reads Svenska." in page
