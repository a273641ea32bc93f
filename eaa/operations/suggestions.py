"""Suggest other words for a clause, or for a new one; take them back; take them into a version, or say why not."""

import uuid

from django.utils.translation import gettext_lazy as _

from eaa.models import Agreement, Suggestion, SuggestionState
from eaa.operations.clauses import LONG, TEXT
from eaa.operations.locking import for_whom, is_head, lives, locked, tell
from eaa.operations.terms import body
from eaa.queries.quoting import citable
from eaa.verbs import Verb
from sessions_app import clock
from sessions_app.errors import BadText, NotAllowed, NotFound, Refused, TooLong
from sessions_app.models import Contribution, Participant
from sessions_app.operations import limits
from sessions_app.policy import Actor, require

BECAUSE = 600


def suggest(
    *,
    agreement: Agreement,
    actor: Actor,
    version: int,
    text: str = "",
    clause: int | None = None,
    contribution: uuid.UUID | None = None,
    language: str = "",
    client_id: uuid.UUID | None = None,
) -> Suggestion:
    """Suggest TEXT, or words that were said elsewhere, for a CLAUSE (its key) of VERSION, or as a new one (None).

    Others' words are suggested by those who write for the group; one's own by everybody. The same CLIENT_ID gives the
    same suggestion.
    """
    person, _recorder, right = for_whom(actor, None)
    if made := _made_by_form(agreement, person, client_id):
        return made
    limits.spend_post(person.pk)
    with locked(agreement, actor, right):
        if made := _made_by_form(agreement, person, client_id):
            return made
        lives(agreement)
        head = is_head(agreement, version)
        if clause is not None and clause not in {one.key for one in head.clauses.all()}:
            raise BadText(_("That clause is not there any more. Choose another one."), field="clause")
        said = _said(agreement, actor, contribution) if contribution is not None else None
        own = {"text": _words(text), "language": (language or person.language)[:10]} if said is None else {}
        about = {"agreement": agreement, "made_on": head, "clause_key": clause, "contribution": said}
        suggestion = Suggestion.objects.create(**about, **own, made_by=person, at=clock.now(), client_id=client_id)
        tell(Verb.SUGGESTION_MADE, agreement, actor, person)
    return suggestion


def withdraw_suggestion(*, agreement: Agreement, actor: Actor, suggestion: int) -> None:
    """Take one's own suggestion back: its words are gone."""
    person, _recorder, right = for_whom(actor, None)
    with locked(agreement, actor, right):
        row = _standing(agreement, suggestion)
        if row.made_by_id != person.pk:
            raise NotAllowed(_("Only the one who wrote this can change it."))
        if row.state != SuggestionState.OPEN:
            raise Refused(_("Somebody has answered this already, so it stays."))
        row.text, row.withdrawn_at = "", clock.now()
        row.save(update_fields=["text", "withdrawn_at"])
        tell(Verb.SUGGESTION_WITHDRAWN, agreement, actor, person)


def settle_suggestion(
    *, agreement: Agreement, actor: Actor, suggestion: int, accepted: bool, because: str = ""
) -> Suggestion:
    """Say that a suggestion is taken in, or BECAUSE of what it is not."""
    with locked(agreement, actor, "agreement.write"):
        lives(agreement)
        row = _standing(agreement, suggestion)
        words = body(because, BECAUSE, "because")
        if not accepted and not words:
            raise BadText(_("Write why it is not taken in. Whoever suggested it reads it."), field="because")
        if row.state != SuggestionState.OPEN:
            raise Refused(_("Somebody has answered this already, so it stays."))
        _settle(row, agreement, actor, SuggestionState.ACCEPTED if accepted else SuggestionState.DECLINED, words)
    return row


def take_in(suggestion: Suggestion, agreement: Agreement, actor: Actor) -> None:
    """A new version has these words. Inside the operation that writes it; one that was answered meanwhile stays."""
    row = Suggestion.objects.filter(pk=suggestion.pk, agreement=agreement, withdrawn_at=None).first()
    if row is not None and row.state == SuggestionState.OPEN:
        _settle(row, agreement, actor, SuggestionState.ACCEPTED, "")


def _settle(row: Suggestion, agreement: Agreement, actor: Actor, state: str, because: str) -> None:
    row.state, row.because, row.settled_at = state, because, clock.now()
    row.save(update_fields=["state", "because", "settled_at"])
    tell(Verb.SUGGESTION_SETTLED, agreement, actor, accepted=state == SuggestionState.ACCEPTED)


def _standing(agreement: Agreement, pk: int) -> Suggestion:
    row = Suggestion.objects.filter(pk=pk, agreement=agreement, withdrawn_at=None).first()
    if row is None:
        raise NotFound
    return row


def _said(agreement: Agreement, actor: Actor, pk: uuid.UUID) -> Contribution:
    found = citable(agreement.workshop).filter(pk=pk).first()
    if found is None:
        raise BadText(_("Those words were taken back, or can’t be quoted. Choose others."), field="contribution")
    if actor.participant is None or found.author_id != actor.participant.pk or found.anonymous_token:
        require(actor, "agreement.write", agreement)
    return found


def _made_by_form(agreement: Agreement, person: Participant, client_id: uuid.UUID | None) -> Suggestion | None:
    if client_id is None:
        return None
    return Suggestion.objects.filter(client_id=client_id, agreement=agreement, made_by=person).first()


def _words(text: str) -> str:
    try:
        words = body(text, TEXT, "text")
    except TooLong as trouble:
        raise TooLong(LONG, field="text") from trouble
    if not words:
        raise BadText(_("There is nothing in it yet. Write a word or two first."), field="text")
    return words
