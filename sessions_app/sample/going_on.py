"""The meeting that is on in the sample goes on by itself while somebody watches: its people write, wait and answer."""

import time
import uuid
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from celery import shared_task
from django.conf import settings
from django.db.models import Max
from django.utils import translation

from sessions_app import clock, pretend
from sessions_app.errors import Refused
from sessions_app.kinds import kind_of
from sessions_app.live import presence
from sessions_app.models import (
    Contribution,
    Dialogue,
    Event,
    Participant,
    Response,
    Session,
    State,
    Turn,
    Via,
    Workshop,
)
from sessions_app.operations import contributions, turns
from sessions_app.policy import Actor
from sessions_app.queries.dialogues import dialogue_on_the_table
from sessions_app.sample import answers, words
from sessions_app.sample.company import CLIENT_IDS, Company, Told, moment
from sessions_app.sample.dates import Calendar, Stage
from sessions_app.sample.play import newest_sample, read_story
from sessions_app.verbs import Verb

PAUSE = timedelta(seconds=8)  # between two things that happen
MORE_WORDS = 6  # in each step, once the story has no more for it
VISITORS = frozenset({"p-karin", "p-aino", "p-marit"})  # whoever looks at the sample is one of them
IN_THE_LINE = "p-hodan"


@shared_task  # type: ignore[untyped-decorator]
def let_it_go_on() -> bool:
    """What the clock of a demo runs: one thing happens, if it is time for it and somebody watches."""
    workshop = newest_sample() if settings.DEMO else None
    found = Session.objects.select_related("workshop").filter(workshop=workshop, state=State.LIVE)
    session = found.first() if workshop is not None else None
    return session is not None and go_on(session)


def go_on(session: Session) -> bool:
    """Let the next thing happen in SESSION. False when nobody watches, it is too soon, or all has been said."""
    company, here = _company(session.workshop), _came_in(session)
    watched = set(presence.people_here(session.pk)) - here
    dialogue = dialogue_on_the_table(session.pk)
    if not watched or dialogue is None or not dialogue.activity.is_open(clock.now()):
        return False
    presence.stay({session.pk: here}, time.time(), "sample")
    if clock.now() < _last(dialogue) + PAUSE:
        return False
    with suppress(Refused), translation.override("en"):  # the host may go on in this very moment
        return _next_of_story(company, dialogue) or _waits(company, session, dialogue) or _more_words(company, dialogue)
    return False


def _company(workshop: Workshop) -> Company:
    """The story's people and things as they are in the database now."""
    company = Company(read_story(), Calendar(Stage.LIVE, clock.now()), workshop.slug, Random(workshop.slug))  # noqa: S311
    company.workshop = workshop
    there = Participant.objects.filter(workshop=workshop, removed_at=None)
    numbers = dict(there.values_list("name", "pk"))
    told = company.story["participants"]
    company.people = {person["id"]: numbers[person["name"]] for person in told if person["name"] in numbers}
    keys = {company.client_id(said["id"]): said["id"] for said in company.story["contributions"]}
    found = Contribution.objects.filter(client_id__in=keys).values_list("client_id", "pk")
    company.said = {keys[client_id]: pk for client_id, pk in found}
    return company


def _came_in(session: Session) -> set[int]:
    """Those of the story who are in the room; not those whom visitors play."""
    told = {person["name"] for person in read_story()["participants"] if person["id"] not in VISITORS}
    entered = Event.objects.filter(session=session, verb=Verb.PARTICIPANT_ENTERED, participant__name__in=told)
    return {number for number in entered.values_list("participant_id", flat=True) if number is not None}


def _last(dialogue: Dialogue) -> datetime:
    """When something last happened in the room of DIALOGUE."""
    step = dialogue.activity
    said = Contribution.objects.filter(dialogue=dialogue).aggregate(last=Max("said_at"))
    given = Response.objects.filter(dialogue=dialogue).aggregate(last=Max("given_at"))
    asked = Turn.objects.filter(session=step.session).aggregate(last=Max("asked_at"))
    known = (step.opened_at, said["last"], given["last"], asked["last"])
    return max(when for when in known if when is not None)


def _next_of_story(company: Company, dialogue: Dialogue) -> bool:
    """The next answer or card that the story has for this step."""
    step = _told(company, dialogue)
    if step is None:
        return False
    company.activities[step["id"]] = dialogue.activity_id
    closed = moment(step["closed_at"])
    told = {said["id"]: said for said in company.story["contributions"] if moment(said["said_at"]) <= closed}
    if _tells_meaning(company, dialogue, [said for said in told.values() if said["activity"] == step["id"]]):
        return True
    answered = set(Response.objects.filter(dialogue=dialogue).values_list("participant_id", flat=True))
    for given in answers.all_given(company.story):
        is_next = given.activity == step["id"] and given.at <= closed and given.who not in VISITORS
        if is_next and company.people.get(given.who) not in answered:
            words.say(company, told[given.said_in]) if given.said_in else answers.give(company, given)
            return True
    beside = answers.reasons(company.story)
    for said in told.values():
        is_next = said["activity"] == step["id"] and said.get("author") not in VISITORS
        answers_what_lies_here = said.get("reply_to") is None or said["reply_to"] in company.said
        if is_next and answers_what_lies_here and said["id"] not in {*company.said, *beside}:
            words.say(company, said)
            return True
    return False


def _tells_meaning(company: Company, dialogue: Dialogue, told: list[Told]) -> bool:
    """Whoever was just said back tells whether that was it."""
    given = Response.objects.filter(dialogue=dialogue, withdrawn_at=None, value__meant__isnull=True)
    waiting = set(given.values_list("participant_id", flat=True))
    for said in told:
        if "said_back" in said and said["author"] not in VISITORS and company.people.get(said["author"]) in waiting:
            answers.mark(company, said)
            return True
    return False


def _told(company: Company, dialogue: Dialogue) -> Told | None:
    session = dialogue.activity.session
    for told in company.story["sessions"]:
        if session is not None and told["title"] == session.title:
            return next((step for step in told["activities"] if step["title"] == dialogue.activity.title), None)
    return None


def _waits(company: Company, session: Session, dialogue: Dialogue) -> bool:
    """Once in the meeting somebody stands in the line, and waits until the host gives her the word."""
    who = company.people.get(IN_THE_LINE)
    if who is None or Turn.objects.filter(session=session, participant=who).exists():
        return False
    turns.ask_for_word(session=session, actor=company.actor(IN_THE_LINE))
    return True


def _more_words(company: Company, dialogue: Dialogue) -> bool:
    """A sentence of somebody who has not spoken in this step for a while; a few of them, then it is quiet."""
    step = dialogue.activity
    if not kind_of(step.kind).takes_words:
        return False
    keys = [uuid.uuid5(CLIENT_IDS, f"{company.slug} goes on {step.pk} {number}") for number in range(MORE_WORDS)]
    said = set(Contribution.objects.filter(client_id__in=keys).values_list("client_id", flat=True))
    number = next((number for number, key in enumerate(keys) if key not in said), None)
    if number is None:
        return False
    told = [
        p["id"] for p in company.story["participants"] if p["role"] == "participant" and p["usual_place"] == "remote"
    ]
    people = [key for key in told if key not in VISITORS and key in company.people]
    sentences = pretend.SENTENCES.get(step.kind, pretend.SENTENCES["open_dialogue"])
    contributions.post_contribution(
        dialogue=dialogue,
        actor=Actor(company.person(people[number % len(people)])),
        body=str(sentences[number % len(sentences)]),
        via=Via.ROOM,
        client_id=keys[number],
        heading=0,
    )
    return True
