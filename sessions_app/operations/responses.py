"""Answer by choosing, change one's choice, take it back: one answer per person and round, the same by every road."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import anonymity, clock, events
from sessions_app.errors import Closed, Refused, Stale
from sessions_app.kinds import Sent, kind_of
from sessions_app.models import Activity, Contribution, Dialogue, Identity, Participant, Place, Response, Via
from sessions_app.models.activity import GRACE
from sessions_app.operations import contributions, limits
from sessions_app.operations.participants import name_first
from sessions_app.policy import Actor, require
from sessions_app.queries.dialogues import still_takes
from sessions_app.queries.quotes import options_for
from sessions_app.text import clean_line
from sessions_app.verbs import Verb

BALLOT_SIGNS = 12


def begins_a_round(activity: Activity) -> bool:
    """Begin a new round of ACTIVITY, which opens again, when nobody can know any more who answered in this one.

    Without it whoever answered could do so twice: the key that told them from others has been destroyed. Returns
    whether it did; the caller records it.
    """
    given = Response.objects.filter(dialogue__activity=activity, round=activity.round).exclude(anonymous_token="")
    if activity.identity != Identity.ANONYMOUS or anonymity.has_key(activity) or not given.exists():
        return False
    activity.round += 1
    activity.phase, activity.revealed_at = 0, None
    activity.save(update_fields=["round", "phase", "revealed_at"])
    return True


def give_answer(
    *,
    dialogue: Dialogue,
    actor: Actor,
    sent: Sent,
    via: str,
    person: Participant | None = None,
    ballot: str = "",
    reason: str = "",
    name: str = "",
    language: str = "",
    round_: int | None = None,
) -> Response:
    """Keep what was SENT as the answer of the actor (or of PERSON, or of a paper BALLOT) and record `answer.given`.

    An earlier answer of the same round is replaced. `reason` are words beside it, kept as a contribution, in LANGUAGE
    (else the author's). `round_` is the one that the page showed: an answer to an earlier one is refused with Stale.
    Raises BadText, Closed, NotAllowed.
    """
    activity = dialogue.activity
    for_others = person is not None or ballot != "" or via in contributions.TYPED_BY_OTHERS
    require(actor, "dialogue.record_for" if for_others else "dialogue.contribute", dialogue)
    holder = None if ballot else _holder(actor, person, activity)
    kind = kind_of(activity.kind)
    value = kind.clean_answer(sent, options_for(dialogue, holder))
    if not for_others and actor.participant is not None:
        limits.spend_post(actor.participant.pk)
    with transaction.atomic():
        if holder is not None and reason.strip() and activity.identity == Identity.NAMED and not holder.is_named:
            name_first(holder, name)
        now = _still_open(activity, holder or _holder(actor, None, activity), round_)
        answer = _answer_in(dialogue, holder, _cleaned(ballot))
        is_first = answer.pk is None or answer.is_withdrawn
        answer.value, answer.withdrawn_at, answer.given_at = value, None, now
        answer.via, answer.late, answer.place = via, _is_late(activity, now), _place(via, holder, activity, now)
        answer.recorded_by = actor.participant if for_others and activity.identity != Identity.ANONYMOUS else None
        answer.reason = _reason(answer, dialogue, actor, holder, reason, language) if kind.takes_reasons else None
        _keep(answer, Verb.ANSWER_GIVEN, actor, via=via, place=answer.place, late=answer.late, first=is_first)
    return answer


def take_back_answer(*, dialogue: Dialogue, actor: Actor) -> Response | None:
    """Empty the actor's own answer of this round, while the step takes answers. None when there was none."""
    require(actor, "dialogue.contribute", dialogue)
    activity = dialogue.activity
    holder = _holder(actor, None, activity)
    with transaction.atomic():
        now = _still_open(activity, holder, None)
        answer = _answer_in(dialogue, holder, "")
        if answer.pk is None or answer.is_withdrawn:
            return None
        if answer.reason is not None and not answer.reason.is_withdrawn:
            contributions.withdraw_contribution(contribution=_with(answer.reason, dialogue), actor=actor)
        answer.value, answer.withdrawn_at = None, now
        _keep(answer, Verb.ANSWER_TAKEN_BACK, actor)
    return answer


def _still_open(activity: Activity, person: Participant, round_: int | None) -> datetime:
    """Lock the workshop and look whether ACTIVITY takes answers, in the round that was shown. Returns now."""
    events.lock(activity.workshop_id)
    activity.refresh_from_db(fields=["round", "closed_at"])
    if round_ is not None and round_ != activity.round:
        raise Stale(_("The question has been put once more. Look at it, then answer again."))
    now = clock.now()
    if not still_takes(activity, person, now):
        raise Closed
    return now


def _holder(actor: Actor, person: Participant | None, activity: Activity) -> Participant:
    holder = person or actor.participant
    if holder is None or holder.workshop_id != activity.workshop_id or holder.removed_at is not None:
        raise Refused(_("That person is not in this workshop any more. Choose somebody else."))
    return holder


def _answer_in(dialogue: Dialogue, holder: Participant | None, ballot: str) -> Response:
    """The answer that stands there in this round, or an empty one that is not saved yet."""
    activity = dialogue.activity
    mine: dict[str, Any] = {"dialogue": dialogue, "round": activity.round}
    if holder is None:
        mine["ballot"] = ballot
    elif activity.identity == Identity.ANONYMOUS:
        mine["anonymous_token"] = anonymity.token_for(activity, holder)
    else:
        mine["participant"] = holder
    found = Response.objects.select_related("reason").filter(**mine).first()
    return found or Response(**mine)


def _keep(answer: Response, verb: Verb, actor: Actor, **data: Any) -> None:
    """Record VERB and save ANSWER under its number. Who answered is told only where names are known."""
    is_anonymous = answer.participant_id is None and not answer.ballot
    event = events.record(
        verb,
        workshop_id=answer.dialogue.activity.workshop_id,
        actor=None if is_anonymous else actor.participant,
        participant_id=answer.participant_id,
        dialogue=answer.dialogue,
        activity=answer.dialogue.activity,
        data={"round": answer.round, **data},
    )
    answer.seq = event.seq
    answer.save()


def _reason(
    answer: Response, dialogue: Dialogue, actor: Actor, holder: Participant | None, words: str, language: str
) -> Contribution | None:
    """The contribution that holds the words beside ANSWER: made, changed or taken back as WORDS say."""
    said = answer.reason if answer.reason is not None and not answer.reason.is_withdrawn else None
    author = Actor(holder or (said.recorded_by if said is not None else None) or actor.participant)
    if said is not None and words.strip():
        return contributions.revise_contribution(contribution=_with(said, dialogue), actor=author, body=words)
    if said is not None:
        return contributions.withdraw_contribution(contribution=_with(said, dialogue), actor=author)
    if not words.strip():
        return None
    for_others = holder is not None and holder != actor.participant
    posted = contributions.post_contribution(
        dialogue=dialogue,
        actor=actor,
        author=holder if for_others else None,
        body=words,
        via=answer.via,
        client_id=uuid.uuid4(),
        unnamed=holder is None,
        language=language,
    )
    return posted.contribution


def _with(said: Contribution, dialogue: Dialogue) -> Contribution:
    said.dialogue = dialogue
    return said


def _cleaned(ballot: str) -> str:
    return clean_line(ballot, limit=BALLOT_SIGNS).upper() if ballot else ""


def _is_late(activity: Activity, now: datetime) -> bool:
    return activity.closed_at is not None and now >= activity.closed_at + GRACE


def _place(via: str, holder: Participant | None, activity: Activity, now: datetime) -> str:
    if _is_late(activity, now):
        return Place.AFTERWARDS
    return Place.HALL if holder is None or via in {Via.PAPER, Via.TABLET} else holder.usual_place
