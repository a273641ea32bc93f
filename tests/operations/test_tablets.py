"""The shared tablet: several people on one device, each in their own name, and nobody twice by any road."""

import re
import uuid

import pytest
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from sessions_app.errors import BadText, NotAllowed, NotFound
from sessions_app.identity import hall_key
from sessions_app.models import Contribution, Place, Response, Turn
from sessions_app.operations import activities, participants, rounds, running, tablets
from sessions_app.operations.ballots import AnsweredAlready, type_answer
from sessions_app.policy import Actor
from sessions_app.queries.tablets import people_in_hall
from sessions_app.verification import verify
from tests.kinds.choosing import give, with_step
from tests.kinds.filling import lay_out_cards
from tests.world import add, make_world

pytestmark = pytest.mark.django_db
# One answer of each choosing kind, another one, and what the kind needs.
THINGS = {"things": ["Light", "Time"]}
CHOOSING = {
    "poll": ({"choices": ["Red", "Green"], "several": False}, "choice=1", "choice=2"),
    "gradients": ({"steps": "8"}, "step=1", "step=3"),
    "consent_round": ({"proposal": ["Calm."]}, "objects=no", "objects=yes&reason=Noise"),
    "dot_voting": ({**THINGS, "dots": 2, "most": 2}, "dots-1=2", "dots-2=2"),
    "ranking": (THINGS, "place-1=1&place-2=2", "place-1=2&place-2=1"),
    "word_gathering": ({}, "word=calm", "word=light"),
}


@pytest.fixture
def hall(world):
    for name in ("Lars", "Siv"):
        add(world, name, usual_place=Place.HALL)
    return world


def on_tablet(world, name, sent, **more):
    given = QueryDict(sent)
    return tablets.answer_on_tablet(
        dialogue=world.dialogue(0),
        host=world["Sam"],
        person=world[name].participant,
        sent=given,
        reason=given.get("reason", ""),
        round_=1,
        **more,
    )


@pytest.mark.parametrize("identity", ["named", "anonymous"])
@pytest.mark.parametrize("kind", CHOOSING)
def test_one_person_one_vote_by_phone_and_tablet(hall, kind, identity):
    """Whoever has answered on a phone is asked on the tablet before that answer is replaced, in every kind."""
    options, first, second = CHOOSING[kind]
    with_step(hall, kind, options=options, identity=identity)
    give(hall, "Lars", first)

    with pytest.raises(AnsweredAlready):
        on_tablet(hall, "Lars", second)
    on_tablet(hall, "Lars", second, replaces=True)
    on_tablet(hall, "Siv", first)

    assert Response.objects.filter(withdrawn_at=None).count() == 2
    assert list(verify(hall.workshop.slug)) == []


@pytest.mark.parametrize("kind", CHOOSING)
def test_phone_tablet_and_scribe_are_one_vote_in_every_kind(hall, kind):
    options, first, second = CHOOSING[kind]
    dialogue = with_step(hall, kind, options=options)
    on_tablet(hall, "Lars", first)
    give(hall, "Lars", second, reason=QueryDict(second).get("reason", ""))  # a phone changes one's own answer
    typed = {"dialogue": dialogue, "actor": hall["Sam"], "person": hall["Lars"].participant}
    with pytest.raises(AnsweredAlready):
        type_answer(**typed, sent=QueryDict(first))
    type_answer(**typed, sent=QueryDict(first), replaces=True)

    assert Response.objects.filter(withdrawn_at=None).count() == 1
    assert Response.objects.get().via == "scribe"


@pytest.mark.parametrize("kind", CHOOSING)
def test_a_paper_ballot_is_one_vote_in_every_kind(hall, kind):
    options, first, second = CHOOSING[kind]
    dialogue = with_step(hall, kind, options=options)
    typed = {"dialogue": dialogue, "actor": hall["Sam"], "ballot": "A7"}
    type_answer(**typed, sent=QueryDict(first))
    with pytest.raises(AnsweredAlready):
        type_answer(**typed, sent=QueryDict(second))

    assert Response.objects.filter(withdrawn_at=None).count() == 1


def test_several_people_from_one_device_are_different_participants(hall):
    hall.go_live()
    for name in ("Lars", "Siv"):
        tablets.write_on_tablet(
            dialogue=hall.dialogue(0),
            host=hall["Sam"],
            person=hall[name].participant,
            body=f"By {name}",
            client_id=uuid.uuid4(),
        )

    said = {one.author.name: (one.via, one.place, one.recorded_by) for one in Contribution.objects.all()}
    assert said == dict.fromkeys(("Lars", "Siv"), ("tablet", "hall", None))


def test_a_name_in_the_list_is_not_somebody_new(hall):
    hall.go_live()
    with pytest.raises(BadText, match="in the list"):
        tablets.sit_down(session=hall.session, host=hall["Sam"], name=" LARS ", language="en")
    person = tablets.sit_down(session=hall.session, host=hall["Sam"], name="Maj", language="en")

    assert person in people_in_hall(hall.session)
    assert list(verify(hall.workshop.slug)) == []


def test_nobody_acts_for_somebody_at_home_or_for_a_host(hall):
    """A tablet in the hall reaches nobody who is not there, and no host, whose name would weigh more."""
    hall.go_live()
    assert [person.name for person in people_in_hall(hall.session)] == ["Lars", "Siv"]
    for name in ("Ben", "Ada", "Sam"):
        with pytest.raises(NotFound):
            tablets.write_on_tablet(
                dialogue=hall.dialogue(0),
                host=hall["Sam"],
                person=hall[name].participant,
                body="Not me",
                client_id=uuid.uuid4(),
            )


@pytest.mark.parametrize(("who", "refusal"), [("Ben", NotAllowed), ("Hella", NotAllowed), ("Rana", NotFound)])
def test_only_scribes_and_facilitators_lend_a_tablet(hall, who, refusal):
    hall.go_live()
    with pytest.raises(refusal):
        tablets.sit_down(session=hall.session, host=hall[who], name="Maj", language="en")
    stranger = make_world("Other", host="Olga").ada
    with pytest.raises(NotFound):
        tablets.sit_down(session=hall.session, host=stranger, name="Maj", language="en")


# --- the page ---------------------------------------------------------------------------------------


def key_of(world, who="Sam"):
    return hall_key("tablet", world.session, world[who].participant)


def press(client, world, **sent):
    return client.post(reverse("tablet", args=[world.session.pk]), {"key": key_of(world), **sent})


def test_name_one_action_and_thanks_without_any_cookie(client, hall):
    hall.go_live()
    lars, step = hall["Lars"].participant.pk, hall.dialogue(0).pk
    first = client.get(reverse("tablet", args=[hall.session.pk]), {"key": key_of(hall)}).content.decode()
    assert all(name in first for name in ("Lars", "Siv"))
    act = press(client, hall, press="person", person=lars)
    assert "You are Lars." in act.content.decode()
    sent = {"press": "send", "person": lars, "step": step, "body": "By bus.", "client_id": str(uuid.uuid4())}
    thanks = press(client, hall, **sent).content.decode()

    assert "Pass the tablet on" in thanks
    assert "By bus." not in thanks
    assert "Lars" not in thanks
    assert Contribution.objects.get().author == hall["Lars"].participant
    assert press(client, hall, **sent).status_code == 200  # pressed twice
    assert Contribution.objects.count() == 1
    assert client.cookies.get(settings.DEVICE_COOKIE) is None


def test_words_that_are_refused_stay_in_their_field(client, hall):
    hall.go_live()
    sent = {"press": "send", "person": hall["Lars"].participant.pk, "client_id": str(uuid.uuid4())}
    empty = press(client, hall, **sent, step=hall.dialogue(0).pk, body=" ")
    assert (empty.status_code, "nothing in it yet" in empty.content.decode()) == (422, True)
    running.next_step(session=hall.session, actor=hall.ada)
    late = press(client, hall, **sent, step=hall.dialogue(0).pk, body="By bus.").content.decode()
    assert "Another question is on now." in late
    assert ">By bus.</textarea>" in late
    running.close_session(session=hall.session, actor=hall.ada)
    over = press(client, hall, **sent, step=hall.dialogue(1).pk, body="By bus.").content.decode()
    assert ">By bus.</textarea>" in over


def test_an_answer_that_stands_is_told_and_never_shown(client, hall):
    dialogue = with_step(hall, "poll", options=CHOOSING["poll"][0])
    give(hall, "Lars", "choice=2")
    lars = {"person": hall["Lars"].participant.pk, "step": dialogue.pk, "round": 1, "client_id": str(uuid.uuid4())}
    assert "checked" not in press(client, hall, press="person", **lars).content.decode()
    asked = press(client, hall, press="send", choice=1, **lars)
    assert (asked.status_code, "It counts once" in asked.content.decode()) == (422, True)
    press(client, hall, press="replace", choice=1, **lars)

    assert Response.objects.get().value == [1]


def test_a_key_is_for_one_meeting_and_ends_with_the_role(client, hall):
    hall.go_live()
    other = make_world("Other", host="Olga")
    address, key = reverse("tablet", args=[hall.session.pk]), key_of(hall)
    assert client.get(address, {"key": key}).status_code == 200
    assert client.get(reverse("tablet", args=[other.session.pk]), {"key": key}).status_code == 404
    for wrong in ("x", key[:-1], hall_key("screen", hall.session, hall["Sam"].participant), key_of(other, "Olga")):
        assert client.get(address, {"key": wrong}).status_code == 404, wrong
    assert client.get(address, {"key": key_of(hall, "Ben")}).status_code == 403
    participants.change_roles(person=hall["Sam"].participant, actor=hall.ada, roles=["participant"])
    assert client.get(address, {"key": key}).status_code == 403


def test_the_device_of_a_host_signs_out_before_it_is_passed_on(hall, browser_of):
    browser = browser_of("Ada")
    answer = browser.post(reverse("tablet", args=[hall.session.pk]))

    assert "?key=" in answer.url
    assert browser.get(answer.url).status_code == 200
    assert browser.get(reverse("console", args=[hall.session.pk])).status_code == 404


def test_somebody_on_the_phone_is_not_in_the_list_and_moves_into_it(hall):
    person = participants.move(person=hall["Ben"].participant, actor=hall["Ben"], place=Place.HALL)

    assert person in people_in_hall(hall.session)
    assert Actor(person).roles


def test_every_kind_that_quotes_draws_its_cards_on_the_tablet(client, hall):
    lay_out_cards(hall)
    activities.plan_activity(workshop=hall.workshop, actor=hall.ada, session=hall.session, kind="say_it_back")
    for _ in range(len(hall.steps) - 1):
        running.next_step(session=hall.session, actor=hall.ada)

    page = press(client, hall, press="person", person=hall["Lars"].participant.pk)

    assert page.status_code == 200
    assert "I sat there for two hours." in page.content.decode()


def test_the_arrows_of_a_ranking_keep_the_person_and_the_places(client, hall):
    with_step(hall, "ranking", options={"things": ["Light", "Time"]})
    sent = {"person": hall["Lars"].participant.pk, "step": hall.dialogue(0).pk, "round": 1}

    page = press(client, hall, **sent, move="2-up", **{"place-1": "1", "place-2": "2"})

    assert page.status_code == 200
    assert re.findall(r'value="(\d)" selected', page.content.decode()) == ["1", "2"]
    assert "Lars" in page.content.decode()


def test_who_writes_on_the_tablet_hands_the_word_on(client, hall):
    hall.go_live()
    rounds.begin_round(session=hall.session, actor=hall.ada, here=set())
    turn = Turn.objects.get(participant=hall["Lars"].participant)
    assert turn.is_on
    sent = {"person": hall["Lars"].participant.pk, "step": hall.dialogue(0).pk, "client_id": str(uuid.uuid4())}

    press(client, hall, press="send", body="From the hall.", **sent)

    turn.refresh_from_db()
    assert turn.ended_at is not None
