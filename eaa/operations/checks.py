"""The member check: an interpretation goes back to those whose words it quotes, and is settled by stated rules."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from eaa.models import Check, CheckAnswer, Mechanism, Record, RecordVersion, Status
from eaa.operations.evidence import carry_over
from eaa.operations.records import cleaned_because, cleaned_text, locked, named, tell, write_version
from eaa.queries.checks import NOBODY_LEFT, Standing, evidence_of, standing_of
from eaa.queries.quoting import people_quoted
from eaa.verbs import Verb
from sessions_app import clock
from sessions_app.errors import BadText, Closed, NotAllowed, Refused
from sessions_app.models import Participant, Via
from sessions_app.policy import Actor

WORDS, DIFFERENCE = 1200, 1200  # signs that a person sees
NOT_ASKED = _("Nobody is asked about this text at the moment. What you wrote is still here.")
ONLY_QUOTED = _("Only people whose words it quotes are asked whether it is what they meant.")


def return_record(*, record: Record, actor: Actor, head: int, until: datetime) -> Record:
    """Ask everybody whose words the newest version quotes, UNTIL a moment. Answers to the same version stay.

    Records `record.returned`. Raises Stale, BadText for a moment that has passed, Refused when nobody can be asked.
    """
    with transaction.atomic():
        locked(record, actor, "record.change", head=head)
        now = clock.now()
        if record.mechanism != Mechanism.INTERPRETATION:
            raise Refused(_("Only what you think it means is returned to people. Everything else they can read."))
        if until <= now:
            raise BadText(_("That moment has passed. Choose a later one."), field="day")
        if not people_quoted(evidence_of(record)):
            raise Refused(NOBODY_LEFT)
        record.status, record.returned_at, record.answers_until = Status.RETURNED, now, until
        record.settled_at, record.difference = None, ""
        record.save(update_fields=["status", "returned_at", "answers_until", "settled_at", "difference"])
        tell(Verb.RECORD_RETURNED, record, actor.participant, at=now, version=record.head)
    return record


def tell_check(
    *,
    record: Record,
    actor: Actor,
    head: int,
    answer: str,
    words: str = "",
    person: Participant | None = None,
    via: str = Via.THREAD,
    language: str = "",
) -> Check:
    """Say whether version HEAD is what the actor meant, with WORDS; a scribe does it for PERSON, e.g. on the phone.

    The last press counts. "Is not" opens an understanding again. Records `record.checked`, and `record.reopened`.
    Raises Stale for a version that was replaced, Closed, BadText, NotAllowed.
    """
    if answer not in CheckAnswer.values:
        raise BadText(_("Choose one of the three answers."), field="answer")
    words = cleaned_text(words, field="words", limit=WORDS) if words.strip() else ""
    whose = person or actor.participant
    for_other = whose != actor.participant
    with transaction.atomic():
        locked(record, actor, "record.check_for" if for_other else "record.check", head=head)
        if record.status == Status.DRAFT:
            raise Closed(NOT_ASKED)
        whose = _asked(record, actor, whose)
        now = clock.now()
        given = {"answer": answer, "words": words, "language": language or whose.language, "at": now}
        typed = (
            {"via": Via.SCRIBE, "recorded_by": actor.participant} if for_other else {"via": via, "recorded_by": None}
        )
        check, is_first = Check.objects.update_or_create(
            version=record.versions.get(number=record.head), participant=whose, defaults={**given, **typed}
        )
        told = {"participant": whose, "version": record.head, "via": check.via, "first": is_first}
        tell(Verb.RECORD_CHECKED, record, actor.participant, at=now, **told)
        if record.status == Status.UNDERSTOOD and answer == CheckAnswer.IS_NOT:
            _reopen(record, actor, now)
    return check


def settle_record(
    *, record: Record, actor: Actor, head: int, status: str, text: str = "", difference: str = "", because: str = ""
) -> Record:
    """Make RECORD an understanding, or keep its difference visible, by the rules of `queries.checks.Standing`.

    An understanding may take "almost" words in: TEXT is then a new version, and nobody is asked again. A difference
    needs a sentence that says how people see it differently. Records `record.settled`. Raises Stale, Refused, BadText.
    """
    if status not in {Status.UNDERSTOOD, Status.DIFFERENCE}:
        raise BadText(_("Choose one of the answers in the list."), field="status")
    is_difference = status == Status.DIFFERENCE
    text = cleaned_text(text) if text.strip() and not is_difference else ""
    if is_difference:
        difference = cleaned_text(difference, field="difference", limit=DIFFERENCE)
    because = cleaned_because(because)
    with transaction.atomic():
        locked(record, actor, "eaa.decide", head=head)
        standing = standing_of(record)
        _check_rules(standing, is_difference=is_difference)
        now, before = clock.now(), record.versions.get(number=record.head)
        if text and text != before.text:
            _take_in(record, actor, before, text, because, now)
        record.status, record.settled_at = status, now
        record.difference = difference if is_difference else ""
        record.save(update_fields=["status", "settled_at", "difference"])
        tell(Verb.RECORD_SETTLED, record, actor.participant, at=now, version=record.head, status=status)
    return record


def _asked(record: Record, actor: Actor, whose: Participant | None) -> Participant:
    """WHOSE words are quoted; where somebody answers for them, by a name that ACTOR may know. Else NotAllowed."""
    asked = standing_of(record, is_facilitator=actor.is_facilitator).asked
    if whose is None or not any(one.person == whose and (one.name or whose == actor.participant) for one in asked):
        raise NotAllowed(ONLY_QUOTED)
    return whose


def _check_rules(standing: Standing, *, is_difference: bool) -> None:
    found = standing.in_the_way_of_difference if is_difference else standing.in_the_way
    if found:
        raise Refused(found[0], field="status")


def _take_in(record: Record, actor: Actor, before: RecordVersion, text: str, because: str, now: datetime) -> None:
    """A new version with what people said beside their "almost". Made in the very moment of settling, by which
    `queries.checks.answers_to` knows that the answers to the text before still stand."""
    kept = list(before.evidence.all())
    version = write_version(record, named(actor), text, at=now, because=because, language=before.language)
    carry_over(kept, version=version)
    tell(Verb.RECORD_REVISED, record, actor.participant, at=now, version=record.head, status=record.status)


def _reopen(record: Record, actor: Actor, now: datetime) -> None:
    record.status, record.settled_at = Status.RETURNED, None
    record.save(update_fields=["status", "settled_at"])
    tell(Verb.RECORD_REOPENED, record, actor.participant, at=now, version=record.head)
