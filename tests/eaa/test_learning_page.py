"""The page on which people say how it was: without script, for oneself and for others; nothing typed is lost."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from eaa.models import LearningNote, MechanismAnswer
from eaa.operations import learning
from eaa.operations.learning import Told
from eaa.queries.learning import state_of
from sessions_app import clock, events
from sessions_app.models import Event, Participant
from sessions_app.operations import dialogues, practice, running
from sessions_app.policy import Actor
from sessions_app.verbs import Verb
from tests.world import add

WORDS = "I dared to ask."


@pytest.fixture
def page(world):
    running.start(session=world.session, actor=world.ada)
    running.close_session(session=world.session, actor=world.ada)
    return reverse("eaa:learn", args=[world.session.pk])


def sent(**more) -> dict[str, str]:
    return {"client_id": str(uuid.uuid4()), **more}


def tell(world, who="Ben", words=WORDS, **more) -> LearningNote:
    given = {"about": world.session, "language": "en", "client_id": uuid.uuid4(), **more}
    return learning.tell(actor=world[who], told=Told("easier", words), **given)


def test_everything_of_the_page_goes_with_one_press(world, page, browser_of):
    browser = browser_of("Ben")

    answer = browser.post(page, sent(intention="4", understanding="1", effect="easier", body=WORDS, theme="trust"))

    assert answer.url == page
    note = LearningNote.objects.get()
    assert (note.text, note.theme, note.participant, note.language) == (WORDS, "trust", world["Ben"].participant, "en")
    assert dict(MechanismAnswer.objects.values_list("mechanism", "value")) == {"intention": 4, "understanding": 1}
    shown = browser.get(page).content.decode()
    assert WORDS in shown
    assert 'name="intention" value="4"' in shown
    assert shown.count("checked") == 2 + 4  # the answers, and four questions that were left open


def test_nothing_is_required_but_something(world, page, browser_of):
    browser = browser_of("Ben")

    assert browser.post(page, sent(intention="3")).status_code == 302
    assert browser.post(page, sent(effect="harder", body="The stairs.")).status_code == 302
    assert not MechanismAnswer.objects.exists()  # the second time it was left open
    answer = browser.post(page, sent())
    assert (answer.status_code, "Nothing is filled in yet." in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"body": WORDS}, "Choose whether it was easier or harder."),
        ({"effect": "easier", "body": " "}, "There is nothing in it yet."),
        ({"effect": "easier", "body": WORDS + "a" * 50_000}, "That is longer than we can take."),
        ({"effect": "easier", "body": WORDS, "theme": "weather"}, "Choose one of the answers in the list."),
        ({"effect": "easier", "body": WORDS, "intention": "9"}, "Choose one of the answers in the list."),
    ],
)
def test_wrong_input_gets_a_sentence_and_loses_nothing(world, page, browser_of, wrong, sentence):
    answer = browser_of("Ben").post(page, sent(**{"assets": "5", **wrong}))

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in shown
    assert wrong["body"].strip() in shown
    assert 'name="assets" value="5"' in shown.split("checked")[0] + shown
    assert not LearningNote.objects.exists()
    assert not MechanismAnswer.objects.exists()


def test_a_page_that_was_gone_back_to_sends_its_words_at_the_second_press(world, page, browser_of):
    browser, form = browser_of("Ben"), str(uuid.uuid4())
    browser.post(page, {"client_id": form, "effect": "easier", "body": "First."})

    answer = browser.post(page, {"client_id": form, "effect": "easier", "body": "Second."})
    again = answer.context["form"]["client_id"].value()
    browser.post(page, {"client_id": again, "effect": "easier", "body": "Second."})

    assert answer.status_code == 422
    assert list(LearningNote.objects.order_by("pk").values_list("text", flat=True)) == ["First.", "Second."]


def test_it_says_who_reads_it(page, browser_of):
    shown = browser_of("Ben").get(page).content.decode()

    for sentence in (
        "The facilitators read your words, without your name.",
        "Researchers read them only if you said yes to research.",
        "The group sees numbers, never who said what.",
    ):
        assert sentence in shown


def test_a_change_and_an_older_page(world, page, browser_of):
    note, browser = tell(world), browser_of("Ben")
    address = reverse("eaa:change_learning", args=[note.pk])
    seen = state_of(note)

    assert browser.post(address, {"effect": "harder", "body": "Second.", "seen": seen}).url == page
    answer = browser.post(address, {"effect": "harder", "body": "Third.", "seen": seen})

    shown = answer.content.decode()
    assert (answer.status_code, "Third." in shown, "Second." in shown) == (409, True, True)
    now = answer.context["form"]["seen"].value()
    assert browser.post(address, {"effect": "harder", "body": "Third.", "seen": now}).status_code == 302
    assert LearningNote.objects.get().text == "Third."


def test_taking_back_asks_once(world, page, browser_of):
    note, browser = tell(world), browser_of("Ben")
    address = reverse("eaa:withdraw_learning", args=[note.pk])

    assert WORDS in browser.get(address).content.decode()
    assert LearningNote.objects.get().text == WORDS
    assert browser.post(address).url == page
    assert "These words were taken back." in browser.get(page).content.decode()
    assert browser.post(address, follow=True).content.decode().count("These words have been taken back already.") == 1
    assert browser.get(address).status_code == 409
    assert Event.objects.filter(verb="learning.withdrawn").count() == 1


def test_a_scribe_writes_for_somebody_and_does_not_read_what_they_wrote_alone(world, page, browser_of):
    chidi = world["Chidi"].participant
    tell(world, "Chidi", "Mine alone.")
    learning.answer(session=world.session, actor=world["Chidi"], answers={"intention": 2, "assets": 2})
    browser = browser_of("Sam")
    address = f"{page}?for={chidi.pk}"

    shown = browser.get(address).content.decode()
    answer = browser.post(
        page, sent(**{"for": str(chidi.pk)}, effect="harder", body="On paper.", road="paper", assets="5")
    )

    assert "You write for Chidi." in shown
    assert "Mine alone." not in shown
    assert answer.url == address
    note = LearningNote.objects.get(text="On paper.")
    assert (note.participant, note.recorded_by, note.via) == (chidi, world["Sam"].participant, "paper")
    assert dict(MechanismAnswer.objects.values_list("mechanism", "value")) == {"intention": 2, "assets": 5}
    after = browser.get(address).content.decode()
    assert "On paper." in after
    assert "Mine alone." not in after
    assert "On paper." in browser_of("Chidi").get(page).content.decode()
    changed = browser.post(
        reverse("eaa:change_learning", args=[note.pk]),
        {"effect": "easier", "body": "On paper, as they meant it.", "seen": state_of(note)},
    )
    assert changed.url == address


@pytest.mark.parametrize("number", ["0", "x", "9" * 30])
def test_writing_for_nobody_is_refused_in_words(page, browser_of, number):
    answer = browser_of("Sam").post(page, sent(effect="easier", body=WORDS, **{"for": number}))

    assert "Choose somebody else." in answer.content.decode()
    assert WORDS in answer.content.decode()
    assert not LearningNote.objects.exists()


def test_others_may_not_write_for_anybody(world, page, browser_of):
    told = sent(effect="easier", body=WORDS, **{"for": str(world["Chidi"].participant.pk)})

    browser_of("Ben").post(page, told)

    assert not LearningNote.objects.exists()


def test_a_thread_has_no_questions_and_a_step_leads_to_its_meeting(world, page, browser_of):
    made = dialogues.open_thread(
        workshop=world.workshop, actor=world.ada, prompt="And now?", until=clock.now() + timedelta(days=2)
    )
    browser = browser_of("Ben")
    address = reverse("eaa:learn_thread", args=[made.dialogues.get().pk])

    assert "Six questions" not in browser.get(address).content.decode()
    assert browser.post(address, sent(effect="harder", body="Too long.", intention="5")).url == address
    assert LearningNote.objects.get().activity == made
    assert not MechanismAnswer.objects.exists()
    assert browser.get(reverse("eaa:learn_thread", args=[world.dialogue(0).pk])).url == page


def test_before_it_has_begun_there_is_nothing_to_tell(world, browser_of):
    address = reverse("eaa:learn", args=[world.session.pk])

    answer = browser_of("Ben").post(address, sent(effect="easier", body=WORDS))

    assert answer.status_code == 409
    assert WORDS in answer.content.decode()


@pytest.mark.parametrize("where", ["room", "away"])
def test_citizens_are_led_to_it_after_a_meeting(world, page, browser_of, where):
    address = reverse(where, args=[world.session.pk if where == "room" else world.workshop.slug])

    assert f'href="{page}"' in browser_of("Ben").get(address).content.decode()


def test_away_asks_once_and_never_again_once_it_was_told(world, page, browser_of):
    ben = world["Ben"].participant
    came = {"workshop_id": world.workshop.pk, "session": world.session, "data": {"place": "remote"}}
    events.record(Verb.PARTICIPANT_ENTERED, actor=ben, participant=ben, **came)
    away, late = reverse("away", args=[world.workshop.slug]), add(world, "Rut")

    asked = browser_of("Ben").get(away).content.decode()
    assert (asked.count(f'href="{page}"'), "Tell about" in asked) == (1, False)
    browser_of("Ben").post(page, sent(effect="easier", body=WORDS))
    told = browser_of("Ben").get(away).content.decode()
    assert (told.count(f'href="{page}"'), "Tell about" in told, "Change what you told about" in told) == (
        1,
        False,
        True,
    )
    assert late.participant.joined_at > world.session.closed_at
    assert page not in browser_of("Rut").get(away).content.decode()


def test_a_practice_has_none_of_it(world, browser_of):
    meeting = practice.begin(session=world.session, actor=world.ada)
    host = Actor(Participant.objects.select_related("workshop").get(workshop=meeting.workshop, user__isnull=False))
    running.start(session=meeting, actor=host)
    running.close_session(session=meeting, actor=host)
    browser = browser_of("Ada")
    pages = [reverse(name, args=[meeting.workshop.slug]) for name in ("eaa:learning", "eaa:grid")]
    pages.append(reverse("eaa:learn", args=[meeting.pk]))

    assert [browser.get(address).status_code for address in pages] == [403] * 3
    assert pages[2] not in browser.get(reverse("room", args=[meeting.pk])).content.decode()


def test_a_researcher_needs_the_second_step(world, browser_of):
    for name in ("eaa:learning", "eaa:grid"):
        answer = browser_of("Rana").get(reverse(name, args=[world.workshop.slug]))
        assert answer.status_code in {302, 403}, name
