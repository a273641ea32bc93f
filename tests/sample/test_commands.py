"""demo_workshop loads once and says what it did; add_staff makes accounts that sign in by mail."""

from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from sessions_app.management.commands import demo_workshop
from sessions_app.models import Contribution, Workshop
from sessions_app.sample import newest_sample


def run(*words, **options) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_the_stage_is_live_unless_another_is_asked_for():
    parser = demo_workshop.Command().create_parser("manage.py", "demo_workshop")

    assert parser.parse_args([]).stage == "live"
    assert parser.parse_args(["--stage", "between", "--seed", "7"]).stage == "between"


def test_demo_workshop_is_loaded_once(db):
    told = run("demo_workshop", stage="planned")

    assert "heart-of-the-matter is loaded, stage planned" in told
    words = Contribution.objects.count()
    assert "is here already and stays as it is" in run("demo_workshop", stage="closed")
    assert (Workshop.objects.count(), Contribution.objects.count()) == (1, words)


def test_another_one_beside_it(db):
    run("demo_workshop", stage="planned")
    told = run("demo_workshop", stage="planned", fresh=True)

    assert "heart-of-the-matter-2 is loaded" in told
    assert newest_sample().slug == "heart-of-the-matter-2"
    first, second = Workshop.objects.order_by("pk")
    assert set(second.sessions.values_list("code", flat=True)) == {"KAFFE2", "HJRTA2", "BORDA2"}
    assert first.code != second.code
    assert get_user_model().objects.count() == 3


def test_ready_links_are_told_at_a_demo_only(db, settings):
    settings.DEMO = True
    assert "/demo/citizen/" in run("demo_workshop", stage="planned")
    settings.DEMO = False
    assert "/demo/" not in run("demo_workshop", stage="planned", fresh=True)


def test_staff_sign_in_with_a_mailed_code(client, db, mailoutbox):
    told = run("add_staff", "Nora@Example.org", name="Nora Ek")

    user = get_user_model().objects.get()
    assert (user.email, user.get_full_name(), user.has_usable_password()) == ("nora@example.org", "Nora Ek", False)
    assert EmailAddress.objects.get(user=user).verified
    assert "Nora Ek can sign in as nora@example.org" in told

    client.post("/accounts/login/code/", {"email": "nora@example.org"})
    assert mailoutbox[0].to == ["nora@example.org"]


def test_staff_are_added_once(db):
    run("add_staff", "nora@example.org", name="Nora Ek")

    assert "has an account already" in run("add_staff", "NORA@example.org", name="Somebody Else")
    assert get_user_model().objects.get().first_name == "Nora"


@pytest.mark.parametrize(("email", "name"), [("nobody", "Nora"), ("nora@example.org", "  ")])
def test_nonsense_is_refused(db, email, name):
    with pytest.raises(CommandError):
        run("add_staff", email, name=name)

    assert not get_user_model().objects.exists()
