"""Words that are ready to send: everything that somebody needs to come is in the letter, and the message is short."""

import pytest

from sessions_app.operations import sessions, workshops
from sessions_app.queries.invitations import invitation

pytestmark = pytest.mark.django_db
ADDRESS, CODE, CALL = "https://workshops.example/d/KAFFE/", "KAFFE", "https://call.example/calm"


@pytest.fixture
def told(world):
    """The invitation to the world's meeting, or to the workshop alone."""

    def told(**changes):
        about = {"lead": "How do we wait together?", "contact_name": "Karin", "contact_phone": "070-1 23"}
        workshop = workshops.change_workshop(workshop=world.workshop, actor=world.ada, **about)
        session = world.session
        if changes:
            session = sessions.change_session(session=session, actor=world.ada, **changes)
        return invitation(workshop, session if changes else None, address=ADDRESS, code=CODE)

    return told


def test_the_letter_says_what_when_where_and_how(told, settings):
    letter = told(place="Huskvarna library", link=CALL).letter
    parts = letter.split("\n\n")

    assert parts[0] == "You are invited to “Calmer visits”."
    assert parts[1] == "How do we wait together?"
    assert parts[3] == "Huskvarna library"
    assert parts[4] == f"There is a call beside it: {CALL}"
    assert parts[5] == f"This is how you come in: {ADDRESS}"
    assert parts[6] == f"Or go to {settings.PUBLIC_URL} and type the code {CODE}."
    assert "You need no account." in parts[7]
    assert parts[8] == "Can't use a screen, or want help? Call Karin, 070-1 23."


def test_what_is_not_there_is_not_told(told):
    letter = told(place="", link="").letter

    assert "call beside" not in letter
    assert "\n\n\n" not in letter


def test_a_question_without_a_meeting_needs_no_time(told):
    found = told()

    assert "There is one question, and you answer when it suits you." in found.letter
    assert found.message == f"“Calmer visits”. Come in here: {ADDRESS}"


def test_the_message_fits_into_one_or_two_of_a_phone(told):
    message = told(place="Huskvarna library", link=CALL).message

    assert ADDRESS in message
    assert len(message) <= 160


def test_the_page_for_sharing_shows_the_letter(told, world, browser_of):
    told(place="Huskvarna library", link=CALL)

    page = browser_of("Ada").get(f"/meetings/{world.session.pk}/share/").content.decode()

    assert f"There is a call beside it: {CALL}" in page
