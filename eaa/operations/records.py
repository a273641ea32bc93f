"""Make records, give them new versions, throw them away by mistake and put them back."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from eaa.models import (
    AssetKind,
    Check,
    DocumentKind,
    Evidence,
    Mechanism,
    Record,
    RecordVersion,
    Status,
)
from eaa.operations.evidence import Rests, carry_over, rest_on
from eaa.operations.locking import lock_for
from eaa.queries.quoting import Quote, quotes
from eaa.verbs import Verb
from sessions_app import clock, events
from sessions_app.errors import BadText, NotAllowed, NotFound, Refused, Stale, TooLong
from sessions_app.models import Activity, Participant, Session, Workshop
from sessions_app.operations.participants import NeedsName
from sessions_app.policy import Actor, require
from sessions_app.text import clean_body, clean_line

TITLE, TEXT, BECAUSE = 120, 4000, 600  # signs that a person sees
KINDS: dict[str, Sequence[str]] = {Mechanism.DOCUMENTATION: DocumentKind.values, Mechanism.ASSETS: AssetKind.values}
CHANGED = _("Somebody changed the text meanwhile. What you wrote is still here, and the new text stands beside it.")
ONE_INTENTION = _("There is a shared intention already. Change that one, so that its history stays together.")


def make_record(
    *,
    workshop: Workshop,
    actor: Actor,
    mechanism: str,
    text: str,
    title: str = "",
    kind: str = "",
    rests: Sequence[Rests] = (),
    client_id: uuid.UUID | None = None,
    **about: Any,
) -> Record:
    """Write a record down, with what it rests on. The same CLIENT_ID, if there is one, gives the same record.

    ABOUT may hold session, activity, from_record, made_by (people, beside the one who writes), owner and language.
    Whoever takes part may; the shared intention is for facilitators and scribes. Records `record.made`.
    """
    is_shared_intention = mechanism == Mechanism.INTENTION and about.get("owner") is None
    right = "eaa.lead" if is_shared_intention else "eaa.write"
    require(actor, right, workshop)
    writer = named(actor)
    fields = {"mechanism": _mechanism(mechanism), "kind": _kind(mechanism, kind), **_about(workshop, about)}
    title, text = cleaned_title(title), cleaned_text(text)
    with transaction.atomic():
        require(actor, right, lock_for(workshop.pk, actor))
        if client_id and (made := Record.objects.filter(workshop=workshop, client_id=client_id).first()):
            return made
        if is_shared_intention and shared_intention(workshop) is not None:
            raise Refused(ONE_INTENTION)
        now = clock.now()
        record = Record.objects.create(
            workshop=workshop, title=title, created_at=now, created_by=writer, client_id=client_id, **fields
        )
        record.made_by.set({writer, *about.get("made_by", ())} if record.owner_id is None else {writer})
        version = write_version(record, writer, text, at=now, language=about.get("language", ""))
        rest_on(workshop, rests, at=now, version=version)
        tell(Verb.RECORD_MADE, record, writer, at=now, version=1, mechanism=mechanism)
    return record


def revise_record(
    *,
    record: Record,
    actor: Actor,
    head: int,
    text: str,
    title: str | None = None,
    because: str = "",
    rests: Sequence[Rests] | None = None,
    language: str = "",
) -> Record:
    """Give RECORD a new version, which rests on RESTS, or on the same as before when that is None.

    HEAD is the number of the version that the writer saw. While people are asked until a day that has not passed, they
    are asked anew; otherwise the new text waits to be returned. Records `record.revised`. Raises Stale, Refused.
    """
    text = cleaned_text(text)
    title = cleaned_title(title) if title is not None else None
    because = cleaned_because(because)
    with transaction.atomic():
        locked(record, actor, "record.change", head=head)
        now, before = clock.now(), record.versions.get(number=record.head)
        kept = list(before.evidence.all())
        old, new = (kept, []) if rests is None else _sorted(rests, kept)
        is_same = (before.text, record.title) == (text, record.title if title is None else title)
        if is_same and not new and len(old) == len(kept):
            return record
        if title is not None:
            record.title = title
        version = write_version(record, named(actor), text, at=now, because=because, language=language)
        carry_over(old, version=version)
        rest_on(record.workshop, new, at=now, version=version)
        is_asked = record.status == Status.RETURNED and record.answers_until is not None and now < record.answers_until
        record.status, record.settled_at, record.difference = Status.RETURNED if is_asked else Status.DRAFT, None, ""
        record.save(update_fields=["title", "head", "status", "settled_at", "difference"])
        tell(Verb.RECORD_REVISED, record, actor.participant, at=now, version=record.head, status=record.status)
    return record


def remove_record(*, record: Record, actor: Actor) -> Record:
    """Throw away a record that was made by mistake. What people answered to, or what rests on it, keeps it."""
    with transaction.atomic():
        locked(record, actor, "record.change")
        if Check.objects.filter(version__record=record).exists():
            raise NotAllowed(_("People have answered to it, so it stays. Change its text instead."))
        if Evidence.objects.filter(record=record).exists() or record.led_to.standing().exists():
            raise NotAllowed(_("Something else rests on it, so it stays. Change its text instead."))
        record.removed_at = clock.now()
        record.save(update_fields=["removed_at"])
        tell(Verb.RECORD_REMOVED, record, actor.participant, at=record.removed_at, gone=True)
    return record


def put_back_record(*, record: Record, actor: Actor) -> Record:
    """Put back what was thrown away."""
    with transaction.atomic():
        locked(record, actor, "record.change", removed=True)
        if record.removed_at is None:
            return record
        if record.mechanism == Mechanism.INTENTION and shared_intention(record.workshop) is not None:
            raise Refused(ONE_INTENTION)
        record.removed_at = None
        record.save(update_fields=["removed_at"])
        tell(Verb.RECORD_REMOVED, record, actor.participant, at=clock.now(), gone=False)
    return record


def shared_intention(workshop: Workshop) -> Record | None:
    """Why the group is here, if somebody has written it down."""
    found = Record.objects.standing().filter(workshop=workshop, mechanism=Mechanism.INTENTION, owner=None)
    return found.first()


def locked(record: Record, actor: Actor, action: str, *, head: int | None = None, removed: bool = False) -> None:
    """Lock the workshop, and read RECORD as it is now. Raises Stale when its newest version is not HEAD.

    Inside the transaction of the operation that decides after this.
    """
    workshop = lock_for(record.workshop_id, actor)
    record.refresh_from_db()
    record.workshop = workshop
    if record.removed_at is not None and not removed:
        raise NotFound
    require(actor, action, record)
    if head is not None and head != record.head:
        raise Stale(CHANGED)


def write_version(
    record: Record, writer: Participant, text: str, *, at: datetime, because: str = "", language: str = ""
) -> RecordVersion:
    """The next version of RECORD, whose head is its number; one save. Inside the operation that records it."""
    record.head += 1
    record.save(update_fields=["head"])
    return RecordVersion.objects.create(
        record=record,
        number=record.head,
        text=text,
        because=because,
        language=language or writer.language,
        written_by=writer,
        at=at,
    )


def tell(verb: Verb, record: Record, actor: Participant | None, *, at: datetime, **data: Any) -> None:
    """The event of what happened to RECORD. DATA may name the participant it is about."""
    about = {"participant": data.pop("participant")} if "participant" in data else {}
    told = {"record": record.pk, **data}
    events.record(verb, workshop_id=record.workshop_id, actor=actor, at=at, data=told, **about)


def named(actor: Actor) -> Participant:
    """The person who acts; what somebody makes for the group has a name under it. Raises NeedsName."""
    assert actor.participant is not None  # noqa: S101  -- require has looked
    if not actor.participant.is_named:
        raise NeedsName(_("Say first, under “Me”, what we should call you. What you wrote is still here."))
    return actor.participant


def cleaned_text(text: str, *, field: str = "text", limit: int = TEXT) -> str:
    """TEXT as it is kept. Refusals say in which FIELD of a form it stands."""
    try:
        return clean_body(text, limit=limit)
    except (BadText, TooLong) as trouble:
        raise type(trouble)(trouble.message, field=field) from trouble


def cleaned_title(title: str) -> str:
    try:
        return clean_line(title, limit=TITLE) if title.strip() else ""
    except (BadText, TooLong) as trouble:
        raise type(trouble)(trouble.message, field="title") from trouble


def cleaned_because(because: str) -> str:
    return cleaned_text(because, field="because", limit=BECAUSE) if because.strip() else ""


def _mechanism(mechanism: str) -> str:
    if mechanism not in Mechanism.values:
        raise BadText(_("Choose one of the answers in the list."), field="mechanism")
    return mechanism


def _kind(mechanism: str, kind: str) -> str:
    if kind and kind not in KINDS.get(mechanism, ()):
        raise BadText(_("Choose one of the answers in the list."), field="kind")
    return kind


def _about(workshop: Workshop, about: dict[str, Any]) -> dict[str, Any]:
    """What ABOUT says of the record itself, all of it of WORKSHOP. Raises NotFound for another's."""
    fields: dict[str, Any] = {}
    kinds: dict[str, type] = {"session": Session, "activity": Activity, "from_record": Record, "owner": Participant}
    for name, kind in kinds.items():
        if (given := about.get(name)) is not None:
            if not isinstance(given, kind) or getattr(given, "workshop_id", None) != workshop.pk:
                raise NotFound
            fields[name] = given
    if any(person.workshop_id != workshop.pk for person in about.get("made_by", ())):
        raise NotFound
    return fields


def _sorted(rests: Sequence[Rests], kept: Sequence[Evidence]) -> tuple[list[Evidence], list[Rests]]:
    """What is quoted as before, and is carried over as the words stood when they were first chosen; what is new.

    A gap where words were taken back can be carried over, too.
    """
    shown = quotes(kept)
    old: list[Evidence] = []
    new: list[Rests] = []
    for rest in rests:
        same = [row for row in kept if (row.contribution_id, row.record_id) == (rest.contribution, rest.record)]
        found = next((row for row in same if row.pk in shown and _says(shown[row.pk], rest.quote.strip())), None)
        if found is not None:
            old.append(found)
        else:
            new.append(rest)
    return old, new


def _says(quote: Quote, words: str) -> bool:
    """Whether WORDS, nothing for the whole, are what QUOTE quotes already."""
    return quote.is_gone or (words == quote.words if quote.is_part else words in {"", quote.words})
