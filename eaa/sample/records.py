"""The story's records: why the group is here, what each brings, what was written down, what it means, what became of
words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from eaa.models import Agreement, Mechanism, Record, Shown, Status
from eaa.operations import assets, checks, outcomes, records
from eaa.operations.evidence import Rests
from eaa.queries.quoting import citable
from sessions_app import clock
from sessions_app.models import Contribution, Role
from sessions_app.policy import SCRIBES, Actor
from sessions_app.sample.company import Company, Cue, Rank, Told, moment

A_MOMENT = timedelta(minutes=1)
TIME_TO_ANSWER = timedelta(days=14)
OUTCOMES_AT = "2026-11-06T16:00:00+01:00"  # the story gives them no moment: in the week after the last decision


@dataclass
class Made:
    """What the group has made so far, by the story's own ids."""

    company: Company
    records: dict[str, int] = field(default_factory=dict)
    agreements: dict[str, int] = field(default_factory=dict)

    def record(self, key: str) -> Record:
        return Record.objects.select_related("workshop").get(pk=self.records[key])

    def agreement(self, key: str) -> Agreement:
        return Agreement.objects.select_related("workshop").get(pk=self.agreements[key])

    def rests(self, evidence: list[Any]) -> list[Rests]:
        """What the story says something rests on, as far as everybody may read it now. What was said in a small group
        counts by its copy on everybody's table."""
        found = []
        for told in evidence:
            told = told if isinstance(told, dict) else {"contribution": told}
            said = self.said(told["contribution"])
            if said is not None:
                quote = self.company.calendar.words(told.get("quote", ""), clock.now())
                found.append(Rests(said.pk, _in(said.body, told.get("quote", ""), quote)))
        return found

    def said(self, key: str) -> Contribution | None:
        """What was said, where everybody may read it; None where they may not."""
        original = self.company.said.get(key)
        if original is None:
            return None
        open_to_all = citable(self.company.workshop)
        return open_to_all.filter(pk=original).first() or open_to_all.filter(carried_from=original).first()

    def writer(self, keys: list[str], roles: frozenset[Any] | None = None) -> Actor:
        """The first of KEYS who may write (has one of ROLES); else the organiser writes for them."""
        for key in keys:
            actor = self.company.actor(key)
            if actor.has(roles) if roles is not None else actor.roles != {Role.RESEARCHER}:
                return actor
        return self.company.actor(self.company.organiser)

    def words(self, text: str, told: datetime) -> str:
        """TEXT with its dates moved to where the stage has them."""
        return self.company.calendar.words(text, told)


def _in(body: str, *quotes: str) -> str:
    """The first of QUOTES that is in BODY as it stands; nothing, which means the whole, when none is."""
    return next((quote for quote in quotes if quote and quote in body), "")


def cues(made: Made) -> Iterator[Cue]:
    story = made.company.story
    for told in story["shared_intention"]:
        yield Cue(moment(told["at"]), Rank.AFTERWARDS, partial(_intention, made, told))
    for told in story["assets"]:
        said = next(one for one in story["contributions"] if one["id"] == told["from"])
        yield Cue(moment(said["said_at"]) + A_MOMENT, Rank.AFTERWARDS, partial(_asset, made, told))
        if told["shown"] != Shown.SHOWN:
            yield Cue(moment(said["said_at"]) + TIME_TO_ANSWER, Rank.AFTERWARDS, partial(_show, made, told))
    for told in story["documentation"]:
        yield Cue(moment(told["written_at"]), Rank.AFTERWARDS, partial(_document, made, told))
    for told in story["interpretations"]:
        yield from _interpretation(made, told)
    for told in story["outcomes"]:
        yield Cue(moment(OUTCOMES_AT), Rank.AFTERWARDS, partial(_outcome, made, told))


def _intention(made: Made, told: Told) -> None:
    company, rests = made.company, made.rests(told["rests_on"])
    actor = company.actor(company.organiser)
    if told["version"] == 1:
        made.records["intention"] = records.make_record(
            workshop=company.workshop, actor=actor, mechanism=Mechanism.INTENTION, text=told["text"], rests=rests
        ).pk
        return
    record = made.record("intention")
    records.revise_record(record=record, actor=actor, head=record.head, text=told["text"], rests=rests)


def _asset(made: Made, told: Told) -> None:
    company = made.company
    said = made.said(told["from"])
    made.records[told["id"]] = assets.keep_asset(
        workshop=company.workshop,
        actor=company.actor(told["owner"]),
        kind=told["kind"],
        text=told["text"],
        contribution=said,
        language="en",
        client_id=company.client_id(told["id"]),
    ).pk


def _show(made: Made, told: Told) -> None:
    assets.show_asset(record=made.record(told["id"]), actor=made.company.actor(told["owner"]), shown=str(told["shown"]))


def _document(made: Made, told: Told) -> None:
    company = made.company
    about: dict[str, Any] = {}
    if told["about"] in company.sessions:
        about["session"] = company.session(told["about"])
    elif told["about"] in company.activities:
        about["activity"] = company.activity(told["about"])
    made.records[told["id"]] = records.make_record(
        workshop=company.workshop,
        actor=made.writer([told["written_by"]]),
        mechanism=Mechanism.DOCUMENTATION,
        kind=told["kind"],
        title=told["title"],
        text=made.words(told["text"], moment(told["written_at"])),
        rests=made.rests(told["evidence"]),
        language="en",
        client_id=company.client_id(told["id"]),
        **about,
    ).pk


def _interpretation(made: Made, told: Told) -> Iterator[Cue]:
    yield Cue(moment(told["made_at"]), Rank.AFTERWARDS, partial(_interpret, made, told))
    yield Cue(moment(told["returned_at"]), Rank.AFTERWARDS, partial(_return, made, told))
    for check in told["checks"]:
        yield Cue(moment(check["at"]), Rank.WORDS, partial(_check, made, told, check))
    if told["outcome"] in {"understanding", "visible_difference"}:
        yield Cue(_settled_at(told), Rank.AFTERWARDS, partial(_settle, made, told))


def _settled_at(told: Told) -> datetime:
    """When it was understood; a difference was left standing when all had answered."""
    if "understood_at" in told:
        return moment(told["understood_at"])
    return max(moment(check["at"]) for check in told["checks"]) + A_MOMENT


def _interpret(made: Made, told: Told) -> None:
    company = made.company
    source = made.record(told["from_record"])
    made.records[told["id"]] = records.make_record(
        workshop=company.workshop,
        actor=made.writer(told["made_by"]),
        mechanism=Mechanism.INTERPRETATION,
        text=told["text"],
        rests=made.rests(told["evidence"]),
        made_by=[company.person(key) for key in told["made_by"]],
        from_record=source,
        session=source.session,
        activity=source.activity,
        language="en",
        client_id=company.client_id(told["id"]),
    ).pk


def _return(made: Made, told: Told) -> None:
    record = made.record(told["id"])
    until = clock.now() + TIME_TO_ANSWER
    actor = made.writer(told["made_by"])
    checks.return_record(record=record, actor=actor, head=record.head, until=until)


def _check(made: Made, told: Told, check: Told) -> None:
    record = made.record(told["id"])
    checks.tell_check(
        record=record,
        actor=made.company.actor(check["participant"]),
        head=record.head,
        answer=check["answer"],
        words=check.get("words", ""),
        language=check.get("language", ""),
    )


def _settle(made: Made, told: Told) -> None:
    record, company = made.record(told["id"]), made.company
    is_difference = told["outcome"] == "visible_difference"
    checks.settle_record(
        record=record,
        actor=company.actor(company.organiser),
        head=record.head,
        status=Status.DIFFERENCE if is_difference else Status.UNDERSTOOD,
        text=told.get("text_after_checks", ""),
        difference=told.get("difference", ""),
    )


def _outcome(made: Made, told: Told) -> None:
    company, said = made.company, made.said(told["contribution"])
    if said is None:
        return
    outcomes.tell_outcomes(
        workshop=company.workshop,
        actor=made.writer([company.organiser], SCRIBES),
        contributions=[said.pk],
        kind=told["outcome"],
        words=made.words(told["words"], moment(OUTCOMES_AT)),
        place=_place(made, told.get("in", "")),
    )


def _place(made: Made, key: str) -> outcomes.Place | None:
    company = made.company
    if key in made.records:
        return made.record(key)
    if key in made.agreements:
        return made.agreement(key)
    if key in company.sessions:
        return company.session(key)
    return company.activity(key) if key in company.activities else None
