"""A shared tablet in the hall: somebody says who they are, does one thing, and passes it on."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import anonymity, events
from sessions_app.errors import BadText, Closed, NotFound
from sessions_app.kinds import Sent
from sessions_app.models import Contribution, Dialogue, Identity, Participant, Place, Response, Role, Session, Via
from sessions_app.operations.ballots import AnsweredAlready
from sessions_app.operations.contributions import post_contribution
from sessions_app.operations.participants import add_person
from sessions_app.operations.responses import give_answer
from sessions_app.policy import Actor, require
from sessions_app.queries.tablets import people_in_hall
from sessions_app.text import clean_name, name_key


def sit_down(*, session: Session, host: Actor, name: str, language: str) -> Participant:
    """Somebody in the hall whom the tablet does not know yet. A name that stands in the list is refused: it counts
    once, whatever the road."""
    require(host, "session.record_for", session)
    if not session.is_on:
        raise Closed(_("That is for while a meeting is on."))
    key = name_key(clean_name(name))
    if any(person.name_key == key for person in people_in_hall(session)):
        raise BadText(_("That name is in the list. If it is you, choose it there; else add a letter."), field="name")
    return add_person(
        workshop=session.workshop, roles=[Role.PARTICIPANT], name=name, usual_place=Place.HALL, language=language
    )


def write_on_tablet(
    *, dialogue: Dialogue, host: Actor, person: Participant, body: str, client_id: uuid.UUID, **more: object
) -> Contribution:
    """One card in the name of PERSON, who is in the hall; once per CLIENT_ID. Refuses what post_contribution does."""
    _may(dialogue, host, person)
    return post_contribution(
        dialogue=dialogue,
        actor=Actor(person),
        body=body,
        client_id=client_id,
        via=Via.TABLET,
        **more,  # type: ignore[arg-type]
    ).contribution


def answer_on_tablet(
    *,
    dialogue: Dialogue,
    host: Actor,
    person: Participant,
    sent: Sent,
    reason: str,
    round_: int,
    replaces: bool = False,
) -> Response:
    """The answer of PERSON. Raises AnsweredAlready unless it REPLACES the one that they gave by whatever road."""
    _may(dialogue, host, person)
    with transaction.atomic():
        events.lock(dialogue.activity.workshop_id)
        if not replaces and _has_answered(dialogue, person):
            raise AnsweredAlready
        return give_answer(
            dialogue=dialogue, actor=Actor(person), sent=sent, via=Via.TABLET, reason=reason, round_=round_
        )


def _may(dialogue: Dialogue, host: Actor, person: Participant) -> None:
    """A tablet acts for those in the hall alone: nobody there can take the place of somebody at home."""
    require(host, "dialogue.record_for", dialogue)
    if dialogue.activity.session is None or person not in people_in_hall(dialogue.activity.session):
        raise NotFound


def _has_answered(dialogue: Dialogue, person: Participant) -> bool:
    activity = dialogue.activity
    activity.refresh_from_db(fields=["round"])
    found = Response.objects.filter(dialogue=dialogue, round=activity.round, withdrawn_at__isnull=True)
    if activity.identity == Identity.ANONYMOUS:
        token = anonymity.known_token(activity, person)
        return bool(token) and found.filter(anonymous_token=token).exists()
    return found.filter(participant=person).exists()
