"""Pages of records: what is typed wrong is told of in place and loses nothing; what is hidden is on no page."""

import pytest
from django.urls import reverse

from eaa.models import Check, Mechanism, Outcome, Record
from eaa.operations.assets import keep_asset, show_asset
from eaa.operations.checks import return_record
from eaa.operations.evidence import Rests
from eaa.operations.records import make_record, revise_record
from sessions_app.models import Activity
from sessions_app.operations import activities, contributions, dialogues, limits, running
from tests.eaa.making import a_week, interpret


def write(world, who: str, **more) -> Record:
    given = {"mechanism": Mechanism.DOCUMENTATION, "text": "Notes.", **more}
    return make_record(workshop=world.workshop, actor=world.people[who], **given)


@pytest.fixture
def cards(world):
    world.go_live()
    said = []
    for number in range(130):
        limits._buckets.clear()
        said.append(world.say("Ben", f"Words number {number}."))
    return said


def new(world) -> str:
    return reverse("eaa:new_record", args=[world.workshop.slug])


def test_two_hundred_cards_come_a_page_at_a_time_and_what_is_ticked_stays(world, browser_of, cards):
    browser, sent = browser_of("Ada"), {"mechanism": "interpretation", "text": "Mine", "press": "look"}
    sent["source"] = str(world.dialogue(0).pk)
    page = browser.post(new(world), sent)
    assert [len(page.context["picker"].offered), page.context["picker"].next_start] == [60, 60]

    ticked = {**sent, "press": "more", "start": "60", "card": [str(cards[0].pk)]}
    page = browser.post(new(world), ticked)

    picker = page.context["picker"]
    assert ([one.key for one in picker.chosen], picker.found, picker.start) == ([str(cards[0].pk)], 129, 60)
    assert "Mine" in page.content.decode()
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"text": "x" * 50_000}, {"title": "x" * 300}, {"quote": "not in it"}, {"kind": "poem"}],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(world, browser_of, cards, wrong):
    card = str(cards[3].pk)
    sent = {"mechanism": "documentation", "kind": "notes", "text": "My long text", "card": card, "press": "save"}
    sent |= {f"quote-{card}" if name == "quote" else name: value for name, value in wrong.items()}

    page = browser_of("Ben").post(new(world), sent)

    html = page.content.decode()
    assert page.status_code == 422
    assert 'id="errors"' in html
    assert [one.key for one in page.context["picker"].chosen] == [card]
    assert wrong.get("text", "My long text") in html
    assert not Record.objects.exists()


def test_words_that_were_taken_back_meanwhile(world, browser_of, cards):
    contributions.withdraw_contribution(contribution=cards[0], actor=world["Ben"])
    sent = {"mechanism": "interpretation", "text": "Mine", "card": str(cards[0].pk), "press": "save"}

    page = browser_of("Ada").post(new(world), sent)

    assert page.status_code == 422
    assert "Some of the words that you chose were taken back" in page.content.decode()


@pytest.mark.parametrize(
    "sent", [{"card": "nonsense"}, {"source": "x"}, {"source": "9" * 30}, {"start": "-5"}, {"search": "a\x00b"}]
)
def test_what_no_form_of_ours_sends_is_passed_over(world, browser_of, cards, sent):
    page = browser_of("Ada").post(new(world), {"mechanism": "dialogue", "press": "look", "text": "Mine", **sent})

    assert page.status_code == 200


def test_two_people_who_change_one_text(world, browser_of):
    record = write(world, "Ben", text="People want calm.")
    revise_record(record=record, actor=world["Sam"], head=1, text="People want rest.")
    sent = {"head": "1", "text": "People want coffee.", "because": "Because", "press": "save"}

    page = browser_of("Ben").post(reverse("eaa:change_record", args=[record.pk]), sent)

    html = page.content.decode()
    assert page.status_code == 409
    assert "People want coffee." in html
    assert "<ins>" in html
    assert page.context["form"]["head"].value() == 2
    again = browser_of("Ben").post(reverse("eaa:change_record", args=[record.pk]), {**sent, "head": "2"})
    assert again.status_code == 302
    assert record.versions.count() == 3


def test_saving_what_was_not_changed_makes_no_version(world, browser_of, cards):
    record = write(world, "Ben", rests=[Rests(cards[0].pk, "number 0")])
    address = reverse("eaa:change_record", args=[record.pk])
    form = browser_of("Ben").get(address).context["picker"].chosen
    sent = {"head": "1", "text": "Notes.", "title": "", "card": [one.key for one in form], "press": "save"}
    sent |= {f"quote-{one.key}": one.quote for one in form}

    browser_of("Ben").post(address, sent)

    assert record.versions.count() == 1


def test_only_quoted_people_see_that_it_waits_for_them(world, browser_of):
    record, _said = interpret(world)
    return_record(record=record, actor=world.ada, head=1, until=a_week())
    address = reverse("eaa:check", args=[record.pk])
    for name, waits in (("Ben", True), ("Hella", False), ("Ada", False)):
        for page in ("workshop", "me"):
            html = browser_of(name).get(reverse(page, args=[world.workshop.slug])).content.decode()
            assert (address in html) == waits, (name, page)


def test_nobody_learns_by_asking_whose_hidden_words_are_quoted(world, browser_of):
    """The scribe may not know who wrote in a step without names; a facilitator may."""
    Activity.objects.filter(pk=world.steps[2].pk).update(identity="group")
    world.go_live(step=2)
    said = world.say("Ben", "Only the hosts know me.", 2)
    running.close_session(session=world.session, actor=world.ada)
    record = write(world, "Ada", mechanism="interpretation", rests=[Rests(said.pk)])
    return_record(record=record, actor=world.ada, head=1, until=a_week())
    address = reverse("eaa:check", args=[record.pk])
    sent = {"head": 1, "answer": "that_is", "person": world["Ben"].participant.pk}

    assert browser_of("Sam").post(address, sent).status_code in {302, 403}
    assert not Check.objects.exists()
    for name in ("Sam", "Chidi"):
        for page in (address, f"{address}?person={sent['person']}", reverse("eaa:record", args=[record.pk])):
            assert "Ben" not in browser_of(name).get(page).content.decode(), (name, page)
    browser_of("Ada").post(address, sent)
    assert Check.objects.count() == 1
    assert "Ben" not in browser_of("Chidi").get(reverse("eaa:record", args=[record.pk])).content.decode()


def test_what_is_hidden_is_on_nobody_elses_page(world, browser_of):
    asset = keep_asset(workshop=world.workshop, actor=world["Ben"], kind="skill", text="zebrafinch")
    show_asset(record=asset, actor=world["Ben"], shown="hidden")
    slug = world.workshop.slug
    pages = [reverse(f"eaa:{name}", args=[slug]) for name in ("records", "assets")]
    pages += [reverse("eaa:record", args=[asset.pk]), reverse("eaa:new_record", args=[slug])]

    for name in ("Ada", "Sam", "Chidi", "Gil", "Rana"):
        assert not any("zebrafinch" in browser_of(name).get(page).content.decode() for page in pages), name
    assert "zebrafinch" in browser_of("Ben").get(pages[1]).content.decode()


def test_a_card_becomes_something_in_ones_own_list(world, browser_of):
    step = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="what_i_bring"
    )
    for _ in range(4):
        activities.move_activity(activity=step, actor=world.ada, earlier=True)
    world.go_live()
    card = world.say("Ben", "I bake bread.", 0, heading=1)
    address = reverse("eaa:assets", args=[world.workshop.slug])

    page = browser_of("Ben").get(f"{address}?card={card.pk}")
    assert page.context["form"]["text"].value() == "I bake bread."
    browser_of("Ben").post(address, {"card": str(card.pk), "kind": "skill", "text": "I bake rye bread."})

    asset = Record.objects.get()
    assert asset.versions.get().evidence.get().contribution == card
    assert browser_of("Ben").get(address).context["cards"] == []
    assert browser_of("Chidi").get(f"{address}?card={card.pk}").context["card"] is None


def test_a_record_that_was_thrown_away_can_be_put_back_at_once(world, browser_of):
    record, browser = write(world, "Ben"), browser_of("Ben")
    address = reverse("eaa:remove_record", args=[record.pk])
    page = browser.post(address, follow=True)
    assert "Put it back" in page.content.decode()
    assert browser.get(reverse("eaa:record", args=[record.pk])).status_code == 404

    browser.post(address, {"undo": "1"})

    assert browser.get(reverse("eaa:record", args=[record.pk])).status_code == 200


def test_hosts_tell_what_happened_in_bulk(world, browser_of, cards):
    address = reverse("eaa:outcomes", args=[world.workshop.slug])
    keys = [str(card.pk) for card in cards[:5]]
    page = browser_of("Sam").post(address, {"card": keys, "kind": "not_used", "press": "save"})
    assert page.status_code == 422
    assert [one.key for one in page.context["picker"].chosen] == keys

    place = f"session-{world.session.pk}"
    browser_of("Sam").post(address, {"card": keys, "kind": "used", "place": place, "press": "save"})

    assert Outcome.objects.filter(kind="used", session=world.session).count() == 5
    became = browser_of("Ben").get(reverse("eaa:became", args=[world.workshop.slug])).content.decode()
    assert became.count('id="became-') == 5
    assert world.session.title in became


@pytest.mark.parametrize("about", ["session", "activity", "thread", "nothing"])
def test_a_record_is_shown_whatever_it_is_about(world, browser_of, about):
    world.go_live()
    step = world.steps[0]
    thread = dialogues.open_thread(workshop=world.workshop, actor=world.ada, prompt="Who rings?", until=a_week())
    more = {
        "session": {"session": world.session},
        "activity": {"activity": step, "session": world.session},
        "thread": {"activity": thread},
        "nothing": {},
    }[about]
    record = write(world, "Ada", **more)

    page = browser_of("Ben").get(reverse("eaa:record", args=[record.pk]))

    assert page.status_code == 200
    assert ("Who rings?" in page.content.decode()) == (about == "thread")
