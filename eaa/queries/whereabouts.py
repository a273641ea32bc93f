"""Where words stand, in their thread and in the replay, and what came before them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse

from eaa.queries.quoting import said_of
from sessions_app.models import Contribution
from sessions_app.policy import Actor, can
from sessions_app.queries.timeline import PAGE, WITH, Said, shown


def replay_of(actor: Actor, contribution: Contribution) -> str:
    """The moment of the replay at which the words came, for who may see it. Needs the dialogue's meeting at hand."""
    session = contribution.dialogue.activity.session
    if session is None or session.started_at is None or not can(actor, "session.replay", session):
        return ""
    return f"{reverse('replay', args=[session.pk])}?seq={contribution.seq}#said-{contribution.pk}"


def places_of(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Contribution id -> where it stands in its thread, also when that is on an older page. One query."""
    later = (
        Contribution.objects.filter(dialogue=OuterRef("dialogue"), seq__gt=OuterRef("seq"), uncarried_at=None)
        .order_by()
        .values("dialogue")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = Contribution.objects.filter(pk__in=list(ids)).annotate(later=Subquery(later))
    found = {}
    for pk, dialogue, seq, after in rows.values_list("pk", "dialogue_id", "seq", "later"):
        older = f"?before={seq + 1}" if (after or 0) >= PAGE else ""
        found[pk] = f"{reverse('thread', args=[dialogue])}{older}#said-{pk}"
    return found


@dataclass(frozen=True, slots=True)
class Before:
    """Words with what came before them: the question, what they answer, the cards that they carry on."""

    said: Said
    place: str
    replay: str
    answers: Said | None
    built_on: tuple[Said, ...]

    @property
    def contribution(self) -> Contribution:
        return self.said.contribution


def words_back(actor: Actor, contribution: Contribution) -> Before:
    """CONTRIBUTION, whose reader was checked, with what came before it. Four queries."""
    dialogue = contribution.dialogue
    (row,) = Contribution.objects.filter(pk=contribution.pk).select_related(*WITH)
    row.dialogue = dialogue
    (said,) = shown(dialogue, [row], is_facilitator=actor.is_facilitator)
    sources = list(row.builds_on.values_list("pk", flat=True))
    answered = [row.reply_to] if row.reply_to is not None else []
    for one in answered:
        one.dialogue = dialogue  # who may read an answer may read what it answers: it stands in the same dialogue
    before = shown(dialogue, answered, is_facilitator=actor.is_facilitator)
    built = said_of(sources, is_facilitator=actor.is_facilitator)
    return Before(
        said=said,
        place=places_of([row.pk])[row.pk],
        replay=replay_of(actor, row),
        answers=before[0] if before else None,
        built_on=tuple(built[pk] for pk in sources if pk in built),
    )
