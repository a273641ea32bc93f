"""Templates of workshops as data: which meetings they have, and which steps. One registry; to add one is an entry."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it is laid out. `stage` and `mechanisms` are keys of the framework; a break has neither."""

    kind: str
    minutes: int
    title: Text
    prompt: Text = ""
    stages: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    blind: bool = False
    identity: str = "named"
    lead: Text = ""
    hall: Text = ""
    online: Text = ""
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def stage(self) -> str:
        """What the picture of the steps draws."""
        return self.stages[0] if self.stages else "break"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it is laid out, `after` days after the first one; in a series each has a stage of its own."""

    title: Text
    steps: tuple[Step, ...]
    after: int = 0
    stage: str = ""
    lasts: int = 0  # minutes, when it is another number than that of its steps

    @property
    def minutes(self) -> int:
        return self.lasts or sum(step.minutes for step in self.steps)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A template. Without meetings it has one open question (`question`), or nothing at all."""

    key: str
    name: Text
    sentence: Text
    meetings: tuple[Meeting, ...] = ()
    question: Text = ""
    own: int = 0  # the number of the kept plan that it is made from

    @property
    def steps(self) -> Sequence[Step]:
        """The steps of all meetings in a row."""
        return [step for meeting in self.meetings for step in meeting.steps]

    @property
    def picture(self) -> Sequence[Step | Meeting]:
        """What is drawn: the steps of one meeting, or the meetings of a series."""
        return self.meetings if len(self.meetings) > 1 else self.steps

    @property
    def length(self) -> str:
        """How long it takes, in words."""
        if not self.meetings:
            return gettext("1 question") if self.question else ""
        minutes = " + ".join(str(meeting.minutes) for meeting in self.meetings)
        return gettext("%(minutes)s min") % {"minutes": minutes}


def _kettle(minutes: int) -> Step:
    return Step("kettle", minutes, _("Break"))


GETTING_TO_KNOW = (
    Step(
        "check_in_round",
        12,
        _("Check-in round"),
        _("What should we call you, and what did you see on your way here?"),
        ("engagement",),
        ("intention",),
    ),
    Step(
        "cards",
        18,
        _("What we bring"),
        _("What do you know or have lived through that can help us here?"),
        ("engagement",),
        ("assets", "documentation"),
        blind=True,
    ),
    _kettle(10),
    Step(
        "open_dialogue",
        25,
        _("How we want to work"),
        _("What do you need from the rest of us, to dare to say it?"),
        ("alignment",),
        ("dialogue", "intention"),
    ),
    Step(
        "check_out",
        10,
        _("Check-out"),
        _("Did we understand each other? Say one thing that you take with you."),
        ("agreement",),
        ("understanding",),
    ),
)
WORKING_IT_OUT = (
    Step(
        "check_in_round",
        8,
        _("Check-in round"),
        _("What have you thought of since we last met?"),
        ("engagement",),
        ("intention",),
    ),
    Step(
        "cards",
        27,
        _("Our ideas"),
        _("What could we do differently? One idea on each card."),
        ("alignment",),
        ("assets", "documentation"),
        blind=True,
    ),
    _kettle(10),
    Step(
        "open_dialogue",
        30,
        _("What the cards say"),
        _("Which cards belong together, and what do they tell us?"),
        ("alignment",),
        ("dialogue", "interpretation"),
    ),
    Step(
        "check_out",
        15,
        _("Say it back"),
        _("What did you hear that somebody else said today?"),
        ("agreement",),
        ("understanding",),
    ),
)
AGREEING = (
    Step(
        "check_in_round",
        6,
        _("Check-in round"),
        _("What do you hope that we agree on today?"),
        ("engagement",),
        ("intention",),
    ),
    Step(
        "open_dialogue",
        16,
        _("Our proposal"),
        _("Here is what we suggest. What is still unclear to you?"),
        ("alignment",),
        ("dialogue", "documentation"),
    ),
    _kettle(8),
    Step(
        "cards",
        20,
        _("Where do you stand?"),
        _("Can you stand behind it? Write yes, yes with a remark, or no, and why."),
        ("agreement",),
        ("interpretation", "understanding"),
        blind=True,
    ),
    Step(
        "check_out",
        10,
        _("What we take home"),
        _("What will you do first? Say one thing."),
        ("agreement",),
        ("understanding", "intention"),
    ),
)
FORTNIGHT = 14
ALL = (
    Blueprint(
        "first_meeting",
        _("First meeting"),
        _("Get to know each other. What we bring, and how we want to work."),
        (Meeting(_("First meeting"), GETTING_TO_KNOW),),
    ),
    Blueprint(
        "work_on_ideas",
        _("Work on ideas"),
        _("Many cards, then talk about what they say. Say back what you heard."),
        (Meeting(_("Work on ideas"), WORKING_IT_OUT),),
    ),
    Blueprint(
        "agree_together",
        _("Agree together"),
        _("Look at a proposal together, and see where everybody stands."),
        (Meeting(_("Agree together"), AGREEING),),
    ),
    Blueprint(
        "three_meetings",
        _("Three meetings: Engagement, Alignment, Agreement"),
        _("The whole way in three meetings, a fortnight apart."),
        (
            Meeting(_("Engagement: who we are"), GETTING_TO_KNOW, stage="engagement"),
            Meeting(_("Alignment: work it out"), WORKING_IT_OUT, FORTNIGHT, "alignment"),
            Meeting(_("Agreement: agree together"), AGREEING, 2 * FORTNIGHT, "agreement"),
        ),
    ),
    Blueprint(
        "thread_only",
        _("Thread only"),
        _("One open question and no meeting. Everybody answers in their own time."),
        question=_("What should we change first, and why?"),
    ),
    Blueprint("blank", _("Start from blank"), _("An empty table. You plan every meeting yourself.")),
)
BLUEPRINTS: dict[str, Blueprint] = {blueprint.key: blueprint for blueprint in ALL}
