"""What cannot be kept comes back in plain words, with everything that was typed; nothing is written meanwhile."""

import uuid

import pytest
from django.urls import reverse

from eaa.models import Agreement, Check, Commitment, Evidence, Outcome, Record, Statement, Suggestion
from eaa.operations import agreements
from eaa.queries.standing import token_of, versions_of
from sessions_app import clock
from sessions_app.operations import contributions
from tests.eaa.agreed import DAY, TWO, drafted, opened

PAST, LONG = "2020-01-01", "long words " * 5_000


def clauses(agreement, *pairs, **more) -> dict:
    sent = {"clauses": str(len(pairs)), "seen": token_of(versions_of(agreement)[-1]), **more}
    for number, (heading, words) in enumerate(pairs):
        place = f"clause-{number}"
        sent |= {f"{place}-heading": heading, f"{place}-text": words, f"{place}-key": number + 1}
    return sent


def test_words_that_were_taken_back_while_a_clause_was_written(world, browser_of):
    world.go_live()
    said = world.say("Ben", "Ring before ten. Let it ring long.")
    agreement = drafted(world)
    sent = clauses(agreement, ("My heading", "My own words."), TWO[1])
    sent |= {"clause-1-rests": f"c:{said.pk}", f"clause-1-quote-{said.pk}": "Ring before ten."}
    contributions.withdraw_contribution(contribution=said, actor=world["Ben"])

    refused = browser_of("Ada").post(reverse("eaa:change_agreement", args=[agreement.pk]), sent)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Some of the words that you chose were taken back" in page
    assert "My own words." in page
    assert "Let it ring long" not in page
    assert not Evidence.objects.exists()
    assert versions_of(agreement)[0].clauses.first().text == TWO[0][1]
    kept = browser_of("Ada").post(reverse("eaa:change_agreement", args=[agreement.pk]), clauses(agreement, *TWO))
    assert kept.status_code == 302


def test_a_review_day_in_the_past_beside_a_new_version(world, browser_of):
    agreement = opened(world)
    until = world.workshop.local(agreement.open_until)
    sent = clauses(agreement, (TWO[0][0], "They are rung."), TWO[1], because="Chidi asked.", review_on=PAST)
    sent |= {"day": str(until.date()), "clock": f"{until:%H:%M}"}

    refused = browser_of("Ada").post(reverse("eaa:change_agreement", args=[agreement.pk]), sent)

    page = refused.content.decode()
    assert refused.status_code == 422
    for words in ("That day has passed. Choose a later one.", "They are rung.", "Chidi asked."):
        assert words in page
    assert Agreement.objects.get(pk=agreement.pk).head == 1


@pytest.mark.parametrize("name", ["open_agreement", "review_agreement"])
def test_a_review_day_in_the_past_for_what_is_open_or_looked_over(world, browser_of, name):
    agreement = opened(world)
    until = world.workshop.local(agreement.open_until)
    sent = {"press": "keep", "review_on": PAST, "day": str(until.date()), "clock": f"{until:%H:%M}"}
    if name == "review_agreement":
        agreements.begin_review(agreement=agreement, actor=world.ada)

    refused = browser_of("Ada").post(reverse(f"eaa:{name}", args=[agreement.pk]), sent)

    assert refused.status_code == 422
    assert "That day has passed. Choose a later one." in refused.content.decode()
    assert Agreement.objects.get(pk=agreement.pk).review_on is None


def test_fifty_thousand_signs_anywhere(world, browser_of, returned):
    """Every field that takes words of people: told of, and not a sign is lost."""
    record, said = returned
    agreement, slug = opened(world), [world.workshop.slug]
    card, once = said["Ben"].pk, str(uuid.uuid4())
    about = {"agreement": [agreement.pk], "record": [record.pk]}
    forms = {
        "a record": ("Ada", "new_record", slug, {"mechanism": "documentation", "kind": "notes", "text": LONG}),
        "a new text": ("Ada", "change_record", about["record"], {"head": 1, "text": LONG}),
        "an answer": ("Ben", "check", about["record"], {"head": 1, "answer": "almost", "words": LONG}),
        "an asset": ("Ben", "assets", slug, {"kind": "skill", "text": LONG}),
        "an outcome": ("Ada", "outcomes", slug, {"press": "save", "card": card, "kind": "parked", "words": LONG}),
        "a position": ("Ben", "agreement_position", about["agreement"], {"choice": "talk_first", "words": LONG}),
        "a suggestion": ("Ben", "agreement_suggestions", about["agreement"], {"text": LONG}),
        "a statement": ("Ben", "agreement_statements", about["agreement"], {"text": LONG}),
        "a promise": ("Ben", "agreement_commitments", about["agreement"], {"what": LONG, "due_words": "soon"}),
    }
    before = Record.objects.count()

    for name, (who, page, args, sent) in forms.items():
        given = {"version": 1, "client_id": once, **sent}
        refused = browser_of(who).post(reverse(f"eaa:{page}", args=args), given)
        assert refused.status_code == 422, name
        assert LONG.strip() in refused.content.decode(), name

    assert not any(kind.objects.exists() for kind in (Check, Outcome, Suggestion, Statement, Commitment))
    assert (Record.objects.count(), Record.objects.get(pk=record.pk).head) == (before, 1)


def test_an_agreement_that_ended_meanwhile(world, browser_of):
    agreement = opened(world)
    agreements.end_agreement(agreement=agreement, actor=world.ada)

    late = browser_of("Ben").post(
        reverse("eaa:agreement_position", args=[agreement.pk]),
        {"version": 1, "choice": "agree_remark", "words": "Yes!"},
    )

    assert late.status_code in {409, 422}
    assert "The time for answers is over." in late.content.decode()
    assert "Yes!" in late.content.decode()


def test_an_answer_that_comes_a_moment_too_late_keeps_its_words(world, browser_of):
    agreement = opened(world)
    with clock.at(clock.now() + 8 * DAY):
        late = browser_of("Ben").post(
            reverse("eaa:agreement_position", args=[agreement.pk]),
            {"version": 1, "choice": "agree_remark", "words": "I can ring."},
        )

    assert "Your words are still here: copy them" in late.content.decode()
    assert "I can ring." in late.content.decode()
