"""Who may go where in agreements: one is open to Ben and those who lead, one is a draft. More of matrix.py's tables."""

from datetime import timedelta

from eaa.models import Agreement, Commitment, Position, Suggestion
from eaa.operations import agreements, commitments, drafting, positions, suggestions
from eaa.operations.clauses import Wording
from eaa.queries.standing import token_of, versions_of
from sessions_app import clock
from tests.world import World

# how  address              out seat staff lobby gone  guest part help scri rese faci
OPEN = """\
GET  eaa:agreements         ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
GET  eaa:new_agreement      ..  ..   ..    ..    ..    no    no   no   ok   no   ok
POST eaa:new_agreement      ..  ..   ..    ..    ..    no    no   no   to   no   to
GET  eaa:agreement          ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
GET  eaa:document           ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
GET  eaa:change_agreement   ..  ..   ..    ..    ..    no    no   no   ok   no   ok
POST eaa:change_agreement   ..  ..   ..    ..    ..    no    no   no   to   no   to
GET  eaa:open_agreement     ..  ..   ..    ..    ..    no    no   no   no   no   ok
POST eaa:open_agreement     ..  ..   ..    ..    ..    no    no   no   no   no   to
GET  eaa:review_agreement   ..  ..   ..    ..    ..    no    no   no   no   no   ok
POST eaa:review_agreement   ..  ..   ..    ..    ..    no    no   no   no   no   to
GET  eaa:end_agreement      ..  ..   ..    ..    ..    no    no   no   no   no   ok
POST eaa:end_agreement      ..  ..   ..    ..    ..    no    no   no   no   no   to
POST eaa:remove_agreement   ..  ..   ..    ..    ..    no    no   no   no   no   no
POST eaa:agreement_position  ..  ..   ..    ..    ..    no    to   to   to   no   to
POST eaa:agreement_signature  ..  ..   ..    ..    ..    no    to   to   to   no   to
POST eaa:agreement_objection  ..  ..   ..    ..    ..    no    no   no   no   no   to
POST eaa:agreement_statements  ..  ..   ..    ..    ..    no    to   to   to   no   to
GET  eaa:agreement_suggestions  ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
POST eaa:agreement_suggestions  ..  ..   ..    ..    ..    no    to   to   to   no   to
POST eaa:agreement_suggestion  ..  ..   ..    ..    ..    no    no   no   to   no   to
GET  eaa:agreement_commitments  ..  ..   ..    ..    ..    no    ok   ok   ok   no   ok
POST eaa:agreement_commitments  ..  ..   ..    ..    ..    no    to   to   to   no   to
GET  eaa:agreement_commitment  ..  ..   ..    ..    ..    no    ok   no   ok   no   ok
POST eaa:agreement_commitment  ..  ..   ..    ..    ..    no    to   no   to   no   to
"""

# A draft is not there for anybody but those who write it.
HIDDEN = """\
GET  eaa:agreement:draft    ..  ..   ..    ..    ..    ..    ..   ..   ok   ..   ok
GET  eaa:change_agreement:draft  ..  ..   ..    ..    ..    ..    ..   ..   ok   ..   ok
GET  eaa:open_agreement:draft  ..  ..   ..    ..    ..    ..    ..   ..   no   ..   ok
POST eaa:remove_agreement:draft  ..  ..   ..    ..    ..    ..    ..   ..   to   ..   to
POST eaa:agreement_position:draft  ..  ..   ..    ..    ..    ..    ..   ..   no   ..   no
GET  eaa:agreement_suggestions:draft  ..  ..   ..    ..    ..    ..    ..   ..   ok   ..   ok
"""

CLOSED = """\
GET  eaa:agreements         ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
POST eaa:new_agreement      ..  ..   ..    ..    ..    no    no   no   no   no   no
GET  eaa:agreement          ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
GET  eaa:document           ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
POST eaa:change_agreement   ..  ..   ..    ..    ..    no    no   no   no   no   no
POST eaa:open_agreement     ..  ..   ..    ..    ..    no    no   no   no   no   no
POST eaa:review_agreement   ..  ..   ..    ..    ..    no    no   no   no   no   no
POST eaa:end_agreement      ..  ..   ..    ..    ..    no    no   no   no   no   no
POST eaa:remove_agreement   ..  ..   ..    ..    ..    no    no   no   no   no   no
POST eaa:agreement_position  ..  ..   ..    ..    ..    no    no   no   no   no   no
POST eaa:agreement_signature  ..  ..   ..    ..    ..    no    no   no   no   no   no
POST eaa:agreement_objection  ..  ..   ..    ..    ..    no    no   no   no   no   no
POST eaa:agreement_statements  ..  ..   ..    ..    ..    no    no   no   no   no   no
GET  eaa:agreement_suggestions  ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
POST eaa:agreement_suggestions  ..  ..   ..    ..    ..    no    no   no   no   no   no
POST eaa:agreement_suggestion  ..  ..   ..    ..    ..    no    no   no   no   no   no
POST eaa:agreement_commitments  ..  ..   ..    ..    ..    no    no   no   no   no   no
POST eaa:agreement_commitment  ..  ..   ..    ..    ..    no    no   no   no   no   no
"""

ON_THE_PAGE = ("position", "signature", "objection", "statements")
SHOWN_BY = {
    "eaa:new_agreement": "eaa:agreements",
    **{f"eaa:{act}_agreement": "eaa:agreement" for act in ("change", "open", "review", "end", "remove")},
    **{f"eaa:agreement_{part}": "eaa:agreement" for part in ON_THE_PAGE},
    "eaa:agreement_suggestions": "eaa:agreement_suggestions",
    "eaa:agreement_suggestion": "eaa:agreement_suggestions",
    "eaa:agreement_commitments": "eaa:agreement_commitments",
    "eaa:agreement_commitment": "eaa:agreement_commitment",
}
WEEK = timedelta(days=7)
OPENED, DRAFT, OBJECTED = "How we decide", "The tools", "The kettle"


def play(world: World) -> None:
    """One is open, with a suggestion and a promise of Ben's; another is a draft of Sam's."""
    made = agreements.create_agreement(
        workshop=world.workshop, actor=world.ada, title=OPENED, clauses=[Wording("They have seven days.")]
    )
    until, ben = clock.now() + WEEK, world["Ben"]
    agreements.open_agreement(agreement=made, actor=world.ada, until=until, silence_means="Silence is silence.")
    suggestions.suggest(agreement=made, actor=ben, version=1, text="They have eight days.", clause=1)
    commitments.promise(agreement=made, actor=ben, people=[ben.participant], what="Ring them", due_words="Soon")
    agreements.create_agreement(workshop=world.workshop, actor=world["Sam"], title=DRAFT)
    objected(world, until)


def objected(world: World, until) -> None:
    """Ben objected to the first version of a third one."""
    made = agreements.create_agreement(
        workshop=world.workshop, actor=world.ada, title=OBJECTED, clauses=[Wording("It is on.")]
    )
    given = {"agreement": made, "actor": world.ada}
    agreements.open_agreement(**given, until=until, silence_means="Silence is silence.", scale="consent")
    positions.take_position(agreement=made, actor=world["Ben"], version=1, choice="objects", words="It is loud.")
    seen = token_of(versions_of(made)[0])
    drafting.revise_agreement(**given, seen=seen, clauses=[Wording("It is on before we begin.", key=1)])


def of(world: World, title: str) -> Agreement:
    return Agreement.objects.get(workshop=world.workshop, title=title)


def things(world: World) -> dict[str, dict[str, tuple]]:
    opened, draft = of(world, OPENED), of(world, DRAFT)
    both = {"": (opened.pk,), "draft": (draft.pk,)}
    names = [f"eaa:{act}_agreement" for act in ("change", "open", "review", "end", "remove")]
    names += [f"eaa:agreement_{part}" for part in (*ON_THE_PAGE, "suggestions", "commitments") if part != "objection"]
    return {
        "eaa:agreements eaa:new_agreement": {"": (world.workshop.slug,)},
        " ".join(["eaa:agreement", *names]): both,
        "eaa:document": {"": (opened.pk, "json"), "draft": (draft.pk, "json")},
        "eaa:agreement_objection": {"": (of(world, OBJECTED).pk,)},
        "eaa:agreement_suggestion": {"": (opened.pk, Suggestion.objects.get(agreement=opened).pk)},
        "eaa:agreement_commitment": {"": (opened.pk, Commitment.objects.get(agreement=opened).pk)},
    }


def forms(world: World) -> dict[str, dict[str, object]]:
    opened = of(world, OPENED)
    objection = Position.objects.get(version__agreement=of(world, OBJECTED))
    day = {"day": (clock.now() + 2 * WEEK).date().isoformat(), "clock": "20:00"}
    text = {"clauses": "1", "clause-0-key": "1", "clause-0-text": "They have nine days.", "clause-0-heading": ""}
    id = "11111111-2222-4333-8444-555555555555"
    return {
        "eaa:new_agreement": {"title": "What we eat"},
        "eaa:change_agreement": {"seen": token_of(versions_of(opened)[0]), **text, **day},
        "eaa:open_agreement": day,
        "eaa:review_agreement": {"press": "begin"},
        "eaa:agreement_position": {"version": "1", "choice": "agree"},
        "eaa:agreement_signature": {"version": "1"},
        "eaa:agreement_objection": {"position": objection.pk, "taken_in": "2", "words": "Mended"},
        "eaa:agreement_statements": {"version": "1", "text": "We differ.", "client_id": id},
        "eaa:agreement_suggestions": {"version": "1", "text": "Words"},
        "eaa:agreement_suggestion": {"press": "decline", "because": "We have it."},
        "eaa:agreement_commitments": {
            "what": "Ring",
            "due_words": "Soon",
            "people": [str(world["Ben"].participant.pk)],
        },
        "eaa:agreement_commitment": {"state": "done"},
    }
