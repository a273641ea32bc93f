"""An agreement from its draft to its end: write it, open it, let it hold, look it over again, end it."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from eaa.models import Agreement, AgreementState, Scale
from eaa.operations.clauses import Wording
from eaa.operations.drafting import first_version
from eaa.operations.locking import lock_for, locked, tell
from eaa.operations.terms import body, check_review, check_until, clean_title, is_another, line
from eaa.queries.agreements import shared_intention, those_who_take_part
from eaa.queries.standing import standing_objections, stands_from, versions_of
from eaa.verbs import Verb
from sessions_app import clock, events
from sessions_app.errors import BadText, NotAllowed, NotFound, Refused
from sessions_app.models import Participant, Workshop
from sessions_app.operations.parking import one_by_one
from sessions_app.policy import Actor, require

SILENCE, SERVES = 300, 600


def create_agreement(
    *,
    workshop: Workshop,
    actor: Actor,
    title: str,
    clauses: Sequence[Wording] = (),
    language: str = "",
    client_id: uuid.UUID | None = None,
) -> Agreement:
    """Begin a draft, with CLAUSES or empty. The same CLIENT_ID gives the same one."""
    require(actor, "eaa.lead", workshop)
    if actor.participant is None:
        raise NotFound
    called = clean_title(title)
    with transaction.atomic():
        require(actor, "eaa.lead", lock_for(workshop.pk, actor))
        made = Agreement.objects.filter(workshop=workshop, client_id=client_id).first() if client_id else None
        if made is not None:
            return made
        now = clock.now()
        agreement = Agreement.objects.create(
            workshop=workshop,
            title=called,
            head=1,
            created_at=now,
            created_by=actor.participant,
            client_id=client_id,
        )
        first_version(agreement, actor.participant, clauses, language or actor.participant.language)
        tell(Verb.AGREEMENT_DRAFTED, agreement, actor)
    return agreement


def open_agreement(
    *,
    agreement: Agreement,
    actor: Actor,
    until: datetime,
    silence_means: str,
    asked: Iterable[Participant] | None = None,
    scale: str = "",
    review_on: date | None = None,
    serves: str = "",
) -> Agreement:
    """Ask everybody who takes part, or those in ASKED, where they stand, UNTIL then.

    What silence will mean is written before anybody answers, and stays. The shared intention as it reads now goes with
    it, and in SERVES how the text serves it. Refuses a draft without a clause.
    """
    means = line(silence_means, SILENCE, "silence_means")
    words = body(serves, SERVES, "serves")
    with locked(agreement, actor, "agreement.decide"):
        if agreement.state != AgreementState.DRAFT:
            raise Refused(_("It is open already. Change until when, or whom you ask."))
        if not agreement.versions.get(number=agreement.head).clauses.exists():
            raise Refused(_("There is no clause yet. Write one first."))
        check_until(until)
        check_review(agreement, review_on, until)
        agreement.scale = _known_scale(scale) or agreement.scale
        agreement.state, agreement.silence_means, agreement.serves = AgreementState.OPEN, means, words
        agreement.opened_at, agreement.open_until, agreement.review_on = clock.now(), until, review_on
        agreement.intention = shared_intention(agreement.workshop)
        agreement.save()
        agreement.asked.set(those_who_take_part(agreement.workshop) if asked is None else _here(agreement, asked))
        if not agreement.asked.exists():
            raise BadText(_("Choose at least one person who is asked."), field="asked")
        tell(Verb.AGREEMENT_OPENED, agreement, actor, until=until.isoformat())
    return agreement


def prolong_agreement(
    *,
    agreement: Agreement,
    actor: Actor,
    until: datetime | None = None,
    asked: Iterable[Participant] = (),
    review_on: date | None = None,
) -> Agreement:
    """Give more time, ask more people, or choose when it is read again. Nobody's time is cut, nobody is left out.

    What held and is looked over holds again only after the new time has passed.
    """
    with locked(agreement, actor, "agreement.decide"):
        if agreement.state not in {AgreementState.OPEN, AgreementState.UNDER_REVIEW} or agreement.open_until is None:
            raise Refused(_("People are not asked about this now. Load the page again to see how it stands."))
        if until is not None and is_another(until, agreement.open_until):
            check_until(until)
            if until < agreement.open_until:
                raise BadText(_("People were told that they have until then. Choose a later day."), field="day")
            agreement.open_until, agreement.in_force_at = until, None
        if review_on != agreement.review_on:
            check_review(agreement, review_on, agreement.open_until)
            agreement.review_on = review_on
        agreement.save(update_fields=["open_until", "in_force_at", "review_on"])
        agreement.asked.add(*_here(agreement, asked))
        tell(Verb.AGREEMENT_OPENED, agreement, actor, until=agreement.open_until.isoformat())
        if agreement.state == AgreementState.UNDER_REVIEW:
            tell(Verb.AGREEMENT_REVIEWED, agreement, actor)
    return agreement


def bring_into_force(*, agreement: Agreement, actor: Actor | None = None) -> bool:
    """Let it hold: by a facilitator's press, or (without actor) when its time is up. Never before its window closed.

    With consent it waits as long as somebody objects. Returns whether it holds from now on; a second call changes
    nothing.
    """
    with locked(agreement, actor, "agreement.decide"):
        now = clock.now()
        is_over = agreement.open_until is not None and agreement.open_until <= now
        if actor is not None and agreement.state == AgreementState.OPEN and not is_over:
            raise Refused(_("Those who were not there still have time to answer. It can hold after that."))
        if agreement.state != AgreementState.OPEN or not is_over:
            return False
        if _objected(agreement):
            if actor is not None:
                raise Refused(_("Somebody objects. Change the text with them first."))
            return False
        agreement.state, agreement.in_force_at = AgreementState.IN_FORCE, now
        agreement.save(update_fields=["state", "in_force_at"])
        tell(Verb.AGREEMENT_AGREED, agreement, actor)
    return True


def bring_due_into_force() -> int:
    """Let everything hold whose time is up. Running it twice, or in two workers, does each once."""
    due = Agreement.objects.standing().filter(state=AgreementState.OPEN, open_until__lte=clock.now())
    rows = due.filter(workshop__removed_at=None).select_related("workshop")
    return one_by_one("agree", rows, lambda agreement: bring_into_force(agreement=agreement))


def begin_review(*, agreement: Agreement, actor: Actor) -> Agreement:
    """Look it over again, at any time. While it is open, people go on answering."""
    with locked(agreement, actor, "agreement.decide"):
        if agreement.state not in {AgreementState.OPEN, AgreementState.IN_FORCE}:
            raise Refused(_("This can’t be looked over just now. Load the page again to see how it stands."))
        agreement.state = AgreementState.UNDER_REVIEW
        agreement.save(update_fields=["state"])
        tell(Verb.AGREEMENT_REVIEWED, agreement, actor)
    return agreement


def keep_as_it_is(*, agreement: Agreement, actor: Actor, review_on: date | None = None) -> Agreement:
    """End looking over without another text: what held goes on to hold, what was open is open once more."""
    with locked(agreement, actor, "agreement.decide"):
        if agreement.state != AgreementState.UNDER_REVIEW or agreement.open_until is None:
            raise Refused(_("Nobody looks this over just now. Load the page again to see how it stands."))
        check_review(agreement, review_on, None)
        agreement.review_on = review_on
        held = agreement.in_force_at is not None
        agreement.state = AgreementState.IN_FORCE if held else AgreementState.OPEN
        agreement.save(update_fields=["state", "review_on"])
        if held:
            tell(Verb.AGREEMENT_AGREED, agreement, actor)
        else:
            tell(Verb.AGREEMENT_OPENED, agreement, actor, until=agreement.open_until.isoformat())
    return agreement


def end_agreement(*, agreement: Agreement, actor: Actor) -> Agreement:
    """It holds no more, and can still be read."""
    with locked(agreement, actor, "agreement.decide"):
        if agreement.state == AgreementState.DRAFT:
            raise Refused(_("This is only a draft. You can throw it away."))
        if agreement.state != AgreementState.ENDED:
            agreement.state = AgreementState.ENDED
            agreement.save(update_fields=["state"])
            tell(Verb.AGREEMENT_ENDED, agreement, actor)
    return agreement


def remove_agreement(*, agreement: Agreement, actor: Actor, gone: bool = True) -> Agreement:
    """Throw a draft away, or (gone=False) put it back."""
    with locked(agreement, actor, "agreement.write", removed=True):
        if agreement.state != AgreementState.DRAFT:
            raise NotAllowed(_("People were asked about this already, so it stays. You can end it."))
        if (agreement.removed_at is not None) != gone:
            agreement.removed_at = clock.now() if gone else None
            agreement.save(update_fields=["removed_at"])
            events.record(
                Verb.AGREEMENT_REMOVED,
                workshop_id=agreement.workshop_id,
                actor=actor.participant,
                data={"agreement": agreement.pk, "gone": gone},
            )
    return agreement


def _objected(agreement: Agreement) -> bool:
    if agreement.scale != Scale.CONSENT:
        return False
    first = stands_from(versions_of(agreement), agreement.head)
    return bool(standing_objections(agreement, first, agreement.head))


def _known_scale(scale: str) -> str:
    if scale and scale not in Scale.values:
        raise BadText(_("Choose one of the answers in the list."), field="scale")
    return scale


def _here(agreement: Agreement, people: Iterable[Participant]) -> list[Participant]:
    chosen = list(people)
    if any(person.workshop_id != agreement.workshop_id for person in chosen):
        raise NotFound
    return chosen
