"""The sample: two agreements, one with dissent and one under review; records that rest on words."""

import html
import json

import pytest
from django.conf import settings
from django.urls import reverse

from eaa.documents import as_markdown, document_of
from eaa.models import Agreement, Check, Clause, LearningNote, MechanismAnswer, Outcome, Record, Status
from eaa.queries.agreements import agreement_view
from eaa.queries.grid import grid_view
from eaa.queries.onward import words_onward
from eaa.queries.quoting import quotes
from eaa.queries.traces import clause_back
from sessions_app.models import Contribution, Participant
from sessions_app.operations import devices
from sessions_app.policy import Actor
from sessions_app.sample.play import read_story
from sessions_app.verification import verify
from tests.eaa.reading import pdf_text

pytestmark = pytest.mark.django_db


def contribution(pk) -> Contribution:
    return Contribution.objects.select_related("dialogue__activity__session", "dialogue__activity__workshop").get(pk=pk)


def aino_of(workshop) -> Actor:
    return Actor(Participant.objects.select_related("workshop").get(workshop=workshop, name="Aino Virtanen"))


def sits_down(client, person) -> None:
    client.cookies[settings.DEVICE_COOKIE] = devices.seat("", person)


def test_what_was_made_of_the_words(closed):
    records = Record.objects.standing().filter(workshop=closed)
    story = read_story()

    assert records.filter(mechanism="documentation").count() == len(story["documentation"]) == 6
    assert records.filter(mechanism="assets").count() == len(story["assets"]) == 12
    assert sorted(records.filter(mechanism="interpretation").values_list("status", flat=True)) == sorted(
        [Status.UNDERSTOOD] * 3 + [Status.DIFFERENCE, Status.RETURNED]
    )
    assert records.get(mechanism="intention").head == 3
    assert Check.objects.count() == sum(len(one["checks"]) for one in story["interpretations"])
    assert Outcome.objects.count() == len(story["outcomes"])
    assert list(verify(closed.slug)) == []


def test_two_agreements_one_with_dissent_and_one_under_review(closed):
    decide, tools = (agreement_view(one) for one in Agreement.objects.filter(workshop=closed).order_by("pk"))

    assert (decide.agreement.state, tools.agreement.state) == ("in_force", "under_review")
    counts = decide.counts
    assert (counts.signed, counts.against, counts.talk, counts.silent) == (16, 2, 1, 1)
    assert {voice.who for voice in decide.against} == {"Lars Nyberg", "Nils Forss"}
    assert all(voice.words and voice.clause_number == 2 for voice in decide.against)
    assert [promise.commitment.state for promise in decide.commitments] == ["going_on", "done", "not_yet"]
    assert len(tools.suggestions) == 5


def test_every_clause_traces_to_words_and_those_words_forward_to_it(closed):
    aino = aino_of(closed)
    for agreement in Agreement.objects.filter(workshop=closed).select_related("workshop"):
        for clause in Clause.objects.filter(version__agreement=agreement).select_related("version"):
            clause.version.agreement = agreement
            words = clause_back(aino, clause).words
            assert words, f"{agreement.title}, version {clause.version.number}, clause {clause.number}"
            for pk in words:
                found = words_onward(aino, contribution(pk))
                led = [led for agreed in found.agreed if agreed.agreement == agreement for led in agreed.clauses]
                assert (clause.key, True) in [(one.clause.key, clause.version.number in one.numbers) for one in led]


def test_words_taken_back_are_a_gap_wherever_they_stood(closed, client):
    """Märta took her card back when it was already under clause 4 of an agreement and in the notes."""
    told, gap = "Did anybody hear?", "taken back"
    card = Contribution.objects.get(withdrawn_at__isnull=False, author__name="Märta Lund")
    decide = Agreement.objects.get(workshop=closed, title="How we decide")
    clause = decide.versions.get(number=decide.head).clauses.get(number=4)
    notes = Record.objects.get(workshop=closed, title="Three headings from the cards")
    document = document_of(decide)
    sits_down(client, aino_of(closed).participant)
    seen = {
        "agreement": client.get(reverse("eaa:agreement", args=[decide.pk])),
        "clause": client.get(reverse("eaa:clause_trace", args=[clause.pk])),
        "record": client.get(reverse("eaa:record", args=[notes.pk])),
        "record trace": client.get(reverse("eaa:record_trace", args=[notes.pk])),
        "words": client.get(reverse("eaa:trace", args=[card.pk])),
        "thread": client.get(reverse("thread", args=[card.dialogue_id])),
    }
    read = {name: answer.content.decode() for name, answer in seen.items()}
    read |= {"json": json.dumps(document), "md": as_markdown(document), "pdf": pdf_text(document)}
    read |= {"grid": grid_view(closed).report}

    for name, text in read.items():
        assert told not in text, name
        assert gap in text.lower() or "There were words here." in text, name


def test_from_an_agreement_it_is_two_presses_to_the_first_words_of_every_clause(closed, client):
    aino = aino_of(closed)
    sits_down(client, aino.participant)
    for agreement in Agreement.objects.filter(workshop=closed).select_related("workshop"):
        page = client.get(reverse("eaa:agreement", args=[agreement.pk])).content.decode()
        for clause in agreement.versions.get(number=agreement.head).clauses.all():
            way, first = reverse("eaa:clause_trace", args=[clause.pk]), clause_back(aino, clause).first
            assert f'href="{way}"' in page
            assert f'href="{first.address}"' in client.get(way).content.decode()
            address, _hash, place = first.address.partition("#")
            thread = client.get(address).content.decode()
            assert f'id="{place}"' in thread
            assert html.escape(first.quote.words, quote=False).split("'")[0] in thread


def test_what_a_record_rests_on_can_be_read_or_is_a_gap(closed):
    evidence = [
        row for record in Record.objects.filter(workshop=closed) for row in record.versions.last().evidence.all()
    ]

    shown = quotes(evidence)

    assert len(evidence) > 40
    assert all(quote.words or quote.is_gone or quote.said is None for quote in shown.values())


def test_what_people_learned_is_there(closed):
    story = read_story()

    assert LearningNote.objects.count() == len(story["reflections"]) == 38
    told = story["mechanism_questions"]["answers"]
    assert MechanismAnswer.objects.count() == sum(len(one["answers"]) for one in told)
