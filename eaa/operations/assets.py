"""What each of us brings: a register that is owned by the people themselves."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from eaa.models import AssetKind, Evidence, Mechanism, Record, Shown
from eaa.operations.evidence import Rests
from eaa.operations.records import locked, make_record, named, tell
from eaa.verbs import Verb
from sessions_app import clock
from sessions_app.errors import BadText, NotAllowed
from sessions_app.models import Contribution, Workshop
from sessions_app.policy import Actor, require

TEXT = 600  # signs that a person sees


def keep_asset(
    *,
    workshop: Workshop,
    actor: Actor,
    kind: str,
    text: str,
    contribution: Contribution | None = None,
    language: str = "",
    client_id: uuid.UUID | None = None,
) -> Record:
    """Put something that the actor brings into the register, perhaps from a card of their own. Only its owner can
    show, hide or take it back, or write it in other words (`revise_record`)."""
    require(actor, "eaa.write", workshop)
    owner = named(actor)
    if kind not in AssetKind.values:
        raise BadText(_("Choose one of the answers in the list."), field="kind")
    if contribution is not None and (contribution.author_id != owner.pk or contribution.anonymous_token):
        raise NotAllowed(_("Only the one who wrote a card can put it into their own list."))
    return make_record(
        workshop=workshop,
        actor=actor,
        mechanism=Mechanism.ASSETS,
        kind=kind,
        text=text,
        rests=[Rests(contribution.pk)] if contribution is not None else [],
        owner=owner,
        language=language,
        client_id=client_id,
    )


def show_asset(*, record: Record, actor: Actor, shown: str) -> Record:
    """Show, hide or take back something of one's own. What is taken back is gone: its words are not kept."""
    if shown not in Shown.values:
        raise BadText(_("Choose one of the answers in the list."))
    with transaction.atomic():
        locked(record, actor, "record.change")
        if record.mechanism != Mechanism.ASSETS:
            raise BadText(_("Only what somebody brings can be hidden or taken back."))
        if record.shown in {shown, Shown.WITHDRAWN}:
            return record
        record.shown = shown
        if shown == Shown.WITHDRAWN:
            record.title = ""
            record.versions.update(text="", because="")
            Evidence.objects.filter(version__record=record).delete()
        record.save(update_fields=["shown", "title"])
        told = {"participant": actor.participant, "shown": shown}
        tell(Verb.ASSET_SHOWN, record, actor.participant, at=clock.now(), **told)
    return record
