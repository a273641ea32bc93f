"""Answers that a scribe or a facilitator types for somebody in the hall, or from a paper ballot."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import events
from sessions_app.errors import BadText, NotAllowed, Refused
from sessions_app.kinds import Sent, kind_of
from sessions_app.models import Dialogue, Identity, Participant, Response, Via
from sessions_app.operations import responses
from sessions_app.policy import Actor, require
from sessions_app.text import clean_line
from sessions_app.verbs import Verb

HOW_SIGNS = 400


class AnsweredAlready(Refused):
    """One person has one vote: somebody asks before the one that stands there is replaced."""

    code, status = "answered_already", 409
    text = _("There is an answer already. It counts once: replace it, or leave it as it is.")


def type_answer(
    *,
    dialogue: Dialogue,
    actor: Actor,
    sent: Sent,
    person: Participant | None = None,
    ballot: str = "",
    replaces: bool = False,
    reason: str = "",
    round_: int | None = None,
) -> Response:
    """Answer for PERSON or from the paper BALLOT. Raises AnsweredAlready unless it REPLACES what stands there."""
    require(actor, "dialogue.record_for", dialogue)
    if (person is None) == (not ballot.strip()):
        raise BadText(_("Choose a person, or write the number of a paper ballot; one of the two."))
    if person is not None and dialogue.activity.identity == Identity.ANONYMOUS:
        raise NotAllowed(_("Nobody may know who answers here. Take a paper ballot with a number instead."))
    number = clean_line(ballot, limit=responses.BALLOT_SIGNS).upper() if ballot.strip() else ""
    with transaction.atomic():
        events.lock(dialogue.activity.workshop_id)
        if not replaces and _stands(dialogue, person, number):
            raise AnsweredAlready
        return responses.give_answer(
            dialogue=dialogue,
            actor=actor,
            sent=sent,
            via=Via.PAPER if number else Via.SCRIBE,
            person=person,
            ballot=number,
            reason=reason,
            name=person.name if person is not None else "",
            round_=round_,
        )


def take_in(*, response: Response, actor: Actor, how: str) -> Response:
    """Say HOW the proposal was mended with an objection, or (empty) that it still stands; record `answer.taken_in`."""
    activity = response.dialogue.activity
    require(actor, "activity.plan", activity)
    words = clean_line(how, limit=HOW_SIGNS) if how.strip() else ""
    with transaction.atomic():
        events.lock(activity.workshop_id)
        response.refresh_from_db(fields=["value", "withdrawn_at"])
        if not kind_of(activity.kind).takes_objections or response.is_withdrawn or not _objects(response):
            raise Refused(_("That objection does not stand any more. Nothing has to be taken in."))
        events.record(
            Verb.ANSWER_TAKEN_IN,
            workshop_id=activity.workshop_id,
            actor=actor.participant,
            dialogue=response.dialogue,
            activity=activity,
            data={"round": response.round, "stands": not words},
        )
        response.value = {"objects": True, **({"mended": words} if words else {})}
        response.save(update_fields=["value"])
    return response


def _objects(response: Response) -> bool:
    return bool(response.value and response.value["objects"])


def _stands(dialogue: Dialogue, person: Participant | None, ballot: str) -> bool:
    dialogue.activity.refresh_from_db(fields=["round"])
    found = Response.objects.filter(dialogue=dialogue, round=dialogue.activity.round, withdrawn_at__isnull=True)
    return found.filter(ballot=ballot).exists() if person is None else found.filter(participant=person).exists()
