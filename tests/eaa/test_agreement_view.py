"""One reading of an agreement for the page and for every document: what stands, in whose words, and how many."""

import pytest
from django.db import transaction

from eaa.models import Check, Evidence
from eaa.operations import commitments, signatures, statements, suggestions
from eaa.operations.evidence import Rests, rest_on
from eaa.queries.agreements import agreement_view, agreements_of
from sessions_app import clock, events
from sessions_app.errors import NotFound
from sessions_app.operations import contributions
from tests.eaa.agreed import TWO, answer, drafted, opened, revised, understanding

NEW = ("Nobody is decided over", "Those who do not read e-mail are rung.")


@pytest.fixture
def agreement(world):
    return opened(world)


def test_a_new_version_is_compared_with_what_the_reader_answered(world, agreement):
    answer(world, agreement, "Ben")
    revised(world, agreement, NEW, TWO[1])

    ben, chidi = (agreement_view(agreement, world[who]) for who in ("Ben", "Chidi"))

    assert (ben.since.number, ben.is_asked_again, [one.state for one in ben.clauses]) == (1, True, ["changed", "same"])
    assert [part.kind for part in ben.clauses[0].text] == ["removed", "added", "same"]
    assert (chidi.since, chidi.waits_for_me, chidi.is_asked_again) == (None, True, False)


def test_the_older_version_is_still_there_with_what_was_said_of_it(world, agreement):
    answer(world, agreement, "Ben", "do_not_agree", "Seven days are short.", clause=1)
    revised(world, agreement, NEW, TWO[1])

    old, new = agreement_view(agreement, world["Ben"], version=1), agreement_view(agreement)

    assert [(voice.who, voice.words, voice.clause_number) for voice in old.against] == [
        ("Ben", "Seven days are short.", 1)
    ]
    assert (new.against, new.counts.silent) == ([], 5)
    assert [(voice.words, voice.version_number) for voice in new.earlier] == [("Seven days are short.", 1)]
    with pytest.raises(NotFound):
        agreement_view(agreement, version=3)


def test_everybody_is_counted_once(world, agreement):
    answer(world, agreement, "Ben")
    signatures.sign(agreement=agreement, actor=world["Ben"], version=1)
    answer(world, agreement, "Chidi", "do_not_agree")
    answer(world, agreement, "Hella", "talk_first")
    answer(world, agreement, "Sam", "agree_remark", "I can ring.")

    view = agreement_view(agreement)

    counts = view.counts
    assert (counts.asked, counts.signed, counts.agree, counts.against, counts.talk, counts.silent) == (5, 1, 1, 1, 1, 1)
    assert counts.sentences[0] == "1 has signed."
    assert counts.sentence.endswith("1 is silent so far.")
    assert [number for _label, number in view.tally] == [1, 1, 1, 1]
    assert [voice.words for voice in view.remarks] == ["I can ring."]
    assert (view.silent, view.asked) == ([], [])
    assert [person.name for person in agreement_view(agreement, world.ada).silent] == ["Ada"]


def test_whoever_signed_under_another_name_is_called_that_everywhere(world, agreement):
    answer(world, agreement, "Ben", "agree_remark", "Ring before ten.")
    signatures.sign(agreement=agreement, actor=world["Ben"], version=1, signs_as="The one at table 3")
    statements.make_statement(agreement=agreement, actor=world["Ben"], version=1, text="We want a bell.")

    view = agreement_view(agreement, world.ada)

    (signed,) = view.signatures
    assert (signed.who, signed.remark, signed.is_pseudonym) == ("The one at table 3", "Ring before ten.", True)
    assert [voice.who for voice in view.voices] == ["The one at table 3"]
    assert view.statements[0].names == ("The one at table 3",)


def test_another_name_hides_whose_words_they_were_under_every_text(world, agreement):
    """A changed clause asks Ben again. What he said under another name does not come out under his own until then."""
    answer(world, agreement, "Ben", "talk_first", "Ring before ten.")
    suggestions.suggest(agreement=agreement, actor=world["Ben"], version=1, text="Before ten.", clause=1)
    signatures.sign(agreement=agreement, actor=world["Ben"], version=1, signs_as="The one at table 3")
    revised(world, agreement, NEW, TWO[1])

    newest = agreement_view(agreement, world["Chidi"])

    assert newest.signatures == []
    assert [(voice.who, voice.words) for voice in newest.earlier] == [("The one at table 3", "Ring before ten.")]
    assert [one.who for one in newest.suggestions] == ["The one at table 3"]
    answer(world, agreement, "Ben", "agree_remark", "Better.")
    signatures.sign(agreement=agreement, actor=world["Ben"], version=2, signs_as="Table 3")
    assert [agreement_view(agreement, version=number).voices[0].who for number in (1, 2)] == [
        "The one at table 3",
        "Table 3",
    ]


def test_clauses_show_what_they_rest_on_and_what_its_author_said_since(world):
    world.go_live()
    said = world.say("Ben", "Ring before ten. Let it ring long.")
    gone = world.say("Chidi", "I take two buses.")
    record = understanding(world)
    with transaction.atomic():
        events.lock(world.workshop.pk)
        rest_on(world.workshop, [Rests(said.pk)], at=clock.now(), version=record.versions.get())
    Check.objects.create(
        version=record.versions.get(),
        participant=world["Ben"].participant,
        answer="almost",
        words="as long as it rings",
        language="en",
        at=clock.now(),
    )
    rests = {1: [Rests(said.pk, "Ring before ten."), Rests(gone.pk), Rests(record=record.pk)]}
    agreement = opened(world, rests=rests)
    contributions.withdraw_contribution(contribution=gone, actor=world["Chidi"])

    quoted, taken_back, resting = agreement_view(agreement).clauses[0].rests

    assert (quoted.quote.words, quoted.check_words, quoted.is_confirmed) == (
        "Ring before ten.",
        "as long as it rings",
        False,
    )
    assert (taken_back.quote.is_gone, taken_back.quote.words, taken_back.check) == (True, "", None)
    assert (resting.is_record, resting.quote.evidence.record) == (True, record)
    record.removed_at = clock.now()
    record.save()
    assert len(agreement_view(agreement).clauses[0].rests) == 2


def test_a_version_rests_on_what_the_one_before_rested_on(world):
    world.go_live()
    said = world.say("Ben", "Ring before ten.")
    agreement = opened(world, rests={1: [Rests(said.pk)]})
    revised(world, agreement, NEW, TWO[1])

    assert [rest.quote.words for rest in agreement_view(agreement).clauses[0].rests] == ["Ring before ten."]
    assert Evidence.objects.filter(contribution=said).count() == 2


def test_nobody_but_writers_hears_of_a_draft(world, agreement):
    drafted(world, title="Another one")

    assert [one.title for one in agreements_of(world.workshop)] == ["How we decide"]
    assert len(agreements_of(world.workshop, with_drafts=True)) == 2


def fill(world, agreement, who: str) -> None:
    answer(world, agreement, who, "agree_remark", "Yes, and more.")
    signatures.sign(agreement=agreement, actor=world[who], version=agreement.head)
    statements.make_statement(agreement=agreement, actor=world[who], version=agreement.head, text="We want a bell.")
    suggestions.suggest(agreement=agreement, actor=world[who], version=agreement.head, text="Ring.", clause=1)
    person = world[who].participant
    commitments.promise(agreement=agreement, actor=world[who], people=[person], what="Ring", due_words="Soon")


def test_reading_it_takes_no_more_queries_when_there_is_more(world, agreement, django_assert_max_num_queries):
    fill(world, agreement, "Ben")
    with django_assert_max_num_queries(30) as first:
        agreement_view(agreement, world["Ben"])
    for who in ("Chidi", "Hella", "Sam", "Ada"):
        fill(world, agreement, who)
    with django_assert_max_num_queries(len(first.captured_queries)):
        agreement_view(agreement, world["Ben"])
