"""Both lanes of a face-down step: have those in the hall and those elsewhere sent what they want to send?"""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from sessions_app.models import Contribution, Dialogue, Event, Identity, PaperNotes, Participant, Response, Role, Via
from sessions_app.verbs import Verb

TYPED = (Via.PAPER, Via.SCRIBE)


@dataclass(frozen=True, slots=True)
class Paper:
    """How many notes of paper lie in the hall, and how many cards were typed there."""

    notes: int
    typed: int

    @property
    def is_behind(self) -> bool:
        return self.notes > self.typed


def paper_of(dialogue: Dialogue) -> Paper:
    """One query."""
    typed = Q(dialogue__contributions__via__in=TYPED, dialogue__contributions__withdrawn_at=None)
    found = PaperNotes.objects.filter(dialogue=dialogue).annotate(typed=Count("dialogue__contributions", filter=typed))
    row = found.values_list("count", "typed").first()
    return Paper(*row) if row else Paper(0, _typed(dialogue))


def is_awaited(dialogue: Dialogue) -> bool:
    """Whether somebody who came in has sent nothing to DIALOGUE yet, or notes of paper wait to be typed. One query."""
    return Dialogue.objects.filter(awaits(), pk=dialogue.pk).exists()


def awaits() -> Q:
    """The same for any query of dialogues. Where nobody may know who wrote, only notes of paper are awaited."""
    came = Event.objects.filter(
        verb=Verb.PARTICIPANT_ENTERED,
        session=OuterRef(OuterRef("activity__session")),
        participant=OuterRef("pk"),
    )
    # Also in a small group of the step.
    table = {"dialogue__activity": OuterRef(OuterRef("activity")), "withdrawn_at": None}
    said = Contribution.objects.filter(author=OuterRef("pk"), **table)
    chose = Response.objects.filter(
        dialogue=OuterRef(OuterRef("pk")),
        round=OuterRef(OuterRef("activity__round")),
        participant=OuterRef("pk"),
        withdrawn_at=None,
    )
    people = Participant.objects.filter(
        workshop=OuterRef("activity__workshop"), removed_at=None, roles=[Role.PARTICIPANT]
    )
    silent = people.filter(Exists(came)).exclude(Exists(said)).exclude(Exists(chose))
    typed = Contribution.objects.filter(dialogue=OuterRef("dialogue"), via__in=TYPED, withdrawn_at=None)
    count = Subquery(typed.order_by().values("dialogue").annotate(n=Count("pk")).values("n"))
    paper = PaperNotes.objects.filter(dialogue=OuterRef("pk"), count__gt=Coalesce(count, 0))
    return (~Q(activity__identity=Identity.ANONYMOUS) & Q(Exists(silent))) | Q(Exists(paper))


def _typed(dialogue: Dialogue) -> int:
    return Contribution.objects.filter(dialogue=dialogue, via__in=TYPED, withdrawn_at=None).count()
