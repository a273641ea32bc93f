"""What the scribe of a hall watches: notes of paper, and words from outside that wait to be read aloud."""

from dataclasses import dataclass

from sessions_app.models import Contribution, Dialogue, Identity, Message, Place, Session
from sessions_app.queries.dialogues import dialogue_on_the_table
from sessions_app.queries.lanes import Paper, paper_of
from sessions_app.queries.timeline import WITH, Said, shown

ALOUD = 30


@dataclass(frozen=True, slots=True)
class HallView:
    """`aloud` are the words that nobody has read aloud yet, oldest first; none while they lie face down."""

    dialogue: Dialogue | None
    paper: Paper
    aloud: tuple[Said, ...]


def hall_view(session: Session) -> HallView:
    """Four queries at most."""
    dialogue = dialogue_on_the_table(session.pk)
    if dialogue is None:
        return HallView(None, Paper(0, 0), ())
    return HallView(dialogue, paper_of(dialogue), to_read_aloud(dialogue))


def to_read_aloud(dialogue: Dialogue) -> tuple[Said, ...]:
    """Words of those who are not in the hall; where places are nobody's business, everybody's. One query."""
    if dialogue.activity.is_hidden:
        return ()
    found = Contribution.objects.filter(dialogue=dialogue, withdrawn_at=None, read_aloud_at=None)
    if dialogue.activity.identity == Identity.NAMED:
        found = found.exclude(place=Place.HALL)
    rows = list(found.select_related(*WITH).order_by("seq")[:ALOUD])
    return tuple(shown(dialogue, rows, is_facilitator=False))


def lines_of_room(sessions: list[Session]) -> list[Message]:
    """What scribes told of the room in these meetings, in order. One query."""
    told = Message.objects.filter(session__in=sessions, about_room=True, withdrawn_at=None)
    return list(told.select_related("sender").order_by("sent_at", "pk"))
