"""Bad input on the way to the first workshop, and on the run sheet: told in words, with what was typed still there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app import blueprints, clock
from sessions_app.models import Activity, Dialogue, Session, Workshop
from tests.policy.cast import NAMES
from tests.security.pages import read

pytestmark = pytest.mark.django_db
START = {
    "template": "first_meeting",
    "title": "Calmer visits",
    "day": "2027-03-01",
    "begins": "14:00",
    "minutes": "75",
    "space": "blended",
    "place": "The library",
    "contact_name": "Karin",
    "contact_phone": "010 555 01 02",
    "languages": ["en", "sv"],
    "time_zone": "Europe/Stockholm",
}


@pytest.fixture
def start(cast):
    """Sends the form of a new workshop; gives the answer, and the new workshop if there is one."""
    browser = cast.browser("staff")

    def send(**given):
        before = set(Workshop.objects.values_list("pk", flat=True))
        answer = browser.post(reverse("new_workshop"), START | given)
        return answer, Workshop.objects.exclude(pk__in=before).first()

    with transaction.atomic():
        yield send
        transaction.set_rollback(True)


def refused(answer, workshop, *fields: str) -> None:
    page = read(answer)
    assert answer.status_code == 422
    assert workshop is None
    assert [field for field in fields if not page.marked.get(field)] == []
    assert page.values["title"] == "Calmer visits"


def test_it_is_made_and_leads_to_the_run_sheet(start):
    answer, workshop = start()

    assert answer.url == reverse("plan", args=[workshop.sessions.get().pk])
    assert workshop.sessions.get().starts_at == datetime(2027, 3, 1, 13, tzinfo=UTC)
    assert workshop.sessions.get().place == "The library"


@pytest.mark.parametrize("key", ["gone", "", "__class__", "a\x00b", "x" * 5000, "<script>"])
def test_a_template_that_is_not_there(start, key):
    answer, workshop = start(template=key)

    refused(answer, workshop, "template")
    page = read(answer)
    assert "That template is not here any more." in page.text
    assert (page.values["day"], page.values["place"], page.values["contact_name"]) == (
        "2027-03-01",
        "The library",
        "Karin",
    )


def test_a_template_that_is_withdrawn_while_somebody_fills_the_form(start, cast, monkeypatch):
    monkeypatch.delitem(blueprints.BLUEPRINTS, "first_meeting")
    answer, workshop = start()
    assert (answer.status_code, workshop) == (422, None)

    monkeypatch.undo()
    assert start(template="agree_together")[1].sessions.get().activities.count() == 5


def test_the_address_of_a_template_that_is_gone_leads_to_the_others(cast):
    answer = cast.browser("staff").get(reverse("new_workshop") + "?template=gone")

    assert answer.status_code == 200
    assert "Choose another one." in read(answer).text
    assert "Agree together" in read(answer).text


def test_a_day_in_the_past_is_told_and_not_refused(start, cast):
    answer, workshop = start(day="2024-03-01")

    assert workshop is not None
    browser = cast.browser("staff")
    assert "The day of this meeting has passed." in browser.get(answer.url).content.decode()


def test_an_hour_that_does_not_exist(start):
    refused(*start(day="2027-03-28", begins="02:30"), "begins")


def test_the_hour_of_a_later_meeting_that_does_not_exist(start):
    """14 March and a fortnight: on 28 March the clocks go from 02:00 to 03:00."""
    answer, workshop = start(template="three_meetings", day="2027-03-14", begins="02:30")

    refused(answer, workshop, "begins")
    assert "The clocks change that day" in read(answer).text


def test_a_series_keeps_its_time_of_day_when_the_clocks_change(start):
    _answer, workshop = start(template="three_meetings", day="2027-03-15")

    assert [workshop.local(m.starts_at).hour for m in workshop.sessions.all()] == [14, 14, 14]


@pytest.mark.parametrize("minutes", ["0", "-5", "4", "601", "1.5", "many", "9" * 400])
def test_minutes_that_make_no_meeting(start, minutes):
    refused(*start(minutes=minutes), "minutes")


def test_a_zone_that_is_none(start):
    answer, workshop = start(time_zone="Europe/Atlantis")

    assert (answer.status_code, workshop) == (422, None)
    assert read(answer).values["place"] == "The library"


def test_twenty_languages(start):
    codes = ["en", "sv", *(f"{a}{b}" for a in "abcd" for b in "klmno")][:20]
    answer, workshop = start(languages=codes)

    assert (answer.status_code, workshop) == (422, None)
    assert "Choose one of the answers in the list." in read(answer).text
    assert read(answer).values["title"] == "Calmer visits"


def test_names_with_markup_are_words(start, cast):
    _answer, workshop = start(title="<b>Calm</b> & {{ 7 }}", place="<script>alert(1)</script>", contact_name="<i>Karin")

    browser = cast.browser("staff")
    session = workshop.sessions.get()
    for address in (
        reverse("plan", args=[session.pk]),
        reverse("share", args=[session.pk]),
        reverse("before", args=[workshop.slug]),
        reverse("door", args=[session.code]),
    ):
        page = browser.get(address).content.decode()
        assert "<b>Calm</b>" not in page
        assert "<script>alert(1)" not in page
        assert "&lt;b&gt;Calm&lt;/b&gt; &amp; {{ 7 }}" in page, address


def test_a_thread_needs_a_day_that_is_to_come(start):
    refused(*start(template="thread_only", question="Why?", clock="20:00", day="2024-03-01"), "day")


def test_a_thread_leads_to_its_link(start, cast):
    day = (clock.now() + timedelta(days=7)).date().isoformat()
    answer, workshop = start(template="thread_only", question="Why?", clock="20:00", day=day)

    assert answer.url == reverse("share_workshop", args=[workshop.slug])
    assert workshop.code in cast.browser("staff").get(answer.url).content.decode()


def test_overlapping_meetings_are_told(cast):
    with transaction.atomic():
        browser, slug = cast.browser("faci"), cast.world.workshop.slug
        sent = {"title": "Same time", "day": "2027-03-01", "ends": "15:00", "space": "same", "time": "same"}
        answers = [
            browser.post(reverse("new_meeting", args=[slug]), sent | {"begins": begins})
            for begins in ("14:00", "14:30")
        ]
        page = browser.get(answers[1].url).content.decode()
        transaction.set_rollback(True)

    assert "“Same time” is at the same time." in page


def test_a_meeting_holds_60_steps_and_says_so(cast):
    with transaction.atomic():
        fill(cast.world.session, 60)
        sent = {"kind": "cards", "title": "One more", "minutes": 10, "identity": "named"}
        answer = cast.browser("faci").post(reverse("new_step", args=[cast.world.session.pk]), sent)
        transaction.set_rollback(True)

    assert answer.status_code == 422
    assert "A meeting can hold 60 steps." in read(answer).text
    assert read(answer).values["title"] == "One more"


def test_a_run_sheet_of_400_steps_opens_with_as_many_queries_as_one_of_four(cast):
    """More than the form lets through, as an import might bring."""
    browser, address = cast.browser("faci"), reverse("plan", args=[cast.world.session.pk])
    browser.get(address)
    with transaction.atomic():
        few = asked(browser, address)
        fill(cast.world.session, 400)
        many = asked(browser, address)
        steps = browser.get(address).content.decode().count('class="pstep"')
        room = browser.get(reverse("room", args=[cast.world.session.pk])).status_code
        transaction.set_rollback(True)

    assert few == many
    assert (steps, room) == (400, 200)


def fill(session: Session, number: int) -> None:
    """Steps up to NUMBER, put beside the operation that would refuse them."""
    have = Activity.objects.planned().filter(session=session).count()
    made = Activity.objects.bulk_create(
        Activity(
            workshop_id=session.workshop_id,
            session=session,
            position=100 + count,
            kind="cards",
            title=f"Step {count}",
            minutes=600,
            mechanisms=["dialogue"],
            stages=["alignment"],
        )
        for count in range(number - have)
    )
    Dialogue.objects.bulk_create(Dialogue(activity=activity) for activity in made)


def asked(browser, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert browser.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("role", [*NAMES, "out", "seat", "lobby", "gone"])
def test_a_new_workshop_belongs_to_nobody_else(cast, role):
    with transaction.atomic():
        answer = cast.browser("staff").post(reverse("new_workshop"), START)
        others = cast.browser(role).get(answer.url).status_code
        transaction.set_rollback(True)

    assert others == 404
