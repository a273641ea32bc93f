"""Answers that people chose: dots, steps from yes to no, objections, orders, votes, single words, words said back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.http import QueryDict

from sessions_app.models import Contribution, Place, Response, Via
from sessions_app.operations import ballots, meaning, responses
from sessions_app.sample.company import Company, Cue, Rank, Told, moment

SCRIBE = "p-omar"  # types what stands on paper, and what somebody says on the phone
MARKED_AFTER = timedelta(seconds=40)
# What the story calls the answer of somebody who hears their own words said back.
MEANT = {"that_is": "yes", "almost": "almost", "is_not": "no"}
TYPED = frozenset({Via.SCRIBE, Via.PAPER})


@dataclass(frozen=True, slots=True)
class Given:
    """One answer of the story: the form that was SENT, and the contribution in which its reason is told.

    `about` is the contribution that it says back: the form names it by an id that only the play knows.
    """

    activity: str
    who: str
    via: str
    at: datetime
    sent: str
    said_in: str = ""
    about: str = ""


def cues(company: Company) -> Iterator[Cue]:
    """Everybody answers at their moment; reasons come when they are said (see `say`), with the answer or later."""
    said = {told["id"]: moment(told["said_at"]) for told in company.story["contributions"]}
    for given in all_given(company.story):
        if given.said_in and said[given.said_in] <= given.at:
            continue
        yield Cue(given.at, Rank.WORDS, partial(give, company, given))
    for told in company.story["answers"]:
        for taken in told.get("taken_in", []):
            yield Cue(moment(taken["at"]), Rank.AFTERWARDS, partial(_take_in, company, told["activity"], taken))
    for said in company.story["contributions"]:
        if "said_back" in said:
            yield Cue(moment(said["said_at"]) + MARKED_AFTER, Rank.AFTERWARDS, partial(mark, company, said))


def options_of(story: Told, step: str) -> dict[str, Any]:
    """What the facilitators have set for STEP; empty where nobody chooses anything in it."""
    for votes in story["dot_votes"]:
        if votes["activity"] == step:
            each = votes["dots_each"]
            return {"things": [option["text"] for option in votes["options"]], "dots": each, "most": each}
    if any(told["activity"] == step for told in story["gradients"]["rounds"]):
        return {"steps": "8"}
    return next((told["options"] for told in story["answers"] if told["activity"] == step), {})


def is_answered(story: Told, step: str) -> bool:
    """Whether the story tells what people chose in STEP."""
    return any(given.activity == step for given in all_given(story))


def reasons(story: Told) -> dict[str, Given]:
    """Answers by the contribution that tells why."""
    return {given.said_in: given for given in all_given(story) if given.said_in}


def say(company: Company, given: Given, told: Told, words: str) -> Contribution:
    """The reason of an answer, in WORDS: it is given once more, with them."""
    answer = give(
        company, given, via=told["via"], reason=words, writer=told.get("recorded_by", ""), language=told["language"]
    )
    assert answer.reason is not None  # noqa: S101 - every kind whose answers are told with words takes them
    return answer.reason


def give(
    company: Company, given: Given, *, via: str = "", reason: str = "", writer: str = "", language: str = ""
) -> Response:
    """Let somebody answer now, by their own road or VIA another, typed by WRITER where others type."""
    is_typed = (via or given.via) in TYPED
    sent = f"about={company.said[given.about]}" if given.about else given.sent
    return responses.give_answer(
        dialogue=company.dialogue(given.activity),
        actor=company.actor(writer or SCRIBE if is_typed else given.who),
        person=company.person(given.who) if is_typed else None,
        sent=QueryDict(sent + ("&reason=told" if given.said_in else "")),
        via=via or given.via,
        reason=reason,
        language=language,
    )


def mark(company: Company, told: Told) -> None:
    """Let whoever said the words tell whether what was heard in them was it; by the hands that wrote them down."""
    answer = Response.objects.get(
        dialogue__activity=company.activities[told["activity"]], participant=company.people[told["author"]]
    )
    card = next(said for said in company.story["contributions"] if said["id"] == _about(told))
    meaning.tell_meaning(
        dialogue=company.dialogue(told["activity"]),
        actor=company.actor(card.get("recorded_by", card["author"])),
        response=answer.pk,
        meant=MEANT[told["said_back"]["answer"]],
        words=told["said_back"].get("words", ""),
    )


def _take_in(company: Company, step: str, taken: Told) -> None:
    answer = Response.objects.get(dialogue=company.dialogue(step), participant=company.person(taken["of"]))
    answer.dialogue = company.dialogue(step)
    ballots.take_in(response=answer, actor=company.actor(taken["by"]), how=taken["how"])


def all_given(story: Told) -> list[Given]:
    """Every answer that the story tells."""
    return [*_dots(story), *_steps(story), *_others(story), *_said_back(story)]


def _dots(story: Told) -> Iterator[Given]:
    """The story has no moments for dots: they fall one after the other until all are turned over."""
    steps = {step["id"]: step for session in story["sessions"] for step in session["activities"]}
    brought = {thread["brought_to"] for thread in story["threads"] if "brought_to" in thread}
    for told in story["dot_votes"]:
        if told["activity"] in brought:  # a thread that was brought is talked about; nobody chooses in it
            continue
        places = {option["id"]: number for number, option in enumerate(told["options"], start=1)}
        opened = moment(steps[told["activity"]]["opened_at"])
        pause = (moment(told["revealed_at"]) - opened) / (len(told["votes"]) + 1)
        for number, vote in enumerate(told["votes"], start=1):
            sent = "&".join(f"dots-{places[dots['option']]}={dots['count']}" for dots in vote["dots"])
            yield Given(told["activity"], vote["participant"], vote["via"], opened + number * pause, sent)


def _steps(story: Told) -> Iterator[Given]:
    for told in story["gradients"]["rounds"]:
        for answer in told["answers"]:
            road = {Place.PHONE: Via.SCRIBE, Place.AFTERWARDS: Via.THREAD}.get(answer["place"], Via.ROOM)
            at, said_in = moment(answer["answered_at"]), answer.get("said_in", "")
            yield Given(told["activity"], answer["participant"], road, at, f"step={answer['step']}", said_in)


def _others(story: Told) -> Iterator[Given]:
    for told in story["answers"]:
        for one in told["given"]:
            said_in = one.get("said_in", "")
            yield Given(told["activity"], one["who"], one["via"], moment(one["at"]), one["sent"], said_in)


def _said_back(story: Told) -> Iterator[Given]:
    """The words are told among the others: what they say back is what they reply to, or are about."""
    steps = [step for session in story["sessions"] for step in session["activities"]]
    heard = {step["id"] for step in steps if step["kind"] == "say_it_back"}
    for told in story["contributions"]:
        if told["activity"] in heard:
            at = moment(told["said_at"])
            yield Given(told["activity"], told["author"], told["via"], at, "", told["id"], _about(told))


def _about(told: Told) -> str:
    return str(told.get("about") or told["reply_to"])
