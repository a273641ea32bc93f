"""Small groups: dealt by place, put right by the hosts, with notes; in the end their words lie on everybody's table."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial

from sessions_app.models import Group, Membership
from sessions_app.operations import carrying, group_work, groups
from sessions_app.sample.company import Company, Cue, Rank, Told, moment

A_MOVE = timedelta(seconds=4)
A_PAUSE = timedelta(seconds=20)


def cues(company: Company) -> Iterator[Cue]:
    """What happens around the groups of a step; what people say in them are words like all others."""
    for session in company.story["sessions"]:
        tables = {table["id"]: table for table in session["groups"]}
        for step in session["activities"]:
            if "dealt_at" in step:
                yield from _groups(company, step, [tables[key] for key in step["groups"]])


def _groups(company: Company, step: Told, tables: Sequence[Told]) -> Iterator[Cue]:
    at = moment(step["dealt_at"])
    yield Cue(at, Rank.PLANS, partial(_deal, company, step, tables))
    for table in tables:
        for member in table["members"]:
            at += A_MOVE
            yield Cue(at, Rank.PLANS, partial(_seat, company, step, table, member))
    yield Cue(at + A_MOVE, Rank.PLANS, partial(_clear, company, step, tables))
    for table in tables:
        yield Cue(at + A_MOVE, Rank.PLANS, partial(_name, company, table))
        yield Cue(at + A_PAUSE, Rank.PLANS, partial(_name_note_taker, company, table))
        if "call_link" in table:
            linked = moment(table["call_link_at"]) if "call_link_at" in table else at + A_MOVE
            yield Cue(linked, Rank.PLANS, partial(_name, company, table, table["call_link"]))
        yield Cue(moment(table["notes"]["at"]), Rank.AFTERWARDS, partial(_note, company, table))
    back = moment(step["back_at"])
    yield Cue(back, Rank.PLANS, partial(_bring_back, company, step))
    yield Cue(back + A_PAUSE, Rank.AFTERWARDS, partial(_carry_back, company, step))


def _deal(company: Company, step: Told, tables: Sequence[Told]) -> None:
    """Deal everybody; each table of the story is the group in which most of its people sit already."""
    activity = company.activity(step["id"])
    free = [group.pk for group in groups.make_groups(activity=activity, actor=company.actor(company.organiser))]
    sit = dict(Membership.objects.filter(activity=activity, left_at=None).values_list("participant", "group"))
    for table in tables:
        seats = [sit.get(company.people[member]) for member in table["members"]]
        company.groups[table["id"]] = max(free, key=seats.count)
        free.remove(company.groups[table["id"]])


def _seat(company: Company, step: Told, table: Told, member: str) -> None:
    groups.move_person(
        activity=company.activity(step["id"]),
        actor=company.actor(company.organiser),
        person=company.person(member),
        group=company.group(table["id"]),
    )


def _clear(company: Company, step: Told, tables: Sequence[Told]) -> None:
    """Take away what was dealt and is empty now."""
    ours = [company.groups[table["id"]] for table in tables]
    surplus = Group.objects.standing().filter(activity=company.activities[step["id"]]).exclude(pk__in=ours)
    for group in surplus.select_related("activity__workshop", "dialogue"):
        groups.remove_group(group=group, actor=company.actor(company.organiser))


def _name(company: Company, table: Told, call_link: str = "") -> None:
    group_work.change_group(
        group=company.group(table["id"]),
        actor=company.actor(company.organiser),
        name=table["name"],
        call_link=call_link,
    )


def _name_note_taker(company: Company, table: Told) -> None:
    """The organiser asks one of the group; a host who writes for a group takes the notes unasked."""
    taker = table["note_taker"]
    actor = company.actor(company.organiser if taker in table["members"] else taker)
    group_work.name_note_taker(group=company.group(table["id"]), actor=actor, person=company.person(taker))


def _note(company: Company, table: Told) -> None:
    actor = company.actor(table["note_taker"])
    group_work.keep_notes(group=company.group(table["id"]), actor=actor, text=table["notes"]["text"])


def _bring_back(company: Company, step: Told) -> None:
    groups.bring_back(activity=company.activity(step["id"]), actor=company.actor(company.organiser))


def _carry_back(company: Company, step: Told) -> None:
    carrying.carry_back(activity=company.activity(step["id"]), actor=company.actor(company.organiser))
