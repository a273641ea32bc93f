"""Stage closed: the whole story has been told."""

from datetime import timedelta

from django.utils import timezone

from sessions_app.models import (
    Activity,
    AnonymityKey,
    Consent,
    Contribution,
    Event,
    Identity,
    Revision,
)
from sessions_app.sample.play import read_story
from sessions_app.verification import verify


def states(workshop) -> list[str]:
    return [session.state for session in workshop.sessions.all()]


def test_closed_the_whole_story_is_there(closed):
    assert closed.closed_at is not None
    assert closed.closed_at < timezone.now() < closed.closed_at + timedelta(days=8)
    assert states(closed) == ["closed"] * 4
    assert Contribution.objects.count() == len(read_story()["contributions"]) == 171
    assert Contribution.objects.exclude(withdrawn_at=None).count() == 2
    assert Revision.objects.count() == 4
    assert Contribution.objects.exclude(gloss="").count() == 41
    assert not AnonymityKey.objects.exists()
    assert not Activity.objects.filter(ended_at=None, open_until__isnull=False).exists()
    brought = Activity.objects.exclude(comes_from=None).order_by("session__starts_at")
    assert [(step.position, step.comes_from.title) for step in brought] == [
        (2, "Did it lead to anything?"),
        (2, "Who rings?"),
    ]
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


def test_anonymous_words_have_nobody(closed):
    anonymous = Contribution.objects.filter(dialogue__activity__identity=Identity.ANONYMOUS)

    assert anonymous.count() == 9
    assert not anonymous.exclude(author=None, recorded_by=None).exists()
    assert not anonymous.filter(anonymous_token="").exists()
    about = Event.objects.filter(workshop=closed, contribution__in=anonymous)
    assert set(about.values_list("actor", flat=True)) == {None}
