"""The story's agreements: versions, where people stand, signatures, suggestions, promises, what holds in the end."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from eaa.models import Commitment
from eaa.operations import agreements, commitments, drafting, positions, signatures, suggestions
from eaa.operations.clauses import Wording
from eaa.operations.evidence import Rests
from eaa.queries.standing import token_of, versions_of
from eaa.sample.records import A_MOMENT, Made
from sessions_app.models import Via
from sessions_app.policy import SCRIBES
from sessions_app.sample.answers import SCRIBE
from sessions_app.sample.company import Cue, Rank, Told, moment

BY_OTHERS = frozenset({Via.SCRIBE, Via.PAPER, Via.TABLET})
NOON = "T12:00:00+01:00"
REVIEWED_AT = "2026-11-11T09:00:00+01:00"  # the story gives it no moment: in the week of its last positions


def cues(made: Made) -> Iterator[Cue]:
    for told in made.company.story["agreements"]:
        yield from _versions(made, told)
        yield from _around(made, told)


def _versions(made: Made, told: Told) -> Iterator[Cue]:
    """Each version is open until the next one comes, the last as long as the story says."""
    versions = told["versions"]
    ends = [moment(version["at"]) for version in versions[1:]] + [moment(told["open_until"])]
    for version, until in zip(versions, ends, strict=True):
        act = _open if version["version"] == 1 else _revise
        yield Cue(moment(version["at"]), Rank.AFTERWARDS, partial(act, made, told, version, until))
        for position in version["positions"]:
            clause = next(
                (one["clause"] for one in version.get("dissents", []) if one["participant"] == position["participant"]),
                None,
            )
            at = max(moment(position["at"]), moment(version["at"]) + A_MOMENT / 2)
            yield Cue(at, Rank.WORDS, partial(_position, made, told, version, position, clause))
        for signature in version.get("signatures", []):
            at = max(moment(signature["at"]), moment(version["at"]) + A_MOMENT / 2)
            yield Cue(at, Rank.AFTERWARDS, partial(_sign, made, told, version, signature))
        for suggestion in version.get("suggestions", []):
            yield from _suggestion(made, told, version, suggestion)


def _around(made: Made, told: Told) -> Iterator[Cue]:
    last = moment(told["versions"][-1]["at"])
    for number, promise in enumerate(told.get("commitments", []), start=1):
        at = last + number * A_MOMENT
        yield Cue(at, Rank.ENDINGS, partial(_promise, made, told, promise))
        if promise["state"] != "not_yet":
            day = promise.get("done_on") or promise["starts_on"]
            yield Cue(max(at, moment(f"{day}{NOON}")) + A_MOMENT, Rank.ENDINGS, partial(_tell, made, told, promise))
    if told["state"] == "in_force":
        yield Cue(moment(told["open_until"]), Rank.ENDINGS, partial(_agree, made, told))
    elif told["state"] == "under_review":
        yield Cue(moment(REVIEWED_AT), Rank.AFTERWARDS, partial(_review, made, told))


def _wordings(made: Made, version: Told) -> list[Wording]:
    """The clauses keep their numbers in every version of the story, so that their numbers are their keys."""
    rests = {one["clause"]: one for one in version.get("rests_on", [])}
    return [
        Wording(
            text=made.words(one["text"], moment(version["at"])),
            heading=one["heading"],
            key=one["number"],
            rests=_rests(made, rests.get(one["number"], {})),
        )
        for one in version["clauses"]
    ]


def _rests(made: Made, told: Told) -> list[Rests]:
    """Records first, which lead on to the words that they rest on; then the words that the clause itself names."""
    records = [Rests(record=made.records[key]) for key in told.get("records", [])]
    return records + made.rests(told.get("evidence", []))


def _open(made: Made, told: Told, version: Told, until: datetime) -> None:
    company = made.company
    host = company.actor(company.organiser)
    agreement = agreements.create_agreement(
        workshop=company.workshop,
        actor=made.writer([version["written_by"]], SCRIBES),
        title=told["title"],
        clauses=_wordings(made, version),
        language="en",
        client_id=company.client_id(told["id"]),
    )
    made.agreements[told["id"]] = agreement.pk
    agreements.open_agreement(
        agreement=agreement,
        actor=host,
        until=company.calendar.moment(until),
        silence_means=told["silence_means"],
        asked=[company.person(key) for key in told["who_may_answer"]],
        review_on=_day(made, told["review_on"]),
    )


def _revise(made: Made, told: Told, version: Told, until: datetime) -> None:
    company, agreement = made.company, made.agreement(told["id"])
    drafting.revise_agreement(
        agreement=agreement,
        actor=made.writer([version["written_by"]], SCRIBES),
        seen=token_of(versions_of(agreement)[-1]),
        clauses=_wordings(made, version),
        because=made.words(" ".join(_reasons(version)), moment(version["at"])),
        until=company.calendar.moment(until),
        review_on=_day(made, told["review_on"]),
    )


def _reasons(version: Told) -> list[str]:
    return [change["because"] for change in version["changes"] if "because" in change]


def _hand(made: Made, told: Told, who: str) -> dict[str, Any]:
    """Who acts: the person, or the scribe who writes it down for them."""
    company = made.company
    if told.get("via") in BY_OTHERS:
        return {"actor": company.actor(SCRIBE), "person": company.person(who), "via": told["via"]}
    return {"actor": company.actor(who), "via": told.get("via", Via.THREAD)}


def _position(made: Made, told: Told, version: Told, position: Told, clause: int | None) -> None:
    positions.take_position(
        agreement=made.agreement(told["id"]),
        version=version["version"],
        choice=position["answer"],
        words=position.get("words", ""),
        clause=clause,
        language=position.get("language", ""),
        **_hand(made, position, position["participant"]),
    )


def _sign(made: Made, told: Told, version: Told, signature: Told) -> None:
    signatures.sign(
        agreement=made.agreement(told["id"]),
        version=version["version"],
        signs_as=signature.get("signs_as", ""),
        **_hand(made, signature, signature["participant"]),
    )


def _suggestion(made: Made, told: Told, version: Told, suggestion: Told) -> Iterator[Cue]:
    said = next(one for one in made.company.story["contributions"] if one["id"] == suggestion["contribution"])
    at = moment(said["said_at"]) + A_MOMENT
    yield Cue(at, Rank.AFTERWARDS, partial(_suggest, made, told, version, suggestion, said["author"]))


def _suggest(made: Made, told: Told, version: Told, suggestion: Told, author: str) -> None:
    said = made.said(suggestion["contribution"])
    if said is None:
        return
    agreement = made.agreement(told["id"])
    row = suggestions.suggest(
        agreement=agreement,
        actor=made.company.actor(author),
        version=version["version"],
        clause=suggestion["clause"],
        contribution=said.pk,
        client_id=made.company.client_id(f"suggestion {suggestion['contribution']}"),
    )
    if suggestion["state"] == "accepted":
        suggestions.settle_suggestion(
            agreement=agreement, actor=made.company.actor(made.company.organiser), suggestion=row.pk, accepted=True
        )


def _promise(made: Made, told: Told, promise: Told) -> None:
    company = made.company
    commitments.promise(
        agreement=made.agreement(told["id"]),
        actor=company.actor(company.organiser),
        people=[company.person(key) for key in promise["who"]],
        what=made.words(promise["what"], moment(told["versions"][-1]["at"])),
        due_on=_day(made, promise["by_date"]) if "by_date" in promise else None,
        due_words=promise.get("by", ""),
        starts_on=_day(made, promise["starts_on"]) if "starts_on" in promise else None,
        client_id=company.client_id(promise["id"]),
    )


def _tell(made: Made, told: Told, promise: Told) -> None:
    company, agreement = made.company, made.agreement(told["id"])
    row = Commitment.objects.get(client_id=company.client_id(promise["id"]))
    row.agreement = agreement
    commitments.tell_of(
        agreement=agreement,
        actor=company.actor(company.organiser),
        commitment=row,
        state=promise["state"],
        done_on=_day(made, promise["done_on"]) if "done_on" in promise else None,
    )


def _agree(made: Made, told: Told) -> None:
    agreements.bring_into_force(agreement=made.agreement(told["id"]))


def _review(made: Made, told: Told) -> None:
    agreements.begin_review(agreement=made.agreement(told["id"]), actor=made.company.actor(made.company.organiser))


def _day(made: Made, told: str) -> date:
    return made.company.calendar.day(date.fromisoformat(told))
