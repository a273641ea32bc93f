"""Five hundred dots in ten seconds: each of them counts, and nobody's page is drawn more than twice in any second."""

import asyncio
import time
from collections import Counter

import pytest
from django.urls import reverse

from sessions_app.models import Response
from sessions_app.operations import activities, running
from sessions_app.queries.responses import board_of
from tests.live_processes.person import Person

PEOPLE, DOTS = 100, 5
THINGS = ["Chairs", "Light", "Time", "Tea"]
SECONDS = 10.0
A_SECOND = 2  # frames in one second, at the most
BUSY = 5.0  # seconds that a machine with other work may need beyond those ten


@pytest.fixture
def dots(meeting):
    """The next step is dot voting, and it is on; `heard` holds the moments at which each person got news."""
    world = meeting.world
    options = {"things": THINGS, "dots": DOTS, "most": DOTS}
    activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="dot_voting", options=options
    )
    for _ in range(2):
        running.next_step(session=world.session, actor=world.ada)
    return world.dialogue(4)


@pytest.fixture
def heard(monkeypatch):
    moments: dict[str, list[float]] = {}
    take = Person._take

    def _take(person, said):
        moments.setdefault(person.name, []).append(time.monotonic())
        take(person, said)

    monkeypatch.setattr(Person, "_take", _take)
    return moments


class Lateness:
    """How late the people's own clock runs while the machine does other work: what they hear, they hear so late."""

    STEP = 0.01

    def __init__(self) -> None:
        self.moments: list[tuple[float, float]] = []

    async def watch(self) -> None:
        while True:
            due = time.monotonic() + self.STEP
            await asyncio.sleep(self.STEP)
            self.moments.append((due, time.monotonic() - due))

    def between(self, first: float, last: float) -> float:
        return max((late for due, late in self.moments if first <= due + late and due <= last), default=0.0)


def place_of(number: int, dot: int) -> int:
    """On which thing that person puts that dot: early things get more."""
    return (number * dot + number) % len(THINGS) if dot % 2 else 0


def too_often(moments: list[float], lateness: Lateness) -> list[float]:
    """The spans, shorter than a second, in which more frames came than may; but for what was only heard late."""
    spans = [(first, later) for first, later in zip(moments, moments[A_SECOND:], strict=False)]
    return [later - first for first, later in spans if later - first < 1.0 - lateness.between(first - 0.1, later + 0.1)]


def test_three_frames_in_one_second_are_noticed():
    punctual = Lateness()

    assert len(too_often([0.0, 0.5, 0.99], punctual)) == 1
    assert too_often([0.0, 0.5, 1.0, 1.5], punctual) == []


async def put_dots(person: Person, number: int, address: str) -> None:
    """One dot after the other, spread over the ten seconds; each time the whole answer is sent, as the form does."""
    began, lying = time.monotonic(), Counter()
    for dot in range(DOTS):
        due = began + (dot + number / PEOPLE) * SECONDS / DOTS
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        lying[place_of(number, dot)] += 1
        sent = {f"dots-{place + 1}": str(lying[place]) for place in range(len(THINGS))}
        form = {"csrfmiddlewaretoken": person.page.csrf, "view": "room", "round": "1", **sent}
        answer = await person.fetch("POST", address, data=form, headers={"HX-Request": "true"}, timeout=30)
        assert answer is not None
        assert answer.status_code == 200, answer.text[:300]


def test_five_hundred_dots_in_ten_seconds(meeting, crowd, dots, heard):
    people = meeting.come(PEOPLE, hall=40)
    meeting.all_are_at_the_head(within=30)
    lateness = Lateness()
    watching = crowd.begin(lateness.watch())
    heard.clear()
    address, began = reverse("answer", args=[dots.pk]), time.monotonic()

    crowd.all((put_dots(person, number, address) for number, person in enumerate(people)), within=90)
    took = time.monotonic() - began
    meeting.all_are_at_the_head(within=15)
    watching.cancel()

    assert took < SECONDS + BUSY
    assert Response.objects.filter(dialogue=dots).count() == PEOPLE
    often = {name: len(moments) for name, moments in heard.items()}
    assert len(often) == PEOPLE
    assert [span for moments in heard.values() for span in too_often(moments, lateness)] == []
    assert min(often.values()) >= 3, often  # they do grow before everybody's eyes

    running.reveal(session=meeting.world.session, actor=meeting.world.ada)
    expected = Counter(place_of(number, dot) for number in range(PEOPLE) for dot in range(DOTS))
    found = {row["text"]: row["count"] for row in board_of(meeting.world.dialogue(4)).result}
    assert found == {thing: expected[place] for place, thing in enumerate(THINGS)}
    assert sum(found.values()) == PEOPLE * DOTS
    assert meeting.findings() == []
