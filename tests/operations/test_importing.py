"""People of a list become people of a workshop: nobody twice, nothing before the press, one invitation each."""

from datetime import UTC, datetime

import pytest

from sessions_app import clock
from sessions_app.errors import Closed, NotAllowed, NotFound, Refused, TooFast
from sessions_app.mail_links import invited, invited_path
from sessions_app.models import Consent, Event, MailChoice, Notice, Participant
from sessions_app.operations import importing, invitations, mail_choices, notices, participants, workshops
from sessions_app.policy import OUTSIDER, Actor
from sessions_app.verification import verify
from tests.mails.sink import sink_at_work
from tests.together import together
from tests.world import make_world

LIST = "Namn;E-post;Språk\nNora Berg;nora@example.org;svenska\nOle Dahl;ole@example.org;\nBen;;"


def add(world, text=LIST, *, invites=True):
    return importing.add_people(workshop=world.workshop, actor=world.ada, text=text, invites=invites)


def look(world, text):
    found = importing.look_through(workshop=world.workshop, actor=world.ada, text=text)
    return [[row.name or row.address for row in rows] for rows in (found.new, found.known, found.troubled)]


def person(world, name):
    return Participant.objects.select_related("workshop").get(workshop=world.workshop, name=name)


def test_looking_changes_nothing(world):
    before = Participant.objects.count(), Event.objects.count(), Notice.objects.count()

    assert look(world, LIST) == [["Nora Berg", "Ole Dahl"], ["Ben"], []]
    assert (Participant.objects.count(), Event.objects.count(), Notice.objects.count()) == before


def test_they_are_added_and_asked_and_nothing_else_goes_to_them(world):
    made = add(world)

    nora = person(world, "Nora Berg")
    assert [one.name for one in made] == ["Nora Berg", "Ole Dahl"]
    assert (nora.email, nora.language, nora.roles, nora.mail_choice.asked_address) == (
        "",
        "sv",
        ["participant"],
        "nora@example.org",
    )
    assert not Consent.objects.filter(participant=nora).exists()
    assert Event.objects.filter(participant=nora).get().actor == world.ada.participant
    assert set(Notice.objects.values_list("reason", "participant__name")) == {
        ("invited", "Nora Berg"),
        ("invited", "Ole Dahl"),
    }
    assert notices.make_due() == 0
    assert list(verify(world.workshop.slug)) == []


def test_twice_adds_nobody_twice_and_invites_nobody_twice(world):
    add(world)

    assert add(world) == []
    assert look(world, "NORA BERG,Nora@Example.org\nOle Dahl,\nOle Dahl,other@example.org") == [
        ["Ole Dahl"],
        ["NORA BERG", "Ole Dahl"],
        [],
    ]
    assert Notice.objects.count() == 2


def test_two_presses_at_once_add_each_once(transactional_db):
    world = make_world()

    results = together(*[lambda: len(add(world))] * 3)

    assert sorted(results) == [0, 0, 2]
    assert Participant.objects.filter(workshop=world.workshop, name="Nora Berg").count() == 1


def test_doubles_in_the_list_are_told_of_with_their_line(world):
    found = importing.look_through(
        workshop=world.workshop, actor=world.ada, text="Nora,n@example.org\nOle,o@example.org\nNora B,N@example.org"
    )

    assert [(row.number, str(row.trouble)) for row in found.troubled] == [(3, "The same person stands in line 1.")]


def test_two_people_with_one_name_are_two_people(world):
    add(world, "Ben,b1@example.org\nBen,b2@example.org")

    assert set(Participant.objects.filter(name__startswith="Ben").values_list("name", flat=True)) == {
        "Ben",
        "Ben (2)",
        "Ben (3)",
    }


def test_nobody_comes_in_under_the_name_of_a_facilitator(world):
    assert look(world, "Ada,ada2@example.org\nNora,n@example.org") == [["Nora"], [], ["Ada"]]
    add(world, "Ada,ada2@example.org")
    assert not MailChoice.objects.filter(asked_address="ada2@example.org").exists()


@pytest.mark.parametrize(("who", "refusal"), [("Sam", NotAllowed), ("Ben", NotFound), (None, NotFound)])
def test_only_facilitators_look_and_add(world, who, refusal):
    actor = world[who] if who else OUTSIDER

    for call in (importing.look_through, importing.add_people):
        more = {"invites": False} if call is importing.add_people else {}
        with pytest.raises(refusal):
            call(workshop=world.workshop, actor=actor, text=LIST, **more)
    assert not Participant.objects.filter(name="Nora Berg").exists()


def test_too_many_invitations_in_a_day_add_nobody(world, monkeypatch):
    monkeypatch.setattr(importing, "INVITED_A_DAY", 1)

    with pytest.raises(TooFast):
        add(world)
    assert not Participant.objects.filter(name="Nora Berg").exists()
    assert len(add(world, invites=False)) == 2


def test_a_thousand_people_take_a_handful_of_statements(world, django_assert_max_num_queries):
    text = "\n".join(f"Person {number},p{number}@example.org" for number in range(1000))

    with django_assert_max_num_queries(20):
        assert len(add(world, text)) == 1000


def test_who_says_yes_has_a_seat_gets_mails_and_is_in_the_log(world, settings):
    add(world)
    nora = person(world, "Nora Berg")
    key = invited_path(nora, "nora@example.org").rstrip("/").rpartition("/")[2]

    for _again in range(2):  # on two devices
        token = invitations.accept_invitation(person=nora, address=invited(key).about)
        assert token

    nora.refresh_from_db()
    assert (nora.email, nora.mail_choice.asked_address, nora.seats.count()) == ("nora@example.org", "", 2)
    assert Consent.objects.filter(participant=nora, purpose="taking_part").count() == 1
    assert list(verify(world.workshop.slug)) == []
    with pytest.raises(Refused):
        invitations.decline_invitation(person=nora)


def test_who_says_no_is_forgotten_and_the_link_is_void(world):
    add(world)
    nora = person(world, "Nora Berg")
    key = invited_path(nora, "nora@example.org").rstrip("/").rpartition("/")[2]

    invitations.decline_invitation(person=nora)

    assert invited(key) is None
    nora.refresh_from_db()
    assert (nora.removed_at is not None, MailChoice.objects.get(participant=nora).asked_address) == (True, "")
    assert list(verify(world.workshop.slug)) == []


def test_who_said_no_is_not_invited_again_by_the_same_list(world):
    add(world)
    invitations.decline_invitation(person=person(world, "Nora Berg"))

    assert [one.name for one in add(world, f"{LIST}\nKim;kim@example.org;")] == ["Nora Berg", "Kim"]
    add(world, "Nora;NORA@example.org")
    asked = Notice.objects.filter(reason="invited").order_by("pk").values_list("participant__name", flat=True)
    assert list(asked) == ["Nora Berg", "Ole Dahl", "Kim"]


def test_an_invitation_opens_nothing_when_another_address_was_given_or_the_workshop_is_over(world):
    add(world)
    nora, ole = person(world, "Nora Berg"), person(world, "Ole Dahl")
    key = invited_path(nora, "nora@example.org").rstrip("/").rpartition("/")[2]
    mail_choices.ask_address(person=nora, actor=Actor(nora), address="new@example.org")
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)
    ole.refresh_from_db()

    assert invited(key) is None
    with pytest.raises(Closed):
        invitations.accept_invitation(person=person(world, "Ole Dahl"), address="ole@example.org")


def test_the_invitation_goes_out_once_and_says_nothing_of_others(transactional_db, settings):
    world = make_world()
    with clock.at(datetime(2027, 3, 10, 11, 0, tzinfo=UTC)), sink_at_work(settings) as sink:
        add(world, "Nora Berg,nora@example.org,\nOle Dahl,ole@example.org")
        participants.remove(person=person(world, "Ole Dahl"), actor=world.ada)
        ends = [notices.deliver(number) for number in notices.claim()]
        again = [notices.deliver(number) for number in notices.claim()]

    text = sink.mails[0].get_body(("plain",)).get_content()
    assert (sorted(ends), again) == (["sent", "skipped"], [])
    assert [mail["To"] for mail in sink.mails] == ["nora@example.org"]
    assert ("/invited/" in text, "/m/" in text, "Ole" in text) == (True, False, False)
