"""A chain from words to an agreement, made by the real operations: what a trace is followed through."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from eaa.models import Agreement, Clause, Commitment, Record
from eaa.operations import agreements, checks, commitments, drafting, outcomes, records
from eaa.operations.clauses import Wording
from eaa.operations.evidence import Rests
from eaa.queries.standing import token_of, versions_of
from sessions_app import clock
from sessions_app.models import Contribution
from tests.world import World

WEEK = timedelta(days=7)
Things = Sequence[Contribution | Record]


@dataclass
class Chain:
    """Ben's and Chidi's words, what was written and understood of them, and an agreement with two clauses."""

    world: World
    words: dict[str, Contribution] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    agreement: Agreement | None = None
    clauses: list[Clause] = field(default_factory=list)
    promise: Commitment | None = None


def rests(things: Things) -> list[Rests]:
    return [Rests(thing.pk) if isinstance(thing, Contribution) else Rests(record=thing.pk) for thing in things]


def add_record(world: World, mechanism: str, text: str, *things: Contribution | Record, by: str = "", **more) -> Record:
    """A record with one version that rests on THINGS."""
    actor = world[by] if by else world.ada
    made = records.make_record(
        workshop=world.workshop, actor=actor, mechanism=mechanism, text=text, rests=rests(things), **more
    )
    made.workshop = world.workshop
    return made


def add_version(world: World, record: Record, text: str, *things: Contribution | Record) -> Record:
    """The next version of RECORD, which rests on THINGS and on nothing else."""
    record.refresh_from_db()
    return records.revise_record(record=record, actor=world.ada, head=record.head, text=text, rests=rests(things))


def return_it(world: World, record: Record) -> None:
    record.refresh_from_db()
    checks.return_record(record=record, actor=world.ada, head=record.head, until=clock.now() + WEEK)


def settle(world: World, record: Record, difference: str = "", **answers: str | tuple[str, str]) -> Record:
    """Return RECORD, let people ANSWER (by name: an answer, or an answer and words), and settle it a week later."""
    return_it(world, record)
    for name, given in answers.items():
        answer, words = given if isinstance(given, tuple) else (given, "")
        checks.tell_check(record=record, actor=world[name], head=record.head, answer=answer, words=words)
    with clock.at(clock.now() + 2 * WEEK):
        status = "difference" if difference else "understood"
        return checks.settle_record(
            record=record, actor=world.ada, head=record.head, status=status, difference=difference
        )


def add_agreement(world: World, title: str, *clauses: tuple[str, Things], draft: bool = False, **more) -> Agreement:
    """An agreement with a clause for each text and what it rests on; open for a week unless it is a DRAFT."""
    wordings = [Wording(text, "", rests=rests(things)) for text, things in clauses]
    made = agreements.create_agreement(workshop=world.workshop, actor=world.ada, title=title, clauses=wordings)
    made.workshop = world.workshop
    if draft:
        return made
    return agreements.open_agreement(
        agreement=made, actor=world.ada, until=clock.now() + WEEK, silence_means="Silence is silence.", **more
    )


def hold(world: World, agreement: Agreement) -> None:
    """Let AGREEMENT hold, after its window has closed."""
    with clock.at(clock.now() + 2 * WEEK):
        assert agreements.bring_into_force(agreement=agreement)


def revise(world: World, agreement: Agreement, *clauses: tuple[str, Things]) -> Agreement:
    """The next version: the first clause keeps the key 1, and so on."""
    wordings = [Wording(text, "", key=key, rests=rests(things)) for key, (text, things) in enumerate(clauses, start=1)]
    seen = token_of(versions_of(agreement)[-1])
    return drafting.revise_agreement(agreement=agreement, actor=world.ada, seen=seen, clauses=wordings)


def promise(world: World, agreement: Agreement, what: str, told: str = "") -> Commitment:
    """Chidi promises; when TOLD says what became of it, it is done."""
    chidi = world["Chidi"]
    made = commitments.promise(
        agreement=agreement, actor=chidi, people=[chidi.participant], what=what, due_words="before we meet again"
    )
    if told:
        commitments.tell_of(agreement=agreement, actor=chidi, commitment=made, state="done", told=told)
    return made


def tell(world: World, contribution: Contribution, kind: str, words: str, place=None) -> None:
    outcomes.tell_outcomes(
        workshop=world.workshop,
        actor=world.ada,
        contributions=[contribution.pk],
        kind=kind,
        words=words,
        place=place,
    )


def build_chain(world: World) -> Chain:
    """Words → notes → an understanding → clause 1; and clause 2, which quotes words itself."""
    world.go_live()
    chain = Chain(world)
    chain.words["silence"] = world.say("Ben", "One whole minute of silence. Then I dare.")
    chain.words["ring"] = world.say("Chidi", "Ring before ten. Let it ring long.")
    chain.words["late"] = world.say("Ben", "I was late, and nobody minded.")
    chain.words["alone"] = world.say("Chidi", "Nobody took this up.")
    notes = add_record(
        world,
        "documentation",
        "Two spoke of silence.",
        chain.words["silence"],
        chain.words["late"],
        kind="notes",
        title="Notes of the morning",
    )
    reading = add_record(
        world,
        "interpretation",
        "Silence is a way of taking part.",
        chain.words["silence"],
        notes,
        from_record=notes,
    )
    settle(world, reading, Ben=("almost", "As long as it is short."))
    chain.records = {"notes": notes, "reading": reading}
    chain.agreement = add_agreement(
        world,
        "How we decide",
        ("We begin with silence.", [reading]),
        ("Nobody is decided over.", [chain.words["ring"]]),
    )
    chain.clauses = list(Clause.objects.filter(version__agreement=chain.agreement).order_by("number"))
    chain.promise = promise(world, chain.agreement, "Ring the three on the list", "All were rung.")
    return chain
