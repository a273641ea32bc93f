"""A translation beside somebody's words: written by the author or by a host, never in place of the original."""

import regex
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import events
from sessions_app.errors import BadText, Closed, NotAllowed
from sessions_app.models import Contribution
from sessions_app.operations.contributions import is_own
from sessions_app.policy import Actor, require
from sessions_app.text import clean_body
from sessions_app.verbs import Verb

_LANGUAGE = regex.compile(r"[a-z]{2,3}(-[A-Za-z]{2,6})?")


def gloss_contribution(*, contribution: Contribution, actor: Actor, text: str, language: str) -> Contribution:
    """Keep TEXT in LANGUAGE (such as "en") as the translation of CONTRIBUTION; an empty TEXT takes it away.

    Hosts and the author may, also after the question has closed. The original stays untouched, and the event
    tells neither the words nor, where they are anonymous, who translated them.
    Refuses with BadText, TooLong, Closed or NotAllowed.
    """
    words = clean_body(text) if text.strip() else ""
    spoken = language if words else ""
    if words and (len(language) > 10 or not _LANGUAGE.fullmatch(language)):
        raise BadText(_("Choose one of the languages in the list."), field="language")
    with transaction.atomic():
        _lock(contribution, actor)
        if (contribution.gloss, contribution.gloss_language) == (words, spoken):
            return contribution
        contribution.gloss, contribution.gloss_language = words, spoken
        contribution.save(update_fields=["gloss", "gloss_language"])
        events.record(
            Verb.CONTRIBUTION_GLOSSED,
            workshop_id=contribution.dialogue.activity.workshop_id,
            actor=None if contribution.anonymous_token else actor.participant,
            dialogue=contribution.dialogue,
            activity=contribution.dialogue.activity,
            contribution=contribution,
        )
    return contribution


def _lock(contribution: Contribution, actor: Actor) -> None:
    """Lock the workshop, read the contribution anew, and check that the actor may translate it now."""
    activity = contribution.dialogue.activity
    events.lock(activity.workshop_id)
    contribution.refresh_from_db(fields=["gloss", "gloss_language", "withdrawn_at", "anonymous_token", "author"])
    activity.refresh_from_db(fields=["blind", "revealed_at"])
    require(actor, "contribution.gloss", contribution)
    mine = is_own(contribution, actor.participant)
    if not mine and not actor.is_host:  # anonymous words look like everybody's own until the token is asked
        raise NotAllowed
    typed_by_me = actor.participant is not None and contribution.recorded_by_id == actor.participant.pk
    if activity.is_hidden and not mine and not typed_by_me:
        raise NotAllowed(_("These words still lie face down. Wait until they are turned over."))
    if contribution.is_withdrawn:
        raise Closed(_("These words have been taken back."))
