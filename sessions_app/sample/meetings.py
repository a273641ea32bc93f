"""Meetings and threads: planned, brought in, run by the facilitators' buttons, kept open, ended."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sessions_app.kinds import all_kinds
from sessions_app.models import Participant, Place, Time, Workshop
from sessions_app.operations import activities, circles, dialogues, running, sessions
from sessions_app.sample import answers
from sessions_app.sample.company import Company, Cue, Rank, Told, moment
from sessions_app.sample.dates import Stage

# Ways of working that the product does not know, and what stands in.
STAND_IN = {"brainstorm_cards": "cards"}
DOORS_BEFORE = timedelta(minutes=15)
SHEET_BEFORE = timedelta(days=23)  # a run sheet is written about three weeks ahead
OWN_TIME_BEFORE = timedelta(days=3)
A_PRESS_BEFORE = timedelta(seconds=6)
BROUGHT_AFTER = timedelta(minutes=30)  # where the story does not say when a thread was brought
# While meeting 2 is on, no thread of the story is open: one question of meeting 1 waits for those who come new.
OPEN_AGAIN = ("s1-a2", "2026-10-07T20:05:00+02:00", "2026-10-21T20:00:00+02:00")


def cues(company: Company) -> Iterator[Cue]:
    """Everything that facilitators do, and the windows that end by themselves."""
    for told in company.story["sessions"]:
        yield from _planning(company, told)
        yield from _own_time(company, told) if told["time"] == Time.DIFFERENT else _meeting(company, told)
    for told in company.story["threads"]:
        yield from _thread(company, told, None)
    if company.calendar.stage == Stage.LIVE:
        step, at, until = OPEN_AGAIN
        yield Cue(moment(at), Rank.PLANS, partial(_keep_open, company, step, moment(until)))


def _planning(company: Company, told: Told) -> Iterator[Cue]:
    opens, starts = moment(company.story["workshop"]["opens"]), moment(told["starts"])
    if told["time"] == Time.DIFFERENT:
        yield Cue(starts - OWN_TIME_BEFORE, Rank.PLANS, partial(_plan, company, told))
        return
    yield Cue(opens, Rank.PLANS, partial(_plan, company, told))
    brought = {thread["brought_to"]: thread for thread in company.story["threads"] if "brought_to" in thread}
    sheet = [step for step in told["activities"] if step["id"] not in brought]
    yield Cue(max(opens, starts - SHEET_BEFORE), Rank.PLANS, partial(_plan_steps, company, told["id"], sheet))
    for place, step in enumerate(told["activities"]):
        if thread := brought.get(step["id"]):
            at = _brought_at(company, thread)
            yield Cue(at, Rank.PLANS, partial(_bring, company, thread["id"], told["id"], step, place))


def _meeting(company: Company, told: Told) -> Iterator[Cue]:
    steps, key, leader = told["activities"], told["id"], company.organiser
    doors = moment(told["doors_open_at"]) if "doors_open_at" in told else moment(told["starts"]) - DOORS_BEFORE
    begins, over = moment(steps[0]["opened_at"]), moment(steps[-1]["closed_at"])
    yield Cue(doors, Rank.CONTROLS, partial(_press, company, key, leader, "open_doors"))
    for number, person in enumerate(_who_came(company, told), start=1):
        yield Cue(doors + number * (begins - doors) / 30, Rank.PEOPLE, partial(_enter, company, key, person))
    yield Cue(begins, Rank.CONTROLS, partial(_press, company, key, leader, "start"))
    for step in steps[1:]:
        yield Cue(moment(step["opened_at"]), Rank.CONTROLS, partial(_press, company, key, leader, "next_step"))
    for step in steps:
        if step["blind"]:
            yield Cue(_revealed_at(company, step), Rank.CONTROLS, partial(_press, company, key, leader, "reveal"))
        if until := step.get("keep_open_until"):
            yield Cue(over, Rank.PLANS, partial(_keep_open, company, step["id"], moment(until)))
            yield Cue(moment(until), Rank.ENDINGS, partial(_end, company, step["id"]))
        if "paired_at" in step:
            yield Cue(moment(step["paired_at"]), Rank.PLANS, partial(_pair, company, told))
    yield from _other_presses(company, told)
    yield Cue(over, Rank.CONTROLS, partial(_press, company, key, leader, "close_session"))
    yield Cue(over, Rank.ENDINGS, partial(_go_home, company, told))


def _other_presses(company: Company, told: Told) -> Iterator[Cue]:
    """More time, and a step that was closed too early and opened again."""
    steps = {step["id"] for step in told["activities"]}
    for press in company.story["facilitation"]:
        by, at = press["by"], moment(press["at"])
        if press["activity"] not in steps:
            continue
        if press["what"] == "extended":
            act = partial(_press, company, told["id"], by, "extend", minutes=press["minutes"])
            yield Cue(at, Rank.CONTROLS, act)
        elif press["what"] == "undone":
            yield Cue(at - A_PRESS_BEFORE, Rank.CONTROLS, partial(_press, company, told["id"], by, "next_step"))
            yield Cue(at, Rank.CONTROLS, partial(_press, company, told["id"], by, "undo"))


def _own_time(company: Company, told: Told) -> Iterator[Cue]:
    """A session that everybody does in their own time: its questions lie open side by side."""
    key, leader = told["id"], company.organiser
    yield Cue(moment(told["starts"]), Rank.CONTROLS, partial(_press, company, key, leader, "start"))
    for step in told["activities"]:
        yield from _thread(company, step, key)
    yield Cue(moment(told["ends"]), Rank.CONTROLS, partial(_press, company, key, leader, "close_session"))


def _thread(company: Company, told: Told, session: str | None) -> Iterator[Cue]:
    yield Cue(moment(told["opened_at"]), Rank.WORDS, partial(_open, company, told, session))
    yield Cue(moment(told["closed_at"]), Rank.ENDINGS, partial(_end, company, told["id"]))


def _plan(company: Company, told: Told) -> None:
    code = told["join_code"] + company.slug.removeprefix("heart-of-the-matter").removeprefix("-")
    planned = sessions.plan_session(
        workshop=company.workshop,
        actor=company.actor(company.organiser),
        code=code,
        title=told["title"],
        time=told["time"],
        space=told["space"],
        starts_at=company.calendar.planned(moment(told["starts"])),
        ends_at=company.calendar.planned(moment(told["ends"])),
        place=told["place"],
        link=told["call_link"],
    )
    company.sessions[told["id"]] = planned.pk


def _plan_steps(company: Company, session: str, sheet: list[Told]) -> None:
    for step in sheet:
        planned = activities.plan_activity(
            workshop=company.workshop,
            actor=company.actor(company.organiser),
            session=company.session(session),
            kind=_kind(company, step),
            **_fields(company, step),
        )
        company.activities[step["id"]] = planned.pk


def _bring(company: Company, thread: str, session: str, step: Told, place: int) -> None:
    """Bring a thread to a meeting, give the step its own wording, and move it up the run sheet to PLACE."""
    actor = company.actor(company.organiser)
    brought = dialogues.bring_to_meeting(
        dialogue=company.dialogue(thread), session=company.session(session), actor=actor
    )
    company.activities[step["id"]] = brought.pk
    activities.change_activity(activity=brought, actor=actor, **_fields(company, step))
    for _ in range(brought.position - 1 - place):
        activities.move_activity(activity=company.activity(step["id"]), actor=actor, earlier=True)


def _open(company: Company, told: Told, session: str | None) -> None:
    opened = dialogues.open_thread(
        workshop=company.workshop,
        actor=company.actor(company.organiser),
        until=company.calendar.moment(moment(told["closed_at"])),
        session=company.session(session) if session else None,
        kind=_kind(company, told),
        **_fields(company, told),
    )
    company.activities[told["id"]] = opened.pk


def _press(company: Company, session: str, by: str, button: str, **more: Any) -> None:
    getattr(running, button)(session=company.session(session), actor=company.actor(by), **more)


def _keep_open(company: Company, step: str, until: datetime) -> None:
    dialogues.keep_open(
        activity=company.activity(step),
        actor=company.actor(company.organiser),
        until=company.calendar.moment(until),
    )


def _end(company: Company, step: str) -> None:
    dialogues.end_window(activity=company.activity(step))


def _enter(company: Company, session: str, person: str) -> None:
    here = company.person(person)
    sessions.enter_room(session=company.session(session), person=here)
    _note_visit(company, here)


def _pair(company: Company, told: Told) -> None:
    """Name the pairs of the step that is on: of those who came with a screen, and of those in the hall."""
    came = [company.person(key) for key in _who_came(company, told)]
    here = {person.pk for person in came if person.usual_place != Place.PHONE}
    circles.name_circles(session=company.session(told["id"]), actor=company.actor(company.organiser), here=here)


def _go_home(company: Company, told: Told) -> None:
    """Those who were in the room have seen everything up to its end."""
    for key in _who_came(company, told):
        _note_visit(company, company.person(key))


def _note_visit(company: Company, person: Participant) -> None:
    head = Workshop.objects.values_list("head_seq", flat=True).get(pk=company.workshop.pk)
    sessions.note_visit(person=person, head_seq=head)


def _who_came(company: Company, told: Told) -> list[str]:
    """Ids of those who sat in a group, said something while the meeting was on, or looked after it; in story order."""
    steps = {step["id"] for step in told["activities"]}
    over = moment(told["activities"][-1]["closed_at"])
    here = {member for group in told["groups"] for member in [*group["members"], group["note_taker"]]}
    for said in company.story["contributions"]:
        if said["activity"] in steps and moment(said["said_at"]) <= over:
            here |= {said.get("author"), said.get("recorded_by")} - {None}
    hosts = {p["id"] for p in company.story["participants"] if p["role"] in {"facilitator", "scribe", "helper"}}
    return [person["id"] for person in company.story["participants"] if person["id"] in here | hosts]


def _revealed_at(company: Company, step: Told) -> datetime:
    """When all was turned over: the story tells it with the step, with its dots or with its round of positions."""
    rounds = [*company.story["dot_votes"], *company.story["gradients"]["rounds"]]
    told = {found["activity"]: found["revealed_at"] for found in rounds}
    return moment(step.get("revealed_at") or told[step["id"]])


def _brought_at(company: Company, thread: Told) -> datetime:
    told = {press["activity"]: press["at"] for press in company.story["facilitation"] if "to" in press}
    return moment(told[thread["id"]]) if thread["id"] in told else moment(thread["closed_at"]) + BROUGHT_AFTER


def _kind(company: Company, step: Told) -> str:
    """Its way of working. Where nobody has chosen anything yet, people just talk."""
    kind = all_kinds().get(STAND_IN.get(step["kind"]) or step["kind"])
    is_known = kind is not None and (not kind.takes_answers or answers.is_answered(company.story, step["id"]))
    return kind.key if kind is not None and is_known else "open_dialogue"


def _fields(company: Company, step: Told) -> dict[str, Any]:
    said = moment(step["opened_at"])
    kept = ("title", "stages", "mechanisms", "identity", "blind")
    words = {"prompt": step["prompt"], "lead": step.get("lead") or step.get("proposal", "")}
    minutes = {"minutes": step["minutes"]} if "minutes" in step else {}
    moved = {name: company.calendar.words(text, said) for name, text in words.items()}
    told = answers.options_of(company.story, step["id"]) or step.get("options", {})
    options = {"options": told} if _kind(company, step) != "open_dialogue" else {}
    return {name: step[name] for name in kept} | moved | minutes | options
