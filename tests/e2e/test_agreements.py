"""Three people and one agreement: a facilitator at a desk, a citizen on a phone, one by keyboard alone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from eaa.models import Agreement, Position, Signature
from eaa.tasks import bring_due_into_force
from sessions_app import clock
from tests.e2e.keyboard import press, tab_to, type_into
from tests.e2e.person import DESK

SIZES = "all => all.map((one) => `${one.offsetWidth} ${one.offsetHeight}`)"


def test_from_a_draft_until_it_holds(come, world):
    ada, ben, chidi = come("Ada", viewport=DESK), come("Ben").forgive("409"), come("Chidi", viewport=DESK)
    agreement = drafted(ada, world)
    opened(ada)

    answers_on_a_phone(ben, world)
    answers_by_keyboard(chidi, agreement)
    next_version(ada, agreement)
    asked_again(ben, agreement)
    by_keyboard_against(chidi, agreement)

    ada.goes_to(f"/agreements/{agreement.pk}/").sees("1 has signed. 1 does not agree. 3 are silent so far.")
    ada.sees("A ward cannot wait.").sees("“The one at table 3”")
    with clock.at(clock.now() + timedelta(days=8)):
        assert bring_due_into_force() >= 1
    ben.goes_to(f"/agreements/{agreement.pk}/").sees("It holds since").sees_no("Take my signature back")


def drafted(ada, world) -> Agreement:
    ada.goes_to(f"/w/{world.workshop.slug}/").follows("What we agreed").follows("Write an agreement")
    ada.page.get_by_label("What is it about?").fill("How we decide")
    ada.presses("Begin the draft")
    write(ada, 0, "Nobody is decided over", "They have seven days.")
    ada.presses("One more clause")
    write(ada, 1, "Silence is silence", "We write how many were silent.")
    ada.presses("Later: clause 1")
    expect(ada.page.locator("#clause-0-heading")).to_have_value("Silence is silence")
    ada.presses("Save the draft").sees("Only those who write for the group see it")
    return Agreement.objects.get(workshop=world.workshop)


def write(person, number: int, heading: str, text: str) -> None:
    person.page.locator(f"#clause-{number}-heading").fill(heading)
    person.page.locator(f"#clause-{number}-text").fill(text)


def opened(ada) -> None:
    ada.follows("Ask everybody")
    expect(ada.page.get_by_label("What will silence mean?")).to_have_value("Silence is counted as silence, not as yes.")
    ada.page.get_by_label("Chidi").check()
    ada.presses("Open it").sees("It is open.")


def answers_on_a_phone(ben, world) -> None:
    """One press, then a name; nothing is wider than the phone."""
    ben.goes_to(f"/w/{world.workshop.slug}/").follows("Tell where you stand on: How we decide")
    ben.sees("Your name is shown. You can take it back until")
    buttons = ben.page.locator(".four .btn").evaluate_all(
        "all => all.map((one) => [one.offsetWidth, one.offsetHeight])"
    )
    assert len(buttons) == 4
    assert len({tuple(size) for size in buttons}) == 1
    ben.presses("I agree", exact=True).sees("This is what others see:")
    ben.page.get_by_label("The name under the text").fill("The one at table 3")
    ben.presses("Sign").sees("You have signed as")
    assert ben.page.evaluate("document.documentElement.scrollWidth") <= 360


def answers_by_keyboard(chidi, agreement) -> None:
    chidi.goes_to(f"/agreements/{agreement.pk}/")
    press(chidi.page, "I want to talk first")
    chidi.sees("This is what others see:")
    type_into(chidi.page, chidi.page.locator("#ask-words"), "What does it cost?")
    press(chidi.page, "I want to talk first")
    chidi.sees("What does it cost?")


def next_version(ada, agreement) -> None:
    ada.goes_to(f"/agreements/{agreement.pk}/").follows("Write the next version")
    write(ada, 1, "Nobody is decided over", "Those at home are rung. They have seven days.")
    ada.page.get_by_label("Because").fill("Chidi asked.")
    ada.presses("Open the new version").sees("Version 2 is open.")


def asked_again(ben, agreement) -> None:
    """Only about the clause that changed, which is clause 2 now; the rest is folded."""
    ben.goes_to(f"/agreements/{agreement.pk}/").sees("Changed since you signed version 1:")
    ben.sees("Where do you stand on clause 2, Ben?").sees("Added:").sees_no("We write how many were silent.")
    ben.page.locator(".clause__fold summary").click()
    ben.sees("We write how many were silent.")
    ben.presses("I agree", exact=True)
    ben.page.get_by_label("The name under the text").fill("The one at table 3")
    ben.presses("Sign").sees("You have signed as")


def by_keyboard_against(chidi, agreement) -> None:
    chidi.goes_to(f"/agreements/{agreement.pk}/")
    tab_to(chidi.page, chidi.page.get_by_text("Add words of your own"))
    chidi.page.keyboard.press("Enter")
    type_into(chidi.page, chidi.page.locator("#ask-words"), "A ward cannot wait.")
    press(chidi.page, "I do not agree")
    voice = chidi.page.locator(".dissent .clausetext", has_text="A ward cannot wait.")
    expect(voice).to_be_visible()
    sizes = chidi.page.locator(".clause__body > p, .dissent .clausetext").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).fontSize)"
    )
    assert len(set(sizes)) == 1


@pytest.mark.parametrize("options", [{"java_script_enabled": False}, {}])
def test_a_signature_under_an_old_text_meets_the_new_one(come, world, options):
    from tests.eaa.agreed import TWO, answer, opened, revised

    agreement = opened(world)
    answer(world, agreement, "Ben")
    ben = come("Ben", **options).forgive("409").goes_to(f"/agreements/{agreement.pk}/")
    revised(world, agreement, ("Nobody is decided over", "They are rung."), TWO[1])
    ben.presses("Sign").sees("The text has a new version.").sees("Removed:").sees("Added:")

    assert not Signature.objects.filter(version__agreement=agreement).exists()
    ben.presses("I agree", exact=True).presses("Sign").sees("You have signed as")
    second = {"version__agreement": agreement, "version__number": 2}
    assert Position.objects.filter(**second).count() == Signature.objects.filter(**second).count() == 1
