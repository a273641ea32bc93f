"""Answering from a mail in a real browser, with no seat and no account, with script and without."""

import re

import pytest

from eaa.models import Check, Position
from sessions_app.models import Response
from tests.e2e.mail_scenes import CITIZEN
from tests.e2e.person import Person
from tests.e2e.scenes import scene


def address(name: str) -> str:
    whose, page = scene("mails").pages[f"by mail: {name}"]
    assert whose is None
    return page


def press(visitor: Person) -> Person:
    """The one button; who has answered before changes their answer."""
    visitor.page.get_by_role("button", name=re.compile("^(Send the answer|Send my answer|Change my answer)$")).click()
    return visitor


@pytest.mark.parametrize("with_script", [True, False])
def test_a_check_a_position_and_a_choice_need_one_press_each(arrive, with_script):
    visitor = arrive(java_script_enabled=with_script)
    visitor.goes_to(address("check")).sees("The text has changed since this mail.")
    visitor.page.get_by_label("Almost").check()
    visitor.page.get_by_label("In your own words").fill("And what comes then.")
    press(visitor).sees("Thank you. We have your answer.")

    visitor.goes_to(address("position"))
    visitor.presses("I want to talk first").sees("Thank you. This is where you stand.")

    visitor.goes_to(address("poll"))
    visitor.page.get_by_label("Whenever there is cake").check()
    press(visitor).sees("Thank you. We have your answer.")

    told = [
        table.objects.get(participant__workshop=scene("mails").world.workshop, participant__name=CITIZEN)
        for table in (Check, Position, Response)
    ]
    assert [row.via for row in told] == ["email"] * 3
    assert (told[0].words, told[1].choice, told[2].value) == ("And what comes then.", "talk_first", [2])
