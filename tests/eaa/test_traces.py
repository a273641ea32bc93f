"""The trace: each clause leads to words, and each of those words leads forward to the clause, as far as one may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from eaa.models import AgreementState, Evidence, Record
from eaa.operations import assets, records
from eaa.queries.graph import graph_of
from eaa.queries.onward import leads_somewhere, words_onward
from eaa.queries.traces import clause_back, record_back
from sessions_app import clock
from sessions_app.errors import NotAllowed
from sessions_app.models import Activity, Contribution
from sessions_app.operations import contributions, limits
from tests.eaa.chain import add_agreement, add_record, add_version, build_chain, revise, settle, tell

GAP = "There were words here."


@pytest.fixture
def chain(world):
    return build_chain(world)


def contribution(pk):
    return Contribution.objects.select_related("dialogue__activity__session", "dialogue__activity__workshop").get(pk=pk)


def onward(world, words, who="Ben"):
    return words_onward(world[who] if who != "Ada" else world.ada, contribution(words.pk))


def test_a_clause_leads_to_its_words(world, chain):
    back = clause_back(world["Ben"], chain.clauses[0])

    assert [station.record for station in back.stations] == [None, chain.records["reading"], chain.records["notes"]]
    assert [station.depth for station in back.stations] == [0, 1, 2]
    assert set(back.words) == {chain.words["silence"].pk, chain.words["late"].pk}
    assert back.first.quote.said.contribution.pk == chain.words["silence"].pk


def test_each_clause_traces_to_words_and_each_of_them_forward_to_the_clause(world, chain):
    for clause in chain.clauses:
        words = clause_back(world["Ben"], clause).words

        assert words
        for pk in words:
            found = words_onward(world["Chidi"], contribution(pk))
            assert clause in [led.clause for agreed in found.agreed for led in agreed.clauses]


def test_words_lead_forward_to_everything_that_was_made_of_them(world, chain):
    tell(world, chain.words["silence"], "used", "A quiet minute opens every round.", place=chain.agreement)

    found = onward(world, chain.words["silence"])

    assert {led.record.pk for led in found.records} == {chain.records["notes"].pk, chain.records["reading"].pk}
    assert [agreed.agreement for agreed in found.agreed] == [chain.agreement]
    assert [promise.what for promise in found.agreed[0].promises] == ["Ring the three on the list"]
    assert (found.outcome.words, found.outcome.agreement) == ("A quiet minute opens every round.", chain.agreement)
    assert not onward(world, chain.words["alone"]).is_something


def test_it_says_in_which_versions_the_words_were(world, chain):
    add_version(world, chain.records["notes"], "One spoke of silence.", chain.words["late"])

    found = {led.record.pk: led for led in onward(world, chain.words["silence"]).records}
    notes = found[chain.records["notes"].pk]

    assert (notes.numbers, notes.is_now, notes.which) == ((1,), False, "version 1")


def test_words_that_a_new_version_left_out_are_not_what_it_rests_on(world, chain):
    add_version(world, chain.records["notes"], "One was late.", chain.words["late"])
    add_version(world, chain.records["reading"], "Silence.", chain.records["notes"])

    assert set(clause_back(world["Ben"], chain.clauses[0]).words) == {chain.words["late"].pk}


def test_a_record_traces_both_ways(world, chain):
    notes = chain.records["notes"]
    page = reverse("eaa:record_trace", args=[notes.pk])
    back = record_back(world["Ben"], notes, graph_of(world.workshop, world["Ben"]))

    assert back.stations[0].record == notes
    assert set(back.words) == {chain.words["silence"].pk, chain.words["late"].pk}
    assert page.endswith(f"records/{notes.pk}/trace/")


def test_words_that_were_taken_back_are_a_gap_everywhere(world, chain, browser_of):
    contributions.withdraw_contribution(contribution=chain.words["silence"], actor=world["Ben"])
    browser = browser_of("Chidi")
    pages = {
        "clause": reverse("eaa:clause_trace", args=[chain.clauses[0].pk]),
        "record": reverse("eaa:record_trace", args=[chain.records["reading"].pk]),
        "words": reverse("eaa:trace", args=[chain.words["silence"].pk]),
    }

    for name, address in pages.items():
        page = browser.get(address).content.decode()
        assert GAP in page, name
        assert "One whole minute" not in page, name
    assert (
        "You took these words back."
        in browser_of("Ben").get(reverse("eaa:story", args=[world.workshop.slug])).content.decode()
    )


def test_it_leads_to_the_thread_and_for_facilitators_to_the_moment_in_the_replay(world, chain, browser_of):
    said = chain.words["silence"]
    address = reverse("eaa:clause_trace", args=[chain.clauses[0].pk])
    replay = f"{reverse('replay', args=[world.session.pk])}?seq={said.seq}#said-{said.pk}"

    for_ben = browser_of("Ben").get(address).content.decode()
    for_ada = browser_of("Ada").get(address).content.decode()

    assert f"{reverse('thread', args=[said.dialogue_id])}#said-{said.pk}" in for_ben
    assert replay not in for_ben
    assert replay in for_ada
    shown = browser_of("Ada").get(replay.partition("#")[0]).content.decode()
    assert f'id="said-{said.pk}"' in shown
    assert f'id="said-{chain.words["ring"].pk}"' not in shown  # said later


def test_in_a_long_thread_it_leads_to_the_page_on_which_the_words_stand(world, chain, browser_of):
    said = chain.words["silence"]
    for number in range(61):
        limits._buckets.clear()
        world.say("Chidi", f"More {number}")

    back = clause_back(world["Ben"], chain.clauses[0])
    address = back.words[said.pk].address

    assert "?before=" in address
    assert f'id="said-{said.pk}"' in browser_of("Ben").get(address.partition("#")[0]).content.decode()


def test_a_circle_does_not_hold_the_trace(world, chain):
    reading, notes = chain.records["reading"], chain.records["notes"]
    add_version(world, notes, "Round and round.", chain.words["late"], reading)

    back = clause_back(world["Ben"], chain.clauses[0])
    found = onward(world, chain.words["late"])

    assert len(back.stations) == 3
    assert back.stations[2].also == (reading,)
    assert {led.record.pk for led in found.records} == {reading.pk, notes.pk}


def test_something_can_rest_on_itself(world, chain):
    notes = chain.records["notes"]
    add_version(world, notes, "I say so.", notes)

    back = record_back(world["Ben"], notes, graph_of(world.workshop, world["Ben"]))

    assert back.stations[0].also == (notes,)


def test_an_asset_that_was_hidden_since_is_a_gap_without_a_name(world, chain, browser_of):
    asset = assets.keep_asset(
        workshop=world.workshop,
        actor=world["Chidi"],
        kind="skill",
        text="I can weld.",
        contribution=contribution(chain.words["alone"].pk),
    )
    clause = chain.clauses[0]
    Evidence.objects.create(clause=clause, record=asset, at=clock.now())  # as it was possible once
    asset.workshop = world.workshop
    assets.show_asset(record=asset, actor=world["Chidi"], shown="hidden")
    address = reverse("eaa:clause_trace", args=[clause.pk])

    for_ben, for_chidi = (browser_of(name).get(address).content.decode() for name in ("Ben", "Chidi"))

    assert "I can weld" not in for_ben
    assert "Nobody took this up" not in for_ben
    assert "1 more thing here that is not shown now" in for_ben
    assert "I can weld" in for_chidi
    assert not onward(world, chain.words["alone"], "Ben").is_something
    assert onward(world, chain.words["alone"], "Chidi").records


def test_what_was_thrown_away_is_a_gap(world, chain):
    with pytest.raises(NotAllowed):  # it stays while something rests on it; a trace does not rely on that
        records.remove_record(record=chain.records["notes"], actor=world.ada)
    Record.objects.filter(pk=chain.records["notes"].pk).update(removed_at=clock.now())

    back = clause_back(world["Ben"], chain.clauses[0])

    assert [(station.record, station.lost) for station in back.stations[1:]] == [(chain.records["reading"], 1)]
    assert [led.record.pk for led in onward(world, chain.words["late"]).records] == []


def test_a_draft_of_an_agreement_is_for_those_who_write_it(world, chain, browser_of):
    draft = add_agreement(world, "Still a secret", ("Not yet.", [chain.words["alone"]]), draft=True)
    clause = draft.versions.get().clauses.get()

    assert not onward(world, chain.words["alone"], "Ben").is_something
    assert onward(world, chain.words["alone"], "Sam").agreed[0].agreement == draft
    assert browser_of("Ben").get(reverse("eaa:clause_trace", args=[clause.pk])).status_code == 404
    assert browser_of("Sam").get(reverse("eaa:clause_trace", args=[clause.pk])).status_code == 200
    for name in ("eaa:map", "eaa:story"):
        assert "Still a secret" not in browser_of("Ben").get(reverse(name, args=[world.workshop.slug])).content.decode()


def test_words_that_lie_face_down_again_are_not_shown(world, chain, browser_of):
    Activity.objects.filter(pk=world.steps[0].pk).update(blind=True, revealed_at=None)

    page = browser_of("Chidi").get(reverse("eaa:clause_trace", args=[chain.clauses[0].pk])).content.decode()

    assert "One whole minute" not in page
    assert "not shown now" in page
    address = reverse("eaa:trace", args=[chain.words["silence"].pk])
    assert browser_of("Chidi").get(address).status_code == 404
    assert browser_of("Ben").get(address).status_code == 200


def test_a_name_stands_beside_an_answer_only_where_it_stands_beside_the_words(world, chain):
    def answers(who):
        back = clause_back(world.people[who], chain.clauses[0])
        return [answer.who for station in back.stations for answer in station.answers]

    assert answers("Chidi") == ["Ben"]
    Activity.objects.filter(pk=world.steps[0].pk).update(identity="group")
    assert answers("Chidi") == [""]
    assert answers("Ada") == ["Ben"]


def test_the_number_of_queries_does_not_grow(world, chain, browser_of):
    def asked(address, who="Ben"):
        browser = browser_of(who)
        browser.get(address)
        with CaptureQueriesContext(connection) as found:
            assert browser.get(address).status_code == 200
        return len(found)

    pages = [
        reverse("eaa:clause_trace", args=[chain.clauses[0].pk]),
        reverse("eaa:record_trace", args=[chain.records["reading"].pk]),
        reverse("eaa:trace", args=[chain.words["late"].pk]),
        reverse("eaa:map", args=[world.workshop.slug]),
        reverse("eaa:meeting_map", args=[world.session.pk]),
        reverse("eaa:story", args=[world.workshop.slug]),
    ]
    few = [asked(page) for page in pages]
    below = chain.records["notes"]
    for number in range(30):
        limits._buckets.clear()
        words = world.say("Ben", f"Deeper {number}", via="thread")
        upper = add_record(world, "documentation", f"Layer {number}", words, below, chain.words["late"], kind="notes")
        below = upper
        add_agreement(world, f"Agreement {number}", (f"Clause {number}", [upper, words]))
        tell(world, words, "used", "Here.", place=upper)
    add_version(world, chain.records["reading"], "Silence.", below, chain.words["silence"])
    settle(world, chain.records["reading"], Ben="that_is")

    assert [asked(page) for page in pages] == few
    assert max(few) <= 24
    assert len(clause_back(world["Ben"], chain.clauses[0]).stations) == 33


def test_cards_on_the_thread_say_that_they_led_to_something(world, chain, browser_of):
    page = browser_of("Chidi").get(reverse("thread", args=[world.dialogue(0).pk])).content.decode()

    assert reverse("eaa:trace", args=[chain.words["silence"].pk]) in page
    assert reverse("eaa:trace", args=[chain.words["alone"].pk]) not in page


def test_a_card_of_a_draft_and_of_an_open_agreement_has_led_to_something(world, chain):
    words = chain.words["alone"]
    draft = add_agreement(world, "Draft", ("Not yet.", [words]), draft=True)
    assert leads_somewhere([words.pk], world.workshop) == set()

    add_agreement(world, "Open", ("Yes.", [words]))

    assert leads_somewhere([words.pk], world.workshop) == {words.pk}
    assert draft.state == AgreementState.DRAFT


def test_what_the_newest_version_of_an_agreement_left_out_says_so(world, chain):
    revise(world, chain.agreement, ("We begin with silence.", [chain.records["reading"]]))
    chain.agreement.refresh_from_db()

    (agreed,) = onward(world, chain.words["ring"]).agreed

    assert [(led.numbers, led.is_now) for led in agreed.clauses] == [((1,), False)]
