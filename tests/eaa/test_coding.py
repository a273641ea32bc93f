"""Coding: one's own judgement, only on words that one may read, seen by nobody whose words they are."""

import pytest
from django.urls import reverse

from eaa.models import Coding, Judged
from eaa.operations import codes, coding
from eaa.queries.coders import compared
from eaa.queries.codes import after, steps_to_code, words_to_code
from sessions_app.errors import BadText, NotFound
from sessions_app.models import Event
from sessions_app.operations import contributions, participants, running
from tests.eaa.seeing import as_researcher
from tests.eaa.test_codes import add, said_by


def yes(world, who="Ben", *, answer=True):
    participants.answer_consent(person=world[who].participant, actor=world[who], purpose="research", yes=answer)


def test_judging_again_says_all_that_holds(world):
    said, (one, two, three) = said_by(world), [add(world, name) for name in ("One", "Two", "Three")]

    coding.judge(said=said, actor=world.ada, codes={one.pk, two.pk})
    coding.judge(said=said, actor=world.ada, codes={two.pk, three.pk})
    coding.judge(said=said, actor=world.ada, codes={two.pk, three.pk})

    assert words_to_code(said, world.ada).whole == {two.pk, three.pk}
    assert Coding.objects.count() == 3
    assert Judged.objects.count() == 1


def test_codes_of_another_workshop_or_gone_ones_are_none(world):
    said, gone = said_by(world), add(world, "Gone")
    codes.remove_code(code=gone, actor=world.ada)

    for wrong in ({gone.pk}, {10**9}):
        with pytest.raises(NotFound):
            coding.judge(said=said, actor=world.ada, codes=wrong)
    assert not Judged.objects.exists()


def test_a_part_is_counted_in_signs_of_the_words_as_they_stood(world):
    said, code = said_by(world, words="I want 🌳 calm. Calm!"), add(world)

    coding.code_part(said=said, actor=world.ada, code=code.pk, quote=" 🌳 calm ")
    coding.code_part(said=said, actor=world.ada, code=code.pk, quote="🌳 calm")
    contributions.revise_contribution(contribution=said, actor=world["Ben"], body="Quite other words.")

    row = Coding.objects.get()
    assert (row.start, row.end) == (7, 13)
    said.refresh_from_db()
    assert [part.words for part in words_to_code(said, world.ada).parts] == ["🌳 calm"]
    with pytest.raises(BadText):
        coding.code_part(said=said, actor=world.ada, code=code.pk, quote="calm")


def test_nobody_takes_off_what_another_has_coded(world):
    yes(world)
    said, code = said_by(world), add(world)
    part = coding.code_part(said=said, actor=world.ada, code=code.pk, quote="calm")

    coding.take_off_part(said=said, actor=world["Rana"], coding=part.pk)
    assert Coding.objects.filter(removed_at=None).count() == 1
    coding.take_off_part(said=said, actor=world.ada, coding=part.pk)
    assert not Coding.objects.filter(removed_at=None).exists()


def test_a_researcher_codes_only_words_of_those_who_say_yes(world):
    said, code = said_by(world), add(world)
    yes(world)
    coding.judge(said=said, actor=world["Rana"], codes={code.pk})
    yes(world, answer=False)

    with pytest.raises(NotFound):
        coding.judge(said=said, actor=world["Rana"], codes=set())
    page = as_researcher(world).get(reverse("eaa:code", args=[code.pk])).content.decode()
    assert "I want calm." not in page
    assert steps_to_code(world.workshop, world["Rana"]) == []


def test_words_taken_back_are_gone_here_too(world, browser_of):
    said, code = said_by(world), add(world)
    coding.judge(said=said, actor=world.ada, codes={code.pk})
    contributions.withdraw_contribution(contribution=said, actor=world["Ben"])

    assert browser_of("Ada").get(reverse("eaa:code_words", args=[said.pk])).status_code == 404
    assert "I want calm." not in browser_of("Ada").get(reverse("eaa:code", args=[code.pk])).content.decode()


def test_events_name_no_words_and_no_contribution(world):
    said, code = said_by(world), add(world, "Zebrafinch")
    coding.judge(said=said, actor=world.ada, codes={code.pk})

    events = Event.objects.filter(verb__startswith="cod")
    assert {event.contribution_id for event in events} == {None}
    assert not [event for event in events if "Zebrafinch" in str(event.data)]


def test_those_who_take_part_see_nothing_of_it(world, browser_of):
    said, code = said_by(world), add(world, "Zebrafinch")
    coding.judge(said=said, actor=world.ada, codes={code.pk})
    running.close_session(session=world.session, actor=world.ada)
    slug, thread = world.workshop.slug, said.dialogue_id
    seen = [reverse("workshop", args=[slug]), reverse("away", args=[slug]), reverse("thread", args=[thread])]

    for who in ("Ben", "Sam", "Hella", "Gil"):
        for path in seen:
            assert "Zebrafinch" not in browser_of(who).get(path, follow=True).content.decode(), (who, path)


def test_one_goes_from_words_to_words_and_no_name_is_shown(world, browser_of):
    first, second = said_by(world), said_by(world, "Chidi", "Me too.")
    code = add(world)
    browser = browser_of("Ada")

    page = browser.get(reverse("eaa:code_words", args=[first.pk])).content.decode()
    assert "I want calm." in page
    assert "Ben" not in page
    sent = browser.post(reverse("eaa:code_words", args=[first.pk]), {"codes": [code.pk]})
    assert sent.url == reverse("eaa:code_words", args=[second.pk])
    assert browser.post(sent.url, {}).url == reverse("eaa:coding", args=[world.workshop.slug])
    assert after(first, world.ada) is None
    assert [(one.said, one.done) for one in steps_to_code(world.workshop, world.ada)] == [(2, 2)]


@pytest.mark.parametrize(
    "sent", [{"codes": ["x"]}, {"codes": ["9" * 30]}, {"part": "1", "quote": "no", "code": "x"}, {"off": "x" * 40}]
)
def test_what_no_form_of_ours_sends_changes_nothing(world, browser_of, sent):
    said = said_by(world)
    add(world)

    answer = browser_of("Ada").post(reverse("eaa:code_words", args=[said.pk]), sent)

    assert answer.status_code in {302, 422}
    assert not Coding.objects.exists()


def test_two_who_judge_are_compared_over_what_both_judged(world):
    for name in ("Ben", "Chidi"):
        yes(world, name)
    code, other = add(world), add(world, "Other")
    said = [said_by(world, "Ben", f"Words {number}.") for number in range(4)]
    coding.judge(said=said_by(world, "Chidi", "Ada alone."), actor=world.ada, codes={code.pk})
    for number, one in enumerate(said):
        coding.judge(said=one, actor=world.ada, codes={code.pk} if number < 2 else set())
        coding.judge(said=one, actor=world["Rana"], codes={code.pk} if number < 3 else {other.pk})

    found = compared(world.workshop, world.ada)

    assert (found.said, found.coders) == (4, 2)
    by_name = {line.code.name: (round(line.alpha, 3), line.used) for line in found.codes}
    assert by_name == {"Wishes": (0.533, 5), "Other": (0.0, 1)}
    (pair,) = found.pairs
    assert (pair.first, pair.second, pair.said) == ("Ada", "Rana", 4)
    assert pair.kappa == pytest.approx(0.5)  # eight decisions, six alike; by chance (2·4 + 6·4) / 64 = 0.5


def test_a_merged_code_counts_as_the_other_for_coders_too(world):
    yes(world)
    wish, hope, said = add(world), add(world, "Hopes"), said_by(world)
    more = said_by(world, "Ben", "No code.")
    coding.judge(said=said, actor=world.ada, codes={wish.pk})
    coding.judge(said=said, actor=world["Rana"], codes={hope.pk})
    for actor in (world.ada, world["Rana"]):
        coding.judge(said=more, actor=actor, codes=set())
    codes.merge_code(code=wish, actor=world.ada, into=hope)

    assert compared(world.workshop, world.ada).alpha == 1
