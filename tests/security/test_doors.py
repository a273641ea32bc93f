"""Codes and doors: easy for 300 people in one hall, and no way in for whoever guesses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from sessions_app import clock
from sessions_app.identifiers import ALPHABET, normal_code
from sessions_app.models import Participant, Session, Tally, Workshop
from sessions_app.operations import dialogues, limits, participants, running, sessions, workshops
from tests.security.pages import read

pytestmark = pytest.mark.django_db
HALL, ELSEWHERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture(autouse=True)
def _within_one_window():
    """Counts begin anew every ten minutes; a test must not lie across that moment."""
    now = int(timezone.now().timestamp())
    with clock.at(datetime.fromtimestamp(now - now % limits.WINDOW + 5, UTC)):
        yield


@pytest.fixture
def guess(browser_of):
    """Types NUMBER wrong codes from an address, each from a browser of its own unless one is given."""

    def _guess(number: int, address: str = HALL, browser=None) -> None:
        for count in range(number):
            somebody = browser or browser_of()
            somebody.post(reverse("go"), {"code": f"WRNG{count:02}"}, REMOTE_ADDR=address)

    return _guess


def goes_in(browser, code: str, address: str = HALL) -> str:
    """The page behind the door, after one press."""
    answer = browser.post(reverse("door", args=[code]), REMOTE_ADDR=address)
    assert answer.status_code == 302
    return answer.url


def lobby(world) -> str:
    return reverse("lobby", args=[world.workshop.slug])


def room(world) -> str:
    return reverse("room", args=[world.session.pk])


@pytest.mark.parametrize("typed", ["OIL01X", "oil01x", " o i l 0 1 x ", "OIL-01X", "0ILOIX", "01LO1X", "o1i0lX"])
def test_a_code_is_found_however_it_is_typed(world, browser_of, typed):
    start = clock.now() + timedelta(days=1)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
    sessions.plan_session(workshop=world.workshop, actor=world.ada, title="Later", code="OIL01X", **times)

    answer = browser_of().post(reverse("go"), {"code": typed})

    assert answer.status_code == 302
    assert browser_of().get(answer.url).status_code == 200
    assert browser_of().get(reverse("door", args=[typed])).status_code == 200


def test_codes_have_no_signs_that_are_read_as_others():
    assert not set("0O1IL") & set(ALPHABET)
    assert all(normal_code(sign.lower()) == sign for sign in ALPHABET)


def test_a_few_wrong_codes_change_nothing(world, browser_of, guess):
    guess(limits.WRONG_CODES["device"] - 1)

    assert goes_in(browser_of(), world.session.code) == room(world)


def test_right_codes_are_not_counted(world, browser_of):
    for _ in range(15):
        browser_of().get(reverse("door", args=[world.session.code]), REMOTE_ADDR=HALL)
        browser_of().post(reverse("go"), {"code": world.session.code}, REMOTE_ADDR=HALL)

    assert Tally.objects.count() == 0
    assert goes_in(browser_of(), world.session.code) == room(world)


def test_whoever_guesses_on_one_device_waits_in_the_lobby(world, browser_of, guess):
    """The device, not the hall: people on the same line go in as before."""
    guesser = browser_of()
    guesser.cookies[settings.DEVICE_COOKIE] = "a-cookie-of-theirs"
    guess(limits.WRONG_CODES["device"], browser=guesser)

    assert goes_in(browser_of(), world.session.code) == room(world)
    assert goes_in(guesser, world.session.code) == lobby(world)


def test_browsers_without_a_cookie_are_not_one_device(world, browser_of, guess):
    guess(limits.WRONG_CODES["device"] * 2)

    assert goes_in(browser_of(), world.session.code, ELSEWHERE) == room(world)
    assert goes_in(browser_of(), world.session.code) == room(world)


def test_above_the_limit_of_an_address_people_wait_but_are_not_shut_out(world, browser_of, guess):
    guess(limits.WRONG_CODES["address"])

    newcomer = browser_of()
    assert goes_in(newcomer, world.session.code) == lobby(world)
    assert newcomer.get(lobby(world)).status_code == 200
    assert goes_in(browser_of(), world.session.code, ELSEWHERE) == room(world)
    assert goes_in(browser_of("Ben"), world.session.code) == room(world)  # who has a seat keeps it


def test_guesses_from_everywhere_send_everybody_to_the_lobby(world, browser_of, guess):
    guess(1)
    Tally.objects.filter(key="code:everywhere:").update(count=limits.WRONG_CODES["everywhere"])

    assert goes_in(browser_of(), world.session.code, ELSEWHERE) == lobby(world)


def test_after_a_while_it_is_forgotten(world, browser_of, guess):
    guess(limits.WRONG_CODES["address"])
    with clock.at(clock.now() + timedelta(seconds=limits.WINDOW * 2)):
        assert goes_in(browser_of(), world.session.code) == room(world)
        assert limits.forget_old_tallies() > 0
    assert Tally.objects.count() == 0


@pytest.mark.parametrize("name", ["door", "poster"])
def test_guessing_in_the_address_bar_counts_too(world, browser_of, name):
    for count in range(limits.WRONG_CODES["address"]):
        assert browser_of().get(reverse(name, args=[f"WRNG{count}"]), REMOTE_ADDR=HALL).status_code == 404

    assert goes_in(browser_of(), world.session.code) == lobby(world)


def test_what_is_counted_names_nobody(world, guess):
    guess(1)

    keys = " ".join(Tally.objects.values_list("key", flat=True))
    assert HALL not in keys
    assert "WRNG" not in keys


def test_a_wrong_code_is_told_the_same_whatever_it_is_like(world, browser_of):
    """No difference between a code that nearly exists, one that did, and nonsense."""
    old = world.session.code
    Session.objects.filter(pk=world.session.pk).update(code="NEWCDE")
    answers = [browser_of().get(reverse("door", args=[code])) for code in (old, "NEWCD", "------", "\u2603")]
    posts = [browser_of().post(reverse("go"), {"code": code}) for code in (old, "NEWCD", "", "------")]

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.status_code for answer in posts} == {422}
    assert len({read(answer).text for answer in answers}) == 1
    assert len({read(answer).text for answer in posts}) == 1


# --- doors in every state -----------------------------------------------------------------------
def test_before_the_doors_open_one_can_take_a_seat(world, browser_of):
    page = read(browser_of().get(reverse("door", args=[world.session.code])))

    assert "The doors are not open yet" in page.text
    assert goes_in(browser_of(), world.session.code) == room(world)


def test_the_door_of_a_meeting_that_is_over_leads_to_what_is_open_between(world, browser_of):
    world.go_live()
    running.close_session(session=world.session, actor=world.ada)
    page = read(browser_of().get(reverse("door", args=[world.session.code])))

    assert "There is no meeting right now" in page.text
    assert goes_in(browser_of(), world.session.code) == reverse("away", args=[world.workshop.slug])


def test_the_door_of_the_workshop_leads_to_the_meeting_that_is_on(world, browser_of):
    world.go_live()

    assert goes_in(browser_of(), world.workshop.code) == room(world)


def test_the_door_of_the_workshop_leads_to_the_open_question_before_the_meeting(world, browser_of):
    code, away = world.workshop.code, reverse("away", args=[world.workshop.slug])
    assert goes_in(browser_of(), code) == room(world)  # nothing is open: their seat
    until = clock.now() + timedelta(hours=1)
    question = "What should never change?"
    dialogues.open_thread(workshop=world.workshop, actor=world.ada, prompt=question, until=until)
    newcomer = browser_of()

    assert "Inside are the questions that are open" in read(newcomer.get(reverse("door", args=[code]))).text
    assert goes_in(newcomer, code) == away
    assert question in read(newcomer.get(away)).text
    assert goes_in(browser_of(), world.session.code) == room(world)  # the code of the meeting itself
    in_room = newcomer.get(room(world)).content.decode()
    assert f'href="{away}"' in in_room[in_room.index("The doors are not open yet") :]

    with clock.at(until + timedelta(minutes=1)):
        assert goes_in(browser_of(), code) == room(world)


def test_nobody_new_comes_into_a_workshop_that_is_over(world, browser_of):
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)
    before, newcomer = Participant.objects.count(), browser_of()
    for code in (world.session.code, world.workshop.code):
        page = read(newcomer.get(reverse("door", args=[code])))
        assert "This workshop is over." in page.text
        assert "Go in" not in page.text
        answer = newcomer.post(reverse("door", args=[code]), follow=True)
        assert "This workshop is over." in read(answer).text
    assert Participant.objects.count() == before
    assert settings.DEVICE_COOKIE not in newcomer.cookies


def test_the_poster_shows_the_way_and_nobody(world, browser_of):
    page = read(browser_of().get(reverse("poster", args=[world.session.code])))

    assert world.session.code in page.text
    assert not any(name in page.text.split() for name in world.people)


# --- the lobby ----------------------------------------------------------------------------------
@pytest.fixture
def waiting(world, browser_of):
    """A browser at the door of a workshop where everybody waits, with the meeting on and people in it."""
    Workshop.objects.filter(pk=world.workshop.pk).update(lobby=True, lead="For everybody", purpose="A secret purpose")
    world.go_live()
    world.say("Ben", "Behind the door")
    inside = browser_of("Ben")
    inside.get(room(world))
    somebody = browser_of()
    somebody.post(reverse("door", args=[world.session.code]))
    return somebody


def test_the_lobby_says_the_title_and_no_more(world, waiting):
    page = read(waiting.get(lobby(world)))

    assert world.workshop.title in page.text
    for word in (*world.people, "Behind the door", "A secret purpose", world.session.title, "7", "8", "people"):
        assert word not in page.text, word


def test_the_door_of_such_a_workshop_shows_nobody(world, waiting, browser_of):
    for browser in (waiting, browser_of()):
        page = read(browser.get(reverse("door", args=[world.session.code])))
        assert "is here" not in page.text
        assert "are here" not in page.text
    assert not any(name in page.text.split() for name in world.people)


def test_nothing_opens_while_one_waits(world, waiting):
    slug = world.workshop.slug
    closed = [room(world), reverse("thread", args=[world.dialogue().pk])]
    closed += [reverse(name, args=[slug]) for name in ("workshop", "away", "me", "people", "record")]

    assert [waiting.get(address).status_code for address in closed] == [404] * len(closed)
    post = reverse("post", args=[world.dialogue().pk])
    assert waiting.post(post, {"body": "Let me in", "client_id": "x"}).status_code == 404


def test_admission_opens_the_lobby(world, waiting, browser_of):
    person = Participant.objects.get(workshop=world.workshop, admitted_at=None)
    assert waiting.get(lobby(world), HTTP_HX_REQUEST="true").status_code == 204
    assert not waiting.get(lobby(world), HTTP_HX_REQUEST="true").has_header("HX-Redirect")

    browser_of("Hella").post(reverse("admit", args=[world.workshop.slug, person.pk]))

    news = waiting.get(lobby(world), HTTP_HX_REQUEST="true")
    assert news["HX-Redirect"] == waiting.get(lobby(world)).url == room(world)
    assert waiting.get(room(world)).status_code == 200


def test_somebody_who_was_taken_out_while_waiting_is_nobody(world, waiting):
    participants.remove(person=Participant.objects.get(workshop=world.workshop, admitted_at=None), actor=world.ada)

    assert waiting.get(lobby(world)).status_code == 404


def test_pressing_again_does_not_pass_by_the_lobby(world, waiting):
    assert goes_in(waiting, world.session.code) == lobby(world)
    assert goes_in(waiting, world.workshop.code) == lobby(world)
    assert Participant.objects.filter(workshop=world.workshop, admitted_at=None).count() == 1


def test_letters_of_a_meeting_that_is_long_over_lead_newcomers_to_the_lobby(world, browser_of):
    running.start(session=world.session, actor=world.ada)
    running.close_session(session=world.session, actor=world.ada)
    address = reverse("door", args=[world.session.code])

    browser_of().post(address, {"visit": "a" * 22})
    soon = Participant.objects.latest("pk")
    with clock.at(clock.now() + timedelta(minutes=16)):
        browser_of().post(address, {"visit": "b" * 22})
        late = Participant.objects.latest("pk")
        again = browser_of("Ben").post(address, {"visit": "c" * 22})

    assert soon.is_here_to_stay
    assert (late.pk != soon.pk, late.is_here_to_stay) == (True, False)
    assert "/lobby/" not in again["Location"]
