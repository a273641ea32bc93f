"""Say it back: whoever said the words tells whether what somebody heard in them was it."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import BadText, Closed, NotAllowed, Refused
from sessions_app.kinds.say_it_back import MARKS
from sessions_app.models import Contribution, Dialogue, Identity, Response, Via
from sessions_app.operations import contributions
from sessions_app.policy import Actor, require
from sessions_app.queries.dialogues import still_takes
from sessions_app.queries.meant import SaidBack, said_back
from sessions_app.verbs import Verb

GONE = _("That sentence is not there any more. Nothing has to be told about it.")


def tell_meaning(*, dialogue: Dialogue, actor: Actor, response: int, meant: str, words: str = "") -> Response:
    """Say whether the sentence of RESPONSE is what the author of the words MEANT (yes, almost or no), with WORDS.

    Only the author can, or a scribe for somebody whose words have a known author. The last press wins. Records
    `answer.marked`. Raises BadText, Closed, NotAllowed, Refused.
    """
    require(actor, "dialogue.contribute", dialogue)
    if meant not in MARKS:
        raise BadText(_("Choose yes, almost or no."), field="meant")
    activity = dialogue.activity
    with transaction.atomic():
        events.lock(activity.workshop_id)
        activity.refresh_from_db(fields=["round", "closed_at", "revealed_at"])
        assert actor.participant is not None  # noqa: S101  -- require has looked
        if not still_takes(activity, actor.participant, clock.now()):
            raise Closed
        found = _found(dialogue, actor, response)
        if words.strip() and not found.takes_words:
            raise NotAllowed(_("Names are shown here, but not with your words. So only yes, almost or no is kept."))
        answer = found.response
        answer.value = {"about": found.card.key, "meant": meant, **_words(found, actor, words)}
        answer.save(update_fields=["value"])
        is_anonymous = Identity.ANONYMOUS in {activity.identity, found.card.activity.identity}
        events.record(
            Verb.ANSWER_MARKED,
            workshop_id=activity.workshop_id,
            actor=None if is_anonymous else actor.participant,
            dialogue=dialogue,
            activity=activity,
            data={"round": answer.round},
        )
    return answer


def _found(dialogue: Dialogue, actor: Actor, pk: int) -> SaidBack:
    found = next((one for one in said_back(dialogue, actor, for_others=True) if one.response.pk == pk), None)
    if found is not None:
        return found
    stands = Response.objects.filter(pk=pk, dialogue=dialogue, withdrawn_at=None, round=dialogue.activity.round)
    if stands.exists() and not dialogue.activity.is_hidden:
        raise NotAllowed(_("Only the one who said the words can tell what they meant."))
    raise Refused(GONE)


def _words(found: SaidBack, actor: Actor, words: str) -> dict[str, Any]:
    """The words beside the mark, as a contribution that answers the sentence: made, changed or taken back."""
    dialogue = found.response.dialogue
    kept = found.value.get("words")
    standing = Contribution.objects.select_related("author__workshop", "recorded_by__workshop")
    before = standing.filter(pk=kept, dialogue=dialogue, withdrawn_at=None).first() if kept else None
    if before is not None:
        before.dialogue = dialogue
        whose = Actor(before.author or before.recorded_by or actor.participant)
        if words.strip():
            contributions.revise_contribution(contribution=before, actor=whose, body=words)
            return {"words": kept}
        contributions.withdraw_contribution(contribution=before, actor=whose)
    if not words.strip():
        return {}
    card = found.card.said.contribution
    for_other = not found.is_own
    posted = contributions.post_contribution(
        dialogue=dialogue,
        actor=actor,
        author=card.author if for_other else None,
        unnamed=card.is_from_room,
        body=words,
        via=Via.SCRIBE if for_other else Via.ROOM,
        client_id=uuid.uuid4(),
        reply_to=found.response.reason_id,
    )
    return {"words": str(posted.contribution.pk)}
