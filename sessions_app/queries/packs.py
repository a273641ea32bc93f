"""The pack to print for a hall: agenda, blank cards, ballots for each step where people choose."""

from dataclasses import dataclass

from sessions_app.kinds import Kind, OnPaper, kind_of
from sessions_app.models import Activity, Participant, Place, Session, Slip
from sessions_app.queries.plans import PlanView, plan_view
from sessions_app.queries.slips import blank_cards

USUAL, MOST = 12, 60  # ballots of one step


@dataclass(frozen=True, slots=True)
class Ballots:
    """The paper ballots of one step; each has a number, so that it is typed once."""

    letter: str
    activity: Activity
    paper: OnPaper
    numbers: tuple[str, ...]

    @property
    def kind(self) -> type[Kind]:
        return kind_of(self.activity.kind)


@dataclass(frozen=True, slots=True)
class Pack:
    session: Session
    plan: PlanView
    cards: tuple[Slip, ...]
    ballots: tuple[Ballots, ...]
    count: int  # ballots of each step


def pack_of(session: Session, count: int | None) -> Pack:
    """The pack of SESSION with COUNT ballots for each choosing step; without it, as many as people in the hall."""
    plan = plan_view(session)
    if count is None:
        expected = Participant.objects.filter(
            workshop=session.workshop_id, removed_at=None, usual_place=Place.HALL
        ).count()
        count = max(USUAL, expected)
    count = max(1, min(MOST, count))
    steps = [step for step in Activity.objects.planned().filter(session=session) if kind_of(step.kind).takes_answers]
    ballots = tuple(
        Ballots(
            letter,
            step,
            kind_of(step.kind).on_paper(step.options),
            tuple(f"{letter}{number}" for number in range(1, count + 1)),
        )
        for letter, step in zip(_letters(), steps, strict=False)
    )
    return Pack(session, plan, tuple(blank_cards(session)), ballots, count)


def _letters() -> list[str]:
    """A letter for each step, none that looks like a digit."""
    return [*"ABCDEFGHJKMNPQRSTUVWXYZ", *(f"{first}{second}" for first in "ABC" for second in "ABCDEFGHJKMN")]
