"""From the link to one's first words on the table: one press to see the question, six steps to have said something."""

import pytest
from playwright.sync_api import expect


class Taps:
    """A thumb on a phone: every tap and every text that is typed counts."""

    def __init__(self, person) -> None:
        self.page, self.count = person.page, 0

    def tap(self, target) -> None:
        self.count += 1
        target.tap()

    def type(self, words: str) -> None:
        self.count += 1
        self.page.keyboard.type(words)


@pytest.fixture
def newcomer(arrive):
    return arrive(has_touch=True)


@pytest.mark.parametrize("way", ["", "?from=hall"])
def test_one_press_from_the_link_to_the_question(newcomer, world, way):
    world.go_live()
    thumb = Taps(newcomer)

    newcomer.goes_to(f"/d/{world.session.code}/{way}")
    asked_for = newcomer.page.locator("main :is(input:not([type=hidden]), select, textarea)").count()
    thumb.tap(newcomer.page.get_by_role("button", name="Go in"))
    newcomer.sees_question("What about check_in_round?")

    assert (asked_for, thumb.count) == (0, 1)
    assert newcomer.page.locator("#question").bounding_box()["y"] < 320


def test_first_words_take_six_steps_and_two_fields(newcomer, come, world):
    world.go_live()
    ben = come("Ben").enters_room(world.session)
    page, thumb = newcomer.page, Taps(newcomer)

    newcomer.goes_to(f"/d/{world.session.code}/")
    thumb.tap(page.get_by_role("button", name="Go in"))
    thumb.tap(newcomer.field)
    thumb.type("It is my first time here.")
    thumb.tap(page.get_by_label("What should we call you?"))
    thumb.type("Elsa")
    fields = page.locator(":is(input:not([type=hidden]), textarea)").locator("visible=true").count()
    thumb.tap(page.get_by_role("button", name="Send", exact=True))
    ben.sees_card("It is my first time here.")

    assert thumb.count <= 6
    assert fields == 2
    expect(page.locator("#composer-name")).to_have_count(0)


@pytest.fixture
def nameless(newcomer, world):
    """A guest in a step with names, who is going to forget theirs. The server's answers wait for `let_through()`."""
    world.go_live()
    newcomer.forgive("422").comes_through_the_door(world.session.code).is_connected()
    newcomer.page.route("**/contributions/", lambda route: None)
    newcomer.let_through = lambda: newcomer.page.unroute("**/contributions/")
    return newcomer


def test_a_guest_without_a_name_is_asked_and_loses_nothing(nameless):
    nameless.says("I forgot my name.").sees("Sending")
    nameless.let_through()
    expect(nameless.field).to_have_value("I forgot my name.")

    assert nameless.focused() == "composer-name"
    nameless.page.keyboard.type("Gerd")
    nameless.page.keyboard.press("Enter")
    nameless.sees_card("I forgot my name.")


def test_what_was_written_meanwhile_stays_behind_the_words_that_came_back(nameless):
    nameless.says("I forgot my name.").sees("Sending")
    nameless.page.keyboard.type("And I have one more thought.")
    nameless.let_through()

    expect(nameless.field).to_have_value("I forgot my name.\nAnd I have one more thought.")
    expect(nameless.page.locator("#composer-error")).to_be_visible()
    assert nameless.focused() == "composer-body"


def test_who_has_looked_elsewhere_meanwhile_is_asked_in_plain_sight(nameless):
    nameless.says("I forgot my name.").sees("Sending")
    nameless.page.locator("#question").click()
    nameless.let_through()

    expect(nameless.field).to_have_value("I forgot my name.")
    expect(nameless.page.get_by_label("What should we call you?")).to_be_visible()
    expect(nameless.page.locator("#composer-error")).to_be_visible()
    assert nameless.focused() != "composer-name"


def test_who_comes_back_has_the_same_seat_and_is_asked_no_name(newcomer, world):
    world.go_live()
    newcomer.comes_through_the_door(world.session.code).is_connected().says("First.", name="Elsa")
    newcomer.sees_card("First.")

    newcomer.goes_to(f"/d/{world.session.code}/").presses("Go in as Elsa").is_connected()
    newcomer.says("Second.").sees_card("Second.")

    assert newcomer.page.locator("#composer-name").count() == 0
    expect(newcomer.page.locator(".say--mine")).to_have_count(2)
