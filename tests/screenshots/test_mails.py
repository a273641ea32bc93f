"""Pictures of mails themselves, as a mail program shows them: every kind that the workshop of the browser tests has."""

import pytest

from tests.e2e.mail_scenes import ARAB, CITIZEN, SWEDE, coming_mails
from tests.e2e.scenes import scene
from tests.e2e.test_mails import html_of, mail_to
from tests.screenshots.camera import Camera


@pytest.mark.parametrize("name", [CITIZEN, SWEDE, ARAB])
def test_the_question(arrive, name):
    visitor = arrive()
    visitor.page.set_content(html_of(mail_to(name)))
    Camera(visitor).takes(f"mail-question-{name.partition(' ')[0].lower()}", colours=("light", "dark"))


@pytest.mark.parametrize("name", [CITIZEN, SWEDE, ARAB])
def test_what_is_to_come(arrive, name):
    visitor = arrive()
    for reason, message in coming_mails(scene("mails").world, name).items():
        visitor.page.set_content(html_of(message))
        Camera(visitor).takes(f"mail-{reason}-{name.partition(' ')[0].lower()}", colours=("light", "dark"))
