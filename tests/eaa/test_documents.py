"""The document says what the page says; nobody's words are markup, and only those are quoted who may be."""

import json
import re
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from eaa.documents import as_markdown, as_pdf, document_of
from eaa.documents.markdown import _block, _safe
from eaa.models import Position, Record
from eaa.operations import commitments, signatures, statements
from eaa.operations.evidence import Rests
from eaa.queries.agreements import agreement_view
from eaa.tasks import bring_due_into_force
from sessions_app import clock
from sessions_app.models import Consent
from sessions_app.operations import contributions
from tests.eaa.agreed import DAY, TWO, answer, drafted, opened, revised, understanding
from tests.eaa.reading import pdf_text
from tests.eaa.seeing import as_researcher

EMPTY = {
    "language": "en",
    "workshop": {"title": "Calmer visits", "slug": "calmer-visits"},
    "version": 1,
    "versions": [],
    "state_words": "Open for answers",
    "fingerprint": "9c2e 41d0",
    **dict.fromkeys(("open_until_words", "held_since_words", "review_words"), ""),
    **dict.fromkeys(("silence_means", "intention", "serves", "counts_words"), ""),
    **dict.fromkeys(("against", "talk_first", "earlier", "remarks", "statements", "signatures", "commitments"), ()),
}
HOSTILE = '#heading[x] $x^2$ *b* _i_ `c` <script> | \\ @ref // /* "q" [[ ]] #sys.inputs'


def may_be_quoted(world, name: str) -> None:
    Consent.objects.create(participant=world[name].participant, purpose="quoted", given_at=clock.now())


@pytest.fixture
def agreement(world):
    """One clause rests on words of Ben, who may be quoted, and of Chidi, who was never asked."""
    world.go_live()
    may_be_quoted(world, "Ben")
    bens, chidis = (
        world.say("Ben", "Ring before ten. Let it ring long."),
        world.say("Chidi", "I never answer unknown numbers."),
    )
    agreement = opened(world, rests={1: [Rests(bens.pk, "Ring before ten."), Rests(chidis.pk)]})
    answer(world, agreement, "Ben", "agree_remark", HOSTILE)
    answer(world, agreement, "Chidi", "do_not_agree", "Two buses must be worth something.")
    answer(world, agreement, "Sam", "agree")
    signatures.sign(agreement=agreement, actor=world["Sam"], version=1, signs_as="The one at table 3")
    return agreement


def test_counts_are_the_same_on_page_and_in_every_document(agreement, browser_of):
    told, page = document_of(agreement), agreement_view(agreement)
    drawn = browser_of("Ben").get(reverse("eaa:agreement", args=[agreement.pk])).content.decode()

    assert {name: getattr(page.counts, name) for name in told["counts"]} == told["counts"]
    assert json.loads(json.dumps(told)) == told
    assert page.counts.sentence in as_markdown(told)
    assert page.counts.sentence in pdf_text(told)
    assert page.counts.sentence in drawn
    assert page.counts.sentence == "1 has signed. 1 agrees and has not signed. 1 does not agree. 2 are silent so far."
    assert sum(row["people"] for row in told["tally"]) == len(page.voices)


def test_only_words_that_may_be_quoted_are_in_it(agreement):
    told = document_of(agreement)

    kinds = [(rest["kind"], rest["words"]) for rest in told["clauses"][0]["rests_on"]]
    assert kinds == [("words", "Ring before ten."), ("unquoted", "")]
    assert "unknown numbers" not in as_markdown(told) + json.dumps(told) + pdf_text(told)


def test_words_taken_back_are_a_gap(agreement, world):
    said = agreement.versions.get().clauses.first().evidence.first().contribution
    contributions.withdraw_contribution(contribution=said, actor=world["Ben"])

    told = document_of(agreement)

    assert told["clauses"][0]["rests_on"][0]["kind"] == "gap"
    assert "Ring before ten" not in as_markdown(told) + json.dumps(told) + pdf_text(told)
    assert "These words were taken back." in as_markdown(told)
    assert "These words were taken back." in pdf_text(told)


def test_dissent_is_there_in_its_own_words_and_a_pseudonym_stays_one(agreement):
    told = document_of(agreement)

    assert [(voice["who"], voice["words"]) for voice in told["against"]] == [
        ("Chidi", "Two buses must be worth something.")
    ]
    assert [(one["who"], one["is_pseudonym"]) for one in told["signatures"]] == [("The one at table 3", True)]
    assert "Sam" not in json.dumps(told)


def test_the_pdf_is_set_the_same_twice_and_is_tagged(agreement, world):
    told = document_of(agreement)

    first = as_pdf(told)

    assert first == as_pdf(told)
    root = PdfReader(BytesIO(first)).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert len(root["/StructTreeRoot"]["/K"]) > 0


def test_a_draft_on_paper_says_that_it_is_one(world, agreement):
    said = {made: pdf_text(document_of(made)) for made in (agreement, drafted(world))}

    assert ["Our agreement" in words for words in said.values()] == [True, False]
    assert ["A draft" in words for words in said.values()] == [False, True]


@pytest.mark.parametrize("kind", ["pdf", "md", "json"])
def test_whoever_only_reads_has_signed_in_in_two_steps(world, agreement, browser_of, kind):
    address = reverse("eaa:document", args=[agreement.pk, kind])

    assert browser_of("Rana").get(address).status_code in {302, 403}
    assert as_researcher(world).get(address).status_code == 200
    assert browser_of("Ben").get(address).status_code == 200


def test_an_empty_agreement_and_a_long_one_are_documents_too(world):
    world.go_live()
    short = opened(world, ("", "x"))
    assert as_pdf(document_of(short)).startswith(b"%PDF-")
    long = opened(world, *[(f"Clause {number}", "word " * 400) for number in range(30)])

    assert as_pdf(document_of(long)).startswith(b"%PDF-")


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_it_speaks_the_language_of_its_reader(agreement, language):
    with translation.override(language):
        told = document_of(agreement)
        text = as_markdown(told)
        assert as_pdf(told).startswith(b"%PDF-")

    assert told["language"] == language
    assert "Signed by" not in text


def test_promises_and_statements_are_in_it(agreement, world):
    statements.make_statement(agreement=agreement, actor=world["Chidi"], version=1, text="We came by bus.")
    commitments.promise(
        agreement=agreement, actor=world.ada, people=[world["Ben"].participant], what="Ring | three", due_words="soon"
    )

    text = as_markdown(document_of(agreement))

    assert "> We came by bus." in text
    assert "| Ben | Ring \\| three | soon |" in text


def test_every_version_and_what_was_said_of_an_earlier_one_is_in_it(agreement, world):
    revised(world, agreement, ("Nobody is decided over", "They are rung."), TWO[1], because="Chidi asked.")

    told = document_of(agreement)

    assert [(one["number"], one["because"]) for one in told["versions"]] == [(1, ""), (2, "Chidi asked.")]
    for text in (as_markdown(told), pdf_text(told)):
        assert "Version 1, " in text
        assert f"Version 2, {told['versions'][1]['words']}: Chidi asked." in text
        assert "Two buses must be worth something." in text
        assert "Said of an earlier version, and not asked again yet" in text


def test_it_says_since_when_it_holds(agreement):
    with clock.at(clock.now() + 8 * DAY):
        assert bring_due_into_force() == 1
        agreement.refresh_from_db()
        told = document_of(agreement)

    assert told["in_force_at"] == agreement.in_force_at.isoformat()
    for text in (as_markdown(told), pdf_text(told)):
        assert f"It holds since {told['held_since_words']}." in text


def test_a_record_without_a_title_is_called_by_its_words(world, browser_of):
    record = understanding(world, "People want to be asked before it is decided.")
    Record.objects.filter(pk=record.pk).update(title="")
    agreement = opened(world, rests={1: [Rests(record=record.pk)]})

    told = document_of(agreement)
    page = browser_of("Ben").get(reverse("eaa:agreement", args=[agreement.pk])).content.decode()

    (rest,) = told["clauses"][0]["rests_on"]
    assert (rest["words"], rest["note"]) == (
        "People want to be asked before it is decided.",
        "What we understand together",
    )
    for text in (as_markdown(told), pdf_text(told), page):
        assert rest["words"] in text
        assert rest["note"] in text


@pytest.mark.parametrize("language", ["", "pt-br", "sv-SE", "zh-hans", "x", "klingonish", "42"])
def test_words_in_any_language_are_set(agreement, language):
    Position.objects.update(language=language)

    assert "Two buses must be worth something." in pdf_text(document_of(agreement))


@pytest.mark.parametrize("words", ["Ja \U0001faf6 \U0001fae8", "我们一起决定", "ማን ይደውላል?", "\U00012000"])
def test_signs_that_no_font_has_are_no_reason_to_give_no_pdf(agreement, words):
    Position.objects.filter(choice="do_not_agree").update(words=f"{words} Two buses.")

    made = as_pdf(document_of(agreement))

    assert PdfReader(BytesIO(made)).root_object["/MarkInfo"]["/Marked"]
    assert "Two buses." in pdf_text(document_of(agreement))


@given(st.text(max_size=80), st.text(max_size=8))
@settings(max_examples=40, deadline=None)
def test_no_words_break_the_page_on_paper(words, language):
    voice = {"who": words, "answer": words, "words": words, "language": language, "clause": 1, "version": 1, "on": ""}
    clause = {"number": 1, "key": 1, "heading": words, "text": words, "rests_on": []}
    told = {**EMPTY, "title": f"x {words}", "clauses": [clause], "against": [voice], "counts_words": f"x {words}"}

    assert as_pdf(told).startswith(b"%PDF-")


@given(st.text(max_size=80))
@settings(max_examples=60)
def test_no_words_become_markup(words):
    line = _safe(words)
    assert "\n" not in line
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`#<>\[\]|]", line)
    for block in _block(words).splitlines():
        assert not re.match(r"\s*([-+>#]|\d+[.)])", block)
