"""Ten thousand digests go out while a meeting is on: the queue drains fast enough, and the room does not get slow."""

import time
from datetime import timedelta
from statistics import quantiles
from uuid import uuid4

from sessions_app import clock
from sessions_app.models import Frequency, MailChoice, Notice, NoticeState, Participant, Role, Workshop
from sessions_app.operations import contributions, dialogues
from tests.slow.test_mails import ALONE, CELERY, mail_server, spawn  # noqa: F401
from tests.slow.waiting import until
from tests.world import World, make_world

WORKSHOPS, EACH = 20, 500
DIGESTS = WORKSHOPS * EACH
RATE = 20  # mails a second, at least
P95 = 0.5  # seconds from the press to the answer, for somebody in a room of forty
PEOPLE, EVERY = 40, 0.5


def where_it_is_noon() -> str:
    """No mail with news goes out at night."""
    ahead = 12 - clock.now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def with_news(number: int) -> World:
    """A workshop of EACH people who want a digest every day, and one thing that was said in it."""
    world = make_world(f"Workshop {number}", host=f"Ada {number}")
    Participant.objects.filter(workshop=world.workshop).update(user=None)
    Workshop.objects.filter(pk=world.workshop.pk).update(time_zone=where_it_is_noon())
    world.workshop.sessions.update(removed_at=clock.now())
    joined = clock.now() - timedelta(days=3)
    with clock.at(joined):
        asked = dialogues.open_thread(
            workshop=world.workshop, actor=world.ada, prompt="What is new?", until=clock.now() + timedelta(days=9)
        )
    people = Participant.objects.bulk_create(
        Participant(
            workshop=world.workshop,
            name=f"Person {one}",
            name_key=f"person {one}",
            roles=[Role.PARTICIPANT],
            email=f"w{number}p{one}@example.org",
            joined_at=joined,
            admitted_at=joined,
        )
        for one in range(EACH)
    )
    stopped = {"frequency": Frequency.DAILY, "stopped": ["questions"]}
    MailChoice.objects.bulk_create(MailChoice(participant=person, **stopped) for person in people)
    with clock.at(clock.now() - timedelta(hours=1)):
        contributions.post_contribution(
            dialogue=asked.dialogues.select_related("activity__workshop").get(),
            actor=world["Ben"],
            body="Something new.",
            via="thread",
            client_id=uuid4(),
        )
    return world


def waiting(worlds: list[World]) -> None:
    """The digest of everybody, due now: the beat would make the same rows on the morning after."""
    now = clock.now()
    people = Participant.objects.filter(workshop__in=[world.workshop for world in worlds], email__contains="@example")
    Notice.objects.bulk_create(
        Notice(
            workshop_id=person.workshop_id,
            participant=person,
            reason="daily_digest",
            subject=now.date().isoformat(),
            due_at=now,
            try_at=now,
            stale_at=now + timedelta(days=1),
            made_at=now,
        )
        for person in people
    )


def sent() -> int:
    return Notice.objects.filter(reason="daily_digest", state=NoticeState.SENT).count()


def said_while(meeting, crowd, goes_on) -> list[float]:
    """How long each answer took of somebody who said something every so often, as long as GOES_ON says."""
    took, number = [], 0
    while goes_on():
        person = meeting.people[number % len(meeting.people)]
        began = time.monotonic()
        crowd.run(person.outbox.say(f"Words {number}.", meeting.post))
        took.append(time.monotonic() - began)
        number += 1
        crowd.lets_pass(max(0.0, EVERY - took[-1]))
    return took


def p95(took: list[float]) -> float:
    return quantiles(took, n=20)[-1]


def test_ten_thousand_digests_drain_while_a_room_is_on(meeting, crowd, mail_server, spawn, tmp_path, capsys):  # noqa: F811
    sink, _port = mail_server
    sink.takes = 0.05
    waiting([with_news(number) for number in range(WORKSHOPS)])
    meeting.come(PEOPLE)
    before = said_while(meeting, crowd, lambda until=time.monotonic() + 20: time.monotonic() < until)

    spawn(*CELERY, "beat", "-l", "WARNING", "-s", str(tmp_path / "beat"), "--pidfile=")
    spawn(*CELERY, "worker", "-c", "2", *ALONE)
    until(sent, within=120)
    first, began = sent(), time.monotonic()
    during = said_while(meeting, crowd, lambda: sent() < DIGESTS and time.monotonic() - began < DIGESTS / RATE * 2)
    rate = (sent() - first) / (time.monotonic() - began)
    with capsys.disabled():
        print(f"\n{rate:.0f} mails a second; p95 of the room {p95(before):.3f} s before, {p95(during):.3f} s meanwhile")

    assert len(sink.mails) == len(set(sink.recipients)) == DIGESTS
    assert rate >= RATE
    assert p95(during) <= P95
    meeting.all_are_whole(within=10)
