"""Every page opens for those whom it is for, in every state that a workshop goes through."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app import clock
from sessions_app.models import Contribution
from sessions_app.operations import cancelling, dialogues, running


def pages(world):
    slug, session = world.workshop.slug, world.session.pk
    step = world.steps[0]
    thread = world.dialogue(0).pk
    return {
        "front": reverse("front"),
        "door": reverse("door", args=[world.session.code]),
        "workshop door": reverse("door", args=[world.workshop.code]),
        "poster": reverse("poster", args=[world.session.code]),
        **more_pages(slug, session),
        "workshop": reverse("workshop", args=[slug]),
        "change workshop": reverse("change_workshop", args=[slug]),
        "close workshop": reverse("close_workshop", args=[slug]),
        "people": reverse("people", args=[slug]),
        "roles": reverse("roles", args=[slug, world["Ben"].participant.pk]),
        "remove": reverse("remove_person", args=[slug, world["Ben"].participant.pk]),
        "me": reverse("me", args=[slug]),
        "leave": reverse("leave", args=[slug]),
        "away": reverse("away", args=[slug]),
        "record": reverse("record", args=[slug]),
        "new meeting": reverse("new_meeting", args=[slug]),
        "new thread": reverse("new_thread", args=[slug]),
        "plan": reverse("plan", args=[session]),
        "change meeting": reverse("change_meeting", args=[session]),
        "after": reverse("after", args=[session]),
        "kinds": reverse("new_step", args=[session]),
        "new step": reverse("new_step", args=[session]) + "?kind=cards",
        "room": reverse("room", args=[session]),
        "console": reverse("console", args=[session]),
        "scribe": reverse("scribe", args=[session]),
        "replay": reverse("replay", args=[session]),
        "change step": reverse("change_step", args=[step.pk]),
        "thread": reverse("thread", args=[thread]),
        "appearance": reverse("appearance"),
        "help": reverse("help"),
        "guide": reverse("guide", args=["citizen"]),
        "accessibility": reverse("accessibility"),
        "offline": reverse("offline"),
    }


def more_pages(slug, session):
    return {
        "workshops": reverse("workshops"),
        "new workshop": reverse("new_workshop"),
        "new workshop, first meeting": reverse("new_workshop") + "?template=first_meeting",
        "share workshop": reverse("share_workshop", args=[slug]),
        "before": reverse("before", args=[slug]),
        "needs": reverse("needs", args=[slug]),
        "share": reverse("share", args=[session]),
        **{name: reverse(name, args=[session]) for name in ("slips", "pack", "tablet", "screen")},
    }


@pytest.mark.parametrize("state", ["planned", "cancelled", "doors", "live", "hidden", "revealed", "closed", "between"])
def test_every_page_opens_for_the_facilitator(world, browser_of, state):
    if state == "cancelled":
        cancelling.cancel_session(session=world.session, actor=world.ada)
    elif state != "planned":
        running.open_doors(session=world.session, actor=world.ada)
    if state in {"live", "hidden", "revealed", "closed", "between"}:
        running.start(session=world.session, actor=world.ada)
        world.say("Ben", "A calmer waiting room.")
        running.next_step(session=world.session, actor=world.ada)
        world.say("Chidi", "One voice at a time.", 1)
    if state in {"revealed", "closed", "between"}:
        running.reveal(session=world.session, actor=world.ada)
    if state in {"closed", "between"}:
        running.close_session(session=world.session, actor=world.ada)
    if state == "between":
        dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + timedelta(days=3))
    browser = browser_of("Ada")

    answers = {name: browser.get(address).status_code for name, address in pages(world).items()}

    assert answers == dict.fromkeys(answers, 200)


def test_a_citizen_writes_without_script(world, browser_of):
    world.go_live()
    browser = browser_of("Ben")
    page = browser.get(reverse("room", args=[world.session.pk]))
    client_id = page.context["client_id"]

    browser.post(
        reverse("post", args=[world.dialogue().pk]), {"body": "By hand", "client_id": client_id, "view": "room"}
    )

    assert [c.body for c in Contribution.objects.all()] == ["By hand"]
