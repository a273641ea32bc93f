"""An outline: the cards of a dialogue in a list under each heading, those that are not sorted yet last."""

from collections.abc import Iterable
from dataclasses import dataclass

from sessions_app import clock
from sessions_app.headings import headings_of, is_outline, list_id, not_sorted
from sessions_app.kinds import Kind, kind_of
from sessions_app.models import Dialogue
from sessions_app.queries.timeline import PAGE, Counts, Said, counts_of, timeline


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and its cards; `heading` is None for those that are not sorted."""

    kind: type[Kind]
    heading: int | None
    typed: str
    list_id: str
    count: int
    said: tuple[Said, ...]

    @property
    def title(self) -> str:
        return not_sorted() if self.heading is None else self.typed

    @property
    def counted(self) -> str:
        return self.kind.counted(self.count)

    @property
    def title_id(self) -> str:
        return f"heading-{self.list_id}"

    @property
    def count_id(self) -> str:
        return f"count-{self.list_id}"


@dataclass(frozen=True, slots=True)
class Outline:
    """`is_headed` says whether headings are drawn: cards that nobody has begun to sort lie on a plain wall."""

    dialogue_id: int
    sections: tuple[Section, ...]
    is_headed: bool
    can_sort: bool

    @property
    def element_id(self) -> str:
        return f"outline-{self.dialogue_id}"

    @property
    def counts_id(self) -> str:
        return f"counts-{self.dialogue_id}"


def outline_of(dialogue: Dialogue, said: Iterable[Said], counts: Counts) -> Outline | None:
    """SAID by heading; None where there are no headings, and while the cards lie face down. No query."""
    activity, kind = dialogue.activity, kind_of(dialogue.activity.kind)
    if not is_outline(activity):
        return None
    headings = headings_of(activity)
    by_list: dict[str, list[Said]] = {}
    for one in said:
        by_list.setdefault(one.list_id, []).append(one)
    known = {place for place, _title in headings}
    loose = sum(count for heading, count in counts.by_heading.items() if heading not in known)
    places: list[tuple[int | None, str, int]] = [
        (place, title, counts.by_heading.get(place, 0)) for place, title in headings
    ]
    if kind.headings == "sorted" or loose or not headings:
        places.append((None, "", loose))
    sections = tuple(
        Section(kind, place, title, where, count, tuple(by_list.get(where, ())))
        for place, title, count in places
        for where in [list_id(dialogue.pk, activity, place)]
    )
    can_sort = kind.headings == "sorted" and activity.is_open(clock.now())
    return Outline(dialogue.pk, sections, bool(headings) or kind.layout == "outline", can_sort)


def fresh_outline(dialogue: Dialogue, *, is_facilitator: bool = False, **more: object) -> Outline | None:
    """The newest page of DIALOGUE as an outline. Two queries; MORE may name the viewer."""
    said = timeline(dialogue, is_facilitator=is_facilitator, limit=PAGE, **more)  # type: ignore[arg-type]
    return outline_of(dialogue, said, counts_of(dialogue))
