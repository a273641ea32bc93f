"""The words that records and clauses rest on, as everybody may see them: a part or the whole, or a gap."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from eaa.models import Evidence
from sessions_app.models import Contribution, Dialogue, Participant, Workshop
from sessions_app.queries.timeline import WITH, Said, shown


@dataclass(frozen=True, slots=True)
class Quote:
    """One piece of evidence. `words` is what is quoted, empty where it was taken back; `said` the whole contribution
    as everybody sees it (None where another record is meant)."""

    evidence: Evidence
    words: str
    said: Said | None
    before: str = ""  # what stood before and after the part that is quoted
    after: str = ""

    @property
    def is_gone(self) -> bool:
        """Whether the words were taken back: a gap that is shown, not a hole."""
        return self.said is not None and self.said.contribution.is_withdrawn

    @property
    def is_part(self) -> bool:
        return self.evidence.start is not None

    @property
    def was_changed(self) -> bool:
        """Whether its author put other words there since."""
        revised = self.said.contribution.revised_at if self.said is not None else None
        return revised is not None and revised > self.evidence.at

    @property
    def language(self) -> str:
        return self.said.contribution.language if self.said is not None else ""

    @property
    def who(self) -> str:
        return self.said.who if self.said is not None else ""

    @property
    def address(self) -> str:
        """Where the words stand in their dialogue, or the page of the record."""
        if self.said is not None:
            return f"{reverse('thread', args=[self.said.dialogue_id])}#{self.said.element_id}"
        return reverse("eaa:record", args=[self.evidence.record_id])


def citable(workshop: Workshop) -> QuerySet[Contribution]:
    """What may be quoted in WORKSHOP: words that everybody there may read now. Never what was said in a small group,
    lies face down, or was taken back."""
    return (
        Contribution.objects.filter(dialogue__activity__workshop=workshop, dialogue__group=None)
        .filter(withdrawn_at=None, uncarried_at=None, dialogue__activity__removed_at=None)
        .filter(dialogue__activity__opened_at__isnull=False)
        .filter(Q(dialogue__activity__blind=False) | Q(dialogue__activity__revealed_at__isnull=False))
        .order_by("seq")
    )


def quotes(evidence: Iterable[Evidence], *, is_facilitator: bool = False) -> dict[int, Quote]:
    """EVIDENCE by its id, in its order. Three queries, however much it is.

    Words that are face down (asked again since) are as good as taken back for whoever reads this: left out.
    """
    rows = list(evidence)
    said = said_of({row.contribution_id for row in rows if row.contribution_id}, is_facilitator=is_facilitator)
    found: dict[int, Quote] = {}
    for row in rows:
        one = said.get(row.contribution_id) if row.contribution_id else None
        if row.contribution_id and one is None:
            continue
        before, words, after = _words(row, one.contribution) if one is not None else ("", "", "")
        found[row.pk] = Quote(row, words, one, before, after)
    return found


def said_of(ids: Iterable[object], *, is_facilitator: bool = False) -> dict[object, Said]:
    """Contribution id -> how everybody sees it. Nothing that lies face down or was said in a small group."""
    rows = Contribution.objects.filter(pk__in=list(ids), dialogue__group=None).select_related(
        *WITH, "dialogue__activity__workshop", "dialogue__activity__session"
    )
    by_dialogue: dict[Dialogue, list[Contribution]] = {}
    for row in rows.prefetch_related("revisions").order_by("seq"):
        by_dialogue.setdefault(row.dialogue, []).append(row)
    return {
        said.contribution.pk: said
        for dialogue, words in by_dialogue.items()
        if not dialogue.activity.is_hidden
        for said in shown(dialogue, words, is_facilitator=is_facilitator)
    }


def people_quoted(evidence: Iterable[Evidence]) -> list[Participant]:
    """Whose words these are, each once, by name order of their first word: those who can be asked what they meant.

    Nobody for anonymous words, for words of the hall without a name, and for people who left. One query.
    """
    ids = [row.contribution_id for row in evidence if row.contribution_id]
    rows = Contribution.objects.filter(pk__in=ids, withdrawn_at=None, anonymous_token="", author__removed_at=None)
    people = {row.author_id: row.author for row in rows.select_related("author").order_by("seq") if row.author}
    return list(people.values())


def _words(evidence: Evidence, contribution: Contribution) -> tuple[str, str, str]:
    """The words as they stood when they were quoted: what comes before the part that is meant, the part, what comes
    after. Needs the contribution's revisions at hand."""
    if contribution.is_withdrawn:
        return "", "", ""
    then = next((old.body for old in contribution.revisions.all() if old.until > evidence.at), contribution.body)
    if evidence.start is None or evidence.end is None:
        return "", then, ""
    return then[: evidence.start], then[evidence.start : evidence.end], then[evidence.end :]
