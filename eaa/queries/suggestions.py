"""Other words that people suggest for an agreement, and what became of each."""

from dataclasses import dataclass

from eaa.models import Agreement, AgreementVersion, Suggestion, SuggestionState
from eaa.queries.quoting import said_of
from eaa.queries.voices import Names
from sessions_app.policy import SCRIBES, Actor
from sessions_app.queries.timeline import Said


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """One suggestion. `words` is empty where they were taken back; `said` is the contribution that it points at."""

    suggestion: Suggestion
    words: str
    language: str
    who: str
    said_on: str
    said: Said | None
    clause_number: int | None
    is_mine: bool
    can_settle: bool

    @property
    def is_open(self) -> bool:
        return self.suggestion.state == SuggestionState.OPEN

    @property
    def is_gone(self) -> bool:
        return not self.words


def open_suggestion(agreement: Agreement, number: str) -> Suggestion | None:
    """The suggestion with this number, if it still waits for an answer."""
    if not number.isdecimal() or len(number) > 18:
        return None
    found = Suggestion.objects.filter(agreement=agreement, pk=number, withdrawn_at=None)
    return found.filter(state=SuggestionState.OPEN).first()


def suggestion_views(
    agreement: Agreement, version: AgreementVersion, names: Names, viewer: Actor | None
) -> list[SuggestionView]:
    """Every suggestion that stands, those that wait first. Three queries."""
    found = Suggestion.objects.filter(agreement=agreement, withdrawn_at=None).select_related("made_by")
    rows = sorted(found, key=lambda row: (row.state != SuggestionState.OPEN, row.at, row.pk))
    said = said_of({row.contribution_id for row in rows if row.contribution_id is not None})
    numbers = {clause.key: clause.number for clause in version.clauses.all()}
    me = viewer.participant.pk if viewer is not None and viewer.participant is not None else None
    settles = viewer is not None and viewer.has(SCRIBES)
    views = []
    for row in rows:
        one = said.get(row.contribution_id) if row.contribution_id is not None else None
        if row.contribution_id is not None and one is None:
            continue  # face down since: nobody reads it, and nobody knows of it
        views.append(
            SuggestionView(
                suggestion=row,
                words=row.text or (one.contribution.body if one is not None else ""),
                language=row.language or (one.contribution.language if one is not None else ""),
                who=one.who if one is not None else names.of(row.made_by) if row.made_by is not None else "",
                said_on=names.when(row.at),
                said=one,
                clause_number=numbers.get(row.clause_key) if row.clause_key is not None else None,
                is_mine=me is not None and row.made_by_id == me,
                can_settle=settles,
            )
        )
    return views
