"""Put one's name, or another one, under a version; and take it back while there is time."""

from django.utils.translation import gettext_lazy as _

from eaa.models import Agreement, Position, Signature
from eaa.operations.locking import answers, for_whom, is_head, locked, tell
from eaa.queries.scales import Lean, choice_of
from eaa.queries.standing import standing_positions, stands_from, versions_of
from eaa.verbs import Verb
from sessions_app import clock
from sessions_app.errors import BadText, Refused
from sessions_app.models import Participant, Via
from sessions_app.policy import Actor
from sessions_app.text import clean_name, name_key

TAKEN = _("Somebody else here is called that. Choose another name to sign with.")


def sign(
    *,
    agreement: Agreement,
    actor: Actor,
    version: int,
    signs_as: str = "",
    person: Participant | None = None,
    via: str = Via.THREAD,
) -> Signature:
    """Sign VERSION as the actor, or for PERSON; under another name with SIGNS_AS. It is bound to the version's digest.

    Refuses with Stale when there is a newer version; those who do not agree say so first, or leave it unsigned.
    """
    whose, recorder, right = for_whom(actor, person)
    with locked(agreement, actor, right):
        head = is_head(agreement, version)
        answers(agreement, actor, whose)
        name = _name(agreement, whose, signs_as)
        if _is_against(agreement, whose):
            raise Refused(_("You said that you do not agree. Change that first, or leave it unsigned."))
        standing = Signature.objects.filter(version=head, participant=whose, taken_back_at=None).first()
        if standing is not None and standing.signs_as == name:
            return standing
        if standing is not None:
            _take_back(standing, agreement, actor)
        made = Signature.objects.create(
            version=head,
            participant=whose,
            signs_as=name,
            digest=head.digest,
            via=via,
            recorded_by=recorder,
            at=clock.now(),
        )
        tell(Verb.SIGNATURE_GIVEN, agreement, actor, whose, via=via)
    return made


def take_back_signature(*, agreement: Agreement, actor: Actor, person: Participant | None = None) -> bool:
    """Take the signature back, until the time for answers is over. Returns whether there was one."""
    whose, _recorder, right = for_whom(actor, person)
    with locked(agreement, actor, right):
        answers(agreement, actor, whose)
        return take_back_all(agreement, actor, whose)


def take_back_all(agreement: Agreement, actor: Actor, person: Participant) -> bool:
    """Inside an operation that has the lock."""
    first = stands_from(versions_of(agreement), agreement.head)
    found = Signature.objects.filter(version__agreement=agreement, version__number__gte=first, participant=person)
    rows = list(found.filter(taken_back_at=None).select_related("version"))
    for row in rows:
        _take_back(row, agreement, actor)
    return bool(rows)


def _take_back(row: Signature, agreement: Agreement, actor: Actor) -> None:
    row.taken_back_at = clock.now()
    row.save(update_fields=["taken_back_at"])
    tell(Verb.SIGNATURE_TAKEN_BACK, agreement, actor, row.participant, version=row.version.number)


def _is_against(agreement: Agreement, person: Participant) -> bool:
    first = stands_from(versions_of(agreement), agreement.head)
    position: Position | None = standing_positions(agreement, first, agreement.head).get(person.pk)
    return position is not None and choice_of(agreement.scale, position).lean == Lean.NO


def _name(agreement: Agreement, person: Participant, signs_as: str) -> str:
    """The name that stands under the text. Nobody signs as somebody else who is here."""
    try:
        name = clean_name(signs_as) if signs_as.strip() else person.name
    except Refused as trouble:
        trouble.field = "signs_as"
        raise
    if not name:
        raise BadText(_("Write a name to sign with. Any name is fine."), field="signs_as")
    key = name_key(name)
    others = Participant.objects.filter(workshop=agreement.workshop_id, removed_at=None).exclude(pk=person.pk)
    signed = Signature.objects.filter(version__agreement=agreement, taken_back_at=None).exclude(participant=person)
    if others.filter(name_key=key).exists() or key in {
        name_key(taken) for taken in signed.values_list("signs_as", flat=True)
    }:
        raise BadText(TAKEN, field="signs_as")
    return name
