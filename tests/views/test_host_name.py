"""Who makes a workshop is in it under their own name, whoever can be called for help."""

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.models import Workshop
from tests.world import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first", "last", "called"),
    [("Ada", "Lund", "Ada Lund"), ("", "", "Berit Öhlund"), ("Ada " * 12, "Lund", "Berit Öhlund")],
)
def test_the_founder_bears_the_accounts_name_when_it_has_one(first, last, called):
    user = make_user("ada")
    user.first_name, user.last_name = first.strip(), last
    user.save()
    browser = Client()
    browser.force_login(user)
    sent = {"template": "blank", "title": "Calmer visits", "contact_name": "Berit Öhlund"}
    sent |= {"languages": ["en"], "time_zone": "Europe/Stockholm"}

    answer = browser.post(reverse("new_workshop"), sent)

    assert answer.status_code == 302, answer.content.decode()
    workshop = Workshop.objects.get()
    assert (workshop.contact_name, workshop.participants.get().name) == ("Berit Öhlund", called)
