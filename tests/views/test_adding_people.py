"""Adding people from a list: it is looked at first, what was typed stays, and a file does the same as pasting."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sessions_app.mail_links import invited_path
from sessions_app.models import Notice, Participant
from sessions_app.operations.importing import add_people

pytestmark = pytest.mark.django_db
LIST = "Nora Berg,nora@example.org\nOle,ole@\nBen,"


@pytest.fixture
def ada(browser_of):
    return browser_of("Ada")


@pytest.fixture
def address(world):
    return reverse("add_people", args=[world.workshop.slug])


def names(world):
    return set(Participant.objects.filter(workshop=world.workshop).values_list("name", flat=True))


def test_first_it_is_shown_then_it_is_done(world, ada, address):
    before = names(world)

    page = ada.post(address, {"people": LIST, "look": "1"}).content.decode()
    assert "1 person is new" in page
    assert "1 person is there already" in page
    assert "Line 2:" in page
    assert "That is not an e-mail address." in page
    assert "ole@" in page  # it is still there to be put right
    assert names(world) == before

    answer = ada.post(address, {"people": LIST, "invite": "on", "add": "1"}, follow=True)
    assert "1 person was added." in answer.content.decode()
    assert names(world) - before == {"Nora Berg"}
    assert Notice.objects.get().participant.name == "Nora Berg"


def test_a_file_is_shown_and_then_stands_in_the_field(world, ada, address):
    file = SimpleUploadedFile("list.csv", "Namn;E-post\r\nBjörn Öst;bo@example.org".encode("windows-1252"))

    page = ada.post(address, {"people": "", "file": file, "look": "1"}).content.decode()

    assert "1 person is new" in page
    assert "Björn Öst;bo@example.org</textarea>" in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"people": ""}, "Nobody is on the list yet"),
        ({"people": "\n".join(f"P{n}" for n in range(50_000))}, "There are 50000 lines"),
        ({"file": ("list.xlsx", b"PK\x03\x04...")}, "That is not a list in text"),
        ({"file": ("list.csv", b"")}, "Nobody is on the list yet"),
    ],
)
@pytest.mark.parametrize("press", ["look", "add"])
def test_what_cannot_be_read_is_told_of_in_words(world, ada, address, given, words, press):
    before = names(world)
    files = {"file": SimpleUploadedFile(*given["file"])} if "file" in given else {}

    answer = ada.post(address, {**given, **files, press: "1"})

    assert (answer.status_code, names(world)) == (422, before)
    assert words in answer.content.decode()


def test_names_are_shown_as_they_are(ada, address):
    page = ada.post(address, {"people": "<b>Eve</b>,eve@example.org\n{{ 7|add:7 }},x@example.org"}).content.decode()

    assert "&lt;b&gt;Eve&lt;/b&gt;" in page
    assert "<b>Eve" not in page
    assert "{{ 7|add:7 }}" in page


def test_ten_looks_do_not_use_an_invitation_up_and_yes_works_on_the_page(world, client):
    (nora,) = add_people(workshop=world.workshop, actor=world.ada, text="Nora,nora@example.org", invites=True)
    link = invited_path(Participant.objects.select_related("workshop").get(pk=nora.pk), "nora@example.org")

    for _number in range(10):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert not nora.seats.exists()
    assert client.post(link).status_code == 302

    assert "Nora" in client.get(reverse("me", args=[world.workshop.slug])).content.decode()


def test_no_works_on_the_page(world, client):
    (nora,) = add_people(workshop=world.workshop, actor=world.ada, text="Nora,nora@example.org", invites=True)
    link = invited_path(Participant.objects.select_related("workshop").get(pk=nora.pk), "nora@example.org")

    assert "We have forgotten your address." in client.post(link, {"no": "1"}).content.decode()
    assert client.get(link).status_code == 404
    assert Participant.objects.get(pk=nora.pk).removed_at is not None
