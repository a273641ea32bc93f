"""An agreement from draft to end: who decides, until when, and that it never holds before its window closed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from eaa.models import Agreement, AgreementState
from eaa.operations import agreements, drafting
from eaa.operations.clauses import Wording
from eaa.operations.evidence import Rests
from eaa.queries.standing import token_of, versions_of
from eaa.tasks import bring_due_into_force
from eaa.verbs import Verb
from sessions_app import clock
from sessions_app.errors import BadText, NotAllowed, NotFound, Refused, Stale, TooLong
from sessions_app.models import Event
from sessions_app.operations import contributions, workshops
from sessions_app.verification import verify
from tests.eaa.agreed import DAY, SILENCE, TWO, answer, drafted, opened, revised

NEW = ("Nobody is decided over", "Those who do not read e-mail are rung.")


def later(days: float):
    return clock.at(clock.now() + days * DAY)


def test_it_holds_by_itself_once_its_time_is_up_and_only_once(world):
    agreement = opened(world)
    answer(world, agreement, "Ben")

    assert bring_due_into_force() == 0
    with later(6.9):
        assert bring_due_into_force() == 0
        with pytest.raises(Refused):
            agreements.bring_into_force(agreement=agreement, actor=world.ada)
    with later(7.1):
        assert [bring_due_into_force(), bring_due_into_force()] == [1, 0]
        assert not agreements.bring_into_force(agreement=agreement, actor=world.ada)
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.IN_FORCE
    assert Event.objects.filter(verb=Verb.AGREEMENT_AGREED).count() == 1
    assert list(verify(world.workshop.slug)) == []


def test_the_database_itself_refuses_to_let_it_hold_too_early(world):
    agreement = opened(world)

    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(state="in_force", in_force_at=clock.now())


def test_an_objection_stands_in_the_way(world):
    agreement = opened(world, scale="consent")
    answer(world, agreement, "Ben", "objects", "A ward cannot wait.")

    with later(8):
        assert bring_due_into_force() == 0
        with pytest.raises(Refused):
            agreements.bring_into_force(agreement=agreement, actor=world.ada)
        revised(world, agreement, NEW, TWO[1], until=clock.now() + DAY)
    with later(9.1):
        assert bring_due_into_force() == 1


def test_a_new_version_of_what_holds_is_open_again(world):
    agreement = opened(world)
    with later(8):
        bring_due_into_force()
        agreement.refresh_from_db()
        with pytest.raises(BadText) as refused:
            revised(world, agreement, NEW, TWO[1])
        assert refused.value.field == "day"
        assert versions_of(agreement)[-1].number == 1
        revised(world, agreement, NEW, TWO[1], until=clock.now() + DAY)

    assert (agreement.state, agreement.in_force_at, agreement.head) == ("open", None, 2)
    assert list(verify(world.workshop.slug)) == []


def test_looking_over_ends_with_the_same_text_or_another(world):
    agreement = opened(world)
    agreements.begin_review(agreement=agreement, actor=world.ada)
    answer(world, agreement, "Ben")
    agreements.keep_as_it_is(agreement=agreement, actor=world.ada)
    assert agreement.state == AgreementState.OPEN
    with later(8):
        bring_due_into_force()
        held = Agreement.objects.get(pk=agreement.pk).in_force_at
        agreements.begin_review(agreement=agreement, actor=world.ada)
        assert bring_due_into_force() == 0
        day = clock.now().date() + 30 * DAY
        agreements.keep_as_it_is(agreement=agreement, actor=world.ada, review_on=day)
    assert (agreement.state, agreement.in_force_at, agreement.review_on) == ("in_force", held, day)
    assert not agreement.is_to_be_reviewed(day - DAY)
    assert agreement.is_to_be_reviewed(day)
    assert list(verify(world.workshop.slug)) == []


def test_who_may_decide_and_write(world):
    draft, made = drafted(world), opened(world)
    about = {"until": clock.now() + DAY, "silence_means": SILENCE}

    for name in ("Sam", "Hella", "Ben", "Gil", "Rana"):
        with pytest.raises((NotAllowed, NotFound)):
            agreements.open_agreement(agreement=draft, actor=world[name], **about)
        with pytest.raises(NotAllowed):
            agreements.end_agreement(agreement=made, actor=world[name])
        with pytest.raises(NotAllowed):
            agreements.begin_review(agreement=made, actor=world[name])
    for name in ("Hella", "Ben", "Gil", "Rana"):
        with pytest.raises(NotAllowed):
            revised(world, made, NEW, TWO[1], actor=world[name])
        with pytest.raises(NotAllowed):
            agreements.create_agreement(workshop=world.workshop, actor=world[name], title="Mine")
    revised(world, made, NEW, TWO[1], actor=world["Sam"])


def test_times_are_kept(world):
    agreement = opened(world)
    about = {"agreement": agreement, "actor": world.ada}

    with pytest.raises(BadText):
        agreements.prolong_agreement(**about, until=clock.now() + DAY)
    agreements.prolong_agreement(**about, until=clock.now() + 20 * DAY)
    for day in (clock.now().date(), clock.now().date() + 10 * DAY, date(2020, 1, 1)):
        with pytest.raises(BadText) as refused:
            agreements.prolong_agreement(**about, review_on=day)
        assert refused.value.field == "review_on"
    for until in (clock.now(), clock.now() + 400 * DAY):
        with pytest.raises(BadText):
            agreements.open_agreement(agreement=drafted(world), actor=world.ada, until=until, silence_means=SILENCE)


def test_nobody_is_asked_about_nothing(world):
    empty = agreements.create_agreement(workshop=world.workshop, actor=world.ada, title="Empty")

    with pytest.raises(Refused):
        agreements.open_agreement(agreement=empty, actor=world.ada, until=clock.now() + DAY, silence_means=SILENCE)
    with pytest.raises(BadText):
        agreements.open_agreement(
            agreement=drafted(world), actor=world.ada, until=clock.now() + DAY, silence_means=SILENCE, asked=[]
        )


def test_a_draft_is_one_version_however_often_it_is_saved(world):
    agreement = drafted(world)
    revised(world, agreement, NEW, TWO[1], title="Who decides")

    (version,) = versions_of(agreement)
    assert (agreement.title, [one.key for one in version.clauses.all()]) == ("Who decides", [1, 2])
    assert list(verify(world.workshop.slug)) == []


def test_a_clause_that_is_taken_out_leaves_its_number_and_never_its_key(world):
    agreement = opened(world)
    kept = Wording(TWO[1][1], TWO[1][0], key=2)
    seen = token_of(versions_of(agreement)[-1])
    drafting.revise_agreement(agreement=agreement, actor=world.ada, seen=seen, clauses=[kept])
    seen = token_of(versions_of(agreement)[-1])
    drafting.revise_agreement(agreement=agreement, actor=world.ada, seen=seen, clauses=[kept, Wording("A new one.")])

    assert [(one.number, one.key) for one in versions_of(agreement)[-1].clauses.all()] == [(1, 2), (2, 3)]


def test_two_people_who_edit_one_text(world):
    agreement = opened(world)
    seen = token_of(versions_of(agreement)[-1])
    revised(world, agreement, NEW, TWO[1], seen=seen)

    assert revised(world, agreement, NEW, TWO[1], seen=seen).number == 2  # the same form, sent twice
    with pytest.raises(Stale):
        revised(world, agreement, ("Mine", "My words."), TWO[1], seen=seen, actor=world["Sam"])
    with pytest.raises(Refused):
        revised(world, agreement, NEW, TWO[1])


def test_what_can_not_be_written(world):
    agreement = drafted(world)

    with pytest.raises(TooLong) as refused:
        revised(world, agreement, TWO[0], ("Long", "x" * 50_000))
    assert refused.value.field == "clause-1-text"
    with pytest.raises(TooLong) as refused:
        revised(world, agreement, ("x" * 121, "Text"))
    assert refused.value.field == "clause-0-heading"
    with pytest.raises(BadText) as refused:
        revised(world, agreement, ("A heading alone", " "))
    assert refused.value.field == "clause-0-text"
    with pytest.raises(BadText):
        revised(world, agreement, *(("", f"Clause {number}") for number in range(41)))


def test_words_that_were_taken_back_meanwhile_are_not_chosen(world):
    world.go_live()
    said = world.say("Ben", "Ring before ten.")
    contributions.withdraw_contribution(contribution=said, actor=world["Ben"])

    with pytest.raises(BadText):
        drafted(world, rests={1: [Rests(said.pk)]})
    assert not Agreement.objects.exists()


def test_a_draft_is_thrown_away_and_put_back(world):
    draft, made = drafted(world), opened(world)
    agreements.remove_agreement(agreement=draft, actor=world["Sam"])
    with pytest.raises(NotFound):
        revised(world, draft, NEW, TWO[1])
    agreements.remove_agreement(agreement=draft, actor=world["Sam"], gone=False)
    revised(world, draft, NEW, TWO[1])

    with pytest.raises(Refused):
        agreements.remove_agreement(agreement=made, actor=world.ada)
    agreements.end_agreement(agreement=made, actor=world.ada)
    with pytest.raises(Refused):
        revised(world, made, NEW, TWO[1])


def test_after_the_workshop_nobody_writes_and_time_goes_on(world):
    agreement = opened(world)
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)

    with pytest.raises(NotAllowed):
        answer(world, agreement, "Ben")
    with later(8):
        assert bring_due_into_force() == 1


def test_the_same_form_makes_one(world):
    import uuid

    about = {"workshop": world.workshop, "actor": world.ada, "title": "Once", "client_id": uuid.uuid4()}

    assert agreements.create_agreement(**about) == agreements.create_agreement(**about)


def test_the_log_and_the_tables_are_held_beside_each_other(world):
    agreement = opened(world)
    answer(world, agreement, "Ben")
    assert list(verify(world.workshop.slug)) == []

    versions_of(agreement)[0].clauses.filter(key=1).update(text="Nobody wrote this.")
    Agreement.objects.filter(pk=agreement.pk).update(open_until=clock.now() + timedelta(days=1))
    agreement.versions.get().positions.all().delete()

    checks = {finding.check for finding in verify(world.workshop.slug)}
    assert checks == {"digest", "agreement", "positions"}
