"""Where people stand: bound to a version, asked again when a clause changes, with reasons where they object."""

import pytest

from eaa.models import Position
from eaa.operations import agreements, drafting, positions, signatures
from eaa.operations.clauses import Wording
from eaa.queries.agreements import agreement_view
from eaa.queries.standing import token_of, versions_of
from eaa.verbs import Verb
from sessions_app import clock
from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused, Stale, TooLong
from sessions_app.models import Event
from sessions_app.operations import participants
from tests.eaa.agreed import DAY, SILENCE, TWO, answer, drafted, opened, revised
from tests.world import make_world

NEW = ("Nobody is decided over", "Those who do not read e-mail are rung.")


@pytest.fixture
def agreement(world):
    return opened(world)


def stands(world, agreement, who: str) -> bool:
    return agreement_view(agreement, world[who]).mine.voice is not None


def test_the_last_press_counts_and_a_second_one_tells_nothing_new(world, agreement):
    for choice in ("agree", "talk_first", "talk_first"):
        answer(world, agreement, "Ben", choice)

    assert Position.objects.get().choice == "talk_first"
    told = Event.objects.filter(verb=Verb.POSITION_TAKEN)
    assert [line.data["first"] for line in told] == [True, False]
    assert told[0].data == {"agreement": agreement.pk, "version": 1, "via": "thread", "first": True}


def test_a_changed_clause_asks_everybody_again(world, agreement):
    answer(world, agreement, "Ben")
    revised(world, agreement, NEW, TWO[1])

    assert not stands(world, agreement, "Ben")
    answer(world, agreement, "Ben", version=2)
    assert stands(world, agreement, "Ben")


def test_a_clause_that_is_put_back_has_changed_all_the_same(world, agreement):
    answer(world, agreement, "Ben")
    revised(world, agreement, NEW, TWO[1])
    revised(world, agreement, *TWO)

    assert not stands(world, agreement, "Ben")


def test_another_order_asks_nobody_again(world, agreement):
    answer(world, agreement, "Ben")
    signatures.sign(agreement=agreement, actor=world["Ben"], version=1)
    text = versions_of(agreement)[-1]
    turned = [Wording(one.text, one.heading, one.key) for one in reversed(text.clauses.all())]
    drafting.revise_agreement(agreement=agreement, actor=world.ada, seen=token_of(text), clauses=turned)

    view = agreement_view(agreement, world["Ben"])
    assert (view.version.number, view.mine.voice.version_number, view.counts.signed) == (2, 1, 1)


def test_an_old_version_can_not_be_answered(world, agreement):
    revised(world, agreement, NEW, TWO[1])

    with pytest.raises(Stale):
        answer(world, agreement, "Ben", version=1)
    with pytest.raises(Stale):
        signatures.sign(agreement=agreement, actor=world["Ben"], version=1)


def test_only_answers_of_the_scale_are_taken(world, agreement):
    for choice in ("", "objects", "3", "yes"):
        with pytest.raises(BadText):
            answer(world, agreement, "Ben", choice)
    with pytest.raises(TooLong):
        answer(world, agreement, "Ben", "agree", "x" * 1001)


@pytest.mark.parametrize(("scale", "steps"), [("five", 5), ("eight", 8)])
def test_steps_are_numbered(world, scale, steps):
    agreement = opened(world, scale=scale)
    for step in range(1, steps + 1):
        answer(world, agreement, "Ben", str(step))

    assert [number for _label, number in agreement_view(agreement).tally] == [0] * (steps - 1) + [1]
    with pytest.raises(BadText):
        answer(world, agreement, "Ben", str(steps + 1))


def test_an_objection_says_why_and_is_asked_again_once_it_was_taken_in(world):
    agreement = opened(world, scale="consent")
    with pytest.raises(BadText) as refused:
        answer(world, agreement, "Ben", "objects")
    assert refused.value.field == "words"
    said = answer(world, agreement, "Ben", "objects", "A ward cannot wait.")
    taken = {"agreement": agreement, "actor": world.ada, "position": said.pk, "words": "Urgent matters go another way."}
    with pytest.raises(Refused):
        positions.take_in_objection(**taken, version=1)
    revised(world, agreement, NEW, TWO[1])
    positions.take_in_objection(**taken, version=2)

    view = agreement_view(agreement, world["Ben"])
    assert (view.mine.voice, view.waits_for_me, view.objections) == (None, True, [])
    assert [voice.position.taken_in_words for voice in view.earlier] == ["Urgent matters go another way."]
    with pytest.raises(NotAllowed):
        positions.take_in_objection(**taken | {"actor": world["Sam"]}, version=2)


def test_standing_aside_stops_nothing(world):
    agreement = opened(world, scale="consent")
    answer(world, agreement, "Ben", "aside", "I was not there.")

    view = agreement_view(agreement)
    assert (view.counts.neutral, view.objections, str(view.voices[0].label)) == (1, [], "I stand aside")


def test_who_may_answer(world, agreement):
    add_late = participants.add_person(workshop=world.workshop, roles=["participant"], name="Late")
    other = make_world("Another one", host="Olga")
    given = {"agreement": agreement, "version": 1, "choice": "agree"}

    for name in ("Gil", "Rana"):
        with pytest.raises(NotAllowed):
            positions.take_position(actor=world[name], **given)
    with pytest.raises(NotFound):
        positions.take_position(actor=other["Ben"], **given)
    with pytest.raises(NotAllowed):
        positions.take_position(actor=world["Sam"], person=add_late, **given)
    with pytest.raises(NotAllowed):
        positions.take_position(actor=world["Ben"], person=world["Chidi"].participant, **given)
    with pytest.raises(NotFound):
        positions.take_position(actor=world["Sam"], person=other["Ben"].participant, **given)
    agreements.prolong_agreement(agreement=agreement, actor=world.ada, asked=[add_late])
    assert positions.take_position(actor=world["Sam"], person=add_late, via="paper", **given).recorded_by.name == "Sam"


def test_a_draft_is_answered_by_nobody(world):
    with pytest.raises(NotAllowed):
        answer(world, drafted(world), "Sam")
    with pytest.raises(NotFound):
        answer(world, drafted(world), "Ben")


def test_when_time_is_up_nobody_answers_and_nothing_is_taken_back(world, agreement):
    answer(world, agreement, "Ben")
    signatures.sign(agreement=agreement, actor=world["Ben"], version=1)

    with clock.at(clock.now() + 8 * DAY):
        for late in (
            lambda: answer(world, agreement, "Chidi"),
            lambda: positions.withdraw_position(agreement=agreement, actor=world["Ben"]),
            lambda: signatures.take_back_signature(agreement=agreement, actor=world["Ben"]),
        ):
            with pytest.raises(Closed):
                late()


def test_taking_it_back_takes_every_version_of_the_same_words_back(world, agreement):
    answer(world, agreement, "Ben")
    positions.withdraw_position(agreement=agreement, actor=world["Ben"])

    assert agreement_view(agreement).counts.silent == 5
    assert not Position.objects.exists()


def test_whoever_does_not_agree_any_more_has_not_signed(world, agreement):
    answer(world, agreement, "Ben")
    signatures.sign(agreement=agreement, actor=world["Ben"], version=1)
    answer(world, agreement, "Ben", "do_not_agree")

    counts = agreement_view(agreement).counts
    assert (counts.signed, counts.against, counts.asked) == (0, 1, 5)
    with pytest.raises(Refused):
        signatures.sign(agreement=agreement, actor=world["Ben"], version=1)


def test_nobody_signs_as_somebody_else(world, agreement):
    for name in ("Chidi", "chidi", "Facilitator", "x" * 41):
        with pytest.raises(Refused) as refused:
            signatures.sign(agreement=agreement, actor=world["Ben"], version=1, signs_as=name)
        assert refused.value.field == "signs_as"


def test_signing_twice_is_signing_once_and_another_name_takes_its_place(world, agreement):
    sign = {"agreement": agreement, "actor": world["Ben"], "version": 1}
    first = signatures.sign(**sign)
    assert signatures.sign(**sign) == first
    other = signatures.sign(**sign, signs_as="The one at table 3")

    assert (other.digest, agreement_view(agreement).counts.signed) == (versions_of(agreement)[0].digest, 1)
    verbs = Event.objects.filter(verb__startswith="signature").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["signature.given", "signature.taken_back", "signature.given"]


def test_an_answer_and_a_name_for_somebody_are_written_down_both_or_neither(world, agreement):
    given = {"agreement": agreement, "actor": world["Sam"], "version": 1, "person": world["Ben"].participant}
    with pytest.raises(Refused):
        positions.answer_for(**given, choice="do_not_agree", signs=True, signs_as="")

    assert not Position.objects.exists()
    positions.answer_for(**given, choice="agree", signs=True, signs_as="Table 3", via="paper")
    (signed,) = agreement_view(agreement).signatures
    assert (signed.who, signed.road_words) == ("Table 3", "Given on paper. Sam typed it.")


def test_what_silence_means_is_written_before_anybody_answers(world):
    agreement = drafted(world)
    for silence in ("", "   "):
        with pytest.raises(BadText) as refused:
            agreements.open_agreement(
                agreement=agreement, actor=world.ada, until=clock.now() + DAY, silence_means=silence
            )
        assert refused.value.field == "silence_means"
    assert opened(world).silence_means == SILENCE
