"""What tests of records begin with: cards, an interpretation that quotes them, and what people do to it."""

from datetime import datetime, timedelta

from eaa.models import Check, Mechanism, Record, Status
from eaa.operations.checks import settle_record, tell_check
from eaa.operations.evidence import Rests
from eaa.operations.records import make_record
from eaa.queries.checks import evidence_of
from eaa.queries.quoting import quotes
from sessions_app import clock
from sessions_app.models import Contribution
from tests.world import World

WEEK = timedelta(days=7)


def a_week() -> datetime:
    return clock.now() + WEEK


def interpret(world: World, *people: str, by: str = "Ada", text: str = "People want calm.") -> tuple[Record, dict]:
    """An interpretation that quotes a card of each of PEOPLE (Ben and Chidi); and the cards by name."""
    if world.session.started_at is None and not Contribution.objects.filter(
        dialogue__activity__workshop=world.workshop
    ):
        world.go_live()
    said = {name: world.say(name, f"{name} wants calm visits.") for name in people or ("Ben", "Chidi")}
    record = make_record(
        workshop=world.workshop,
        actor=world.people[by],
        mechanism=Mechanism.INTERPRETATION,
        text=text,
        rests=[Rests(card.pk, "calm visits") for card in said.values()],
    )
    return record, said


def words_quoted(record: Record) -> list[str]:
    """What the newest version of RECORD quotes; nothing where words were taken back."""
    return [quote.words for quote in quotes(evidence_of(record)).values()]


def tell(world, record, who: str, answer: str = "that_is", **more) -> Check:
    given = {"head": record.head, "answer": answer, **more}
    return tell_check(record=record, actor=world.people[who], **given)


def settle(world, record, status: str = Status.UNDERSTOOD, who: str = "Ada", **more):
    return settle_record(record=record, actor=world.people[who], **{"head": record.head, "status": status, **more})


def status_of(record) -> str:
    record.refresh_from_db()
    return record.status
