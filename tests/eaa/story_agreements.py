"""The part of everything that is about agreements: two of them, with every verb that they know."""

from datetime import timedelta

from eaa.operations import agreements, commitments, drafting, positions, signatures, statements, suggestions
from eaa.operations.clauses import Wording
from eaa.queries.standing import token_of, versions_of
from sessions_app import clock
from sessions_app.models import Participant
from sessions_app.policy import Actor
from tests.world import World

DAY = timedelta(days=1)


def agreements_and_promises(world: World) -> None:
    ada, sam, ben = (fresh(world, name) for name in (next(iter(world.people)), "Sam", "Ben"))
    about = {"workshop": world.workshop, "actor": ada}
    for gone in (agreements.create_agreement(**about, title="Hello"),):
        agreements.remove_agreement(agreement=gone, actor=sam)
        agreements.remove_agreement(agreement=gone, actor=sam, gone=False)
    made = agreements.create_agreement(**about, title="calm", clauses=[Wording("Hello"), Wording("calm")])
    given = {"silence_means": "calm silence", "until": clock.now() + 2 * DAY, "scale": "consent"}
    agreements.open_agreement(agreement=made, actor=ada, **given)
    agreements.prolong_agreement(agreement=made, actor=ada, until=clock.now() + 3 * DAY)
    answers(made, ada, sam, ben)
    with clock.at(clock.now() + 4 * DAY):
        agreements.bring_due_into_force()
        agreements.begin_review(agreement=made, actor=ada)
        agreements.keep_as_it_is(agreement=made, actor=ada)
        agreements.end_agreement(agreement=made, actor=ada)


def answers(made, ada: Actor, sam: Actor, ben: Actor) -> None:
    objects(made, ada, ben)
    here = {"agreement": made, "version": 2}
    positions.take_position(**here, actor=ben, choice="no_objection", words="calm Again")
    positions.answer_for(
        **here, actor=sam, person=ada.participant, choice="no_objection", signs=True, signs_as="Table 3"
    )
    signatures.sign(**here, actor=ben)
    signatures.take_back_signature(agreement=made, actor=ben)
    positions.withdraw_position(agreement=made, actor=ben)
    said = statements.make_statement(**here, actor=ben, text="calm Hello")
    statements.join_statement(agreement=made, actor=sam, statement=said.pk)
    statements.leave_statement(agreement=made, actor=sam, statement=said.pk)
    statements.join_statement(agreement=made, actor=ada, statement=said.pk)
    statements.withdraw_statement(agreement=made, actor=ben, statement=said.pk)
    mine = suggestions.suggest(**here, actor=ben, text="calm now?")
    suggestions.withdraw_suggestion(agreement=made, actor=ben, suggestion=mine.pk)
    other = suggestions.suggest(**here, actor=ben, text="calm now?", clause=1)
    suggestions.settle_suggestion(agreement=made, actor=sam, suggestion=other.pk, accepted=False, because="calm")
    one = commitments.promise(agreement=made, actor=ben, people=[ben.participant], what="Hello", due_words="calm")
    commitments.tell_of(agreement=made, actor=ben, commitment=one, state="done", told="calm")
    for gone in (True, False):
        commitments.remove_commitment(agreement=made, actor=ben, commitment=one, gone=gone)


def objects(made, ada: Actor, ben: Actor) -> None:
    """An objection that the next version takes in."""
    said = positions.take_position(agreement=made, actor=ben, version=1, choice="objects", words="calm Hello")
    wanted = [Wording("Hello Again", key=1), Wording("calm", key=2)]
    drafting.revise_agreement(agreement=made, actor=ada, seen=token_of(versions_of(made)[-1]), clauses=wanted)
    taken = {"agreement": made, "actor": ada, "position": said.pk, "version": 2, "words": "calm"}
    positions.take_in_objection(**taken)
    positions.take_in_objection(**taken, stands=True)
    positions.take_in_objection(**taken)


def fresh(world: World, name: str) -> Actor:
    person = world.people[name].participant
    return Actor(Participant.objects.select_related("workshop").get(pk=person.pk))
