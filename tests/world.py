"""A small workshop with people by name, made by the real operations: Ada facilitates, Dora is an outsider."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from sessions_app import clock
from sessions_app.models import Activity, Dialogue, Participant, Role, Session, Workshop
from sessions_app.operations import activities, contributions, devices, participants, running, sessions, workshops
from sessions_app.policy import Actor

PASSWORD = "a long and quiet password"


@dataclass
class World:
    """One workshop, its meeting with four steps, and the people in it. `cookies` holds each person's device token."""

    workshop: Workshop
    session: Session
    ada: Actor
    people: dict[str, Actor] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Actor:
        return self.people[name]

    @property
    def steps(self) -> list[Activity]:
        return list(Activity.objects.planned().filter(session=self.session))

    def dialogue(self, number: int = 0) -> Dialogue:
        step = self.steps[number]
        return Dialogue.objects.select_related("activity__workshop", "activity__session").get(activity=step, group=None)

    def say(self, who: str, words: str, number: int = 0, **more):
        given = {"via": "room", "client_id": uuid.uuid4(), **more}
        return contributions.post_contribution(
            dialogue=self.dialogue(number), actor=self.people[who], body=words, **given
        ).contribution

    def refresh(self, name: str) -> Actor:
        """The actor as it is now, after a change of roles or place."""
        old = self.people[name]
        person = Participant.objects.select_related("workshop").get(pk=old.participant.pk)
        self.people[name] = Actor(person, seat_id=old.seat_id, login_key=old.login_key)
        return self.people[name]

    def go_live(self, step: int = 0) -> None:
        running.start(session=self.session, actor=self.ada)
        for _ in range(step):
            running.next_step(session=self.session, actor=self.ada)


@cache
def _hashed() -> str:
    """The password's hash, made once: it is slow by design."""
    return make_password(PASSWORD)


def make_user(name: str = "ada"):
    user = get_user_model()(username=name, email=f"{name}@example.org", password=_hashed())
    user.save()
    return user


def make_world(title: str = "Calmer visits", *, host: str = "Ada") -> World:
    """A workshop with Ada (facilitator), Sam (scribe), Hella (helper), Rana (researcher), Ben, Chidi and guest Gil."""
    user = make_user(f"{host.lower()}-{uuid.uuid4().hex[:6]}")
    workshop = workshops.create_workshop(user=user, host_name=host, title=title, languages=["en", "sv"])
    host_person = Participant.objects.select_related("workshop").get(workshop=workshop, user=user)
    ada = Actor(host_person)
    start = clock.now() + timedelta(minutes=10)
    session = sessions.plan_session(
        workshop=workshop, actor=ada, title="Who are we?", starts_at=start, ends_at=start + timedelta(minutes=75)
    )
    for kind, more in (("check_in_round", {}), ("cards", {}), ("open_dialogue", {}), ("check_out", {})):
        activities.plan_activity(
            workshop=workshop, actor=ada, session=session, kind=kind, prompt=f"What about {kind}?", **more
        )
    world = World(workshop, session, ada, {host: ada})
    for name, roles in (
        ("Sam", [Role.SCRIBE]),
        ("Hella", [Role.HELPER]),
        ("Rana", [Role.RESEARCHER]),
        ("Ben", [Role.PARTICIPANT]),
        ("Chidi", [Role.PARTICIPANT]),
    ):
        add(world, name, roles)
    joined = participants.join(workshop=workshop)
    world.people["Gil"] = _seated(joined.participant)
    world.cookies["Gil"] = joined.token
    return world


def add(world: World, name: str, roles: list[str] | None = None, **fields) -> Actor:
    person = participants.add_person(workshop=world.workshop, roles=roles or [Role.PARTICIPANT], name=name, **fields)
    world.cookies[name] = devices.seat("", person)
    world.people[name] = _seated(person)
    return world.people[name]


def _seated(person: Participant) -> Actor:
    fresh = Participant.objects.select_related("workshop").get(pk=person.pk)
    return Actor(fresh, seat_id=fresh.seats.get(left_at__isnull=True).pk)
