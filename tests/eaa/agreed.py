"""An agreement on its way through the real operations: written, open, answered."""

from datetime import timedelta

from eaa.models import Agreement, Mechanism, Record, RecordVersion
from eaa.operations import agreements, drafting, positions
from eaa.operations.clauses import Wording
from eaa.operations.evidence import Rests
from eaa.queries.standing import token_of, versions_of
from sessions_app import clock
from sessions_app.policy import Actor

DAY = timedelta(days=1)
SILENCE = "Silence is counted as silence, not as yes."
TWO = (("Nobody is decided over", "They have seven days."), ("Silence is silence", "We write how many were silent."))


def wordings(*pairs: tuple[str, str], rests: dict[int, list[Rests]] | None = None) -> list[Wording]:
    """Clauses as somebody writes them who changes those that are there: the first keeps the key 1, and so on."""
    given = rests or {}
    return [
        Wording(text, heading, key=number, rests=given.get(number, ()))
        for number, (heading, text) in enumerate(pairs, start=1)
    ]


def drafted(world, *pairs: tuple[str, str], title: str = "How we decide", **more) -> Agreement:
    return agreements.create_agreement(
        workshop=world.workshop, actor=world.ada, title=title, clauses=wordings(*(pairs or TWO), **more)
    )


def opened(world, *pairs: tuple[str, str], until: timedelta = 7 * DAY, **more) -> Agreement:
    """Open for everybody who takes part: Ada, Sam, Hella, Ben and Chidi."""
    rests = {"rests": more.pop("rests")} if "rests" in more else {}
    return agreements.open_agreement(
        agreement=drafted(world, *pairs, **rests),
        actor=world.ada,
        until=clock.now() + until,
        silence_means=SILENCE,
        **more,
    )


def revised(world, agreement: Agreement, *pairs: tuple[str, str], actor: Actor | None = None, **more):
    seen = more.pop("seen", None) or token_of(versions_of(agreement)[-1])
    return drafting.revise_agreement(
        agreement=agreement, actor=actor or world.ada, seen=seen, clauses=wordings(*pairs), **more
    )


def answer(world, agreement: Agreement, who: str, choice: str = "agree", words: str = "", **more):
    more.setdefault("version", agreement.head)
    return positions.take_position(agreement=agreement, actor=world[who], choice=choice, words=words, **more)


def understanding(world, text: str = "People want to be asked.") -> Record:
    """What the group understands together, as the operations of records would make it."""
    now, ada = clock.now(), world.ada.participant
    made = Record.objects.create(
        workshop=world.workshop,
        mechanism=Mechanism.INTERPRETATION,
        title="To be asked",
        status="understood",
        head=1,
        returned_at=now,
        settled_at=now,
        created_at=now,
        created_by=ada,
    )
    RecordVersion.objects.create(record=made, number=1, text=text, language="en", written_by=ada, at=now)
    return made
