"""The run sheet: steps with their times, totals, and which mechanisms they use."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Prefetch, Q
from django.utils.translation import ngettext

from sessions_app import clock
from sessions_app.kinds import Kind, kind_of
from sessions_app.models import Activity, Dialogue, Session
from sessions_app.tags import MECHANISMS, Tag


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step with the moment it begins, its kind, its tags and how much was said in it."""

    activity: Activity
    kind: type[Kind]
    begins: datetime
    dialogue_id: int
    said: int
    mechanisms: tuple[Tag, ...]
    answered: int = 0  # how many chose something
    before: int | None = None  # the number of the step before it, and of the one after
    after: int | None = None

    @property
    def stage(self) -> str:
        return "break" if self.kind.rests or not self.activity.stages else self.activity.stages[0]

    @property
    def minutes(self) -> int:
        return self.activity.minutes

    @property
    def is_open(self) -> bool:
        return self.activity.open_until is not None and self.activity.is_open(clock.now())


@dataclass(frozen=True, slots=True)
class PlanView:
    session: Session
    steps: tuple[PlannedStep, ...]

    @property
    def others(self) -> list[Session]:
        """The other meetings that were planned together with this one. No query for a meeting by itself."""
        if self.session.series is None:
            return []
        found = Session.objects.standing().filter(workshop=self.session.workshop_id, series=self.session.series)
        others = list(found.exclude(pk=self.session.pk))
        for other in others:
            other.workshop = self.session.workshop
        return others

    @property
    def opened(self) -> list[PlannedStep]:
        """Those in which people could write something."""
        return [step for step in self.steps if step.activity.was_opened and step.kind.invites()]

    @property
    def total(self) -> int:
        return sum(step.minutes for step in self.steps)

    @property
    def planned(self) -> int:
        return int((self.session.ends_at - self.session.starts_at).total_seconds() // 60)

    @property
    def is_over(self) -> bool:
        return self.total > self.planned

    @property
    def cover(self) -> list[tuple[Tag, str]]:
        """Each mechanism with how many steps use it, in words."""
        used = {
            tag.key: sum(tag.key in step.activity.mechanisms for step in self.steps) for tag in MECHANISMS.tags.values()
        }
        return [
            (tag, ngettext("%(n)d step", "%(n)d steps", used[tag.key]) % {"n": used[tag.key]} if used[tag.key] else "")
            for tag in MECHANISMS.tags.values()
        ]


def plan_view(session: Session) -> PlanView:
    """Two queries."""
    said = Count("contributions", distinct=True, filter=Q(contributions__withdrawn_at__isnull=True))
    same_round = Q(responses__withdrawn_at__isnull=True, responses__round=F("activity__round"))
    counted = Dialogue.objects.plenary().annotate(
        said=said, answered=Count("responses", distinct=True, filter=same_round)
    )
    begins, steps = session.workshop.local(session.starts_at), []
    planned = Activity.objects.planned().filter(session=session)
    found = list(planned.prefetch_related(Prefetch("dialogues", queryset=counted)))
    beside = [None, *(activity.pk for activity in found), None]
    for place, activity in enumerate(found):
        dialogue = activity.dialogues.all()[0]
        tags = tuple(MECHANISMS.chosen(activity.mechanisms))
        steps.append(
            PlannedStep(
                activity,
                kind_of(activity.kind),
                begins,
                dialogue.pk,
                dialogue.said,  # type: ignore[attr-defined]
                tags,
                dialogue.answered,  # type: ignore[attr-defined]
                before=beside[place],
                after=beside[place + 2],
            )
        )
        begins += timedelta(minutes=activity.minutes)
    return PlanView(session, tuple(steps))


def removed_step(session: Session, pk: str) -> Activity | None:
    """The step with this number if it was taken off SESSION's run sheet, so that it can be put back."""
    if not pk.isdecimal() or len(pk) > 18:
        return None
    return Activity.objects.filter(session=session, pk=pk, removed_at__isnull=False).first()
