"""What a new record is about: a meeting or a thread, as an address names it."""

from dataclasses import dataclass

from sessions_app.models import Activity, Dialogue, Session, Workshop


@dataclass(frozen=True, slots=True)
class About:
    """Nothing, a meeting (`session`) or a question without one (`activity`); `dialogues` is where its words are."""

    key: str = ""
    session: Session | None = None
    activity: Activity | None = None
    dialogues: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        if self.activity is not None:
            return self.activity.title
        return self.session.title if self.session is not None else ""


def about_of(workshop: Workshop, sent: str) -> About:
    """`session:3` or `thread:7` (a dialogue), in WORKSHOP; nothing for whatever else was SENT. Two queries."""
    kind, _colon, number = sent.partition(":")
    if not number.isdecimal() or len(number) > 18:
        return About()
    if kind == "session":
        session = Session.objects.standing().filter(workshop=workshop, pk=number).first()
        if session is None:
            return About()
        found = Dialogue.objects.plenary().filter(activity__session=session).order_by("activity__position")
        return About(sent, session=session, dialogues=tuple(found.values_list("pk", flat=True)))
    if kind == "thread":
        opened = {"activity__workshop": workshop, "activity__opened_at__isnull": False}
        found = Dialogue.objects.plenary().filter(pk=number, **opened).select_related("activity__session")
        dialogue = found.first()
        if dialogue is not None:
            return About(sent, dialogue.activity.session, dialogue.activity, (dialogue.pk,))
    return About()
