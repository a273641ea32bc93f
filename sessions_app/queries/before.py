"""Before we meet: what a person needs to know, and one thing that they can do already."""

from dataclasses import dataclass

from sessions_app import clock
from sessions_app.models import Dialogue, Participant, Session
from sessions_app.queries.dialogues import answered_by
from sessions_app.queries.plans import PlannedStep, plan_view
from sessions_app.queries.workshops import until_words, workshop_view


@dataclass(frozen=True, slots=True)
class BeforeView:
    """The next meeting with its steps (never their questions), and an open question as a task of three minutes."""

    meeting: Session | None
    steps: tuple[PlannedStep, ...]
    task: Dialogue | None
    has_done: bool
    cancelled: tuple[Session, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    @property
    def task_until(self) -> str:
        return until_words(self.task) if self.task else ""


def before_view(person: Participant) -> BeforeView:
    """Five queries."""
    overview, now = workshop_view(person.workshop), clock.now()
    asked = [d for d in overview.open_questions if d.activity.is_open(now)]
    answered = answered_by(person, asked)
    task = next((dialogue for dialogue in asked if dialogue.pk not in answered), asked[0] if asked else None)
    meeting = overview.next_meeting
    return BeforeView(
        meeting=meeting,
        steps=plan_view(meeting).steps if meeting else (),
        task=task,
        has_done=task is not None and task.pk in answered,
        cancelled=tuple(overview.cancelled),
    )
