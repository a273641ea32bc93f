"""The cards that can be quoted, a step at a time: what a form offers, and what was chosen in it already."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count

from eaa.models import Outcome
from eaa.queries.outcomes import outcomes_of
from eaa.queries.quoting import Quote, citable, said_of
from sessions_app.models import Workshop
from sessions_app.queries.timeline import Said

PAGE = 60
SEARCH = 80  # signs


@dataclass(frozen=True, slots=True)
class Source:
    """A step or thread with words that can be quoted."""

    key: str
    name: str
    where: str
    count: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """A card that was chosen; `quote` is the part that is meant, as it was typed. `said` is None where it is hidden."""

    key: str
    quote: str
    said: Said | None

    @property
    def is_gone(self) -> bool:
        return self.said is None or self.said.contribution.is_withdrawn


@dataclass(frozen=True, slots=True)
class Picker:
    """`offered` are the cards of the chosen step, or those that were searched for; `start` counts those before."""

    sources: tuple[Source, ...]
    source: str
    search: str
    chosen: tuple[Chosen, ...]
    offered: tuple[Said, ...]
    found: int
    start: int
    told: Mapping[object, Outcome] = field(default_factory=dict)  # card -> what happened to it, where that is asked for

    @property
    def cards(self) -> list[tuple[Said, Outcome | None]]:
        return [(said, self.told.get(said.contribution.pk)) for said in self.offered]

    @property
    def next_start(self) -> int | None:
        through = self.start + PAGE
        return through if through < self.found else None

    @property
    def through(self) -> int:
        return min(self.start + PAGE, self.found)

    @property
    def is_looking(self) -> bool:
        return bool(self.source or self.search)


def picker_of(
    workshop: Workshop,
    *,
    chosen: Mapping[str, str],
    source: str = "",
    search: str = "",
    start: int = 0,
    is_facilitator: bool = False,
    with_outcomes: bool = False,
) -> Picker:
    """CHOSEN is quote by card. Three queries, five more when cards are looked for, whatever the workshop holds."""
    sources = sources_of(workshop)
    source = source if source in {one.key for one in sources} else ""
    search = "".join(sign for sign in search if sign.isprintable()).strip()[:SEARCH]
    ids: list[uuid.UUID] = []
    found = 0
    if source or search:
        rows = citable(workshop)
        rows = rows.filter(dialogue=int(source)) if source else rows
        rows = rows.filter(body__icontains=search) if search else rows
        rows = rows.exclude(pk__in=list(chosen))
        found = rows.count()
        start = start if 0 <= start < found else 0
        ids = list(rows.values_list("pk", flat=True)[start : start + PAGE])
    said = said_of([*ids, *(uuid.UUID(key) for key in chosen)], is_facilitator=is_facilitator)
    return Picker(
        sources=sources,
        source=source,
        search=search,
        chosen=tuple(Chosen(key, quote, said.get(uuid.UUID(key))) for key, quote in chosen.items()),
        offered=tuple(said[pk] for pk in ids if pk in said),
        found=found,
        start=start,
        told=outcomes_of([said[pk].contribution for pk in ids if pk in said]) if with_outcomes else {},
    )


def sources_of(workshop: Workshop) -> tuple[Source, ...]:
    """One query."""
    names = ("dialogue_id", "dialogue__activity__title", "dialogue__activity__session__title")
    order = ("dialogue__activity__session__starts_at", "dialogue__activity__position", "dialogue_id")
    rows = citable(workshop).order_by(*order).values_list(*names).annotate(count=Count("pk"))
    return tuple(Source(str(pk), title, meeting or "", count) for pk, title, meeting, count in rows)


def first_source(sources: Iterable[Source], dialogues: Iterable[int]) -> str:
    """The first of SOURCES that is one of DIALOGUES."""
    wanted = {str(pk) for pk in dialogues}
    return next((one.key for one in sources if one.key in wanted), "")


def chosen_of(quoted: Iterable[Quote]) -> dict[str, str]:
    """What was quoted so far, as a form holds it."""
    return {
        str(quote.evidence.contribution_id): quote.words if quote.is_part else ""
        for quote in quoted
        if quote.evidence.contribution_id is not None
    }
