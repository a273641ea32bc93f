"""The main show: a meeting of people in the hall, online, late and away, from the first plan to the next meeting."""

import re
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from sessions_app import clock
from sessions_app.models import Contribution, Dialogue, Event, Participant, Place, Session
from sessions_app.models.activity import GRACE
from sessions_app.verbs import Verb
from tests.e2e.cookies import login_of
from tests.e2e.person import DESK
from tests.world import make_user

STEPS = (
    ("Check-in round", "How did you come here today?"),
    ("Cards", "What would make visits calmer?"),
    ("Open dialogue", "Which of these do we try first?"),
    ("Break", ""),
    ("Check-out", "What do you take with you?"),
)
BLIND = {"Aino": "A chair in the corridor.", "Bo": "Somebody who explains the letters.", "Hodan": "Less waiting alone."}


@pytest.fixture
def cast(arrive, other_web):
    """Karin leads at her desk; Aino and Bo sit at home with phones, Bo's words come in by another process."""
    karin = arrive(login_of(make_user("karin")), viewport=DESK)
    return SimpleNamespace(
        karin=karin, aino=arrive(), bo=arrive(at=other_web), hodan=arrive(), late=arrive(at=other_web), away=None
    )


def test_a_blended_meeting_from_plan_to_plan(cast, arrive):
    session = plan(cast.karin)
    take_seat(cast, arrive, session)
    open_the_doors(cast, session)
    check_in(cast, session)
    cards_lie_face_down(cast, session)
    the_host_goes_on_while_bo_writes(cast)
    somebody_comes_late(cast, session)
    all_see_the_same_order(cast, session)
    rest_and_check_out(cast)
    close_and_keep_open(cast, session)
    answer_from_afar_without_script(cast, session)
    bring_to_the_next_meeting(cast, session)
    call_command("verify_log", session.workshop.slug)


def plan(karin) -> Session:
    """A workshop, a meeting and five steps, all through forms."""
    karin.goes_to("/workshops/").follows("Use this: Start from blank")
    page = karin.page
    page.get_by_label("What is it called?").fill("Calmer visits")
    page.get_by_label("Whom can people call for help?").fill("Karin Lindh")
    page.get_by_label("Their telephone number").fill("010 555 01 02")
    karin.presses("Make the workshop")
    page.get_by_label("What is this meeting about?").fill("Who are we?")
    page.get_by_label("some in the hall, some online").check()
    karin.presses("Go on to the run sheet")
    for kind, question in STEPS:
        karin.follows("Add a step").follows(f"Take this: {kind}")
        page.get_by_label("The question").fill(question)
        karin.presses("Put it on the run sheet")
    expect(page.locator(".pstep")).to_have_count(len(STEPS))
    karin.presses("Check-in round: 1 minute more")
    expect(page.locator(".pstep .val").first).to_have_text("11")
    code = page.locator(".code").inner_text()
    return Session.objects.select_related("workshop").get(code=code)


def take_seat(cast, arrive, session) -> None:
    """Greta is there before the meeting, says who she is, and will be away when it is on."""
    cast.away = arrive(java_script_enabled=False)
    cast.away.comes_through_the_door(session.code).sees("The doors are not open yet.")
    cast.away.follows("Me")
    cast.away.page.get_by_label("What should we call you?").fill("Greta")
    cast.away.presses("Save").sees("Here you are Greta.")


def open_the_doors(cast, session) -> None:
    cast.karin.enters_room(session).page.locator(
        "summary", has_text="Open the doors"
    ).click()  # long before its time: asked first
    cast.karin.sees("This meeting is planned for").presses("Open the doors now").sees("doors open")
    cast.aino.comes_through_the_door(session.code).is_connected().sees_question("Welcome. We begin soon.")
    cast.bo.comes_through_the_door(session.code).is_connected()
    cast.hodan.comes_through_the_door(session.code, poster=True).is_connected()
    expect(cast.karin.page.locator("#room-seats .seats")).to_have_attribute(
        "aria-label", "At the table: 2 in the hall, 2 online."
    )
    cast.karin.page.locator("summary", has_text="Begin the meeting").click()
    cast.karin.presses("Begin now")
    for person in (cast.karin, cast.aino, cast.bo, cast.hodan):
        person.sees_question("How did you come here today?")


def check_in(cast, session) -> None:
    cast.aino.says("By two buses.", name="Aino")
    cast.bo.says("I stayed at home.", name="Bo")
    cast.hodan.says("On foot.", name="Hodan")
    for person in (cast.karin, cast.aino, cast.bo, cast.hodan):
        person.sees_card("By two buses.").sees_card("I stayed at home.").sees_card("On foot.")
    cast.karin.presses("Pass", exact=True)
    cast.bo.sees_card("Pass.")
    places = dict(Participant.objects.filter(workshop=session.workshop).values_list("name", "usual_place"))
    assert (places["Aino"], places["Hodan"]) == (Place.REMOTE, Place.HALL)


def cards_lie_face_down(cast, session) -> None:
    cast.karin.presses("Next: Cards")
    writers = {"Aino": cast.aino, "Bo": cast.bo, "Hodan": cast.hodan}
    for name, person in writers.items():
        person.sees_question("What would make visits calmer?").says(BLIND[name])
        expect(person.page.locator("#room-mine").get_by_text(BLIND[name])).to_be_visible()
    for person in (cast.karin, *writers.values()):
        expect(person.page.locator("#room-count")).to_contain_text("3 cards")
    session.refresh_from_db()
    room, thread = f"/meetings/{session.pk}/room/", f"/threads/{session.current_activity.dialogues.get().pk}/"
    news = f"/meetings/{session.pk}/news/?after=1&epoch={session.workshop.epoch}"
    for name, person in {**writers, "Karin": cast.karin}.items():
        told = person.was_told(room, f"{room}earlier/?before=999999", news, thread)
        assert len(told) > 10_000
        assert [words for other, words in BLIND.items() if other != name and words in told] == []
    cast.karin.presses("Turn the cards over")
    for person in (cast.karin, *writers.values()):
        for words in BLIND.values():
            person.sees_card(words)
        expect(person.page.locator("#room-mine")).to_be_hidden()


def the_host_goes_on_while_bo_writes(cast) -> None:
    """A new step waits behind a bar; words, caret and focus stay. Then the host takes it back."""
    half = "And a cup of tea"
    cast.bo.field.click()
    cast.bo.page.keyboard.type(half)
    for _ in range(3):
        cast.bo.page.keyboard.press("ArrowLeft")
    cast.karin.presses("Next: Open dialogue")
    cast.aino.sees_question("Which of these do we try first?")
    cast.bo.sees("New step: Open dialogue").sees_question("What would make visits calmer?")
    assert cast.bo.focused() == "composer-body"
    assert cast.bo.field.evaluate("field => [field.value, field.selectionStart]") == [half, len(half) - 3]
    cast.bo.presses("Go there").sees_question("Which of these do we try first?")
    assert cast.bo.focused() == "question"
    expect(cast.bo.field).to_have_value("")
    cast.karin.presses("Undo")
    for person in (cast.karin, cast.aino, cast.bo):
        person.sees_question("What would make visits calmer?")
    expect(cast.bo.field).to_have_value(half)
    cast.bo.sends().is_connected()
    cast.aino.sees_card(half)
    cast.karin.presses("Next: Open dialogue")
    cast.bo.sees_question("Which of these do we try first?")


def somebody_comes_late(cast, session) -> None:
    cast.late.comes_through_the_door(session.code).is_connected().sees_question("Which of these do we try first?")
    cast.late.says("Sorry. What have I missed?", name="Lars")
    cast.aino.sees_card("Sorry. What have I missed?")
    cast.aino.card("Sorry. What have I missed?").get_by_role("link", name="Answer Lars").click()
    cast.aino.sees("You answer Lars.").says("Four cards. We choose one now.")
    cast.bo.says("The tea, please.")
    for person in (cast.karin, cast.aino, cast.bo, cast.hodan, cast.late):
        person.sees_card("Four cards. We choose one now.").sees_card("The tea, please.")


def all_see_the_same_order(cast, session) -> None:
    dialogue = Dialogue.objects.get(activity__session=session, activity__kind="open_dialogue")
    log = Event.objects.filter(dialogue=dialogue, verb=Verb.CONTRIBUTION_POSTED).order_by("seq")
    expected = [f"said-{pk}" for pk in log.values_list("contribution_id", flat=True)]
    assert len(expected) == 3
    for person in (cast.karin, cast.aino, cast.bo, cast.hodan, cast.late):
        assert person.order() == expected
        person.page.reload()
        assert person.is_connected().order() == expected


def rest_and_check_out(cast) -> None:
    cast.karin.presses("Next: Break")
    cast.aino.sees("Nothing is recorded now.")
    expect(cast.aino.page.locator("#dock")).to_be_hidden()
    cast.karin.presses("Next: Check-out")
    cast.aino.sees_question("What do you take with you?").says("That I am not the only one.")
    cast.hodan.sees_card("That I am not the only one.")


def close_and_keep_open(cast, session) -> None:
    cast.karin.page.get_by_role("button", name="End the meeting").click()
    cast.karin.sees("After the meeting")
    cast.aino.sees_question("This meeting is over. Thank you for being here.")
    expect(cast.aino.page.locator("#dock")).to_be_hidden()
    cast.karin.presses("Keep it open: Cards").sees("It stays open.")
    cards = session.activities.get(kind="cards")
    assert cards.open_until > clock.now()
    after_grace = int((cards.closed_at + GRACE).timestamp() * 1000)
    cast.karin.page.wait_for_function("moment => Date.now() > moment", arg=after_grace)


def answer_from_afar_without_script(cast, session) -> None:
    """Greta was not there. She reads what happened and answers, on a browser that runs no script at all."""
    cast.away.goes_to(f"/w/{session.workshop.slug}/away/").sees("You were not at “Who are we?”.")
    cast.away.page.get_by_label("Your answer").fill("A map of the house, in large print.")
    cast.away.presses("Put it on the table")
    cast.away.sees_card("A map of the house, in large print.").sees("Came in afterwards.")
    said = Contribution.objects.get(body="A map of the house, in large print.")
    assert (said.late, said.place, said.author.name) == (True, Place.AFTERWARDS, "Greta")


def bring_to_the_next_meeting(cast, session) -> None:
    karin = cast.karin.goes_to(f"/w/{session.workshop.slug}/meetings/new/")
    karin.page.get_by_label("What is this meeting about?").fill("What we agree on")
    karin.presses("Go on to the run sheet")
    following = Session.objects.get(title="What we agree on", workshop=session.workshop)
    cards = Dialogue.objects.get(activity__session=session, activity__kind="cards")
    karin.enters_thread(cards).sees_card("A map of the house, in large print.")
    karin.page.get_by_label("Bring it to a meeting").select_option("What we agree on")
    karin.presses("Bring it, without names").sees("It is on the run sheet now, without names.")
    karin.enters_room(following).page.locator("summary", has_text="Begin at once").click()
    karin.presses("Begin now").sees_question("What would make visits calmer?")
    cast.aino.enters_room(following)
    brought = cast.aino.page.get_by_role("region", name=re.compile("Written between the meetings"))
    for words in [*BLIND.values(), "And a cup of tea", "A map of the house, in large print."]:
        expect(brought.get_by_text(words)).to_be_visible()
    expect(brought.get_by_text("Greta")).to_have_count(0)
