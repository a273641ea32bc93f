"""Two facilitators change one thing at once: who saves second is told, keeps what they typed, and may save again."""

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.models import Activity, Event, Role, Session, Workshop
from sessions_app.operations import headings, running, workshops
from sessions_app.operations.activities import change_activity, seen_step
from tests.together import kinds, together
from tests.world import add

pytestmark = pytest.mark.django_db
TOLD = "changed this while you were writing. What you wrote is still here."


class Page:
    """A form as somebody has it before their eyes, until they save it."""

    def __init__(self, browser: Client, address: str, form: str = "form") -> None:
        self.browser, self.address, self.form = browser, address, form
        self._read(browser.get(address))

    def saves(self, **typed: object):
        answer = self.browser.post(self.address, self.fields | {"seen": self.seen} | typed)
        if answer.status_code == 409:
            self._read(answer)
        return answer

    def _read(self, answer) -> None:
        values = {bound.html_name: bound.value() for bound in answer.context[self.form]}
        self.fields = {name: value for name, value in values.items() if value not in (None, False)}
        self.seen = answer.context["seen"]
        assert f'name="seen" value="{self.seen}"' in answer.content.decode()


@pytest.fixture
def pages(world, browser_of):
    """Ada's and Eva's page of the same form."""
    add(world, "Eva", [Role.FACILITATOR])
    workshops.change_workshop(
        workshop=world.workshop, actor=world.ada, contact_name="Karin", contact_phone="010 555 01 02"
    )
    addresses = {
        "change_step": reverse("change_step", args=[world.steps[2].pk]),
        "change_meeting": reverse("change_meeting", args=[world.session.pk]),
        "change_workshop": reverse("change_workshop", args=[world.workshop.slug]),
        "after": reverse("after", args=[world.session.pk]),
    }
    form = {"after": "summary"}
    return lambda name: [Page(browser_of(who), addresses[name], form.get(name, "form")) for who in ("Ada", "Eva")]


KEPT = {
    "change_step": ("title", lambda world: Activity.objects.get(pk=world.steps[2].pk).title),
    "change_meeting": ("title", lambda world: Session.objects.get(pk=world.session.pk).title),
    "change_workshop": ("title", lambda world: Workshop.objects.get(pk=world.workshop.pk).title),
    "after": ("summary", lambda world: Session.objects.get(pk=world.session.pk).summary),
}


@pytest.mark.parametrize("name", KEPT)
def test_who_saves_second_is_told_and_may_save_once_more(world, pages, name):
    (field, kept), (ada, eva) = KEPT[name], pages(name)

    eva.saves(**{field: "What Eva wrote"})
    second = ada.saves(**{field: "What Ada wrote"})

    page = second.content.decode()
    assert second.status_code == 409
    assert f"Eva {TOLD}" in page
    assert ("What Ada wrote" in page, "<bdi>What Eva wrote</bdi>" in page) == (True, True)
    assert kept(world) == "What Eva wrote"
    assert ada.saves(**{field: "What both wrote"}).status_code == 302
    assert kept(world) == "What both wrote"


@pytest.mark.parametrize("name", KEPT)
def test_the_same_form_twice_and_the_same_words_are_no_quarrel(world, pages, name):
    (field, kept), (ada, eva) = KEPT[name], pages(name)

    answers = [page.saves(**{field: "The same words"}).status_code for page in (eva, eva, ada)]

    assert (answers, kept(world)) == ([302, 302, 302], "The same words")


def test_what_stands_there_now_is_told_in_the_words_of_the_form(world, pages):
    ada, eva = pages("change_step")

    eva.saves(minutes=25, identity="anonymous", stages=[])
    page = ada.saves(prompt="What Ada asks").content.decode()

    told = (
        ("Minutes", "25"),
        ("Names", "anonymous, nobody can know"),
        ("Stage", "–"),
        ("The question", world.steps[2].prompt),
    )
    for label, words in [*told, ("The question", world.steps[2].prompt)]:
        assert f"<b>{label}</b> <bdi>{words}</bdi>" in page
    assert "<b>In the hall</b>" not in page


def test_ones_own_change_in_another_tab_names_nobody(world, pages, browser_of):
    ada, _eva = pages("change_step")

    Page(browser_of("Ada"), ada.address).saves(title="In another tab")

    assert "This was changed while you were writing." in ada.saves(title="Here").content.decode()


def test_headings_that_people_make_meanwhile_are_no_change_of_the_plan(world, pages, browser_of):
    world.go_live(1)
    running.reveal(session=world.session, actor=world.ada)
    step = Activity.objects.select_related("workshop").get(kind="cards", workshop=world.workshop)
    page = Page(browser_of("Ada"), reverse("change_step", args=[step.pk]))
    seen = seen_step(step)
    headings.add_heading(dialogue=step.plenary, actor=world["Ben"], title="Waiting")

    assert seen_step(Activity.objects.get(pk=step.pk)) == seen
    assert page.saves(title="Our cards").status_code == 302


def test_a_form_without_the_mark_is_saved_as_a_script_would(world):
    change_activity(activity=world.steps[2], actor=world.ada, title="By hand")

    assert world.steps[2].title == "By hand"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_told(world):
    eva, step = add(world, "Eva", [Role.FACILITATOR]), world.steps[2]
    seen = seen_step(step)

    def change(actor):
        mine = Activity.objects.select_related("workshop").get(pk=step.pk)
        return change_activity(activity=mine, actor=actor, seen=seen, title=f"By {actor.participant.name}")

    results = together(lambda: change(world.ada), lambda: change(eva))

    assert kinds(results) == ["Activity", "Stale"]
    assert Event.objects.filter(verb="activity.changed", activity=step).count() == 1
