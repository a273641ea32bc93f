"""Put words into a dialogue, change them, take them back: the same by every road."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import anonymity, clock, events
from sessions_app.errors import BadText, Closed, NotAllowed, Refused
from sessions_app.headings import to_choose_from
from sessions_app.kinds import kind_of
from sessions_app.models import Activity, Contribution, Dialogue, Identity, Participant, Place, Revision, Via
from sessions_app.models.activity import GRACE
from sessions_app.operations import limits
from sessions_app.operations.participants import name_first
from sessions_app.policy import Actor, require
from sessions_app.queries.dialogues import still_takes
from sessions_app.text import clean_body
from sessions_app.verbs import Verb

TYPED_BY_OTHERS = frozenset({Via.SCRIBE, Via.PAPER})
GONE = _("That person is not in this workshop any more. Choose somebody else, or write it as your own.")


@dataclass(frozen=True, slots=True)
class Posted:
    """A contribution, and whether this call made it (False: the same client_id had come before)."""

    contribution: Contribution
    is_new: bool


def post_contribution(
    *,
    dialogue: Dialogue,
    actor: Actor,
    body: str,
    via: str,
    client_id: uuid.UUID,
    author: Participant | None = None,
    unnamed: bool = False,
    name: str = "",
    language: str = "",
    place: str = "",
    reply_to: uuid.UUID | None = None,
    heading: int | None = None,
) -> Posted:
    """Put BODY into DIALOGUE once per CLIENT_ID, and record `contribution.posted`.

    `author` is somebody else whose words the actor writes down; `unnamed` says that it is someone in the room whom
    the actor does not name. `name` names a guest at their first words. `heading` counts where one has to be chosen.
    Refuses with BadText, TooLong, TooFast, Closed, NotAllowed, or needs_name. Committed when it returns.
    """
    if unnamed:
        author, via, place = None, Via.PAPER if via == Via.PAPER else Via.SCRIBE, Place.HALL
    if earlier := _sent_before_closing(actor, dialogue, client_id, body):
        return Posted(earlier, is_new=False)
    for_others = author is not None or via in TYPED_BY_OTHERS
    require(actor, "dialogue.record_for" if for_others else "dialogue.contribute", dialogue)
    person = _author(actor, author, dialogue.activity)
    draft = Contribution(
        dialogue=dialogue,
        via=via,
        place=_known_place(place),
        client_id=client_id,
        body=clean_body(body),
        language=(language or person.language)[:10],
        recorded_by=actor.participant if unnamed else None,
        heading=heading,
    )
    return _once(draft, actor, person, name, reply_to)


def revise_contribution(
    *, contribution: Contribution, actor: Actor, body: str, heading: int | None = None
) -> Contribution:
    """Change the actor's own words while the question is open; what they said before is kept as a revision.

    HEADING is another one of those that a writer chooses from; None leaves it as it is.
    """
    words = clean_body(body)
    with transaction.atomic():
        _lock_own(contribution, actor)
        _choose_again(contribution, actor, heading)
        if contribution.body == words:
            return contribution
        reword(contribution, words)
        _record(Verb.CONTRIBUTION_REVISED, contribution, actor)
    return contribution


def withdraw_contribution(*, contribution: Contribution, actor: Actor) -> Contribution:
    """Take the actor's own words back: the place stays, the words and what they were before are gone.

    Where they were carried back from a small group, they go from everybody's table too.
    """
    with transaction.atomic():
        _lock_own(contribution, actor, even_if_closed=True)
        for words in with_copies(contribution):
            empty(words)
            _record(Verb.CONTRIBUTION_WITHDRAWN, words, actor)
    return contribution


def with_copies(contribution: Contribution) -> list[Contribution]:
    """The copies of CONTRIBUTION that stand on everybody's table, then itself."""
    copies = list(contribution.carried_to.filter(withdrawn_at=None).select_related("dialogue"))
    for copy in copies:
        copy.dialogue.activity = contribution.dialogue.activity
    return [*copies, contribution]


def reword(contribution: Contribution, words: str) -> None:
    """Put WORDS in the place of what stood there, which is kept. Inside the transaction of who records it."""
    now = clock.now()
    Revision.objects.create(contribution=contribution, body=contribution.body, until=now)
    contribution.body, contribution.revised_at = words, now
    contribution.gloss = contribution.gloss_language = ""  # it translated other words
    contribution.confirmed_at = None  # so was what the speaker said yes to
    contribution.save(update_fields=["body", "revised_at", "gloss", "gloss_language", "confirmed_at"])


def empty(contribution: Contribution) -> None:
    """Take the words away and keep the place. Inside the transaction of who records it."""
    contribution.revisions.all().delete()
    contribution.body, contribution.withdrawn_at = "", clock.now()
    contribution.gloss = contribution.gloss_language = ""
    contribution.save(update_fields=["body", "gloss", "gloss_language", "withdrawn_at"])


def is_own(contribution: Contribution, person: Participant | None) -> bool:
    """Whether the words are PERSON's, also when they are anonymous and the key still exists."""
    if person is None:
        return False
    if contribution.anonymous_token:
        return contribution.anonymous_token == anonymity.known_token(contribution.dialogue.activity, person)
    return contribution.keeper_id == person.pk


def _known_place(place: str) -> str:
    if place and place not in Place.values:
        raise BadText(_("Choose one of the places in the list."))
    return place


def _author(actor: Actor, author: Participant | None, activity: Activity) -> Participant:
    person = author or actor.participant
    if person is None or person.workshop_id != activity.workshop_id or person.removed_at is not None:
        raise Refused(GONE)
    kind = kind_of(activity.kind)
    if not (kind.takes_words or kind.takes_reasons):
        raise Closed(
            _("This is a break: nothing is recorded now.") if kind.rests else _("Here one chooses, and writes nothing.")
        )
    return person


def _once(draft: Contribution, actor: Actor, person: Participant, name: str, reply_to: uuid.UUID | None) -> Posted:
    try:
        if draft.via in {Via.ROOM, Via.THREAD}:
            limits.spend_post(person.pk)
        with transaction.atomic():
            if draft.dialogue.activity.identity == Identity.NAMED and not person.is_named:
                name_first(person, name)
            draft.heading = _chosen(draft.dialogue.activity, draft.heading)
            _insert(draft, actor, person, reply_to)
    except (IntegrityError, Refused):
        # Looked for only now, because nearly always it is the first try; a second one is never refused.
        if earlier := _sent_before(draft, person):
            return Posted(earlier, is_new=False)
        person.refresh_from_db(fields=["name", "name_key"])
        raise
    return Posted(draft, is_new=True)


def _insert(draft: Contribution, actor: Actor, person: Participant, reply_to: uuid.UUID | None) -> None:
    """Record DRAFT, look whether it may still come in, and save it."""
    now, activity = clock.now(), draft.dialogue.activity
    anonymous = activity.identity == Identity.ANONYMOUS
    draft.late = activity.closed_at is not None and now >= activity.closed_at + GRACE
    draft.place = draft.place or (Place.AFTERWARDS if draft.late else person.usual_place)
    # Recording first takes the workshop's lock, so what is read next can't change before the commit.
    event = events.record(
        Verb.CONTRIBUTION_POSTED,
        workshop_id=activity.workshop_id,
        actor=None if anonymous else actor.participant,
        at=now,
        dialogue=draft.dialogue,
        activity=activity,
        contribution_id=draft.pk,
        data={"via": draft.via, "place": draft.place, "late": draft.late, **_told_heading(draft)},
    )
    if not still_takes(activity, person, now):
        raise Closed
    draft.seq, draft.said_at = event.seq, now
    draft.reply_to = _answered(reply_to, draft.dialogue)
    if anonymous:
        draft.anonymous_token, draft.recorded_by = anonymity.token_for(activity, person), None
    elif draft.recorded_by_id is None:
        draft.author = person
        draft.recorded_by = actor.participant if person != actor.participant else None
    draft.save(force_insert=True)


def _chosen(activity: Activity, heading: int | None) -> int | None:
    """The heading that the writer chose. Raises BadText where one has to be chosen and none of them was."""
    known = dict(to_choose_from(activity))
    if known and heading not in known:
        raise BadText(_("Choose first where it belongs. Your words are still here."), field="heading")
    return heading if known else None


def _choose_again(contribution: Contribution, actor: Actor, heading: int | None) -> None:
    """Put the actor's own words under another heading, where whoever writes chooses one."""
    before = contribution.heading
    known = dict(to_choose_from(contribution.dialogue.activity))
    if not known or heading in {None, before}:
        return
    contribution.heading = _chosen(contribution.dialogue.activity, heading)
    contribution.save(update_fields=["heading"])
    _record(Verb.CONTRIBUTION_FILED, contribution, actor, heading=heading, heading_before=before)


def _told_heading(draft: Contribution) -> dict[str, int]:
    return {} if draft.heading is None else {"heading": draft.heading}


def _answered(reply_to: uuid.UUID | None, dialogue: Dialogue) -> Contribution | None:
    if reply_to is None:
        return None
    answered = Contribution.objects.filter(pk=reply_to, dialogue=dialogue).first()
    if answered is None:
        raise BadText(_("What you answered can't be found any more. Your words are still here: send them as they are."))
    return answered


def _sent_before_closing(actor: Actor, dialogue: Dialogue, client_id: uuid.UUID, body: str) -> Contribution | None:
    """What ACTOR themselves put into DIALOGUE with this CLIENT_ID, when the workshop has closed since.

    Who lost the answer on the way is told of what is on the table, not that it failed.
    """
    if dialogue.activity.workshop.closed_at is None or actor.participant is None:
        return None
    require(actor, "dialogue.see", dialogue)
    return _sent_before(Contribution(dialogue=dialogue, client_id=client_id, body=clean_body(body)), actor.participant)


def _sent_before(draft: Contribution, person: Participant) -> Contribution | None:
    """The contribution of an earlier try, if any. Somebody else's client_id is a guess, and is told nothing.

    Other words under the same id come from a page that was gone back to: they are refused, and so given back.
    """
    found = Contribution.objects.select_related("dialogue__activity", "author")
    earlier = found.filter(client_id=draft.client_id).first()
    if earlier is None:
        return None
    # When the key is gone nobody can know whose they were; who holds both the id and the words has sent them.
    unknowable = bool(earlier.anonymous_token) and not anonymity.has_key(earlier.dialogue.activity)
    same_sender = earlier.body == draft.body if unknowable else is_own(earlier, person)
    if earlier.dialogue_id != draft.dialogue_id or not same_sender:
        raise NotAllowed
    said = {earlier.body, *earlier.revisions.values_list("body", flat=True)}
    if not earlier.is_withdrawn and draft.body not in said:
        raise BadText(_("You have sent something from this page already. These are other words: send them once more."))
    return earlier


def _lock_own(contribution: Contribution, actor: Actor, *, even_if_closed: bool = False) -> None:
    """Lock the workshop, read the contribution anew, and check that it is the actor's and may be changed."""
    activity = contribution.dialogue.activity
    events.lock(activity.workshop_id)
    contribution.refresh_from_db(fields=["body", "heading", "withdrawn_at", "anonymous_token", "author", "recorded_by"])
    require(actor, "contribution.change", contribution)
    if not is_own(contribution, actor.participant):
        raise NotAllowed(_("Only the one who wrote this can change it."))
    if contribution.is_withdrawn:
        raise Closed(_("These words have been taken back already."))
    assert actor.participant is not None  # noqa: S101  -- is_own has looked
    if not even_if_closed and not still_takes(activity, actor.participant, clock.now()):
        raise Closed


def _record(verb: Verb, contribution: Contribution, actor: Actor, **data: Any) -> None:
    activity = contribution.dialogue.activity
    events.record(
        verb,
        workshop_id=activity.workshop_id,
        actor=None if contribution.anonymous_token else actor.participant,
        dialogue=contribution.dialogue,
        activity=activity,
        contribution=contribution,
        data=data,
    )
