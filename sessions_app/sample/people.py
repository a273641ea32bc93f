"""People: they come, say yes or no, write for others, and some leave."""

import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from sessions_app.identifiers import ALPHABET
from sessions_app.models import Purpose, Role
from sessions_app.operations import participants, workshops
from sessions_app.operations.staff import add_staff
from sessions_app.policy import SCRIBES
from sessions_app.sample.company import Company, Cue, Rank, Told, moment

WITH_ACCOUNT = frozenset({Role.FACILITATOR, Role.RESEARCHER})
ASKED = (Purpose.RESEARCH, Purpose.QUOTED, Purpose.CONTACTED_AGAIN)


def cues(company: Company) -> Iterator[Cue]:
    """The workshop is made, people join and answer, somebody leaves, and in the end it closes."""
    told = company.story["workshop"]
    yield Cue(moment(told["opens"]), Rank.WORKSHOP, partial(_make_workshop, company))
    yield Cue(moment(told["closes"]), Rank.ENDINGS, partial(_close_workshop, company))
    for person in company.story["participants"]:
        if person["id"] != company.organiser:
            yield Cue(moment(person["joined"]), Rank.PEOPLE, partial(_join, company, person))
        yield from _answers(company, person)
        if "left" in person:
            yield Cue(moment(person["left"]), Rank.AFTERWARDS, partial(_leave, company, person["id"]))
    yield from _writers_for_others(company)


def _make_workshop(company: Company) -> None:
    told = company.story["workshop"]
    host = next(person for person in company.story["participants"] if person["id"] == company.organiser)
    closes = company.calendar.moment(moment(f"{told['keep_until']}T12:00:00+01:00"))
    company.workshop = workshops.create_workshop(
        user=_account(host),
        host_name=host["name"],
        slug=company.slug,
        code="".join(company.chance.choice(ALPHABET) for _ in range(8)),
        host=_fields(host),
        title=told["title"],
        lead=told["lead"],
        purpose=told["purpose"],
        languages=told["languages"],
        time_zone=told["time_zone"],
        contact_name=told["contact"]["name"],
        contact_phone=told["contact"]["phone"],
        late_answers_days=told["late_answers_days"],
        keep_until=closes.date(),
    )
    company.people[host["id"]] = company.workshop.participants.get().pk


def _close_workshop(company: Company) -> None:
    workshops.close_workshop(workshop=company.workshop, actor=company.actor(company.organiser))


def _join(company: Company, person: Told) -> None:
    account = {"user": _account(person)} if person["role"] in WITH_ACCOUNT else {}
    joined = participants.add_person(
        workshop=company.workshop, roles=[person["role"]], name=person["name"], **_fields(person), **account
    )
    company.people[person["id"]] = joined.pk


def _answers(company: Company, person: Told) -> Iterator[Cue]:
    told, joined = person["consents"], moment(person["joined"])
    for purpose in ASKED:
        answer = told[purpose]
        asked = partial(_answer, company, person["id"], purpose, told["notice_version"])
        if answer == "withdrawn":
            yield Cue(moment(told["research_given_at"]), Rank.PEOPLE, partial(asked, True))
            yield Cue(moment(told["research_withdrawn_at"]), Rank.PEOPLE, partial(asked, False))
        elif answer != "not_asked":
            yield Cue(joined, Rank.PEOPLE, partial(asked, answer == "said_yes"))


def _answer(company: Company, key: str, purpose: str, version: int, yes: bool) -> None:
    participants.answer_consent(
        person=company.person(key), actor=company.actor(key), purpose=purpose, yes=yes, version=version
    )


def _leave(company: Company, key: str) -> None:
    participants.remove(person=company.person(key), actor=company.actor(key))
    company.changed(key)


def _writers_for_others(company: Company) -> Iterator[Cue]:
    """Whoever takes down words on the phone without being a scribe is made one just before the first time."""
    roles = {person["id"]: person["role"] for person in company.story["participants"]}
    seen: set[str] = set()
    for said in sorted(company.story["contributions"], key=lambda said: moment(said["said_at"])):
        writer = said.get("recorded_by")
        if writer and roles[writer] not in SCRIBES and writer not in seen:
            seen.add(writer)
            before = moment(said["said_at"]) - timedelta(minutes=1)
            yield Cue(before, Rank.PEOPLE, partial(_make_scribe, company, writer))


def _make_scribe(company: Company, key: str) -> None:
    person = company.person(key)
    roles = [*person.roles, Role.SCRIBE]
    participants.change_roles(person=person, actor=company.actor(company.organiser), roles=roles)
    company.changed(key)


def _account(person: Told) -> Any:
    user, _is_new = add_staff(email=_email(person), name=person["name"])
    return user


def _fields(person: Told) -> dict[str, Any]:
    return {
        "usual_place": person["usual_place"],
        "language": person["language"],
        "about": person["about"],
        "access_needs": person.get("access_need", ""),
        "email": _email(person) if person["reach_by"] == "email" else "",
    }


def _email(person: Told) -> str:
    first = unicodedata.normalize("NFKD", person["name"].split()[0].lower())
    return f"{first.encode('ascii', 'ignore').decode()}@example.org"
