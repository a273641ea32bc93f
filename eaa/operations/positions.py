"""Say where one stands on a version, take it back, and note how an objection was taken in."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from eaa.models import Agreement, AgreementVersion, Position
from eaa.operations.locking import answers, for_whom, is_head, locked, tell
from eaa.operations.signatures import sign, take_back_all
from eaa.operations.terms import body
from eaa.queries.scales import ASIDE, NO_OBJECTION, OBJECTS, Choice, Lean, choice_named
from eaa.verbs import Verb
from sessions_app import clock
from sessions_app.errors import BadText, Closed, NotFound, Refused
from sessions_app.models import Participant, Place, Via
from sessions_app.policy import Actor

WORDS = 1000


def take_position(
    *,
    agreement: Agreement,
    actor: Actor,
    version: int,
    choice: str,
    words: str = "",
    clause: int | None = None,
    person: Participant | None = None,
    via: str = Via.THREAD,
    place: str = "",
    language: str = "",
) -> Position:
    """Say where the actor, or PERSON for whom the actor writes, stands on VERSION. The last press counts.

    WORDS may be about one CLAUSE (its key). Whoever does not agree has their signature taken back.
    Refuses with Stale when there is a newer version, BadText for an objection without a reason, Closed, NotAllowed.
    """
    whose, recorder, right = for_whom(actor, person)
    with locked(agreement, actor, right):
        head = is_head(agreement, version)
        answers(agreement, actor, whose)
        chosen = _chosen(agreement, choice)
        road = via if via in Via.values else Via.THREAD
        values = _values(head, chosen, body(words, WORDS, "words"), clause) | {"via": road}
        before = Position.objects.filter(version=head, participant=whose).first()
        if before is not None and before.taken_in_id is None and _reads(before) == values:
            return before
        values |= {"language": (language or whose.language)[:10], "recorded_by": recorder, "at": clock.now()}
        values |= {"place": place if place in Place.values else whose.usual_place}
        values |= {"taken_in": None, "taken_in_words": ""}
        position, first = Position.objects.update_or_create(version=head, participant=whose, defaults=values)
        tell(Verb.POSITION_TAKEN, agreement, actor, whose, via=position.via, first=first)
        if chosen.lean == Lean.NO:
            take_back_all(agreement, actor, whose)
    return position


def answer_for(
    *, agreement: Agreement, actor: Actor, version: int, person: Participant, signs: bool, signs_as: str, **answer: Any
) -> Position:
    """Write down for PERSON where they stand, and put their name under the text if they sign it; both or neither."""
    with transaction.atomic():
        position = take_position(agreement=agreement, actor=actor, version=version, person=person, **answer)
        if signs:
            via = position.via
            sign(agreement=agreement, actor=actor, version=version, person=person, signs_as=signs_as, via=via)
    return position


def withdraw_position(*, agreement: Agreement, actor: Actor, person: Participant | None = None) -> None:
    """Take back where somebody stands, and what they said of earlier versions. From then on they count as silent."""
    whose, _recorder, right = for_whom(actor, person)
    with locked(agreement, actor, right):
        answers(agreement, actor, whose)
        found = Position.objects.filter(version__agreement=agreement, participant=whose)
        for row in found.select_related("version"):
            tell(Verb.POSITION_WITHDRAWN, agreement, actor, whose, version=row.version.number)
        found.delete()


def take_in_objection(
    *, agreement: Agreement, actor: Actor, position: int, version: int, words: str, stands: bool = False
) -> Position:
    """Note how an objection was taken in, in WORDS, and in which VERSION; whoever objected is asked again about it.

    With STANDS the note is taken away: the objection stands as before.
    """
    with locked(agreement, actor, "agreement.decide"):
        row = Position.objects.filter(pk=position, version__agreement=agreement, choice=OBJECTS).first()
        if row is None:
            raise NotFound
        if not agreement.accepts(clock.now()):
            raise Closed(_("The time for answers is over. Write a new version, and everybody is asked again."))
        row.taken_in = None if stands else _taken_in(agreement, row, version)
        row.taken_in_words = "" if stands else body(words, WORDS, "words")
        if not stands and not row.taken_in_words:
            raise BadText(_("Write how it was taken in, so that the one who objected can read it."), field="words")
        row.save(update_fields=["taken_in", "taken_in_words"])
        tell(Verb.OBJECTION_TAKEN_IN, agreement, actor, version=row.version.number, stands=stands)
    return row


def _taken_in(agreement: Agreement, row: Position, version: int) -> AgreementVersion:
    found = AgreementVersion.objects.filter(agreement=agreement, number=version).first()
    if found is None or found.number <= row.version.number:
        raise Refused(_("An objection is taken in by a later version. Change the text with them first."))
    return found


def _chosen(agreement: Agreement, choice: str) -> Choice:
    if not choice:
        raise BadText(_("Choose where you stand first."), field="choice")
    found = choice_named(agreement.scale, choice)
    if found is None:
        raise BadText(_("That is not one of the answers here. Choose again."), field="choice")
    return found


def _values(head: AgreementVersion, chosen: Choice, words: str, clause: int | None) -> dict[str, Any]:
    """What somebody says. Raises BadText for an objection without a reason."""
    if chosen.value == OBJECTS and not words:
        raise BadText(_("Write what would go wrong, so that the others can mend the text with you."), field="words")
    return {
        "choice": NO_OBJECTION if chosen.value == ASIDE else chosen.value,
        "stands_aside": chosen.value == ASIDE,
        "words": words,
        "clause_key": clause if words and clause in {one.key for one in head.clauses.all()} else None,
    }


def _reads(row: Position) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("choice", "stands_aside", "words", "clause_key", "via")}
