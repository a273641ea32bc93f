"""Words that were told of an earlier version go as well when they are taken back; more time for what held already."""

from django.urls import reverse

from eaa.models import Agreement, AgreementState, Position, Statement
from eaa.operations import agreements, positions, statements
from eaa.queries.agreements import agreement_view
from sessions_app import clock
from sessions_app.verification import verify
from tests.eaa.agreed import DAY, TWO, answer, opened, revised

NEW = ("Nobody is decided over", "Those who do not read e-mail are rung.")


def test_a_reservation_about_an_earlier_version_can_be_taken_back(world, browser_of):
    agreement = opened(world)
    answer(world, agreement, "Ben", "do_not_agree", "Seven days are short.")
    answer(world, agreement, "Chidi", "talk_first", "What does it cost?")
    revised(world, agreement, NEW, TWO[1])
    page, button = reverse("eaa:agreement", args=[agreement.pk]), 'name="take_back"'
    ben, hella = browser_of("Ben"), browser_of("Hella")
    assert ben.get(page).content.decode().count(button) == 1
    assert button not in hella.get(page).content.decode()

    ben.post(reverse("eaa:agreement_position", args=[agreement.pk]), {"take_back": "1"})

    for address in (page, f"{page}?version=1"):
        shown = hella.get(address).content.decode()
        assert "Seven days are short." not in shown
        assert "What does it cost?" in shown
    assert [voice.words for voice in agreement_view(agreement).earlier] == ["What does it cost?"]
    assert list(verify(world.workshop.slug)) == []


def test_every_version_of_what_one_said_goes_at_once_and_nobody_elses(world):
    agreement = opened(world)
    answer(world, agreement, "Ben", "do_not_agree", "Seven days are short.")
    answer(world, agreement, "Chidi", "do_not_agree", "So they are.")
    revised(world, agreement, NEW, TWO[1])
    answer(world, agreement, "Ben", "agree_remark", "Better.")

    positions.withdraw_position(agreement=agreement, actor=world["Ben"])

    assert [row.words for row in Position.objects.all()] == ["So they are."]
    assert list(verify(world.workshop.slug)) == []


def test_what_was_said_together_of_an_earlier_version_can_be_taken_back(world, browser_of):
    agreement = opened(world)
    statements.make_statement(agreement=agreement, actor=world["Ben"], version=1, text="A full hall decides.")
    revised(world, agreement, NEW, TWO[1])
    old = reverse("eaa:agreement", args=[agreement.pk]) + "?version=1"
    press = f"withdraw-{Statement.objects.get().pk}"
    assert press in browser_of("Ben").get(old).content.decode()
    assert press not in browser_of("Chidi").get(old).content.decode()

    address = reverse("eaa:agreement_statements", args=[agreement.pk])
    browser_of("Chidi").post(address, {"press": press})
    assert Statement.objects.get().withdrawn_at is None
    browser_of("Ben").post(address, {"press": press})

    assert "A full hall decides." not in browser_of("Chidi").get(old).content.decode()
    assert list(verify(world.workshop.slug)) == []


def test_more_time_while_what_held_is_looked_over(world):
    """It holds again once those who were given the time have had it, and not before."""
    agreement = opened(world)
    with clock.at(clock.now() + 8 * DAY):
        agreements.bring_due_into_force()
        agreement = Agreement.objects.select_related("workshop").get(pk=agreement.pk)
        agreements.begin_review(agreement=agreement, actor=world.ada)
        agreements.prolong_agreement(agreement=agreement, actor=world.ada, until=clock.now() + 7 * DAY)
        answer(world, agreement, "Ben")
        agreements.keep_as_it_is(agreement=agreement, actor=world.ada)
        assert (agreement.state, agreement.in_force_at) == (AgreementState.OPEN, None)
        assert agreements.bring_due_into_force() == 0
        assert list(verify(world.workshop.slug)) == []
    with clock.at(clock.now() + 16 * DAY):
        assert agreements.bring_due_into_force() == 1
    assert list(verify(world.workshop.slug)) == []


def test_asking_more_people_takes_nothing_from_what_held(world):
    agreement = opened(world, asked=[world["Ben"].participant])
    with clock.at(clock.now() + 8 * DAY):
        agreements.bring_due_into_force()
        agreement = Agreement.objects.select_related("workshop").get(pk=agreement.pk)
        held = agreement.in_force_at
        agreements.begin_review(agreement=agreement, actor=world.ada)
        agreements.prolong_agreement(agreement=agreement, actor=world.ada, asked=[world["Chidi"].participant])
        agreements.keep_as_it_is(agreement=agreement, actor=world.ada)
    assert (agreement.state, agreement.in_force_at) == (AgreementState.IN_FORCE, held)
    assert list(verify(world.workshop.slug)) == []
