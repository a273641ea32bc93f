"""What people of the story learned about the tools, and what they answered to the plain questions."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from eaa.operations import learning
from sessions_app.sample.company import Company, Cue, Rank, Told, moment

AFTER = timedelta(hours=2)
BETWEEN = timedelta(minutes=1)


def cues(company: Company) -> Iterator[Cue]:
    """The story says what they are about, not when: told after the meeting, or when the thread's time was over."""
    for number, told in enumerate(company.story["reflections"]):
        at = _ended(company, told["about"]) + AFTER + number * BETWEEN
        yield Cue(at, Rank.AFTERWARDS, partial(_tell, company, told))
    for number, told in enumerate(company.story["mechanism_questions"]["answers"]):
        at = _ended(company, told["session"]) + AFTER + number * BETWEEN
        yield Cue(at, Rank.AFTERWARDS, partial(_answer, company, told))


def _ended(company: Company, key: str) -> datetime:
    for thread in company.story["threads"]:
        if thread["id"] == key:
            return moment(thread["closed_at"])
    session = next(one for one in company.story["sessions"] if one["id"] == key)
    closes = moment(company.story["workshop"]["closes"])
    return min(moment(session["ends"]), closes - 2 * AFTER)


def _tell(company: Company, told: Told) -> None:
    about = company.session(told["about"]) if told["about"] in company.sessions else company.activity(told["about"])
    learning.tell(
        about=about,
        actor=company.actor(told["participant"]),
        told=learning.Told(
            effect=told["tools_made_it"],
            body=told["text"],
            theme=told["theme"],
            stage=told["stage"],
            time=told["time"],
            space=told["space"],
        ),
        language=told["language"],
        client_id=company.client_id(told["id"]),
    )


def _answer(company: Company, told: Told) -> None:
    learning.answer(
        session=company.session(told["session"]), actor=company.actor(told["participant"]), answers=told["answers"]
    )
