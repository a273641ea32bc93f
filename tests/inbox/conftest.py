"""Ben has a question by mail, and answers it."""

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError

from sessions_app.models import Dialogue, Participant
from sessions_app.reply_addresses import reply_address
from tests.mails.conftest import at_noon, mailed, question  # noqa: F401

REPLIES = "answers@workshops.example"
WRONG = f"answers+{'a' * 36}@workshops.example"


@pytest.fixture(autouse=True)
def replies(settings):
    settings.REPLY_ADDRESS = REPLIES


@pytest.fixture
def dialogue(question):  # noqa: F811
    return question.dialogues.select_related("activity__workshop").get()


@pytest.fixture
def address(mailed, dialogue: Dialogue) -> str:  # noqa: F811
    """Where Ben answers the question."""
    return reply_address(mailed["Ben"].participant, dialogue)


@pytest.fixture
def host(mailed, browser_of):  # noqa: F811
    """Ada, who can sign in again, but gets no mails."""
    Participant.objects.filter(pk=mailed.ada.participant.pk).update(user=get_user_model().objects.get())
    return browser_of("Ada")


def mail(
    to: str, words: str = "I can ring.", *, sender: str = "Ben <ben@example.org>", number: str = "1", more: str = ""
):
    head = f"From: {sender}\r\nTo: {to}\r\nMessage-ID: <{number}@mail.example.org>\r\n{more}"
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n".encode()


class Away:
    """The database, when it does not answer."""

    def __call__(self, *_args, **_more):
        raise OperationalError("away")
