"""Carry cards on: words of the step before, one card or several in one, put on the table of the step that is on."""

import uuid
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import events
from sessions_app.errors import BadText, NotAllowed
from sessions_app.kinds import kind_of
from sessions_app.models import Contribution, Dialogue, Identity
from sessions_app.operations.contributions import Posted, post_contribution
from sessions_app.policy import Actor
from sessions_app.queries.quotes import Card, cards_of
from sessions_app.verbs import Verb

MOST = 12


def carry_on(
    *,
    dialogue: Dialogue,
    actor: Actor,
    cards: Iterable[str],
    body: str = "",
    client_id: uuid.UUID,
    via: str,
    name: str = "",
    language: str = "",
) -> Posted:
    """Put BODY, which holds CARDS of the step before (their ids), into DIALOGUE; one card alone may keep its words.

    The new card says from how many it comes, never from whom. Raises BadText, NotAllowed, or what posting raises.
    """
    if not kind_of(dialogue.activity.kind).carries:
        raise NotAllowed(_("In this step nothing is carried on."))
    chosen = _chosen(dialogue, set(cards))
    words = body if body.strip() else chosen[0].words
    if not body.strip() and len(chosen) > 1:
        raise BadText(_("Write in one sentence what these cards say together."), field="body")
    with transaction.atomic():
        events.lock(dialogue.activity.workshop_id)
        posted = post_contribution(
            dialogue=dialogue,
            actor=actor,
            body=words,
            via=via,
            client_id=client_id,
            name=name,
            language=language or chosen[0].language,
        )
        if posted.is_new:
            _keep_origin(posted.contribution, chosen, actor)
    return posted


def _keep_origin(card: Contribution, chosen: Sequence[Card], actor: Actor) -> None:
    card.parts = len(chosen)
    card.save(update_fields=["parts"])
    card.builds_on.set([one.said.contribution for one in chosen])
    activity = card.dialogue.activity
    events.record(
        Verb.CONTRIBUTION_CARRIED_ON,
        workshop_id=activity.workshop_id,
        actor=None if activity.identity == Identity.ANONYMOUS else actor.participant,
        dialogue=card.dialogue,
        activity=activity,
        contribution=card,
        data={"cards": [one.key for one in chosen]},
    )


def _chosen(dialogue: Dialogue, keys: set[str]) -> list[Card]:
    chosen = [card for card in cards_of(dialogue) if card.key in keys and not card.is_gone]
    if not keys:
        raise BadText(_("Choose first which cards you carry on."), field="cards")
    if len(chosen) != len(keys):
        raise BadText(_("Those words are not there any more. Choose others."), field="cards")
    if len(chosen) > MOST:
        raise BadText(_("That is more than 12 cards. Carry on those that matter most."), field="cards")
    return chosen
