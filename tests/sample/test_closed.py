"""Stage closed: the whole story has been told."""

from datetime import timedelta

from django.utils import timezone

from sessions_app.kinds import all_kinds
from sessions_app.models import (
    Activity,
    AnonymityKey,
    Consent,
    Contribution,
    Dialogue,
    Event,
    Identity,
    Response,
    Revision,
)
from sessions_app.queries.records import record_view
from sessions_app.queries.responses import board_of
from sessions_app.queries.threads import thread_view
from sessions_app.sample.play import read_story
from sessions_app.verification import verify


def states(workshop) -> list[str]:
    return [session.state for session in workshop.sessions.all()]


def test_closed_the_whole_story_is_there(closed):
    assert closed.closed_at is not None
    assert closed.closed_at < timezone.now() < closed.closed_at + timedelta(days=8)
    assert states(closed) == ["closed"] * 4
    said = Contribution.objects.filter(from_group=None)  # what groups brought back was said once
    told = read_story()["contributions"]
    beside_marks = [words for words in told if "words" in words.get("said_back", {})]
    assert (len(told), len(beside_marks)) == (182, 4)
    assert said.count() == 182 + 4
    assert said.exclude(withdrawn_at=None).count() == 3
    assert Revision.objects.count() == 4
    assert said.exclude(gloss="").count() == len([words for words in told if "translation" in words]) == 42
    assert not AnonymityKey.objects.exists()
    assert not Activity.objects.filter(ended_at=None, open_until__isnull=False).exists()
    brought = Activity.objects.exclude(comes_from=None).order_by("session__starts_at")
    assert [(step.position, step.comes_from.title) for step in brought] == [
        (2, "Did it lead to anything?"),
        (2, "Who rings?"),
    ]
    grid = record_view(closed).grid
    assert grid.said == 182 + 4 - 3
    assert list(verify(closed.slug)) == []


def test_people_come_as_the_story_has_them(closed):
    people = {person.name: person for person in closed.participants.all()}

    assert len(people) == 25
    assert people["Elsa Holm"].access_needs == "Cannot see the screen. Read the cards to her."
    assert people["Robin Hedlund"].removed_at is not None
    assert people["Ingrid Berg"].roles == ["participant", "scribe"]
    accounts = {person.name: person.user.email for person in people.values() if person.user}
    assert accounts == {
        "Karin Lindh": "karin@example.org",
        "Jonas Ekström": "jonas@example.org",
        "Marit Solberg": "marit@example.org",
    }
    assert not any(person.user.has_usable_password() for person in people.values() if person.user)
    marta = Consent.objects.filter(participant=people["Märta Lund"], purpose="research")
    assert [(answer.given_at is not None, answer.withdrawn_at is not None) for answer in marta] == [
        (True, False),
        (False, True),
    ]
    assert not Consent.objects.filter(participant=people["The one at table 3"], purpose="research").exists()
    entered = Event.objects.filter(verb="participant.entered", session=closed.sessions.first())
    assert people["Robin Hedlund"].pk in entered.values_list("participant", flat=True)
    assert people["Greta Falk"].pk not in entered.values_list("participant", flat=True)


def test_every_way_of_working_is_used(closed):
    steps = Activity.objects.planned().filter(workshop=closed, opened_at__isnull=False)
    used = set(steps.values_list("kind", flat=True))
    chosen = {key for key, kind in all_kinds().items() if kind.takes_answers}
    answered = set(Response.objects.values_list("dialogue__activity__kind", flat=True).distinct())
    written = set(Contribution.objects.values_list("dialogue__activity__kind", flat=True).distinct())
    writing = {key for key, kind in all_kinds().items() if kind.takes_words}

    assert all_kinds().keys() - used == set()
    assert chosen - answered == set()
    assert writing - written == set()


def test_people_choose_as_the_story_has_it(closed):
    boards = {
        found.activity.title: board_of(found)
        for found in Dialogue.objects.select_related("activity__workshop").filter(activity__workshop=closed)
    }

    dots = boards["What should the next group do first?"].result
    assert [(row["text"].split()[0], row["count"]) for row in dots] == [
        ("Ask", 12), ("Find", 10), ("Keep", 9), ("Settle", 4)
    ]  # fmt: skip
    stand = boards["A first text about deciding"].result
    assert [column["count"] for column in stand["columns"]] == [2, 4, 4, 1, 4, 1, 1, 1]
    assert stand["reservations"][0]["said"].who == "Aino"
    letter = boards["The letter"].result
    assert (letter["standing"], letter["without"]) == (0, 5)
    assert letter["objections"][0]["mended"].startswith("Two pages.")
    assert [row["count"] for row in boards["How shall the letter come?"].result] == [3, 2, 2]
    assert boards["In three words"].result[0] == {"text": "heard", "count": 3, "size": 4}
    assert boards["What comes first?"].result[0]["text"] == "What happens next"


def test_an_objection_was_answered_in_words_that_everybody_reads(closed):
    letter = Dialogue.objects.select_related("activity__workshop").get(
        activity__workshop=closed, activity__title="The letter"
    )

    said = [(one.who, one.contribution.body) for one in thread_view(letter).said]

    assert said == [
        ("Karin", "Two pages then. The second begins: “What we did not use, and why.”"),
        ("Tomasz", "Then no objection."),
    ]


def test_anonymous_words_have_nobody(closed):
    anonymous = Contribution.objects.filter(dialogue__activity__identity=Identity.ANONYMOUS)

    assert anonymous.count() == 9
    assert not anonymous.exclude(author=None, recorded_by=None).exists()
    assert not anonymous.filter(anonymous_token="").exists()
    about = Event.objects.filter(workshop=closed, contribution__in=anonymous)
    assert set(about.values_list("actor", flat=True)) == {None}


def test_no_break_says_a_second_time_that_nothing_is_recorded():
    steps = [step for meeting in read_story()["sessions"] for step in meeting["activities"]]

    assert not [step["id"] for step in steps if step["kind"] == "kettle" and "recorded" in step["prompt"]]
