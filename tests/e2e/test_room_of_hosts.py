"""The room of a host on a laptop: the buttons can be folded away, stay so, and leave room for what is said."""

from playwright.sync_api import expect

LAPTOP = {"width": 1280, "height": 720}


def test_buttons_that_a_host_has_folded_away_stay_so(come, world):
    world.go_live()
    for number in range(4):
        world.say("Ben", f"Card number {number}.")
    ada = come("Ada", viewport=LAPTOP).enters_room(world.session)
    fold, more = ada.page.get_by_text("All buttons"), ada.page.get_by_role("button", name="2 minutes more")
    expect(more).to_be_visible()

    fold.click()
    expect(more).to_be_hidden()
    expect(ada.card("Card number 0.")).to_be_in_viewport(ratio=1)
    ada.presses("Next").sees_question("What about cards?")
    expect(more).to_be_hidden()
    ada.enters_room(world.session)
    expect(more).to_be_hidden()

    fold.click()
    expect(more).to_be_visible()
    ada.enters_room(world.session)
    expect(more).to_be_visible()


def test_what_is_said_is_in_sight_below_all_the_buttons(come, world):
    world.go_live()
    world.say("Ben", "The first card.")

    ada = come("Ada", viewport=LAPTOP).enters_room(world.session)

    expect(ada.card("The first card.").locator(".card__words")).to_be_in_viewport(ratio=1)
    dock = ada.page.locator("#dock").bounding_box()["y"]
    words = ada.card("The first card.").locator(".card__words").bounding_box()
    assert words["y"] + words["height"] <= dock
