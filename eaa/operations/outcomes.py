"""Tell what happened to what people said: used, parked, or not used and why."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from eaa.models import Agreement, AgreementState, Mechanism, Outcome, OutcomeKind, Record
from eaa.operations.locking import lock_for
from eaa.operations.records import cleaned_text, named
from eaa.queries.quoting import citable
from eaa.verbs import Verb
from sessions_app import clock, events
from sessions_app.errors import BadText, NotFound
from sessions_app.models import Activity, Contribution, Session, Workshop
from sessions_app.policy import Actor, require

MOST, WORDS = 200, 600
GONE = _("Some of the words that you chose were taken back. Choose again; your text is still here.")
Place = Record | Agreement | Activity | Session


def tell_outcomes(
    *,
    workshop: Workshop,
    actor: Actor,
    contributions: Sequence[uuid.UUID],
    kind: str,
    words: str = "",
    place: Place | None = None,
) -> list[Outcome]:
    """Tell what happened to CONTRIBUTIONS. The newest telling counts. PLACE is where they were used.

    "Not used" needs WORDS that say why; "used" a place or words. Records `outcome.told` for each that has changed.
    """
    require(actor, "eaa.lead", workshop)
    teller = named(actor)
    if not contributions:
        raise BadText(_("Choose at least one card."), field="card")
    if len(contributions) > MOST:
        raise BadText(_("That is very much at once. Choose at most 200 cards."), field="card")
    with transaction.atomic():
        require(actor, "eaa.lead", lock_for(workshop.pk, actor))
        if place is not None:
            place.refresh_from_db()
        fields = _fields(workshop, kind, words, place)
        found = list(
            citable(workshop).filter(pk__in=set(contributions)).select_related("dialogue__activity", "eaa_outcome")
        )
        if len(found) != len(set(contributions)):
            raise BadText(GONE, field="card")
        now = clock.now()
        changed = [one for one in found if not _says(getattr(one, "eaa_outcome", None), fields)]
        rows = [Outcome(contribution=one, told_by=teller, at=now, **fields) for one in changed]
        Outcome.objects.filter(contribution__in=changed).delete()
        Outcome.objects.bulk_create(rows)
        for names in (True, False):  # who tells of anonymous words is not in the log, as with everything about them
            told = [_about(one, kind) for one in changed if bool(one.anonymous_token) is not names]
            who = teller if names else None
            events.record_all(Verb.OUTCOME_TOLD, told, workshop_id=workshop.pk, actor=who, at=now)
    return rows


def _about(said: Contribution, kind: str) -> dict[str, Any]:
    refers = {"activity_id": said.dialogue.activity_id, "dialogue_id": said.dialogue_id, "contribution_id": said.pk}
    return {**refers, "data": {"outcome": kind}}


def _fields(workshop: Workshop, kind: str, words: str, place: Place | None) -> dict[str, Any]:
    if kind not in OutcomeKind.values:
        raise BadText(_("Choose what happened to it."), field="kind")
    words = cleaned_text(words, field="words", limit=WORDS) if words.strip() else ""
    if kind == OutcomeKind.NOT_USED and not words:
        raise BadText(_("Say why it was not used. Whoever wrote it reads your words."), field="words")
    if kind == OutcomeKind.USED and not words and place is None:
        raise BadText(_("Say where it was used, or choose the place."), field="words")
    if kind != OutcomeKind.USED:
        place = None  # beside "parked" and "not used" no place is meant
    elif place is not None and not _may_be_named(workshop, place):
        raise NotFound
    where = {name: place if isinstance(place, of) else None for name, of in PLACES.items()}
    return {"kind": kind, "words": words, **where}


PLACES: dict[str, type] = {"record": Record, "agreement": Agreement, "activity": Activity, "session": Session}


def _may_be_named(workshop: Workshop, place: Place) -> bool:
    """Whether everybody in WORKSHOP may know of PLACE."""
    if place.workshop_id != workshop.pk or place.removed_at is not None:
        return False
    if isinstance(place, Record):
        return place.mechanism != Mechanism.ASSETS
    if isinstance(place, Agreement):
        return place.state != AgreementState.DRAFT
    return not isinstance(place, Activity) or place.was_opened


def _says(outcome: Outcome | None, fields: dict[str, Any]) -> bool:
    """Whether OUTCOME says just that already."""
    return outcome is not None and all(getattr(outcome, name) == value for name, value in fields.items())
