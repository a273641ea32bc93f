"""Slips: whoever holds the code checks, corrects and takes back what was typed for them, and reaches nothing else."""

import re
import uuid

import pytest
from django.conf import settings
from django.urls import reverse

from sessions_app.errors import Closed
from sessions_app.identifiers import ALPHABET
from sessions_app.models import Contribution, Event, Identity, Slip
from sessions_app.operations import activities, contributions, running, scribing, slips, workshops
from sessions_app.queries.slips import slip_by_code, typed_slips
from sessions_app.queries.timeline import timeline
from sessions_app.verification import verify

pytestmark = pytest.mark.django_db


def write(world, text, who="Sam", step=0, **more):
    given = {"form_id": uuid.uuid4(), "dialogue_id": world.dialogue(step).pk, **more}
    return scribing.write_lines(session=world.session, actor=world[who], text=text, **given)


def slip_of(body: str) -> Slip:
    return slip_by_code(Slip.objects.get(contribution__body=body).code)


def whole(world):
    return list(verify(world.workshop.slug)) == []


def test_every_typed_line_gets_a_code_of_its_own(world):
    world.go_live()
    write(world, "By bus.\nBy bus.\nOn foot.")

    codes = list(Slip.objects.values_list("code", flat=True))
    assert len(set(codes)) == 3
    assert all(len(code) == 9 and set(code) <= set(ALPHABET) for code in codes)


def test_the_same_form_twice_makes_no_second_slip(world):
    world.go_live()
    for _time in range(2):
        write(world, "By bus.", form_id=uuid.UUID(int=5))

    assert Slip.objects.count() == 1


def test_that_is_what_i_said(world):
    world.go_live()
    write(world, "By bus.", author=world["Ben"].participant)

    for _time in range(2):
        slips.confirm(slip=slip_of("By bus."))

    said = timeline(world.dialogue(0))[0]
    assert said.road_words == "Sam wrote this down. Confirmed by the speaker."
    told = Event.objects.get(verb="contribution.confirmed")
    assert (told.actor, told.data) == (world["Ben"].participant, {})
    assert whole(world)


def test_other_words_in_the_speakers_name_and_the_first_ones_are_kept(world):
    world.go_live()
    write(world, "By buss.", author=world["Ben"].participant)
    slips.correct(slip=slip_of("By buss."), body="By bus, always.")

    said = Contribution.objects.get()
    assert (said.body, said.author, said.revisions.get().body) == (
        "By bus, always.",
        world["Ben"].participant,
        "By buss.",
    )
    assert said.confirmed_at is not None
    assert Event.objects.get(verb="contribution.revised").actor == world["Ben"].participant
    assert whole(world)


def test_nobody_by_name_is_nobody_in_the_log_too(world):
    world.go_live()
    write(world, "By bus.")
    slips.correct(slip=slip_of("By bus."), body="On foot.")
    slips.take_back(slip=slip_of("On foot."))

    about = Event.objects.filter(verb__in=["contribution.revised", "contribution.confirmed", "contribution.withdrawn"])
    assert [event.actor for event in about] == [None] * 3
    assert Contribution.objects.get().body == ""
    assert whole(world)
    with pytest.raises(Closed, match="taken back already"):
        slips.confirm(slip=slip_by_code(Slip.objects.get().code))


def test_whoever_types_it_anew_has_to_ask_again(world):
    """A yes was said to certain words."""
    world.go_live()
    write(world, "By bus.")
    slips.confirm(slip=slip_of("By bus."))
    contributions.revise_contribution(contribution=Contribution.objects.get(), actor=world["Sam"], body="On foot.")

    assert Contribution.objects.get().confirmed_at is None
    assert timeline(world.dialogue(0))[0].road_words == "Sam wrote this down."


def test_at_home_after_the_meeting_and_not_after_the_workshop(world):
    world.go_live()
    write(world, "By bus.")
    running.close_session(session=world.session, actor=world.ada)
    slips.correct(slip=slip_of("By bus."), body="On foot.")
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)

    for press in (slips.confirm, slips.take_back):
        with pytest.raises(Closed, match="workshop is over"):
            press(slip=slip_of("On foot."))


def test_blank_cards_are_typed_with_their_code(world):
    world.go_live()
    slips.make_blank_cards(session=world.session, actor=world.ada, count=3)
    first, second, _third = Slip.objects.order_by("pk")
    written = write(world, f"{first.shown_code} By bus.\n{second.shown_code.lower()}: On foot.\nAloud.")

    assert written.count == 3
    said = {one.body: one for one in Contribution.objects.all()}
    assert (said["By bus."].via, said["By bus."].slip) == ("paper", first)
    assert (said["On foot."].slip, said["Aloud."].via) == (second, "scribe")
    assert Slip.objects.filter(contribution=None).count() == 1
    assert whole(world)


def test_a_code_that_is_no_blank_cards_leaves_its_line(world):
    world.go_live()
    slips.make_blank_cards(session=world.session, actor=world.ada, count=1)
    code = Slip.objects.get().shown_code
    written = write(world, f"{code} By bus.\n{code} Again.\nXYZ-XYZ-XYZ On foot.\nAloud.")

    assert written.count == 2
    assert [line.number for line, _why in written.left] == [2, 3]
    assert set(Contribution.objects.values_list("body", flat=True)) == {"By bus.", "Aloud."}


@pytest.mark.parametrize(("count", "is_made"), [(0, False), (1, True), (100, True), (101, False)])
def test_so_many_blank_cards_at_once(world, count, is_made):
    try:
        slips.make_blank_cards(session=world.session, actor=world.ada, count=count)
    except slips.BadText:
        assert not is_made
    assert Slip.objects.count() == (count if is_made else 0)


def test_a_scribe_does_not_read_what_another_typed_face_down(world):
    world.go_live(step=1)
    write(world, "Secret plan", step=1, author=world["Ben"].participant)

    assert [one.begins for one in typed_slips(world.session, world["Sam"].participant)] == ["Secret plan"]
    assert [one.begins for one in typed_slips(world.session, world.ada.participant)] == [""]
    write(world, "From the hall", step=1)
    assert typed_slips(world.session, world["Sam"].participant)[0].begins == "From the hall"
    assert typed_slips(world.session, world.ada.participant)[0].begins == ""


# --- the page ---------------------------------------------------------------------------------------


@pytest.fixture
def typed(world):
    world.go_live()
    world.say("Chidi", "Somebody else’s words.")
    write(world, "By bus.", author=world["Ben"].participant)
    return slip_of("By bus.")


def page(client, slip, **sent):
    address = reverse("slip", args=[slip.code])
    return client.post(address, sent) if sent else client.get(address)


def test_with_the_code_alone_one_sees_ones_words_and_nothing_else(client, world, typed):
    text = page(client, typed).content.decode()

    assert "By bus." in text
    assert "Said by Ben, typed by Sam." in text
    assert "Somebody else" not in text


def test_the_three_presses_of_the_page(client, typed):
    assert page(client, typed, press="yes").status_code == 302
    assert "these are your words" in page(client, typed).content.decode()
    assert page(client, typed, press="change", body="On foot.").status_code == 302
    refused = page(client, typed, press="change", body=" ")
    assert (refused.status_code, "nothing in it yet" in refused.content.decode()) == (422, True)
    assert page(client, typed, press="back").status_code == 302
    assert Contribution.objects.get(pk=typed.contribution_id).body == ""


def test_a_code_is_typed_in_any_way_also_on_the_first_page(client, typed):
    for text in (typed.code, typed.shown_code, typed.shown_code.lower(), f" {typed.code[:4]} {typed.code[4:]}"):
        for address in ("said", "go"):
            answer = client.post(reverse(address), {"code": text})
            assert (answer.status_code, answer.url) == (302, reverse("slip", args=[typed.code])), (address, text)


def test_wrong_codes_are_told_and_counted(client, typed):
    answer = client.post(reverse("said"), {"code": "NOSUCHONE"})
    assert (answer.status_code, "No slip has that code" in answer.content.decode()) == (422, True)
    assert client.get(reverse("slip", args=["NOSUCHONE"])).status_code == 404


def test_after_too_many_wrong_codes_only_who_sits_there_gets_through(client, world, typed, browser_of):
    """The whole hall is behind one address: nobody in the meeting is shut out."""
    for number in range(40):
        client.get(reverse("slip", args=[f"WRNG{number:05}"]))

    right, wrong = page(client, typed), client.get(reverse("slip", args=["WRNGWRNGW"]))
    assert (right.status_code, wrong.status_code) == (429, 429)
    assert "By bus." not in right.content.decode()
    assert client.post(reverse("go"), {"code": typed.code}).status_code == 422
    assert "By bus." in page(browser_of("Chidi"), typed).content.decode()


def test_an_anonymous_card_shows_no_name_on_its_slip(client, world):
    activities.change_activity(activity=world.steps[0], actor=world.ada, identity=Identity.ANONYMOUS)
    world.go_live()
    write(world, "By bus.", author=world["Ben"].participant)
    typed = slip_of("By bus.")
    text = page(client, typed).content.decode()

    assert "Ben" not in text
    assert "Sam" not in text
    page(client, typed, press="yes")
    assert Event.objects.get(verb="contribution.confirmed").actor is None
    assert whole(world)


def test_slips_are_printed_by_scribes_alone(world, typed, browser_of):
    address = reverse("slips", args=[world.session.pk])
    text = browser_of("Sam").get(address).content.decode()

    assert re.search(rf"{typed.shown_code}", text)
    assert settings.PUBLIC_URL.split("://")[-1] in text
    assert {name: browser_of(name).get(address).status_code for name in ("Ada", "Ben", "Hella", "Rana")} == {
        "Ada": 200,
        "Ben": 403,
        "Hella": 403,
        "Rana": 404,
    }
    slips.confirm(slip=typed)
    assert typed.shown_code not in browser_of("Sam").get(address).content.decode()
