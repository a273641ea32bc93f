"""What a code on a slip opens, and the slips that a scribe can print."""

from dataclasses import dataclass

from django.db.models import QuerySet

from sessions_app.identifiers import grouped_code
from sessions_app.models import Identity, Participant, Session, Slip, Via

SHOWN = 240


@dataclass(frozen=True, slots=True)
class ToHandOut:
    """A slip for the one who said something: what a scribe may read on it."""

    slip: Slip
    code: str
    name: str  # for whom; empty when nobody is named
    begins: str  # how the words begin; empty when this scribe may not read them


def slip_by_code(code: str) -> Slip | None:
    """The slip with this normalised CODE, and everything that its page shows. One query."""
    found = Slip.objects.select_related(
        "session__workshop",
        "contribution__dialogue__activity__workshop",
        "contribution__author",
        "contribution__recorded_by",
    )
    real = {"session__workshop__practice_of": None, "session__workshop__removed_at": None}
    return found.filter(code=code, **real).first() if code else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many slips wait to be handed out, and the code of the last one, to be read out."""

    count: int
    last: str


def typed_slips(session: Session, scribe: Participant) -> list[ToHandOut]:
    """Slips of what was typed in SESSION and nobody has checked yet, the newest first."""
    rows = _unchecked(session).select_related("contribution__dialogue__activity", "contribution__author")
    return [_to_hand_out(slip, scribe) for slip in rows.order_by("-pk")[:SHOWN]]


def waiting_slips(session: Session) -> Waiting:
    """One query."""
    codes = list(_unchecked(session).order_by("-pk").values_list("code", flat=True)[:SHOWN])
    return Waiting(len(codes), grouped_code(codes[0]) if codes else "")


def _unchecked(session: Session) -> QuerySet[Slip]:
    """Without paper cards, whose writers have the code in their hands."""
    found = Slip.objects.filter(session=session, contribution__isnull=False)
    return found.filter(contribution__confirmed_at=None, contribution__withdrawn_at=None).exclude(
        contribution__via=Via.PAPER
    )


def blank_cards(session: Session) -> list[Slip]:
    """Cards on which nothing stands yet."""
    return list(Slip.objects.filter(session=session, contribution=None).order_by("pk"))


def _to_hand_out(slip: Slip, scribe: Participant) -> ToHandOut:
    said = slip.contribution
    assert said is not None  # noqa: S101  -- the query leaves blank cards out
    activity = said.dialogue.activity
    may_read = not activity.is_hidden or said.recorded_by_id == scribe.pk
    named = said.author is not None and activity.identity == Identity.NAMED
    return ToHandOut(
        slip,
        slip.shown_code,
        said.author.name if said.author is not None and named and may_read else "",
        said.body[:60] if may_read else "",
    )
