"""Several people press at the same moment: one wins, the others are told in words, and nothing is there twice."""

import uuid

import pytest

from eaa.models import AgreementVersion, Position, Signature, Statement, Suggestion
from eaa.operations import agreements, positions, signatures, statements, suggestions
from eaa.operations.checks import return_record, settle_record, tell_check
from eaa.operations.evidence import Rests
from eaa.queries.agreements import agreement_view
from eaa.queries.standing import token_of, versions_of
from sessions_app import clock
from sessions_app.operations import contributions
from sessions_app.verification import verify
from tests.eaa.agreed import DAY, TWO, drafted, opened, revised
from tests.eaa.making import a_week, interpret
from tests.together import kinds, together
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)
NEW = ("Nobody is decided over", "Those who do not read e-mail are rung.")


@pytest.fixture
def world():
    return make_world()


def fresh(agreement):
    """Each thread has a row of its own, as each request has."""
    return type(agreement).objects.select_related("workshop").get(pk=agreement.pk)


def test_two_versions_at_once_are_one_version_and_one_is_told(world):
    agreement = opened(world)
    seen = token_of(versions_of(agreement)[-1])

    results = together(
        lambda: revised(world, fresh(agreement), NEW, TWO[1], seen=seen),
        lambda: revised(world, fresh(agreement), ("Mine", "My words."), TWO[1], seen=seen, actor=world["Sam"]),
    )

    assert kinds(results) == ["AgreementVersion", "Stale"]
    assert AgreementVersion.objects.count() == 2
    assert list(verify(world.workshop.slug)) == []


def test_an_answer_and_a_new_version_at_once(world):
    """Whichever comes first, no answer stands under words that its author has not seen."""
    agreement = opened(world)
    about = {"actor": world["Ben"], "version": 1}

    results = together(
        lambda: positions.take_position(agreement=fresh(agreement), choice="agree", **about),
        lambda: signatures.sign(agreement=fresh(agreement), **about),
        lambda: revised(world, fresh(agreement), NEW, TWO[1]),
    )

    assert set(kinds(results)) <= {"AgreementVersion", "Position", "Signature", "Stale"}
    view = agreement_view(fresh(agreement))
    assert (view.version.number, view.voices, view.signatures) == (2, [], [])
    assert not Position.objects.filter(version__number=2).exists()
    assert not Signature.objects.filter(version__number=2).exists()


def test_the_same_press_three_times_at_once_is_one(world):
    agreement, once, ben = opened(world), [uuid.uuid4() for _ in range(3)], world["Ben"]
    given = {"actor": ben, "version": 1}
    suggested = together(
        *[lambda: suggestions.suggest(agreement=fresh(agreement), text="Eight days.", client_id=once[0], **given)] * 3
    )
    said = together(
        *[lambda: statements.make_statement(agreement=fresh(agreement), text="Us.", client_id=once[1], **given)] * 3
    )
    about = {"workshop": world.workshop, "actor": world.ada, "title": "Once", "client_id": once[2]}
    made = together(*[lambda: agreements.create_agreement(**about)] * 3)
    signed = together(*[lambda: signatures.sign(agreement=fresh(agreement), **given)] * 3)

    assert {one.pk for one in suggested} == {Suggestion.objects.get().pk}
    assert {one.pk for one in said} == {Statement.objects.get().pk}
    assert len({one.pk for one in made}) == 1
    assert {one.pk for one in signed} == {Signature.objects.get().pk}


def test_it_holds_once_however_many_workers_look(world):
    agreement = opened(world)
    later = clock.now() + 8 * DAY

    def work():
        with clock.at(later):
            return agreements.bring_due_into_force()

    results = together(*[work] * 3)

    assert sorted(results) == [0, 0, 1]
    assert fresh(agreement).state == "in_force"


def test_words_taken_back_while_they_are_chosen(world):
    """Either they were chosen first and are a gap, or they were gone first and the writer is told."""
    world.go_live()
    said = world.say("Ben", "Ring before ten.")

    results = together(
        lambda: drafted(world, rests={1: [Rests(said.pk)]}),
        lambda: contributions.withdraw_contribution(contribution=said, actor=world["Ben"]),
    )

    assert kinds(results) in (["Agreement", "Contribution"], ["BadText", "Contribution"])
    if kinds(results)[0] == "Agreement":
        (rest,) = agreement_view(results[0]).clauses[0].rests
        assert (rest.quote.is_gone, rest.quote.words) == (True, "")


def test_settling_and_a_no_at_once(world):
    """The no counts: before settling it stands in the way, after it opens the understanding again."""
    record, _said = interpret(world)
    return_record(record=record, actor=world.ada, head=1, until=a_week())
    for name in ("Ben", "Chidi"):
        tell_check(record=record, actor=world[name], head=1, answer="that_is")

    together(
        lambda: settle_record(record=fresh(record), actor=world.ada, head=1, status="understood"),
        lambda: tell_check(record=fresh(record), actor=world["Chidi"], head=1, answer="is_not", words="No."),
    )

    assert fresh(record).status == "returned"
    assert list(verify(world.workshop.slug)) == []
