"""Put words under codes, as one's own judgement. Events name no contribution, so that no page of anybody stirs."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from eaa.models import Code, Coding, Judged
from eaa.operations.locking import lock_for
from eaa.operations.records import named
from eaa.queries.codes import codable, home_of
from eaa.verbs import Verb
from sessions_app import clock, events
from sessions_app.errors import BadText, NotFound
from sessions_app.models import Contribution, Workshop
from sessions_app.policy import Actor, require

PARTS = 200


def judge(*, said: Contribution, actor: Actor, codes: Collection[int]) -> list[Coding]:
    """Let CODES be all that the actor puts the whole of SAID under, perhaps none; and note that they are done with it.

    Refused: words that the actor may not code (taken back meanwhile, or no yes to research), codes of another workshop.
    """
    workshop = said.dialogue.activity.workshop
    with transaction.atomic():
        _locked(workshop, said, actor)
        home = home_of(list(Code.objects.filter(workshop=workshop)))
        if not set(codes) <= {code.pk for code in home.values()}:
            raise NotFound
        coder, now = named(actor), clock.now()
        mine = list(Coding.objects.filter(contribution=said, coder=coder, start=None, removed_at=None))
        kept = {home[row.code_id].pk for row in mine if row.code_id in home}
        for row in mine:
            if row.code_id in home and home[row.code_id].pk not in codes:
                _take_off(row, actor)
        made = [_put(workshop, said, actor, code) for code in sorted(set(codes) - kept)]
        Judged.objects.get_or_create(contribution=said, coder=coder, defaults={"at": now})
    return made


def code_part(*, said: Contribution, actor: Actor, code: int, quote: str) -> Coding:
    """Put a part of SAID under CODE: the first place where QUOTE stands in it as it is now."""
    workshop = said.dialogue.activity.workshop
    quote = quote.strip()
    with transaction.atomic():
        _locked(workshop, said, actor)
        if not Code.objects.standing().filter(workshop=workshop, pk=code).exists():
            raise BadText(_("Choose one of the answers in the list."), field="code")
        said.refresh_from_db(fields=["body"])
        start = said.body.find(quote) if quote else -1
        if start < 0:
            raise BadText(_("The part has to be in the words as they were written. Copy it from above."), field="quote")
        span = (start, start + len(quote))
        mine = Coding.objects.filter(contribution=said, coder=named(actor), removed_at=None, start__isnull=False)
        if (same := mine.filter(code=code, start=span[0], end=span[1]).first()) is not None:
            return same
        if mine.count() >= PARTS:
            raise BadText(_("You have coded very many parts of these words already."), field="quote")
        return _put(workshop, said, actor, code, span)


def take_off_part(*, said: Contribution, actor: Actor, coding: int) -> None:
    """Take a part that the actor coded from under its code. Nobody can do that for somebody else."""
    workshop = said.dialogue.activity.workshop
    with transaction.atomic():
        _locked(workshop, said, actor)
        mine = Coding.objects.filter(contribution=said, coder=actor.participant, removed_at=None, start__isnull=False)
        row = mine.filter(pk=coding).first()
        if row is not None:
            _take_off(row, actor)


def _locked(workshop: Workshop, said: Contribution, actor: Actor) -> None:
    lock_for(workshop.pk, actor)
    require(actor, "eaa.code", workshop)
    if not codable(workshop, actor).filter(pk=said.pk).exists():
        raise NotFound


def _put(
    workshop: Workshop, said: Contribution, actor: Actor, code: int, span: tuple[int | None, int | None] = (None, None)
) -> Coding:
    start, end = span
    row = Coding.objects.create(
        code_id=code, contribution=said, coder=named(actor), start=start, end=end, at=clock.now()
    )
    told = {"code": code, "coding": row.pk}
    events.record(Verb.CODING_MADE, workshop_id=workshop.pk, actor=actor.participant, data=told)
    return row


def _take_off(row: Coding, actor: Actor) -> None:
    row.removed_at = clock.now()
    row.save(update_fields=["removed_at"])
    workshop = row.contribution.dialogue.activity.workshop_id
    told = {"code": row.code_id, "coding": row.pk}
    events.record(Verb.CODING_REMOVED, workshop_id=workshop, actor=actor.participant, data=told)
