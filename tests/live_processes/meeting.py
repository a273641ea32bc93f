"""A meeting that is on, with scripted people in it, and what the database knows of what they said."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from sessions_app import verification
from sessions_app.models import Contribution, Place, Workshop
from tests.e2e.web import Web
from tests.live_processes.crowd import Crowd
from tests.live_processes.person import Person
from tests.world import World, add, make_world

OPEN_DIALOGUE = 2


class Meeting:
    """The people of one world at one open question, spread evenly over the web processes.

    Unless it has `begun` the facilitator has yet to lead there.
    """

    def __init__(self, crowd: Crowd, webs: Iterable[Web], *, begun: bool = True) -> None:
        self.crowd, self.webs = crowd, list(webs)
        self.world: World = make_world(host="Ada")
        if begun:
            self.world.go_live(step=OPEN_DIALOGUE)
        self.dialogue = self.world.dialogue(OPEN_DIALOGUE)
        self.room = reverse("room", args=[self.world.session.pk])
        self.post = reverse("post", args=[self.dialogue.pk])
        self.people: list[Person] = []

    def come(self, count: int, *, hall: int = 0, at: Web | None = None) -> list[Person]:
        """COUNT new people come into the room, the first HALL of them in the hall."""
        new = []
        for number in range(count):
            name = f"Person {len(self.people) + 1}"
            add(self.world, name, usual_place=Place.HALL if number < hall else Place.REMOTE)
            new.append(self.enter(name, at or self.webs[number % len(self.webs)]))
        self.crowd.until(lambda: all(person.hellos for person in new), within=30)
        return new

    def enter(self, name: str, at: Web, cookies: dict[str, str] | None = None, **more: Any) -> Person:
        """Somebody of the world opens the room."""
        person = self.crowd.comes(name, ("127.0.0.1", at.port), self.room, cookies or self.cookies_of(name), **more)
        self.people.append(person)
        return person

    def cookies_of(self, name: str) -> dict[str, str]:
        """A device's cookie, or for Ada that of a new staff login."""
        if name in self.world.cookies:
            return {settings.DEVICE_COOKIE: self.world.cookies[name]}
        client = Client()
        client.force_login(self.world.ada.participant.user)
        return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}

    @property
    def head(self) -> int:
        return Workshop.objects.values_list("head_seq", flat=True).get(pk=self.world.workshop.pk)

    def log(self) -> list[tuple[str, int, str]]:
        """What was said, in order: id on the page, number, words."""
        rows = Contribution.objects.filter(dialogue=self.dialogue).order_by("seq")
        return [(f"said-{pk}", seq, body) for pk, seq, body in rows.values_list("pk", "seq", "body")]

    def findings(self) -> list[str]:
        """What verify_log finds wrong."""
        return [str(finding) for finding in verification.verify(self.world.workshop.slug)]

    # --- what must hold ------------------------------------------------------------------------------

    def all_are_whole(self, within: float, people: list[Person] | None = None) -> None:
        """Everybody sees exactly what is in the log now, in its order, or does so before WITHIN seconds are over."""
        people = self.people if people is None else people
        log = self.log()
        ids, last = [said[0] for said in log], max((said[1] for said in log), default=0)
        self.crowd.until(
            lambda: all(person.cursor >= last and ids[-len(person.page.ids) :] == person.page.ids for person in people),
            within,
            lambda: [self.state_of(person, ids) for person in people],
        )
        self.crowd.all(person.look_back() for person in people)
        for person in people:
            assert [(item.id, item.order, item.words) for item in person.page.items] == log, person.name

    def all_are_at_the_head(self, within: float, people: list[Person] | None = None) -> None:
        """The last event has come to everybody. It must be one that changes the room."""
        head, people = self.head, self.people if people is None else people
        self.crowd.until(
            lambda: all(person.cursor >= head for person in people),
            within,
            lambda: f"{head}: {[self.state_of(person, []) for person in people]}",
        )

    def all_have_seen(self, log: list[tuple[str, int, str]], within: float) -> None:
        """Everybody is on line and has all of LOG on their page, as far back as it shows, before WITHIN are over."""

        def has_all(person: Person) -> bool:
            if not person.is_on_line or not person.page or (log and person.cursor < log[-1][1]):
                return False
            items = person.page.items
            shown = {item.id for item in items}
            return all(said[0] in shown for said in log if items and said[1] >= items[0].order)

        ids = [said[0] for said in log]
        self.crowd.until(
            lambda: all(map(has_all, self.people)),
            within,
            lambda: [self.state_of(person, ids) for person in self.people],
        )

    def nothing_is_lost_or_doubled(self) -> None:
        """Every word that was sent is in the log once, under the number that its sender was told."""
        log = self.log()
        assert sorted(words for _, _, words in log) == sorted(sent.words for p in self.people for sent in p.outbox.sent)
        numbers = {words: seq for _, seq, words in log}
        for person in self.people:
            assert person.outbox.refused == [], person.name
            assert all(sent.seq in (-1, numbers[sent.words]) for sent in person.outbox.sent), person.name
        assert self.findings() == []

    def state_of(self, person: Person, ids: list[str]) -> str:
        missing = len(set(ids) - set(person.page.ids)) if person.page else "no page"
        return (
            f"{person.name} at {person.address[1]}: cursor {person.cursor}, missing {missing} of {len(ids)}, "
            f"on line {person.is_on_line}, failures {person.failures}, closes {person.closes}, {dict(person.answers)}"
        )
