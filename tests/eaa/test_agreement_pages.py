"""Agreements on their pages: what everybody finds there, what is refused in place, and that nothing typed is lost."""

import pytest
from django.urls import reverse

from eaa.models import Agreement, Position, Signature, Suggestion
from eaa.operations.agreements import bring_due_into_force
from eaa.operations.assets import keep_asset
from eaa.operations.records import revise_record
from eaa.queries.standing import token_of, versions_of
from sessions_app import clock
from tests.eaa.agreed import DAY, TWO, answer, drafted, opened, revised
from tests.eaa.chain import add_record

NEW = ("Nobody is decided over", "Those who do not read e-mail are rung.")


@pytest.fixture
def agreement(world):
    return opened(world)


def at(name: str, agreement: Agreement, *more: int) -> str:
    return reverse(f"eaa:{name}", args=[agreement.pk, *more])


def text(answer) -> str:
    return answer.content.decode()


def test_a_citizen_answers_with_one_press_and_signs(world, browser_of, agreement):
    ben = browser_of("Ben")
    page = text(ben.get(at("agreement", agreement)))
    assert "Where do you stand, Ben?" in page
    assert "Your name is shown. You can take it back until" in page

    ben.post(at("agreement_position", agreement), {"version": 1, "choice": "agree"})
    after = text(ben.get(at("agreement", agreement)))
    ben.post(at("agreement_signature", agreement), {"version": 1, "signs_as": "The one at table 3"})

    assert "This is what others see:" in after
    assert Position.objects.get().choice == "agree"
    assert Signature.objects.get().signs_as == "The one at table 3"
    shown = text(browser_of("Chidi").get(at("agreement", agreement)))
    assert "“The one at table 3”" in shown
    assert "1 has signed." in shown


def test_whoever_answered_is_asked_about_what_changed_only(world, browser_of, agreement):
    answer(world, agreement, "Ben")
    revised(world, agreement, NEW, TWO[1])

    page = text(browser_of("Ben").get(at("agreement", agreement)))

    assert "Changed since you answered version 1:" in page
    assert "We ask you only about that one." in page
    assert "Where do you stand on clause 1, Ben?" in page
    assert "Removed:" in page
    assert "Added:" in page
    assert "not changed" in page
    assert "not changed" not in text(browser_of("Ben").get(at("agreement", agreement) + "?all=1"))


def test_signing_an_old_text_shows_the_new_one(world, browser_of, agreement):
    ben = browser_of("Ben")
    revised(world, agreement, NEW, TWO[1])

    refused = ben.post(at("agreement_signature", agreement), {"version": 1, "signs_as": "Table 3"})

    assert refused.status_code == 409
    assert "The text has a new version." in text(refused)
    assert [part.text for part in refused.context["view"].clauses[0].text if part.kind == "added"]
    assert "Table 3" in text(refused)
    assert not Signature.objects.exists()


def test_an_objection_without_a_reason_comes_back(world, browser_of):
    agreement = opened(world, scale="consent")

    refused = browser_of("Ben").post(at("agreement_position", agreement), {"version": 1, "choice": "objects"})

    assert refused.status_code == 422
    assert "Write what would go wrong" in text(refused)
    assert not Position.objects.exists()


def test_words_that_are_too_long_come_back(world, browser_of, agreement):
    words = "word " * 10_000
    sent = {"version": 1, "choice": "talk_first", "words": words}
    refused = browser_of("Ben").post(at("agreement_position", agreement), sent)

    assert refused.status_code == 422
    assert words in text(refused)


def clauses(*pairs, keys=(1, 2), **more):
    sent = {"clauses": str(len(pairs)), **more}
    for number, ((heading, words), key) in enumerate(zip(pairs, keys, strict=False)):
        sent |= {f"clause-{number}-heading": heading, f"clause-{number}-text": words, f"clause-{number}-key": key}
    return sent


def test_two_people_who_change_the_same_clause_both_keep_their_words(world, browser_of):
    agreement = drafted(world)
    seen = token_of(versions_of(agreement)[0])
    ada, sam = browser_of("Ada"), browser_of("Sam")
    ada.post(at("change_agreement", agreement), clauses(NEW, TWO[1], seen=seen))

    late = sam.post(at("change_agreement", agreement), clauses(("Mine", "My own words."), TWO[1], seen=seen))

    assert late.status_code == 409
    assert "Somebody else has changed this text meanwhile." in text(late)
    assert "My own words." in text(late)
    assert "Those who do not read e-mail are rung." in text(late)
    again = late.context["seen"]
    sam.post(at("change_agreement", agreement), clauses(("Mine", "My own words."), TWO[1], seen=again))
    assert [one.text for one in versions_of(agreement)[0].clauses.all()] == ["My own words.", TWO[1][1]]


def test_a_clause_of_fifty_thousand_signs_is_told_of_and_kept(world, browser_of):
    agreement = drafted(world)
    seen, long = token_of(versions_of(agreement)[0]), "x" * 50_000

    refused = browser_of("Ada").post(at("change_agreement", agreement), clauses(TWO[0], ("Long", long), seen=seen))

    assert refused.status_code == 422
    assert "Make it shorter than 2,000 signs" in text(refused)
    assert 'href="#clause-1-text"' in text(refused)
    assert long in text(refused)


def test_buttons_move_add_and_take_out_without_saving(world, browser_of):
    agreement, ada = drafted(world), browser_of("Ada")
    sent = clauses(*TWO)

    def rows(press):
        return [
            row.text
            for row in ada.post(at("change_agreement", agreement), sent | {"press": press}).context["clauses"].rows
        ]

    assert rows("down-0") == rows("up-1") == [TWO[1][1], TWO[0][1]]
    assert rows("add") == [TWO[0][1], TWO[1][1], ""]
    assert rows("remove-0") == [TWO[1][1]]
    assert rows("up-0") == rows("down-7") == [TWO[0][1], TWO[1][1]]


def test_a_clause_rests_on_words_that_were_looked_for(world, browser_of):
    world.go_live()
    said = world.say("Ben", "Ring before ten. Let it ring long.")
    agreement, ada = drafted(world), browser_of("Ada")
    sent = clauses(*TWO, seen=token_of(versions_of(agreement)[0])) | {"clause-1-find": "ring LONG"}
    found = ada.post(at("change_agreement", agreement), sent | {"press": "find-1"})
    (offer,) = found.context["clauses"].rows[1].offers
    sent |= {"clause-1-rests": offer.token, f"clause-1-quote-{said.pk}": "Ring before ten."}

    saved = ada.post(at("change_agreement", agreement), sent)

    assert saved.status_code == 302
    (row,) = versions_of(agreement)[0].clauses.all()[1].evidence.all()
    assert (row.contribution_id, row.end) == (said.pk, len("Ring before ten."))
    unticked = clauses(*TWO, seen=token_of(versions_of(agreement)[0])) | {"clause-1-seen": row.pk}
    ada.post(at("change_agreement", agreement), unticked)
    assert not versions_of(agreement)[0].clauses.all()[1].evidence.exists()


def test_only_records_that_a_clause_may_rest_on_are_offered(world, browser_of):
    """What somebody brings is theirs: nothing rests on it. An older text of a record is not what it says now."""
    keep_asset(workshop=world.workshop, actor=world["Ben"], kind="skill", text="Repairs wheelchairs.")
    note = add_record(world, "documentation", "We spoke of wheelchairs.", kind="notes")
    changed = add_record(world, "documentation", "Of wheelchairs, too.", kind="notes")
    revise_record(record=changed, actor=world.ada, head=1, text="Of ramps.")
    agreement, ada = drafted(world), browser_of("Ada")
    sent = clauses(*TWO, seen=token_of(versions_of(agreement)[0])) | {"clause-0-find": "wheelchairs"}

    found = ada.post(at("change_agreement", agreement), sent | {"press": "find-0"})

    assert [offer.token for offer in found.context["clauses"].rows[0].offers] == [f"r:{note.pk}"]


def test_a_draft_says_that_it_is_one_and_asks_for_no_promise_or_name(world, browser_of):
    draft = drafted(world)

    page = text(browser_of("Ada").get(at("agreement", draft)))

    assert "A draft" in page
    for words in ("Our agreement", "Promise something", "What we promised", "Sign on paper"):
        assert words not in page
    assert browser_of("Ada").get(at("agreement_commitments", draft)).status_code == 422
    agreement = opened(world)
    page = text(browser_of("Ben").get(at("agreement", agreement)))
    for words in ("Our agreement", "Promise something", "What we promised", "Sign on paper"):
        assert words in page


def test_a_review_day_in_the_past_is_told_of(world, browser_of):
    agreement = drafted(world)
    page = browser_of("Ada").get(at("open_agreement", agreement)).context["form"]
    sent = {"day": str(page.initial["day"]), "clock": "20:00", "scale": "four", "silence_means": "Silence is silence."}
    sent |= {"asked": page.initial["asked"], "review_on": "2020-01-01"}

    refused = browser_of("Ada").post(at("open_agreement", agreement), sent)

    assert refused.status_code == 422
    assert "That day has passed. Choose a later one." in text(refused)
    assert "Silence is silence." in text(refused)


def test_a_suggestion_is_put_into_its_clause_and_settled_by_the_next_version(world, browser_of, agreement):
    ben, ada = browser_of("Ben"), browser_of("Ada")
    sent = {"version": 1, "clause": 1, "text": "They have eight days."}
    ben.post(at("agreement_suggestions", agreement), sent)
    suggestion = Suggestion.objects.get()
    form = ada.get(at("change_agreement", agreement) + f"?suggestion={suggestion.pk}").context["clauses"]
    assert form.rows[0].text == "They have eight days."

    words = clauses((TWO[0][0], "They have eight days."), TWO[1], seen=token_of(versions_of(agreement)[0]))
    ada.post(at("change_agreement", agreement), words | {"suggestion": suggestion.pk})

    suggestion.refresh_from_db()
    assert (suggestion.state, versions_of(agreement)[-1].number) == ("accepted", 2)
    assert "Taken in" in text(ben.get(at("agreement_suggestions", agreement)))


def test_declining_asks_for_a_reason_and_keeps_the_page(world, browser_of, agreement):
    browser_of("Ben").post(at("agreement_suggestions", agreement), {"version": 1, "text": "A new clause."})
    number = Suggestion.objects.get().pk
    ada = browser_of("Ada")

    refused = ada.post(at("agreement_suggestion", agreement, number), {"press": "decline"})
    assert refused.status_code == 422
    ada.post(at("agreement_suggestion", agreement, number), {"press": "decline", "because": "We have it already."})

    assert "We have it already." in text(browser_of("Ben").get(at("agreement_suggestions", agreement)))


def test_the_list_says_what_waits(world, browser_of, agreement):
    drafted(world, title="Another one")
    address = reverse("eaa:agreements", args=[world.workshop.slug])

    assert "Waits for you" in text(browser_of("Ben").get(address))
    assert "Another one" not in text(browser_of("Ben").get(address))
    assert "Another one" in text(browser_of("Sam").get(address))
    answer(world, agreement, "Ben")
    assert "Waits for you" not in text(browser_of("Ben").get(address))


def test_who_was_away_reads_what_was_agreed_and_what_waits(world, browser_of, agreement):
    address = reverse("away", args=[world.workshop.slug])
    assert "Tell where you stand on: How we decide" in text(browser_of("Ben").get(address))
    with clock.at(clock.now() + 8 * DAY):
        bring_due_into_force()
        first, again = (text(browser_of("Ben").get(address)) for _ in range(2))

    assert "They have seven days." in first
    assert "They have seven days." not in again
    assert reverse("eaa:agreement", args=[agreement.pk]) in again
    assert "Tell where you stand" not in first
    assert "What we agreed" in text(browser_of("Ben").get(reverse("workshop", args=[world.workshop.slug])))


def test_the_hour_until_which_people_can_answer_is_told(world, browser_of, agreement):
    until = world.workshop.local(agreement.open_until)

    page = text(browser_of("Ben").get(at("agreement", agreement)))

    assert f"Open for you until <b>{until:%A} {until.day} {until:%B}, {until:%H:%M}</b>." in page
